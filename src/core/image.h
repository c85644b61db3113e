// SPDX-License-Identifier: Apache-2.0
// A decoded picture: plain pixels, so that no image library shows through a stage's face.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vioreview {

// 8-bit RGB, interleaved, rows without padding: pixels.size() == width * height * 3.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;

  Image() = default;
  Image(int w, int h)
      : width(w),
        height(h),
        pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3) {}
  bool empty() const { return pixels.empty(); }
  std::uint8_t* row(int y) {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 3;
  }
  const std::uint8_t* row(int y) const {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width) * 3;
  }
};

}  // namespace vioreview
