// SPDX-License-Identifier: Apache-2.0
// Which small panel of a composite shows the large one again: drawn ones.
#include <array>
#include <cstdint>
#include <cstdlib>

#include <gtest/gtest.h>

#include "decode/composites.h"
#include "decode/layout_expect.h"

namespace vioreview {
namespace {

using namespace composites;
using namespace layouts;

// Layout 1 of xp_imagecombine.h: three pictures, the first large above and small at the bottom
// left.
TEST(Repeats, APanelThatIsRepeatedCountsOnce) {
  Image image(3 * kWidth, 4 * kHeight);
  paste(image, road(0, 3 * kWidth, 3 * kHeight), 0, 0);
  for (int i = 0; i < 3; ++i)
    paste(image, a_third(road(i, 3 * kWidth, 3 * kHeight)), i * kWidth, 3 * kHeight);
  const Layout layout = find_layout(by_jpeg(image, 90));
  EXPECT_EQ(layout.name, "1+3");
  expect_panels(layout, {{0, 0, 3 * kWidth, 3 * kHeight},
                         {kWidth, 3 * kHeight, 2 * kWidth, 4 * kHeight},
                         {2 * kWidth, 3 * kHeight, 3 * kWidth, 4 * kHeight}});
  EXPECT_EQ(layout.repeats.size(), 1U);
}

TEST(Repeats, SmallPanelsOfOtherMomentsAreNoRepeats) {
  Image image(3 * kWidth, 4 * kHeight);
  paste(image, road(0, 3 * kWidth, 3 * kHeight), 0, 0);
  for (int i = 0; i < 3; ++i) paste(image, road(i + 1), i * kWidth, 3 * kHeight);
  const Layout layout = find_layout(by_jpeg(image, 90));
  EXPECT_EQ(layout.panels.size(), 4U);
  EXPECT_TRUE(layout.repeats.empty());
}

// One panel large above three small ones, of which the first shows it again; each with its own
// text.
Image large_and_three(const std::array<Image, 3>& small, void (*write)(Image&, int, int, int)) {
  Image image(3 * kWidth, 4 * kHeight);
  paste(image, road(0, 3 * kWidth, 3 * kHeight), 0, 0);
  write(image, 0, 0, 3 * kWidth);
  for (int i = 0; i < 3; ++i) {
    paste(image, small[static_cast<std::size_t>(i)], i * kWidth, 3 * kHeight);
    write(image, i * kWidth, 3 * kHeight, kWidth);
  }
  return by_jpeg(image, 85);
}
std::array<Image, 3> three_moments() {
  return {a_third(road(0, 3 * kWidth, 3 * kHeight)), a_third(road(1, 3 * kWidth, 3 * kHeight)),
          a_third(road(2, 3 * kWidth, 3 * kHeight))};
}
// Letters over the picture, over half of the width.
void write_over(Image& image, int x0, int y0, int width) {
  for (int y = y0 + 4; y < y0 + 40; y += 18)
    for (int x = x0 + 6; x + 12 < x0 + width / 2; x += 12) {
      fill(image, x, y, x + 9, y + 13, kBlack);
      fill(image, x + 2, y + 2, x + (x / 12 % 2 == 0 ? 7 : 5), y + 11, {255, 255, 0});
    }
}

// What the letters hide may differ: it is the repeat most likely, and not surely.
TEST(Repeats, ARepeatIsKnownUnderItsOwnText) {
  const Layout layout = find_layout(large_and_three(three_moments(), write_over));
  EXPECT_LT(layout.p, kSureLayout);
  ASSERT_EQ(layout.panels.size(), 3U) << layout.doubt;
  ASSERT_EQ(layout.repeats.size(), 1U);
  EXPECT_NEAR(layout.repeats[0].x0, 0, 2);
  EXPECT_NEAR(layout.repeats[0].y0, 3 * kHeight, 2);
}

// Darkens rows, more and more from one to the other, until they show nothing.
void fade(Image& image, int from, int to) {
  const int way = from < to ? 1 : -1, rows = std::abs(to - from);
  for (int i = 0; i < rows; ++i) {
    std::uint8_t* row = image.row(from + way * i);
    for (int k = 0; k < 3 * image.width; ++k)
      row[k] = static_cast<std::uint8_t>(25 + (row[k] - 25) * (rows - 1 - i) / rows);
  }
}

// At night the end of a large panel and the beginning of those below it may both be dark.
TEST(Repeats, WhatShowsItselfAgainBelowIsNotSurelyOnePicture) {
  constexpr int kSeam = 3 * kHeight, kDark = 40;
  Image image(3 * kWidth, 4 * kHeight);
  paste(image, road(0, 3 * kWidth, 3 * kHeight), 0, 0);
  for (int i = 0; i < 3; ++i)
    paste(image, a_third(road(i, 3 * kWidth, 3 * kHeight)), i * kWidth, kSeam);
  fade(image, kSeam - 3 * kDark, kSeam);
  fade(image, kSeam + kDark, kSeam - 1);
  const Layout layout = find_layout(by_jpeg(image, 70));
  EXPECT_TRUE(layout.name == "1+3" || layout.p < kSureLayout) << layout.name;
}

// A vehicle far away, beside the text, tells that a small panel is of another moment.
TEST(Repeats, WhatDiffersBesideItsTextIsNoSureRepeat) {
  std::array<Image, 3> small = three_moments();
  fill(small[0], 150, 46, 170, 58, {230, 230, 60});
  const Layout layout = find_layout(large_and_three(small, write_over));
  EXPECT_TRUE(layout.panels.size() == 4 || layout.p < kSureLayout);
}

// Where nothing moves every small panel may be the repeat: most likely the first is.
TEST(Repeats, WhichOfPanelsThatAreAllAlikeIsTheRepeatIsUnsure) {
  const Image same = three_moments()[0];
  const Layout layout =
      find_layout(large_and_three({same, same, same}, [](Image&, int, int, int) {}));
  EXPECT_LT(layout.p, kSureLayout);
  ASSERT_EQ(layout.repeats.size(), 1U);
  EXPECT_NEAR(layout.repeats[0].x0, 0, 2);
}

}  // namespace
}  // namespace vioreview
