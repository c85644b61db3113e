// SPDX-License-Identifier: Apache-2.0
#include "decode/measure.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "decode/print.h"

namespace vioreview {
namespace {

// A picture has no colour when this share of it has less than so many levels between its largest
// and its smallest channel. A grey picture stored as JPEG has one or two; the rest may be a strip
// of coloured text burned into it.
constexpr double kColourlessShare = 0.99;
constexpr int kColourlessLevels = 8;

constexpr int kSamples = 400;  // along the longer side

float luma(const std::uint8_t* p) {
  return 0.299F * static_cast<float>(p[0]) + 0.587F * static_cast<float>(p[1]) +
         0.114F * static_cast<float>(p[2]);
}

// Mean luma over cell (x, y) of a grid of columns x rows, from some 16 samples a side.
float cell_luma(const Image& image, int x, int y, int columns, int rows) {
  const auto part = [](int side, int i, int n) { return static_cast<int>(1LL * side * i / n); };
  const int x0 = part(image.width, x, columns), y0 = part(image.height, y, rows);
  const int x1 = std::max(x0 + 1, part(image.width, x + 1, columns));
  const int y1 = std::max(y0 + 1, part(image.height, y + 1, rows));
  const int dx = std::max(1, (x1 - x0) / 16), dy = std::max(1, (y1 - y0) / 16);
  float sum = 0;
  int count = 0;
  for (int v = y0; v < y1; v += dy)
    for (int u = x0; u < x1; u += dx, ++count)
      sum += luma(image.row(v) + static_cast<std::ptrdiff_t>(u) * 3);
  return sum / static_cast<float>(count);
}

// dHash: is each of 9 x 8 cells darker than its right neighbour? Row by row, the first is the
// highest bit.
std::string difference_hash(const Image& image) {
  unsigned long long bits = 0;
  for (int y = 0; y < 8; ++y) {
    float left = cell_luma(image, 0, y, 9, 8);
    for (int x = 1; x < 9; ++x) {
      const float right = cell_luma(image, x, y, 9, 8);
      bits = (bits << 1) | (right > left ? 1U : 0U);
      left = right;
    }
  }
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", bits);
  return text.data();
}

}  // namespace

void measure(Decoded& decoded) {
  const Image& image = decoded.image;
  const int step = std::max(1, std::max(image.width, image.height) / kSamples);
  double brightness = 0, chroma = 0;
  std::int64_t count = 0, colourless = 0;
  for (int y = 0; y < image.height; y += step)
    for (int x = 0; x < image.width; x += step, ++count) {
      const std::uint8_t* p = image.row(y) + static_cast<std::ptrdiff_t>(x) * 3;
      const auto [low, high] = std::minmax({p[0], p[1], p[2]});
      brightness += static_cast<double>(luma(p));
      chroma += high - low;
      colourless += high - low < kColourlessLevels ? 1 : 0;
    }
  const auto n = static_cast<double>(count);
  decoded.brightness = static_cast<float>(brightness / n);
  decoded.chroma = static_cast<float>(chroma / n);
  decoded.colour = static_cast<double>(colourless) < kColourlessShare * n;
  decoded.perceptual_hash = difference_hash(image);
  decoded.print = print_of(image);
}

}  // namespace vioreview
