// SPDX-License-Identifier: Apache-2.0
// Where straight lines run through a picture from side to side: how much of a line between two
// columns, or two rows, shows a jump that its surroundings do not show.
#pragma once
#include <cstdint>
#include <vector>

#include "core/image.h"

namespace vioreview {

// A stretch of pixels along one axis, half-open.
struct Span {
  int from = 0, to = 0;
  int length() const { return to - from; }
  bool operator==(const Span&) const = default;
};

class EdgeMap {
 public:
  explicit EdgeMap(const Image& picture);
  // 0 to 1: the share of the line left of column x (above row y) along `span` that is a jump.
  float column(int x, Span rows) const { return strength(columns_, x, rows); }
  float row(int y, Span columns) const { return strength(rows_, y, columns); }

 private:
  // Jumps of all lines of one direction, in pieces of kPiece pixels along the line.
  struct Lines {
    int count = 0, pieces = 0;        // lines, pieces of a line
    std::vector<std::uint8_t> jumps;  // 0 to 255, [piece][line]
  };
  static Lines lines_of(const std::vector<float>& steps, int count, int pieces);
  static float strength(const Lines& lines, int line, Span along);

  Lines columns_, rows_;
};

}  // namespace vioreview
