// SPDX-License-Identifier: Apache-2.0
// Edges of panels that the dark, a smooth part or JPEG makes unclear: drawn composites.
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "decode/composites.h"
#include "decode/layout_expect.h"

namespace vioreview {
namespace {

using namespace composites;
using namespace layouts;

// The picture at night: darker by a factor, but for what shines.
Image at_night(Image image, float factor) {
  constexpr int kShines = 245;
  for (std::uint8_t& level : image.pixels)
    if (level < kShines) level = static_cast<std::uint8_t>(12 + factor * static_cast<float>(level));
  return image;
}

// Whether the panels are these, each edge within 2 pixels.
bool exact(const Layout& layout, const std::vector<Expected>& expected) {
  if (layout.panels.size() != expected.size()) return false;
  const auto near = [](float found, int drawn) {
    return std::abs(found - static_cast<float>(drawn)) <= 2;
  };
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Box& box = layout.panels[i].box;
    if (!near(box.x0, expected[i].x0) || !near(box.y0, expected[i].y0) ||
        !near(box.x1, expected[i].x1) || !near(box.y1, expected[i].y1))
      return false;
  }
  return true;
}

// Dark panels below a band are no part of it.
TEST(Snap, PanelsAtNightBelowABandAreAllFound) {
  constexpr int kBand = 60, kRows = 4;
  Image image(kWidth, kBand + kRows * kHeight);
  write_text(image, 0, 0, kWidth, kBand, {200, 20, 120}, kWhite);
  std::vector<Expected> expected;
  for (int i = 0; i < kRows; ++i) {
    const int y = kBand + i * kHeight;
    Image panel = at_night(road(i), 0.2F);
    fill(panel, 40 + 50 * i, 70, 52 + 50 * i, 78, kWhite);
    paste(image, panel, 0, y);
    expected.push_back({0, y, kWidth, y + kHeight});
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  EXPECT_EQ(layout.name, "4x1");
  EXPECT_TRUE(exact(layout, expected)) << layout.doubt;
}

// Where a border is as dark as the panels beside it, its other sides tell how wide it is.
TEST(Snap, ADarkBorderBetweenDarkPanelsIsAsWideAsAroundThem) {
  constexpr int kBorder = 8, kRows = 3;
  Image image(kWidth + 2 * kBorder, kRows * (kHeight + kBorder) + kBorder);
  fill(image, 0, 0, image.width, image.height, {18, 18, 18});
  std::vector<Expected> expected;
  for (int i = 0; i < kRows; ++i) {
    const int y = kBorder + i * (kHeight + kBorder);
    Image panel = at_night(road(i), 0.12F);
    for (int row = kHeight - 60; row < kHeight; ++row)  // the road ends in the dark
      for (int k = 0; k < 3 * kWidth; ++k)
        panel.row(row)[k] = static_cast<std::uint8_t>(20 + panel.row(row)[k] % 5);
    paste(image, panel, kBorder, y);
    expected.push_back({kBorder, y, kBorder + kWidth, y + kHeight});
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  EXPECT_TRUE(exact(layout, expected) || layout.p < kSureLayout) << layout.name;
}

// What fades into the dark beside a bright border is not cut short surely.
TEST(Snap, APanelThatFadesOutBesideABrightBorderIsNotCutShortSurely) {
  constexpr int kBorder = 6;
  for (const int dark : {8, 12, 24}) {
    Image image(2 * kWidth + 3 * kBorder, kHeight + 2 * kBorder);
    fill(image, 0, 0, image.width, image.height, kWhite);
    std::vector<Expected> expected;
    for (int i = 0; i < 2; ++i) {
      Image panel = at_night(road(i), 0.3F);
      for (int row = kHeight - dark; row < kHeight; ++row)
        fill(panel, 0, row, kWidth, row + 1, {14, 14, 14});
      const int x = kBorder + i * (kWidth + kBorder);
      paste(image, panel, x, kBorder);
      expected.push_back({x, kBorder, x + kWidth, kBorder + kHeight});
    }
    const Layout layout = find_layout(by_jpeg(image, 75));
    EXPECT_TRUE(exact(layout, expected) || layout.p < kSureLayout) << dark;
  }
}

// A smooth part of a panel above a band of a strong colour belongs to the panel.
TEST(Snap, ASmoothPartBesideABandBelongsToThePanel) {
  constexpr int kBand = 50, kSmooth = 12;
  for (const int quality : {65, 80}) {
    Image image(2 * kWidth, kHeight + kBand);
    std::vector<Expected> expected;
    for (int i = 0; i < 2; ++i) {
      paste(image, road(i), i * kWidth, 0);
      for (int row = kHeight - 40; row < kHeight; ++row) {  // the picture fades into the smooth
        const float smooth =
            std::min(1.0F, static_cast<float>(row - kHeight + 40) / (40.0F - kSmooth));
        for (int k = 3 * i * kWidth; k < 3 * (i + 1) * kWidth; ++k) {
          std::uint8_t& level = image.row(row)[k];
          level = static_cast<std::uint8_t>(smooth * static_cast<float>(80 + k % 300 / 10) +
                                            (1 - smooth) * static_cast<float>(level));
        }
      }
      write_text(image, i * kWidth, kHeight, (i + 1) * kWidth, kHeight + kBand, {30, 30, 160},
                 kWhite);
      expected.push_back({i * kWidth, 0, (i + 1) * kWidth, kHeight});
    }
    const Layout layout = find_layout(by_jpeg(image, quality));
    EXPECT_TRUE(exact(layout, expected) || layout.p < kSureLayout) << quality;
  }
}

// A tile whose band is lower than those beside it is not cut where theirs end.
TEST(Snap, AShorterBandThanTheOthersIsNotSurelyAsTallAsTheirs) {
  std::vector<Expected> expected;
  Image image(3 * kWidth, kHeight);
  for (int i = 0; i < 3; ++i) {
    Image panel = road(i);
    fill(panel, 0, 0, kWidth, 80, {110, 105, 100});
    for (int x = 10; x < kWidth; x += 60) fill(panel, x, 0, x + 4, 80, {150, 140, 60});
    paste(image, panel, i * kWidth, 0);
    const int band = i == 2 ? 36 : 58;
    write_text(image, i * kWidth, 0, (i + 1) * kWidth, band, {150, 80, 120}, kWhite);
    expected.push_back({i * kWidth, band, (i + 1) * kWidth, kHeight});
  }
  const Layout layout = find_layout(by_jpeg(image, 75));
  EXPECT_TRUE(exact(layout, expected) || layout.p < kSureLayout) << layout.name;
}

// What was drawn over a picture begins in no straight line: it is no edge of the panel.
TEST(Snap, LettersOverAPanelAreNoEdgeOfIt) {
  Image image(2 * kWidth, kHeight);
  std::vector<Expected> expected;
  for (int i = 0; i < 2; ++i) {
    Image panel = road(i);
    for (int x = 8; x < kWidth - 20; x += 14) fill(panel, x, 10 + x % 3, x + 9, 24, {255, 255, 0});
    paste(image, panel, i * kWidth, 0);
    expected.push_back({i * kWidth, 0, (i + 1) * kWidth, kHeight});
  }
  EXPECT_TRUE(exact(find_layout(by_jpeg(image, 85)), expected));
}

// A close-up of something featureless is found nowhere in a panel.
TEST(Snap, WhatIsLastAndShowsNothingOfTheSceneIsMostLikelyTheCloseup) {
  constexpr int kBorder = 3;
  Image image(2 * kWidth + 3 * kBorder, 2 * kHeight + 3 * kBorder);
  fill(image, 0, 0, image.width, image.height, kWhite);
  for (int i = 0; i < 4; ++i) {
    Image tile = road(i);
    if (i == 3) {
      fill(tile, 0, 0, kWidth, kHeight, {90, 90, 95});
      fill(tile, 110, 80, 210, 110, {20, 60, 170});
      for (int x = 116; x < 200; x += 12) fill(tile, x, 85, x + 7, 105, kWhite);
    }
    paste(image, tile, kBorder + i % 2 * (kWidth + kBorder), kBorder + i / 2 * (kHeight + kBorder));
  }
  const Layout layout = find_layout(by_jpeg(image, 85));
  ASSERT_EQ(layout.panels.size(), 4U);
  EXPECT_EQ(layout.panels[3].role, Role::closeup);
  EXPECT_LT(layout.p, kSureLayout);
}

}  // namespace
}  // namespace vioreview
