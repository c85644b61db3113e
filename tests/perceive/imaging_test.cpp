// SPDX-License-Identifier: Apache-2.0
// Views for nets: where pixels land, and that no picture is too odd.
#include "perceive/imaging.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "fake_net.h"
#include "perceive/adapters.h"
#include "perceive/warp.h"

namespace vioreview {
namespace {

// Red left half, blue right half.
Image halves(int width, int height) {
  Image image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) image.row(y)[3 * x + (x < width / 2 ? 0 : 2)] = 255;
  return image;
}

Box whole(const Image& image) {
  return {0, 0, static_cast<float>(image.width), static_cast<float>(image.height)};
}

TEST(Letterbox, FitsPadsAndMapsBack) {
  const ModelCard card = card_of("detector", 64, 64, {});
  std::vector<float> input;
  const Image image = halves(200, 100);
  const Letterbox view = append_letterbox(image, whole(image), card, input);
  ASSERT_EQ(input.size(), 3U * 64 * 64);
  EXPECT_NEAR(view.scale, 0.32, 1e-6);
  EXPECT_NEAR(input[5 * 64 + 5], 1, 1e-6) << "red of the left half";
  EXPECT_NEAR(input[2 * 64 * 64 + 5 * 64 + 60], 1, 1e-6) << "blue of the right half";
  EXPECT_NEAR(input[60 * 64 + 5], 114.0 / 255, 1e-6) << "padding below";
  const Point back = view.to_panel(Point{32, 16});
  EXPECT_NEAR(back.x, 100, 1e-4);
  EXPECT_NEAR(back.y, 50, 1e-4);
}

TEST(Letterbox, AWindowIsCutAtTheFrame) {
  const ModelCard card = card_of("plate", 64, 64, {});
  std::vector<float> input;
  const Letterbox view = append_letterbox(halves(200, 100), {-50, -50, 50, 50}, card, input);
  EXPECT_FLOAT_EQ(view.x0, 0);
  EXPECT_FLOAT_EQ(view.y0, 0);
  EXPECT_NEAR(view.scale, 64.0 / 50, 1e-6);
}

TEST(Letterbox, NormalisesAsTheCardSays) {
  ModelCard card = card_of("reader", 8, 8, {});
  card.mean = {0.5F, 0, 0};
  card.std = {0.25F, 1, 1};
  std::vector<float> input;
  append_picture(halves(8, 8), card, input);
  EXPECT_NEAR(input[0], (1 - 0.5) / 0.25, 1e-5);
  EXPECT_NEAR(input[7], (0 - 0.5) / 0.25, 1e-5);
}

TEST(Views, TakeAnyShapeOfPicture) {
  const ModelCard card = card_of("vehicle", 32, 32, {});
  for (const auto& [w, h] : {std::pair(1, 1), std::pair(5000, 3), std::pair(3, 5000)}) {
    std::vector<float> input;
    const Image image = halves(w, h);
    append_letterbox(image, whole(image), card, input);
    append_stretched(image, {-10, -10, 10000, 10000}, card, input);
    EXPECT_EQ(input.size(), 2U * 3 * 32 * 32);
    const Image flat = warp_plate(image, {Point{0, 0}, Point{1, 0}, Point{1, 1}, Point{0, 1}}, 1);
    EXPECT_EQ(flat.width, 168);
  }
}

TEST(Warp, PutsTheCornersInReadingOrder) {
  // The plate lies upside down in the picture: its first corner is at the lower right.
  const Image image = halves(200, 100);
  const Image flat =
      warp_plate(image, {Point{180, 80}, Point{20, 80}, Point{20, 20}, Point{180, 20}}, 1, 100, 40);
  EXPECT_GT(flat.row(20)[3 * 10 + 2], 200) << "blue, the picture's right, is the plate's left";
  EXPECT_GT(flat.row(20)[3 * 90 + 0], 200);
}

TEST(PrintPlate, ShowsThePlateWithAMarginInFullContrast) {
  Image image(200, 100);  // a plate dim on the left, a little lighter on the right
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 200; ++x)
      for (int c = 0; c < 3; ++c) image.row(y)[3 * x + c] = x < 100 ? 60 : 90;
  const PlatePrint print =
      print_plate(image, {Point{60, 40}, Point{140, 40}, Point{140, 66}, Point{60, 66}});
  ASSERT_EQ(print.cells.size(), static_cast<std::size_t>(PlatePrint::kColumns * PlatePrint::kRows));
  const auto cell = [&](int x, int y) {
    return print.cells[static_cast<std::size_t>(y * PlatePrint::kColumns + x)];
  };
  for (const int y : {0, PlatePrint::kRows / 2, PlatePrint::kRows - 1}) {
    EXPECT_EQ(cell(0, y), 0);
    EXPECT_EQ(cell(PlatePrint::kColumns / 2 - 2, y), 0);
    EXPECT_EQ(cell(PlatePrint::kColumns / 2 + 1, y), PlatePrint::kLevels - 1);
    EXPECT_EQ(cell(PlatePrint::kColumns - 1, y), PlatePrint::kLevels - 1);
  }
}

TEST(PrintPlate, StretchesNoNoise) {
  Image image(200, 100);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = i / 3 % 2 ? 100 : 101;
  const PlatePrint print =
      print_plate(image, {Point{60, 40}, Point{140, 40}, Point{140, 66}, Point{60, 66}});
  EXPECT_LE(*std::max_element(print.cells.begin(), print.cells.end()), 3);
}

TEST(Warp, TwoRowsStandSideBySide) {
  Image image(100, 100);  // upper 41 % green, the rest red
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 100; ++x) image.row(y)[3 * x + (y < 41 ? 1 : 0)] = 255;
  const Image flat = warp_plate(image, {Point{0, 0}, Point{100, 0}, Point{100, 100}, Point{0, 100}},
                                2, 100, 40, {0, 0});
  EXPECT_GT(flat.row(20)[3 * 17 + 1], 200) << "the upper row on the left 35 %";
  EXPECT_GT(flat.row(20)[3 * 70 + 0], 200) << "the lower row on the right";
}

}  // namespace
}  // namespace vioreview
