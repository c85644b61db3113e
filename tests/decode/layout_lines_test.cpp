// SPDX-License-Identifier: Apache-2.0
// What of a scene looks drawn, and what is drawn and looks like the scene: drawn composites.
#include "decode/layout_lines.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "decode/composites.h"
#include "decode/layout_edges.h"
#include "decode/layout_expect.h"
#include "decode/layout_plain.h"

namespace vioreview {
namespace {

using namespace composites;
using namespace layouts;

// What no camera is without.
void grain(Image& image, const Tile& part, unsigned levels) {
  std::mt19937 random(5);
  for (int y = part.y.from; y < part.y.to; ++y)
    for (int x = part.x.from; x < part.x.to; ++x) {
      const unsigned more = random() % levels;
      for (int c = 0; c < 3; ++c) {
        std::uint8_t& level = image.row(y)[3 * x + c];
        level = static_cast<std::uint8_t>(std::min(255U, level + more));
      }
    }
}

// Two panels side by side, a line painted through all of those named.
Image lined(bool first, bool second, int at) {
  Image image(2 * kWidth, kHeight);
  for (int i = 0; i < 2; ++i) {
    Image panel = road(i);
    if (i == 0 ? first : second) fill(panel, at, 0, at + 5, kHeight, {245, 245, 245});
    paste(image, panel, i * kWidth, 0);
  }
  return image;
}

// A lane line or a pole stands where it stands in every panel.
TEST(Lines, WhatPanelsOfOneSceneShowAtOnePlaceIsTheScenes) {
  const std::vector<Expected> both{{0, 0, kWidth, kHeight}, {kWidth, 0, 2 * kWidth, kHeight}};
  expect_panels(find_layout(by_jpeg(lined(true, true, 110), 85)), both);
  const Layout one = find_layout(by_jpeg(lined(true, false, 110), 85));
  EXPECT_LT(one.p, kSureLayout) << "a line through one of them may part it";
}

// A line that would part a panel evenly has to have the same road on both its sides.
TEST(Lines, ALineInTheMiddlePartsWhatDiffersOnItsSides) {
  Image image(2 * kWidth, kHeight);
  for (int i = 0; i < 2; ++i) {
    Image panel = road(i);
    fill(panel, kWidth / 2 - 30, 0, kWidth / 2 + 30, kHeight, {90, 90, 90});
    fill(panel, kWidth / 2, 0, kWidth / 2 + 4, kHeight, {245, 245, 245});
    paste(image, panel, i * kWidth, 0);
  }
  expect_panels(find_layout(by_jpeg(image, 85)),
                {{0, 0, kWidth, kHeight}, {kWidth, 0, 2 * kWidth, kHeight}});
  const Layout parted = find_layout(by_jpeg(lined(true, true, kWidth / 2 - 1), 85));
  EXPECT_LT(parted.p, kSureLayout);
  // Tiles are divided alike: what runs through a part of the other panel parts neither.
  constexpr int kMiddle = kWidth / 2 - 1;
  Image partly = lined(true, false, kMiddle);
  fill(partly, kWidth + kMiddle, kHeight * 45 / 100, kWidth + kMiddle + 5, kHeight,
       {245, 245, 245});
  expect_panels(find_layout(by_jpeg(partly, 85)),
                {{0, 0, kWidth, kHeight}, {kWidth, 0, 2 * kWidth, kHeight}});
}

// Strong colours run over 16 pixels at this quality: no row of the band shows its paper alone.
TEST(Lines, ATallBandOfLettersOfAStrongColourIsFound) {
  constexpr int kBand = 120;
  Image image(kWidth, kBand + 3 * kHeight);
  write_text(image, 0, 0, kWidth, kBand, {40, 30, 150}, {255, 255, 0});
  std::vector<Expected> expected;
  for (int i = 0; i < 3; ++i) {
    paste(image, road(i), 0, kBand + i * kHeight);
    expected.push_back({0, kBand + i * kHeight, kWidth, kBand + (i + 1) * kHeight});
  }
  expect_panels(find_layout(by_jpeg(image, 60)), expected);
}

// The smooth dark end of a road behind a painted line is part of the panel: no fill has its grain.
TEST(Lines, ADarkRoadBehindAPaintedLineIsNoBorder) {
  constexpr int kEnd = 34;
  Image image(2 * kWidth, 4 * kHeight);
  for (int i = 0; i < 2; ++i) {
    Image panel = road(i, 2 * kWidth, 2 * kHeight);
    fill(panel, 0, panel.height - kEnd, panel.width, panel.height, {38, 38, 38});
    grain(panel, {{0, panel.width}, {panel.height - kEnd, panel.height}}, 14);
    fill(panel, 0, panel.height - kEnd - 4, panel.width, panel.height - kEnd, {190, 140, 30});
    paste(image, panel, 0, i * panel.height);
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  ASSERT_EQ(layout.panels.size(), 2U) << layout.name << ": " << layout.doubt;
  EXPECT_NEAR(layout.panels[0].box.y1, 2 * kHeight, 2);
  EXPECT_NEAR(layout.panels[1].box.y1, 4 * kHeight, 2);
}

// Three panels and an overexposed close-up, its last rows dark, with white borders.
Image overexposed(int dark, Expected& closeup) {
  constexpr int kBorder = 4;
  Image image(2 * kWidth + 3 * kBorder, 2 * kHeight + 3 * kBorder);
  fill(image, 0, 0, image.width, image.height, kWhite);
  for (int i = 0; i < 4; ++i) {
    const int x = kBorder + i % 2 * (kWidth + kBorder), y = kBorder + i / 2 * (kHeight + kBorder);
    closeup = {x, y, x + kWidth, y + kHeight, Role::closeup};
    if (i < 3) paste(image, road(i), x, y);
  }
  fill(image, closeup.x0, closeup.y0 + kHeight - dark, closeup.x1, closeup.y1, {70, 70, 75});
  write_text(image, closeup.x0 + 90, closeup.y0 + 70, closeup.x1 - 60, closeup.y0 + 100, kBlue,
             kWhite);
  return image;
}

// An overexposed close-up begins where no line shows against a white border.
TEST(Lines, ACloseupOfTheBordersColourBeginsWhereItsRowDoes) {
  Expected closeup{};
  const Layout layout = find_layout(by_jpeg(overexposed(40, closeup), 90));
  EXPECT_EQ(layout.name, "2x2") << layout.doubt;
  ASSERT_EQ(layout.panels.size(), 4U) << layout.doubt;
  EXPECT_EQ(layout.panels[3].role, Role::closeup);
  EXPECT_NEAR(layout.panels[3].box.y0, closeup.y0, 2);
  EXPECT_NEAR(layout.panels[3].box.x0, closeup.x0, 2);
}

TEST(Lines, ACloseupAsWhiteAsTheBorderIsWhereItsRowAndColumnShow) {
  Expected closeup{};
  const Layout layout = find_layout(by_jpeg(overexposed(0, closeup), 90));
  EXPECT_EQ(layout.name, "2x2") << layout.doubt;
  EXPECT_GE(layout.p, kSureLayout) << layout.doubt;
}

// Four panels without borders; those on the left end and begin as dark as each other but for `seen`
// of their width, those on the right too unless `beside`.
Image without_borders(double seen, bool beside) {
  constexpr int kDark = 24;
  Image image(2 * kWidth, 2 * kHeight);
  for (int i = 0; i < 4; ++i) {
    Image panel = road(i);
    const int from = i % 2 == 0 || !beside ? static_cast<int>(seen * kWidth) : kWidth;
    fill(panel, from, 0, kWidth, kDark, {30, 30, 32});
    fill(panel, from, kHeight - kDark, kWidth, kHeight, {30, 30, 32});
    grain(panel, {{from, kWidth}, {0, kHeight}}, 8);
    paste(image, panel, i % 2 * kWidth, i / 2 * kHeight);
  }
  return image;
}

TEST(Lines, ALineThatIsClearOnOneSideRunsOn) {
  const Layout layout = find_layout(by_jpeg(without_borders(0.33, true), 90));
  EXPECT_EQ(layout.name, "2x2") << layout.doubt;
  EXPECT_GE(layout.p, kSureLayout) << layout.doubt;
  EXPECT_LT(find_layout(by_jpeg(without_borders(0.33, false), 90)).p, kSureLayout)
      << "clear nowhere";
}

// The colour of a band runs into the blocks of the dark panel above it: its last rows have another
// tint, but no other light. A border has.
TEST(Lines, ATintIsNoBorder) {
  const auto parted = [](Rgb last) {
    Image panel(kWidth, kHeight);
    fill(panel, 0, 0, kWidth, kHeight, {40, 40, 44});
    fill(panel, 0, kHeight - 4, kWidth, kHeight, last);
    grain(panel, {{0, kWidth}, {0, kHeight}}, 5);
    const auto none = [](std::size_t, std::size_t) { return false; };
    return has_parting_line(panel, EdgeMap(panel), {{{0, kWidth}, {0, kHeight}}}, 0, none);
  };
  EXPECT_TRUE(parted({52, 52, 56}));
  EXPECT_FALSE(parted({40, 45, 18}));
}

// A lamp on light paint above a darker part looks like one letter on paper; text has many.
TEST(Lines, ASmoothPartOfACloseupBelongsToIt) {
  constexpr int kBorder = 6, kBand = 50, kPaint = 62;
  Image image(2 * kWidth + 3 * kBorder, 2 * kHeight + 3 * kBorder);
  fill(image, 0, 0, image.width, image.height, kBlue);
  std::vector<Expected> expected;
  for (int i = 0; i < 4; ++i) {
    const int x = kBorder + i % 2 * (kWidth + kBorder), y = kBorder + i / 2 * (kHeight + kBorder);
    if (i < 3) {
      paste(image, road(i), x, y);
      write_text(image, x, y, x + kWidth, y + kBand, kBlack, kWhite);
      expected.push_back({x, y + kBand, x + kWidth, y + kHeight});
    } else {
      fill(image, x, y, x + kWidth, y + kPaint, {214, 214, 216});
      fill(image, x + 20, y + 18, x + 90, y + 44, {120, 20, 20});
      fill(image, x, y + kPaint, x + kWidth, y + kHeight, {120, 122, 125});
      write_text(image, x + 80, y + 90, x + 250, y + 118, {20, 60, 150}, kWhite);
      grain(image, {{x, x + kWidth}, {y, y + kHeight}}, 14);
      expected.push_back({x, y, x + kWidth, y + kHeight, Role::closeup});
    }
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  ASSERT_EQ(layout.panels.size(), 4U) << layout.name << ": " << layout.doubt;
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(layout.panels[i].role, expected[i].role) << i;
    EXPECT_NEAR(layout.panels[i].box.y0, expected[i].y0, 2) << i;
    EXPECT_NEAR(layout.panels[i].box.y1, expected[i].y1, 2) << i;
  }
}

// Where no band was taken off there is nothing to give back, and nothing more to take.
TEST(Lines, ASmoothDarkEndOfACloseupBelongsToIt) {
  constexpr int kEnd = 30;
  Image image(2 * kWidth, 2 * kHeight);
  std::vector<Expected> expected;
  for (int i = 0; i < 4; ++i) {
    const int x = i % 2 * kWidth, y = i / 2 * kHeight;
    expected.push_back({x, y, x + kWidth, y + kHeight, i < 3 ? Role::panel : Role::closeup});
    if (i < 3) {
      paste(image, road(i), x, y);
      continue;
    }
    paste(image, enlarged(road(0, 960, 540), 300, 200, 3, kWidth, kHeight), x, y);
    fill(image, x, y + kHeight - kEnd, x + kWidth, y + kHeight, {34, 34, 36});
    grain(image, {{x, x + kWidth}, {y + kHeight - kEnd, y + kHeight}}, 3);
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  ASSERT_EQ(layout.panels.size(), 4U) << layout.name << ": " << layout.doubt;
  EXPECT_EQ(layout.panels[3].role, Role::closeup);
  EXPECT_NEAR(layout.panels[3].box.y1, expected[3].y1, 2);
}

}  // namespace
}  // namespace vioreview
