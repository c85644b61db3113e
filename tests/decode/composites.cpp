// SPDX-License-Identifier: Apache-2.0
#include "../decode/composites.h"

#include <algorithm>
#include <random>

namespace vioreview::composites {

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

Image a_third(const Image& picture) {
  Image part(picture.width / 3, picture.height / 3);
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < 3 * part.width; ++x) {
      int sum = 0;
      for (int k = 0; k < 9; ++k) sum += picture.row(3 * y + k / 3)[x / 3 * 9 + k % 3 * 3 + x % 3];
      part.row(y)[x] = static_cast<std::uint8_t>(sum / 9);
    }
  return part;
}

Image road(int moment, int width, int height, unsigned place) {
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

}  // namespace vioreview::composites
