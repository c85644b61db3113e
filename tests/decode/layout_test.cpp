// SPDX-License-Identifier: Apache-2.0
// How composites are divided: drawn ones, whose panels are known to the pixel.
#include "decode/layout.h"

#include <array>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "decode/pictures.h"

namespace vioreview {
namespace {

using Rgb = std::array<std::uint8_t, 3>;
constexpr Rgb kWhite{255, 255, 255}, kBlack{0, 0, 0}, kBlue{25, 50, 150};
constexpr int kWidth = 320, kHeight = 180;

void fill(Image& image, int x0, int y0, int x1, int y1, Rgb colour) {
  for (int y = std::max(0, y0); y < std::min(image.height, y1); ++y)
    for (int x = std::max(0, x0); x < std::min(image.width, x1); ++x)
      std::copy(colour.begin(), colour.end(), image.row(y) + 3 * x);
}

void paste(Image& image, const Image& part, int x, int y) {
  for (int row = 0; row < part.height; ++row)
    std::copy_n(part.row(row), 3 * part.width, image.row(y + row) + 3 * x);
}

Image enlarged(const Image& picture, int x0, int y0, int times, int width, int height) {
  Image part(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      std::copy_n(picture.row(y0 + y / times) + 3 * (x0 + x / times), 3, part.row(y) + 3 * x);
  return part;
}

// A road seen by one camera: hundreds of patches that stay, one vehicle that moves with `moment`.
Image road(int moment, int width = kWidth, int height = kHeight, unsigned place = 1) {
  std::mt19937 random(place);
  const auto upto = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  Image image(960, 540);
  for (int y = 0; y < image.height; ++y)
    fill(image, 0, y, image.width, y + 1,
         {static_cast<std::uint8_t>(190 - y / 5), static_cast<std::uint8_t>(180 - y / 6), 120});
  for (int i = 0; i < 400; ++i) {
    const int x = upto(960), y = upto(540), level = 20 + upto(220);
    fill(image, x, y, x + 6 + upto(60), y + 6 + upto(40),
         {static_cast<std::uint8_t>(level), static_cast<std::uint8_t>(255 - level),
          static_cast<std::uint8_t>(upto(256))});
  }
  fill(image, 100 + 160 * moment, 300, 260 + 160 * moment, 400, {200, 30, 30});
  Image scaled(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      std::copy_n(image.row(y * 540 / height) + 3 * (x * 960 / width), 3, scaled.row(y) + 3 * x);
  return scaled;
}

// Strokes like those of letters, in lines, on paper.
void write_text(Image& image, int x0, int y0, int x1, int y1, Rgb paper, Rgb ink) {
  fill(image, x0, y0, x1, y1, paper);
  std::mt19937 random(7);
  for (int y = y0 + 6; y + 14 < y1; y += 22)
    for (int x = x0 + 8; x + 14 < x1 - 30; x += 14)
      for (int stroke = 0; stroke < 3; ++stroke) {
        const int at = static_cast<int>(random() % 10);
        stroke % 2 == 0 ? fill(image, x + at, y, x + at + 2, y + 12, ink)
                        : fill(image, x, y + at, x + 11, y + at + 2, ink);
      }
}

Image by_jpeg(const Image& image, int quality) {
  return decode(pictures::jpeg(image, {quality})).value().image;
}

struct Expected {
  int x0, y0, x1, y1;
  Role role = Role::panel;
};

void expect_panels(const Layout& layout, const std::vector<Expected>& expected) {
  EXPECT_GE(layout.p, kSureLayout) << layout.name << ": " << layout.doubt;
  ASSERT_EQ(layout.panels.size(), expected.size()) << layout.name << ": " << layout.doubt;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& [box, role, bands] = layout.panels[i];
    EXPECT_EQ(role, expected[i].role) << i;
    EXPECT_NEAR(box.x0, expected[i].x0, 2) << i;
    EXPECT_NEAR(box.y0, expected[i].y0, 2) << i;
    EXPECT_NEAR(box.x1, expected[i].x1, 2) << i;
    EXPECT_NEAR(box.y1, expected[i].y1, 2) << i;
  }
}

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
                                           std::array{2, 3, 0}, std::array{1, 4, 6}));

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

// Layout 1 of xp_imagecombine.h: three pictures, the first large above and small at the bottom
// left.
TEST(Layout, APanelThatIsRepeatedCountsOnce) {
  Image image(3 * kWidth, 4 * kHeight);
  paste(image, road(0, 3 * kWidth, 3 * kHeight), 0, 0);
  for (int i = 0; i < 3; ++i) paste(image, road(i), i * kWidth, 3 * kHeight);
  const Layout layout = find_layout(by_jpeg(image, 90));
  EXPECT_EQ(layout.name, "1+3");
  expect_panels(layout, {{0, 0, 3 * kWidth, 3 * kHeight},
                         {kWidth, 3 * kHeight, 2 * kWidth, 4 * kHeight},
                         {2 * kWidth, 3 * kHeight, 3 * kWidth, 4 * kHeight}});
  EXPECT_EQ(layout.repeats.size(), 1U);
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
