// SPDX-License-Identifier: Apache-2.0
// Lines of text among scenery. Letters are upright bars: whoever looks for lines cannot read.
#include "perceive/text_lines.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

constexpr int kHigh = 20;   // px, of a line
constexpr int kStripe = 8;  // px, how wide a stripe on the road is

void fill(Image& image, int x0, int x1, int y, std::uint8_t grey) {
  for (int x = std::max(x0, 0); x < std::min(x1, image.width); ++x)
    std::fill_n(image.row(y) + 3 * x, 3, grey);
}

bool in_the_gap(int x) {
  return x >= 190 && x < 220;
}

// White bars with a black outline of 2 px, none where the gap is.
void write_line(Image& image, int top) {
  for (int x = 20; x < 380; x += 10) {
    if (in_the_gap(x)) continue;
    for (int y = top - 2; y < top + kHigh + 2; ++y) fill(image, x - 2, x + 5, y, 0);
    for (int y = top; y < top + kHigh; ++y) fill(image, x, x + 3, y, 255);
  }
}

// Two outlined lines over a grey road; a white stripe runs down through their gap.
Image two_lines_over_a_stripe() {
  Image image(400, 160);
  for (int y = 0; y < image.height; ++y) {
    fill(image, 0, image.width, y, 120);
    fill(image, 194 + y / 8, 194 + y / 8 + kStripe, y, 255);
  }
  write_line(image, 50);
  write_line(image, 78);
  return image;
}

// Ink in the columns of the picture that lie at x0 to x1 of the image.
int dark_pixels(const TextLine& line, float x0, float x1) {
  int n = 0;
  for (int y = 0; y < line.picture.height; ++y)
    for (int x = 0; x < line.picture.width; ++x) {
      const float at = line.x0 + (static_cast<float>(x) + 0.5F) / line.scale;
      n += at >= x0 && at < x1 &&
           line.picture.pixels[static_cast<std::size_t>(y * line.picture.width + x)] < 128;
    }
  return n;
}

TEST(TextLines, AStripeThroughTwoLinesNeitherJoinsThemNorStaysInThem) {
  const auto lines = find_text_lines(two_lines_over_a_stripe(), {0, 0, 400, 160}, 14);
  for (const float top : {50.0F, 78.0F}) {
    const auto at = std::find_if(lines.begin(), lines.end(), [&](const TextLine& line) {
      return std::abs(line.box.y0 - top) < 5 && std::abs(line.box.y1 - top - kHigh) < 5 &&
             line.box.x0 < 25 && line.box.x1 > 370;
    });
    ASSERT_NE(at, lines.end()) << "the line at " << top;
    EXPECT_EQ(dark_pixels(*at, 190, 217), 0);
    EXPECT_GT(dark_pixels(*at, 20, 23), 100);
    EXPECT_GT(dark_pixels(*at, 370, 373), 100);
  }
}

TEST(TextLines, ThinStrokesOfABandStay) {
  Image band(400, 60);
  for (int y = 20; y < 20 + kHigh; ++y)
    for (int x = 20; x < 380; x += 16) {
      fill(band, x, x + 2, y, 255);
      fill(band, x + 5, x + 6, y, 190);  // dimmed by scaling
    }
  const auto lines = find_text_lines(band, {0, 0, 400, 60}, 14);
  for (const float x : {25.0F, 201.0F, 361.0F}) {
    const bool shown = std::any_of(lines.begin(), lines.end(), [&](const TextLine& line) {
      const auto column = static_cast<std::size_t>((x + 0.5F - line.x0) * line.scale);
      int ink = 0;
      for (int y = 0; y < line.picture.height; ++y)
        ink += line.picture.pixels[static_cast<std::size_t>(y * line.picture.width) + column] < 200;
      return ink > kHigh;
    });
    EXPECT_TRUE(shown) << "at " << x;
  }
}

TEST(TextLines, AWideBandKeepsItsSize) {
  Image band(2880, 60);
  for (int y = 20; y < 20 + kHigh; ++y)
    for (int x = 20; x < 2800; x += 10) fill(band, x, x + 3, y, 255);
  const auto lines = find_text_lines(band, {0, 0, 2880, 60}, 14);
  ASSERT_FALSE(lines.empty());
  EXPECT_NEAR(lines[0].scale, 36.0F / kHigh, 0.1F);  // 36 px is what is read best
  EXPECT_NEAR(lines[0].box.y0, 20, 4);
}

TEST(TextLines, ScaledPicturesKeepTheirInk) {
  LinePicture bar{20, 10, std::vector<std::uint8_t>(200, 255)};
  for (int y = 0; y < 10; ++y) std::fill_n(bar.pixels.begin() + y * 20 + 5, 4, std::uint8_t{0});
  const LinePicture larger = scaled(bar, 1.5F);
  EXPECT_EQ(larger.width, 30);
  EXPECT_EQ(larger.height, 15);
  EXPECT_LT(larger.pixels[7 * 30 + 10], 20);
  EXPECT_GT(larger.pixels[7 * 30 + 25], 235);
}

}  // namespace
}  // namespace vioreview
