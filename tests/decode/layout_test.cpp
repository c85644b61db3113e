// SPDX-License-Identifier: Apache-2.0
// How composites are divided: drawn ones, whose panels are known to the pixel.
#include "decode/layout.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "decode/composites.h"
#include "decode/layout_expect.h"

namespace vioreview {
namespace {

using namespace composites;
using namespace layouts;

// Tiles of equal size with a border around and between them; the panels' boxes in `expected`.
Image grid(int rows, int columns, int border, Rgb colour, std::vector<Expected>& expected) {
  Image image(columns * (kWidth + border) + border, rows * (kHeight + border) + border);
  fill(image, 0, 0, image.width, image.height, colour);
  for (int i = 0; i < rows * columns; ++i) {
    const int x = border + i % columns * (kWidth + border);
    const int y = border + i / columns * (kHeight + border);
    paste(image, road(i), x, y);
    expected.push_back({x, y, x + kWidth, y + kHeight});
  }
  return image;
}

class Grids : public ::testing::TestWithParam<std::array<int, 3>> {};

TEST_P(Grids, AreFoundToThePixel) {
  const auto [rows, columns, border] = GetParam();
  for (const int quality : {60, 90}) {
    std::vector<Expected> expected;
    const Image image = grid(rows, columns, border, quality == 60 ? kWhite : kBlack, expected);
    const Layout layout = find_layout(by_jpeg(image, quality));
    EXPECT_EQ(layout.name, std::to_string(rows) + "x" + std::to_string(columns));
    expect_panels(layout, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Layout, Grids,
                         ::testing::Values(std::array{1, 2, 0}, std::array{1, 2, 4},
                                           std::array{2, 1, 0}, std::array{2, 1, 1},
                                           std::array{1, 3, 0}, std::array{3, 1, 2},
                                           std::array{2, 2, 0}, std::array{2, 2, 3},
                                           std::array{2, 3, 0}, std::array{1, 4, 0},
                                           std::array{1, 4, 6}));

TEST(Layout, APictureByItselfIsNotDivided) {
  for (const unsigned place : {1U, 2U, 3U}) {
    const Layout layout = find_layout(by_jpeg(road(0, 640, 360, place), 80));
    EXPECT_EQ(layout.name, "single");
    expect_panels(layout, {{0, 0, 640, 360}});
  }
}

TEST(Layout, ABandOfTextLiesOutsideThePanels) {
  for (const Rgb paper : {kBlue, kBlack, kWhite}) {
    Image image(2 * kWidth, kHeight + 60);
    write_text(image, 0, 0, image.width, 60, paper, paper == kWhite ? kBlack : kWhite);
    for (int i = 0; i < 2; ++i) paste(image, road(i), i * kWidth, 60);
    expect_panels(find_layout(by_jpeg(image, 80)),
                  {{0, 60, kWidth, 60 + kHeight}, {kWidth, 60, 2 * kWidth, 60 + kHeight}});
  }
}

TEST(Layout, EveryPanelMayHaveItsOwnBand) {
  Image image(kWidth, 2 * (kHeight + 50));
  for (int i = 0; i < 2; ++i) {
    write_text(image, 0, i * (kHeight + 50), kWidth, i * (kHeight + 50) + 50, kBlue, kWhite);
    paste(image, road(i), 0, i * (kHeight + 50) + 50);
  }
  expect_panels(find_layout(by_jpeg(image, 80)),
                {{0, 50, kWidth, 50 + kHeight}, {0, 100 + kHeight, kWidth, 100 + 2 * kHeight}});
}

TEST(Layout, TheCloseupIsNoPanel) {
  std::vector<Expected> expected;
  Image image = grid(2, 2, 3, kWhite, expected);
  paste(image, enlarged(road(0, 960, 540), 300, 200, 3, kWidth, kHeight), expected[3].x0,
        expected[3].y0);
  expected[3].role = Role::closeup;
  expect_panels(find_layout(by_jpeg(image, 85)), expected);
}

TEST(Layout, BandsOfDifferentHeightInARowAreTakenOff) {
  Image image(2 * kWidth, kHeight);
  for (int i = 0; i < 2; ++i) {
    paste(image, road(i), i * kWidth, 0);
    write_text(image, i * kWidth, 0, (i + 1) * kWidth, i == 0 ? 36 : 58, {128, 0, 0}, kWhite);
  }
  const Layout layout = find_layout(by_jpeg(image, 80));
  ASSERT_EQ(layout.panels.size(), 2U) << layout.name << ": " << layout.doubt;
  EXPECT_NEAR(layout.panels[0].box.y0, 36, 2);
  EXPECT_NEAR(layout.panels[1].box.y0, 58, 2);
}

TEST(Layout, ABandMayBeTallerThanItsPanel) {
  constexpr int kBand = 220;
  Image image(kWidth, kHeight + kBand);
  paste(image, road(0), 0, 0);
  write_text(image, 0, kHeight, kWidth, kHeight + kBand, {128, 0, 0}, kWhite);
  expect_panels(find_layout(by_jpeg(image, 80)), {{0, 0, kWidth, kHeight}});
}

TEST(Layout, ABandAboutAllPanelsIsKeptForItsText) {
  Image image(2 * kWidth, kHeight + 60);
  write_text(image, 0, 0, image.width, 60, kBlue, kWhite);
  for (int i = 0; i < 2; ++i) paste(image, road(i), i * kWidth, 60);
  const Layout layout = find_layout(by_jpeg(image, 85));
  ASSERT_EQ(layout.bands.size(), 1U);
  EXPECT_EQ(layout.bands[0], (Box{0, 0, 2 * kWidth, 60}));
  for (const LayoutPanel& panel : layout.panels) EXPECT_TRUE(panel.bands.empty());
}

TEST(Layout, ABandBetweenRowsBelongsToTheRowThatItWasDrawnFor) {
  constexpr int kBand = 50, kRow = kHeight + kBand;
  for (const bool above : {true, false}) {
    Image image(2 * kWidth, 2 * kRow);
    for (int i = 0; i < 4; ++i) {
      const int x = i % 2 * kWidth, y = i / 2 * kRow;
      const int band = above ? y : y + kHeight;
      write_text(image, x, band, x + kWidth, band + kBand, kBlack, kWhite);
      paste(image, road(i), x, above ? y + kBand : y);
    }
    const Layout layout = find_layout(by_jpeg(image, 85));
    ASSERT_EQ(layout.panels.size(), 4U) << layout.doubt;
    for (const LayoutPanel& panel : layout.panels) {
      ASSERT_EQ(panel.bands.size(), 1U) << above;
      EXPECT_NEAR(above ? panel.bands[0].y1 - panel.box.y0 : panel.bands[0].y0 - panel.box.y1, 0,
                  2);
      EXPECT_NEAR(panel.bands[0].height(), kBand, 2);
      EXPECT_NEAR(panel.bands[0].x0, panel.box.x0, 2);
    }
    EXPECT_TRUE(layout.bands.empty());
  }
}

// JPEG makes lines beside a border, at the edges of its blocks.
TEST(Layout, StrongCompressionMovesNoEdge) {
  for (const int border : {1, 5, 6, 7}) {
    std::vector<Expected> expected;
    const Image image = by_jpeg(grid(1, 2, border, kBlack, expected), 40);
    const Layout layout = find_layout(image);
    ASSERT_EQ(layout.panels.size(), 2U) << border;
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(layout.panels[i].box.y0, expected[i].y0, 2) << border;
      EXPECT_NEAR(layout.panels[i].box.y1, expected[i].y1, 2) << border;
      EXPECT_NEAR(layout.panels[i].box.x0, expected[i].x0, 2) << border;
      EXPECT_NEAR(layout.panels[i].box.x1, expected[i].x1, 2) << border;
    }
  }
}

// JPEG keeps colour in coarser pixels than light: it runs over the edges of its border.
TEST(Layout, ABorderOfAStrongColourIsFound) {
  for (const Rgb colour : {Rgb{30, 30, 160}, Rgb{160, 205, 30}})
    for (const int border : {3, 5, 8}) {
      std::vector<Expected> expected;
      const Image image = grid(2, 2, border, colour, expected);
      expect_panels(find_layout(by_jpeg(image, 65)), expected);
    }
}

TEST(Layout, TheOuterBorderMayBeOfAnotherWidth) {
  constexpr int kOuter = 11, kInner = 3;
  Image image(2 * kWidth + kInner + 2 * kOuter, kHeight + 2 * kOuter);
  fill(image, 0, 0, image.width, image.height, {128, 0, 0});
  std::vector<Expected> expected;
  for (int i = 0; i < 2; ++i) {
    const int x = kOuter + i * (kWidth + kInner);
    paste(image, road(i), x, kOuter);
    expected.push_back({x, kOuter, x + kWidth, kOuter + kHeight});
  }
  expect_panels(find_layout(by_jpeg(image, 65)), expected);
}

// Where a panel has the colour of the border no line shows; the other sides tell its width.
TEST(Layout, ABorderBesideADarkPanelIsAsWideAsElsewhere) {
  constexpr int kBorder = 9;
  std::vector<Expected> expected;
  Image image = grid(2, 2, kBorder, kBlack, expected);
  const Expected& last = expected[3];
  fill(image, last.x0, last.y0, last.x1, last.y1, {8, 8, 8});
  fill(image, last.x0 + 20, last.y0 + 60, last.x1 - 20, last.y1 - 60, {180, 185, 190});
  const Layout layout = find_layout(by_jpeg(image, 75));
  ASSERT_EQ(layout.panels.size(), 4U) << layout.name;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(layout.panels[i].box.y0, expected[i].y0, 2) << i;
    EXPECT_NEAR(layout.panels[i].box.y1, expected[i].y1, 2) << i;
  }
}

TEST(Layout, ABandAndABorderBehindItAreBothTakenOff) {
  constexpr int kBorder = 5, kBand = 50, kLarge = 3 * kWidth + 2 * kBorder;
  constexpr int kTall = kLarge * 9 / 16, kBelow = kBand + 2 * kBorder + kTall;
  Image image(kLarge + 2 * kBorder, kBelow + kHeight + kBorder);
  fill(image, 0, 0, image.width, image.height, {200, 40, 20});
  write_text(image, 0, 0, image.width, kBand, kBlue, kWhite);
  paste(image, road(0, kLarge, kTall), kBorder, kBand + kBorder);
  std::vector<Expected> expected{
      {kBorder, kBand + kBorder, kBorder + kLarge, kBand + kBorder + kTall}};
  for (int i = 0; i < 3; ++i) {
    const int x = kBorder + i * (kWidth + kBorder);
    paste(image, road(i + 1), x, kBelow);
    expected.push_back({x, kBelow, x + kWidth, kBelow + kHeight});
  }
  expect_panels(find_layout(by_jpeg(image, 80)), expected);
}

// Each panel's text needs its own number of lines, inside of tiles of one size.
TEST(Layout, BandsInsideThePanelsMayBeOfDifferentHeight) {
  Image image(kWidth, 4 * kHeight);
  for (int i = 0; i < 4; ++i) {
    paste(image, road(i), 0, i * kHeight);
    const int band = i == 1 ? 58 : 36;
    write_text(image, 0, i * kHeight, kWidth, i * kHeight + band, kWhite, kBlack);
  }
  const Layout layout = find_layout(by_jpeg(image, 80));
  ASSERT_EQ(layout.panels.size(), 4U) << layout.name;
  for (int i = 0; i < 4; ++i) {
    const Box& box = layout.panels[static_cast<std::size_t>(i)].box;
    EXPECT_NEAR(box.y0, i * kHeight + (i == 1 ? 58 : 36), 2) << i;
    EXPECT_NEAR(box.y1, (i + 1) * kHeight, 2) << i;
  }
}

TEST(Layout, ACloseupMayHaveTextOverIt) {
  std::vector<Expected> expected;
  Image image = grid(2, 2, 3, kWhite, expected);
  Image closeup = enlarged(road(0, 960, 540), 300, 200, 3, kWidth, kHeight);
  for (int y = 6; y < 50; y += 22)
    for (int x = 8; x < kWidth - 40; x += 14)
      fill(closeup, x, y, x + 9, y + 12, x % 4 == 0 ? kBlack : Rgb{255, 255, 0});
  paste(image, closeup, expected[3].x0, expected[3].y0);
  const Layout layout = find_layout(by_jpeg(image, 85));
  ASSERT_EQ(layout.panels.size(), 4U) << layout.name;
  EXPECT_EQ(layout.panels[3].role, Role::closeup) << layout.doubt;
}

// A vehicle's back may be as plain as a band; a close-up of another size than the panel is unsure.
TEST(Layout, APlainPartOfACloseupIsNotSurelyABand) {
  constexpr int kBorder = 8, kBand = 50, kPlain = 60;
  Image image(2 * kWidth + 3 * kBorder, kHeight + kBand + 2 * kBorder);
  fill(image, 0, 0, image.width, image.height, {150, 40, 20});
  write_text(image, kBorder, kBorder, kBorder + kWidth, kBorder + kBand, kBlue, kWhite);
  paste(image, road(0), kBorder, kBorder + kBand);
  Image closeup = enlarged(road(0, 960, 540), 300, 200, 3, kWidth, kHeight);
  write_text(closeup, 0, 0, kWidth, kPlain, {70, 90, 150}, {150, 150, 150});
  paste(image, closeup, 2 * kBorder + kWidth, kBorder + kBand);
  const Layout layout = find_layout(by_jpeg(image, 90));
  const bool exact =
      layout.panels.size() == 2 && std::abs(layout.panels[1].box.y0 - (kBorder + kBand)) <= 2;
  EXPECT_TRUE(exact || layout.p < kSureLayout) << layout.name;
}

TEST(Layout, WhatShowsAnotherSceneIsUnsureUnlessTheLayoutIsStated) {
  Image image(2 * kWidth + 4, kHeight);
  paste(image, road(0), 0, 0);
  paste(image, road(0, kWidth, kHeight, 9), kWidth + 4, 0);
  const Image seen = by_jpeg(image, 85);
  const Layout layout = find_layout(seen);
  EXPECT_LT(layout.p, kSureLayout);
  EXPECT_EQ(layout.name, "1x2");
  EXPECT_GE(find_layout(seen, "1x2").p, kSureLayout);
}

// A wall's edge may run through a whole picture.
TEST(Layout, ALineThatPartsNoSceneIsHardlyALayout) {
  Image image(2 * kWidth, kHeight);
  paste(image, road(0), 0, 0);
  paste(image, road(0, kWidth, kHeight, 9), kWidth, 0);
  const Layout layout = find_layout(by_jpeg(image, 85));
  EXPECT_TRUE(layout.name == "single" || layout.p < kNoLayout) << layout.name << " " << layout.p;
}

// A lane line in the middle of stacked panels is no line between panels: its sides are not alike.
TEST(Layout, ALineThroughAColumnOfPanelsPartsNone) {
  Image image(kWidth, 3 * kHeight);
  for (int i = 0; i < 3; ++i) {
    Image panel = road(i);
    fill(panel, kWidth / 2 - 2, 0, kWidth / 2 + 2, kHeight, kWhite);
    paste(image, panel, 0, i * kHeight);
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  EXPECT_TRUE(layout.name == "3x1" || layout.p < kSureLayout) << layout.name;
}

TEST(Layout, AStatedCloseupIsTheLastTile) {
  Image image(2 * kWidth + 4, kHeight);
  paste(image, road(0), 0, 0);
  paste(image, road(0, kWidth, kHeight, 9), kWidth + 4, 0);
  const Layout layout = find_layout(by_jpeg(image, 85), "1x2c");
  ASSERT_EQ(layout.panels.size(), 2U);
  EXPECT_EQ(layout.panels[0].role, Role::panel);
  EXPECT_EQ(layout.panels[1].role, Role::closeup);
  // Two panels of one scene are not what is stated.
  std::vector<Expected> expected;
  EXPECT_LT(find_layout(by_jpeg(grid(1, 2, 4, kBlack, expected), 85), "1x2c").p, kSureLayout);
}

TEST(Layout, TilesOfDifferentSizesAreUnsure) {
  Image image(500, kHeight);
  paste(image, road(0), 0, 0);
  paste(image, enlarged(road(1), 60, 0, 1, 180, kHeight), kWidth, 0);
  EXPECT_LT(find_layout(by_jpeg(image, 85)).p, kSureLayout);
}

TEST(Layout, AnotherLayoutThanTheStatedOneIsUnsure) {
  std::vector<Expected> expected;
  const Image image = by_jpeg(grid(1, 2, 2, kBlack, expected), 85);
  EXPECT_GE(find_layout(image, "1x2").p, kSureLayout);
  const Layout contradicted = find_layout(image, "2x2");
  EXPECT_LT(contradicted.p, kSureLayout);
  EXPECT_NE(contradicted.doubt, "");
}

}  // namespace
}  // namespace vioreview
