// SPDX-License-Identifier: Apache-2.0
// The fingerprint of a view: it stays in another light and goes with the camera.
#include "decode/print.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include <gtest/gtest.h>

#include "decode/pictures.h"

namespace vioreview {
namespace {

using namespace pictures;

constexpr int kCell = 8;  // px: pictures of 768 x 432 have 96 x 54 cells

Image cut(const Image& image, int left, int top, int width, int height) {
  Image part(width, height);
  for (int y = 0; y < height; ++y)
    std::copy_n(image.row(y + top) + static_cast<std::ptrdiff_t>(left) * 3, width * 3, part.row(y));
  return part;
}

Image darker(Image image) {
  for (auto& level : image.pixels) level = static_cast<std::uint8_t>(level / 2 + 10);
  return image;
}

Image inverted(Image image) {
  for (auto& level : image.pixels) level = static_cast<std::uint8_t>(255 - level);
  return image;
}

// The share of the edges of `a` that `b` has too, `right` and `down` cells off.
double kept(const ViewPrint& a, const ViewPrint& b, int right = 0, int down = 0) {
  int both = 0, of_a = 0;
  for (int y = 1; y + 1 < a.rows; ++y)
    for (int x = 1; x + 1 < a.columns; ++x) {
      const int u = x + right, v = y + down;
      if (u < 1 || v < 1 || u + 1 >= b.columns || v + 1 >= b.rows) continue;
      const auto in_a = a.cells[static_cast<std::size_t>(y * a.columns + x)];
      of_a += std::popcount(in_a);
      both += std::popcount(
          static_cast<std::uint8_t>(in_a & b.cells[static_cast<std::size_t>(v * b.columns + u)]));
    }
  return of_a == 0 ? 0 : 1.0 * both / of_a;
}

TEST(Print, HasSquareCells) {
  EXPECT_EQ(print_of(Image(1280, 720)).columns, 96);
  EXPECT_EQ(print_of(Image(1280, 720)).rows, 54);
  EXPECT_EQ(print_of(Image(640, 480)).rows, 72);
  EXPECT_EQ(print_of(Image(1280, 720)).cells.size(), 96U * 54U);
  EXPECT_TRUE(print_of(Image()).empty());
  EXPECT_EQ(print_of(Image(3, 3000)).rows, 300) << "a sliver has no endless print";
}

TEST(Print, OfAnEvenPictureIsBlank) {
  const ViewPrint print = print_of(Image(768, 432));
  EXPECT_TRUE(std::all_of(print.cells.begin(), print.cells.end(), [](auto c) { return c == 0; }));
}

TEST(Print, TellsTheDirectionOfAnEdge) {
  // Upright stripes of 32 px: steps along x only, which is the first direction.
  Image stripes(768, 432);
  for (int y = 0; y < 432; ++y)
    for (int x = 0; x < 768 * 3; ++x) stripes.row(y)[x] = (x / 3 + 4) / 32 % 2 == 0 ? 200 : 40;
  unsigned all = 0;
  for (const auto cell : print_of(stripes).cells) all |= cell;
  EXPECT_EQ(all, 1U);
}

TEST(Print, StaysInAnotherLight) {
  const Image day = scene(768, 432);
  // Half the contrast loses weak edges, not the view.
  const double stranger = kept(print_of(day), print_of(scene(768, 432, 2)));
  EXPECT_GT(kept(print_of(day), print_of(darker(day))), 2 * stranger);
  EXPECT_GT(kept(print_of(day), print_of(inverted(day))), 0.95) << "dark on light is an edge too";
}

TEST(Print, GoesWithTheCamera) {
  const Image world = scene(768 + 5 * kCell, 432 + 2 * kCell);
  const ViewPrint before = print_of(cut(world, 0, 0, 768, 432));
  const ViewPrint after = print_of(cut(world, 5 * kCell, 2 * kCell, 768, 432));
  EXPECT_GT(kept(before, after, -5, -2), 0.95);
  EXPECT_LT(kept(before, after), 0.6);
}

}  // namespace
}  // namespace vioreview
