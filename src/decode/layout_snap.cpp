// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_snap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace vioreview {
namespace {

constexpr float kBorderLine = 0.6F;  // a line at which a border ends

// Puts an edge where the largest step is: the blocks of JPEG make lines beside it. An edge moves
// outwards only, over rows of a picture that were taken for a border.
class Snap {
 public:
  Snap(const Image& picture, const EdgeMap& edges) : picture_(picture), edges_(edges) {}

  // Rows and columns at the edges of tiles that are still those of a border, in at least two tiles
  // alike: a strong colour runs over the edges of its border.
  void off_borders(const std::vector<Tile*>& tiles) const {
    for (const Side side : {Side::left, Side::right, Side::top, Side::bottom}) {
      std::vector<int> borders;
      for (const Tile* tile : tiles) borders.push_back(border(*tile, side));
      if (std::count_if(borders.begin(), borders.end(), [](int n) { return n > 0; }) < 2) continue;
      for (std::size_t i = 0; i < tiles.size(); ++i) {
        Tile& t = *tiles[i];
        if (side == Side::left) t.x.from += borders[i];
        if (side == Side::right) t.x.to -= borders[i];
        if (side == Side::top) t.y.from += borders[i];
        if (side == Side::bottom) t.y.to -= borders[i];
      }
    }
  }

  void edges_of(Tile& t) const {
    const Tile was = t;
    t.x.from = best(false, was.x.from, -1, was.y);
    t.x.to = best(false, was.x.to, 1, was.y);
    t.y.from = best(true, was.y.from, -1, was.x);
    t.y.to = best(true, was.y.to, 1, was.x);
  }

 private:
  static constexpr int kReach = 5;         // pixels: within a block of JPEG
  static constexpr double kLarger = 2.5;   // times as large a step
  static constexpr double kSpread = 7;     // levels within a row of a picture
  static constexpr double kLeastStep = 8;  // levels

  enum class Side { left, right, top, bottom };

  // How many lines at a side are even, where what follows differs from the first of them.
  int border(const Tile& t, Side side) const {
    constexpr int kMost = 9, kRim = 8;
    constexpr float kEven = 7, kUneven = 10;
    constexpr double kStep = 20;
    const bool rows = side == Side::top || side == Side::bottom;
    const Span along =
        rows ? Span{t.x.from + kRim, t.x.to - kRim} : Span{t.y.from + kRim, t.y.to - kRim};
    if (along.length() < kRim || std::min(t.x.length(), t.y.length()) < 2 * kMost) return 0;
    const auto line = [&](int n) {
      switch (side) {
        case Side::left:
          return t.x.from + n;
        case Side::right:
          return t.x.to - 1 - n;
        case Side::top:
          return t.y.from + n;
        default:
          return t.y.to - 1 - n;
      }
    };
    const auto spread = [&](int n) {
      return rows ? row_spread(picture_, line(n), along) : column_spread(picture_, line(n), along);
    };
    int even = 0;
    float most = 0;
    for (; even < kMost && spread(even) < kEven; ++even) most = std::max(most, spread(even));
    if (even == 0 || even == kMost) return 0;
    const float after = spread(even), next = spread(even + 1);
    if (after < kUneven && next >= 2 * kUneven) ++even;  // half of it shines through
    if (after < kUneven && next < 2 * kUneven) return 0;
    const double step = difference(rows, line(0), line(even), along);
    return step >= (most <= kEvenSpread + 1 ? kLeastStep : kStep) ? even : 0;
  }
  // Between the mean colours of two lines.
  double difference(bool rows, int a, int b, Span along) const {
    double most = 0;
    for (int c = 0; c < 3; ++c) {
      double sum = 0;
      for (int i = along.from; i < along.to; ++i)
        sum += pixel(rows, a, i)[c] - pixel(rows, b, i)[c];
      most = std::max(most, std::abs(sum) / along.length());
    }
    return most;
  }

  const std::uint8_t* pixel(bool rows, int line, int along) const {
    return rows ? picture_.row(line) + static_cast<std::ptrdiff_t>(along) * 3
                : picture_.row(along) + static_cast<std::ptrdiff_t>(line) * 3;
  }
  double step(bool rows, int line, Span along) const {
    double sum = 0;
    for (int i = along.from; i < along.to; ++i) {
      const std::uint8_t *a = pixel(rows, line - 1, i), *b = pixel(rows, line, i);
      sum += std::max({std::abs(a[0] - b[0]), std::abs(a[1] - b[1]), std::abs(a[2] - b[2])});
    }
    return sum / std::max(1, along.length());
  }
  double spread(bool rows, int line, Span along) const {
    double sum = 0, squares = 0;
    for (int i = along.from; i < along.to; ++i) {
      const double level = pixel(rows, line, i)[1];
      sum += level;
      squares += level * level;
    }
    const double n = std::max(1, along.length()), mean = sum / n;
    return std::sqrt(std::max(0.0, squares / n - mean * mean));
  }

  int best(bool rows, int at, int outwards, Span along) const {
    const int last = (rows ? picture_.height : picture_.width) - 1;
    if (at <= 0 || at > last) return at;
    int found = at;
    double most = std::max(kLarger * step(rows, at, along), kLeastStep), spreads = 0;
    for (int n = 1; n <= kReach; ++n) {
      const int line = at + outwards * n;
      if (line <= 0 || line > last) break;
      spreads += spread(rows, outwards > 0 ? line - 1 : line, along);
      const double there = step(rows, line, along);
      const float strength = rows ? edges_.row(line, along) : edges_.column(line, along);
      if (there <= most || strength < kBorderLine || spreads < kSpread * n) continue;
      most = there;
      found = line;
    }
    return found;
  }

  const Image& picture_;
  const EdgeMap& edges_;
};

}  // namespace

void snap(const Image& picture, const EdgeMap& edges, const std::vector<Tile*>& tiles) {
  const Snap snap(picture, edges);
  for (Tile* tile : tiles) snap.edges_of(*tile);
  snap.off_borders(tiles);
}

}  // namespace vioreview
