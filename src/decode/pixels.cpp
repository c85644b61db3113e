// SPDX-License-Identifier: Apache-2.0
#include "decode/pixels.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace vioreview {
namespace {

float luma(const std::uint8_t* p) {
  return 0.299F * static_cast<float>(p[0]) + 0.587F * static_cast<float>(p[1]) +
         0.114F * static_cast<float>(p[2]);
}

// Mean luma over cell (x, y) of a grid of columns x rows, from at most 16 samples a side.
float cell_luma(const Image& image, int x, int y, int columns, int rows) {
  const int x0 = x * image.width / columns, x1 = std::max(x0 + 1, (x + 1) * image.width / columns);
  const int y0 = y * image.height / rows, y1 = std::max(y0 + 1, (y + 1) * image.height / rows);
  const int dx = std::max(1, (x1 - x0) / 16), dy = std::max(1, (y1 - y0) / 16);
  float sum = 0;
  int count = 0;
  for (int v = y0; v < y1 && v < image.height; v += dy)
    for (int u = x0; u < x1 && u < image.width; u += dx, ++count)
      sum += luma(image.row(v) + static_cast<std::ptrdiff_t>(u) * 3);
  return count > 0 ? sum / static_cast<float>(count) : 0;
}

// dHash: each cell against its right neighbour, 8 x 8 bits.
std::string difference_hash(const Image& image) {
  std::uint64_t bits = 0;
  for (int y = 0; y < 8; ++y) {
    float left = cell_luma(image, 0, y, 9, 8);
    for (int x = 1; x < 9; ++x) {
      const float right = cell_luma(image, x, y, 9, 8);
      bits = (bits << 1) | (right > left ? 1U : 0U);
      left = right;
    }
  }
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(bits));
  return text.data();
}

}  // namespace

std::optional<Problem> over_limit(std::int64_t width, std::int64_t height,
                                  const DecodeLimits& limits) {
  if (width > 0 && height > 0 && width <= limits.max_side && height <= limits.max_side &&
      width * height <= limits.max_pixels)
    return std::nullopt;
  if (width <= 0 || height <= 0)
    return Problem{"picture_undecodable", "", "the picture's header names no size"};
  return Problem{"picture_too_large", "",
                 "the picture has " + std::to_string(width) + "x" + std::to_string(height) +
                     " pixels, over the limit of " + std::to_string(limits.max_pixels) + " or " +
                     std::to_string(limits.max_side) + " a side"};
}

Image rgb_from_cmyk(const std::vector<std::uint8_t>& inks, int width, int height, bool inverted) {
  Image image(width, height);
  for (std::size_t i = 0; i < inks.size() / 4; ++i) {
    const int k = inverted ? inks[4 * i + 3] : 255 - inks[4 * i + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const int ink = inverted ? inks[4 * i + c] : 255 - inks[4 * i + c];
      image.pixels[3 * i + c] = static_cast<std::uint8_t>((ink * k + 127) / 255);
    }
  }
  return image;
}

Image oriented(Image image, int orientation) {
  if (orientation <= 1) return image;
  const bool turned = orientation >= 5;  // 5 to 8 swap the sides
  Image out(turned ? image.height : image.width, turned ? image.width : image.height);
  const int w = image.width - 1, h = image.height - 1;
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      const auto [u, v] = [&]() -> std::pair<int, int> {
        switch (orientation) {
          case 2:
            return {w - x, y};
          case 3:
            return {w - x, h - y};
          case 4:
            return {x, h - y};
          case 5:
            return {y, x};
          case 6:
            return {y, h - x};
          case 7:
            return {w - y, h - x};
          default:
            return {w - y, x};
        }
      }();
      std::copy_n(image.row(v) + static_cast<std::ptrdiff_t>(u) * 3, 3,
                  out.row(y) + static_cast<std::ptrdiff_t>(x) * 3);
    }
  return out;
}

void measure(Decoded& decoded) {
  const Image& image = decoded.image;
  const int step = std::max(1, std::min(image.width, image.height) / 200);
  double brightness = 0, chroma = 0;
  std::int64_t count = 0;
  for (int y = 0; y < image.height; y += step)
    for (int x = 0; x < image.width; x += step, ++count) {
      const std::uint8_t* p = image.row(y) + static_cast<std::ptrdiff_t>(x) * 3;
      brightness += static_cast<double>(luma(p));
      const auto [low, high] = std::minmax({p[0], p[1], p[2]});
      chroma += high - low;
    }
  const auto n = static_cast<double>(std::max<std::int64_t>(1, count));
  decoded.brightness = static_cast<float>(brightness / n);
  decoded.chroma = static_cast<float>(chroma / n);
  decoded.perceptual_hash = difference_hash(image);
}

}  // namespace vioreview
