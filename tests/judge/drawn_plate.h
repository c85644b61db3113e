// SPDX-License-Identifier: Apache-2.0
// Plates drawn as blocks: seven characters, each a pattern of its own.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/facts.h"

namespace vioreview {

inline constexpr std::uint64_t kOnePlate = 0x9e3779b97f4a7c15, kOtherPlate = 0x2545f4914f6cdd1d;

// Seven characters of 2 x 4 blocks, light or dark by the bits of `name`, on a dark plate; laid flat
// with its corners off by dx, dy cells.
inline PlatePrint drawn(std::uint64_t name, int dx = 0, int dy = 0) {
  PlatePrint print;
  for (int y = 0; y < PlatePrint::kRows; ++y)
    for (int x = 0; x < PlatePrint::kColumns; ++x) {
      const int px = x - dx - 9, py = y - dy - 4;
      const bool inside = px >= 0 && px < 46 && py >= 0 && py < 16;
      const int character = px / 7, column = px % 7 / 3, row = py / 4;
      const bool gap = px % 7 == 6 || character > 6;
      const bool light =
          inside && !gap && (name >> ((character * 8 + row * 2 + column) % 64) & 1U) != 0;
      print.cells.push_back(light ? 14 : inside ? 3 : 6);
    }
  return print;
}

// As a camera with `pixels` across the plate would show it: averaged over its pixels.
inline PlatePrint seen_by(const PlatePrint& sharp, double pixels) {
  const double size = PlatePrint::kColumns * 0.76 / pixels;  // of a pixel, in cells
  PlatePrint print;
  for (int y = 0; y < PlatePrint::kRows; ++y)
    for (int x = 0; x < PlatePrint::kColumns; ++x) {
      const int x0 = static_cast<int>(std::floor(x / size) * size),
                y0 = static_cast<int>(std::floor(y / size) * size);
      double sum = 0;
      int n = 0;
      for (int v = y0; v < std::min<double>(PlatePrint::kRows, y0 + size); ++v)
        for (int u = x0; u < std::min<double>(PlatePrint::kColumns, x0 + size); ++u, ++n)
          sum += sharp.cells[static_cast<std::size_t>(v * PlatePrint::kColumns + u)];
      print.cells.push_back(static_cast<std::uint8_t>(std::lround(sum / n)));
    }
  return print;
}

inline PlateSeen plate_with(PlatePrint print, float pixels) {
  PlateSeen seen;
  seen.corners = {Point{0, 0}, Point{pixels, 0}, Point{pixels, pixels / 3}, Point{0, pixels / 3}};
  seen.print = std::move(print);
  return seen;
}

}  // namespace vioreview
