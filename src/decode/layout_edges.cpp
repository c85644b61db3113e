// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_edges.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>

namespace vioreview {
namespace {

constexpr int kPiece = 16;     // pixels along a line that are looked at together
constexpr int kMostStep = 48;  // levels: one bright lamp does not make a line
// A piece is a jump when its mean step stands out from the usual step beside it: from the first
// ratio a little, from the second surely.
constexpr float kFirstRatio = 1.4F, kSureRatio = 2.4F;
constexpr float kQuiet = 1.0F;  // levels: steps that blocks of a JPEG picture have anyway

// Tells the step between the pixels of two rows, one by one. `bytes`: room for a row.
template <class Add>
void steps_between(const std::uint8_t* a, const std::uint8_t* b, int width,
                   std::vector<std::uint8_t>& bytes, Add add) {
  for (int i = 0; i < 3 * width; ++i)
    bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(std::abs(a[i] - b[i]));
  const std::uint8_t* step = bytes.data();
  for (int x = 0; x < width; ++x, step += 3)
    add(x, std::min<int>(std::max({step[0], step[1], step[2]}), kMostStep));
}

// The usual step beside a line, or `large` when it is no smaller. The median: a second line close
// by (a thin border) does not count.
float usual(const float* steps, int line, int count, float large) {
  std::array<float, 12> beside{};
  std::size_t n = 0;
  for (int k = 2; k <= 7; ++k) {
    if (line - k >= 1) beside[n++] = steps[line - k];
    if (line + k < count) beside[n++] = steps[line + k];
  }
  if (n == 0) return 0;
  std::size_t larger = 0;
  for (std::size_t i = 0; i < n; ++i) larger += beside[i] >= large ? 1 : 0;
  if (larger >= n - n / 2) return large;
  const auto middle = beside.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(beside.begin(), middle, beside.begin() + static_cast<std::ptrdiff_t>(n));
  return *middle;
}

}  // namespace

EdgeMap::Lines EdgeMap::lines_of(const std::vector<float>& steps, int count, int pieces) {
  Lines lines{count, pieces, std::vector<std::uint8_t>(steps.size())};
  for (int piece = 0; piece < pieces; ++piece) {
    const float* of_piece = steps.data() + static_cast<std::size_t>(piece) * count;
    for (int line = 1; line < count; ++line) {
      // Beside steps as large as this the line is no jump.
      const float large = (of_piece[line] - kQuiet) / kFirstRatio - kQuiet;
      if (large <= 0) continue;
      const float ratio =
          (of_piece[line] - kQuiet) / (usual(of_piece, line, count, large) + kQuiet);
      const float jump = std::clamp((ratio - kFirstRatio) / (kSureRatio - kFirstRatio), 0.0F, 1.0F);
      lines.jumps[static_cast<std::size_t>(piece) * count + line] =
          static_cast<std::uint8_t>(jump * 255 + 0.5F);
    }
  }
  return lines;
}

EdgeMap::EdgeMap(const Image& picture) {
  const int w = picture.width, h = picture.height;
  const int across = (w + kPiece - 1) / kPiece, down = (h + kPiece - 1) / kPiece;
  std::vector<float> beside(static_cast<std::size_t>(down) * w);   // steps between columns
  std::vector<float> below(static_cast<std::size_t>(across) * h);  // steps between rows
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(w) * 3);
  std::vector<int> sums(static_cast<std::size_t>(across));
  for (int y = 0; y < h; ++y) {
    const std::uint8_t* row = picture.row(y);
    const std::uint8_t* above = picture.row(std::max(0, y - 1));
    float* steps = beside.data() + static_cast<std::size_t>(y / kPiece) * w;
    const float part = 1.0F / static_cast<float>(std::min(kPiece, h - y / kPiece * kPiece));
    steps_between(row, row + 3, w - 1, bytes,
                  [&](int x, int step) { steps[x + 1] += part * static_cast<float>(step); });
    std::fill(sums.begin(), sums.end(), 0);
    steps_between(above, row, w, bytes,
                  [&](int x, int step) { sums[static_cast<std::size_t>(x / kPiece)] += step; });
    for (int piece = 0; piece < across; ++piece)
      below[static_cast<std::size_t>(piece) * h + y] =
          static_cast<float>(sums[static_cast<std::size_t>(piece)]) /
          static_cast<float>(std::min(kPiece, w - piece * kPiece));
  }
  columns_ = lines_of(beside, w, down);
  rows_ = lines_of(below, h, across);
}

float EdgeMap::strength(const Lines& lines, int line, Span along) {
  if (line < 1 || line >= lines.count) return 0;
  int first = (along.from + kPiece - 1) / kPiece, last = along.to / kPiece;
  if (last <= first) {  // shorter than a piece: the one that holds its middle
    first = std::clamp((along.from + along.to) / 2 / kPiece, 0, lines.pieces - 1);
    last = first + 1;
  }
  last = std::min(last, lines.pieces);
  int sum = 0;
  for (int piece = first; piece < last; ++piece)
    sum += lines.jumps[static_cast<std::size_t>(piece) * lines.count + line];
  return static_cast<float>(sum) / (255.0F * static_cast<float>(last - first));
}

}  // namespace vioreview
