// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_snap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace vioreview {
namespace {

constexpr int kReach = 16;  // pixels that an edge may be off: two blocks of JPEG
constexpr int kRim = 8;     // pixels at the ends of an edge, where other edges meet it

// One side of a tile. Lines are rows or columns; an edge lies before the line of its number.
struct Side {
  bool rows;   // top or bottom
  bool start;  // top or left
  int& edge(Tile& t) const {
    Span& span = rows ? t.y : t.x;
    return start ? span.from : span.to;
  }
  int inside(int edge) const { return start ? edge : edge - 1; }
  int outside(int edge) const { return start ? edge - 1 : edge; }
  int outwards() const { return start ? -1 : 1; }
};

// What the lines about an edge show, along the tiles that share it.
class Profile {
 public:
  Profile(const Image& picture, const EdgeMap& edges, const Side& side,
          const std::vector<Tile*>& tiles, Span lines)
      : side_(side), lines_(lines), weights_(static_cast<std::size_t>(lines.length())) {
    for (const Tile* tile : tiles) add(picture, edges, *tile);
    for (Weight& weight : weights_) {
      weight.spread /= static_cast<float>(tiles.size());
      weight.step /= static_cast<float>(tiles.size());
      weight.through /= static_cast<float>(tiles.size());
    }
  }

  // How much speaks for an edge before a line: what was drawn is even, what a camera took is not,
  // and they differ, though a band differs from its border too. In logarithms: of spread and of the
  // step against the usual ones.
  float evidence(int edge) const {
    constexpr float kOfStep = 0.5F, kMostOfStep = 1;
    return spread(side_.inside(edge)) - spread(side_.outside(edge)) +
           std::min(kMostOfStep, kOfStep * at(edge).step);
  }
  float spread(int line) const { return at(line).spread; }
  // The share of an edge along which it shows: that of letters has gaps.
  float through(int edge) const { return at(edge).through; }
  Span edges() const { return {lines_.from + 1, lines_.to}; }

 private:
  struct Weight {
    float spread = 0, step = 0, through = 0;
  };
  const Weight& at(int line) const {
    return weights_[static_cast<std::size_t>(std::clamp(line, lines_.from, lines_.to - 1) -
                                             lines_.from)];
  }

  void add(const Image& picture, const EdgeMap& edges, const Tile& t) {
    constexpr float kQuietSpread = 2, kQuietStep = 1;  // levels
    const Span whole = side_.rows ? t.x : t.y;
    const Span along = whole.length() > 4 * kRim ? Span{whole.from + kRim, whole.to - kRim} : whole;
    std::vector<float> steps;
    for (int line = lines_.from; line < lines_.to; ++line)
      steps.push_back(std::log(kQuietStep + (side_.rows ? row_step(picture, line, along)
                                                        : column_step(picture, line, along))));
    std::vector<float> sorted = steps;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    for (int line = lines_.from; line < lines_.to; ++line) {
      const auto i = static_cast<std::size_t>(line - lines_.from);
      weights_[i].spread +=
          std::log(kQuietSpread + (side_.rows ? row_spread(picture, line, along)
                                              : column_spread(picture, line, along)));
      weights_[i].step += steps[i] - *middle;
      weights_[i].through += side_.rows ? edges.row(line, along) : edges.column(line, along);
    }
  }

  Side side_;
  Span lines_;
  std::vector<Weight> weights_;
};

// Where the tiles of one row or column have an edge of theirs.
class Edge {
 public:
  Edge(const Image& picture, const EdgeMap& edges, const Side& side,
       const std::vector<Tile*>& tiles)
      : side_(side), tiles_(tiles), count_(side.rows ? picture.height : picture.width),
        profile_(picture, edges, side, tiles, lines()) {}

  // Puts it where most speaks for it; false when it may as well be elsewhere.
  bool settle() {
    constexpr float kClear = 0.8F, kClearer = 0.4F, kThrough = 0.6F;
    const auto [first, last] = reach();
    const float now = usual_evidence();
    int best = -1;
    float most = std::max(kClear, now + kClearer);
    for (int edge = profile_.edges().from; edge < profile_.edges().to; ++edge) {
      const float here = profile_.evidence(edge);
      if (here <= most || profile_.through(edge) < kThrough || !parts(edge, first, last)) continue;
      most = here;
      best = edge;
    }
    if (best >= 0)
      for (Tile* tile : tiles_) side_.edge(*tile) = best;
    return true;
  }

 private:
  Span lines() const {
    const auto [first, last] = reach();
    return {std::max(0, first - kReach - 1), std::min(count_, last + kReach + 1)};
  }
  std::pair<int, int> reach() const {
    int first = side_.edge(*tiles_.front()), last = first;
    for (Tile* tile : tiles_) {
      first = std::min(first, side_.edge(*tile));
      last = std::max(last, side_.edge(*tile));
    }
    return {first, last};
  }
  // Of where the tiles end now; nothing speaks for the end of the picture.
  float usual_evidence() const {
    float sum = 0;
    for (Tile* tile : tiles_) {
      const int edge = side_.edge(*tile);
      if (edge > 0 && edge < count_) sum += profile_.evidence(edge);
    }
    return sum / static_cast<float>(tiles_.size());
  }
  // What the tiles lose by an edge is even, what they gain is not.
  bool parts(int edge, int first, int last) const {
    constexpr float kEven = 0.5F;
    const int inner = side_.inside(edge);  // it may be half a border's
    const float inside =
        std::max(profile_.spread(inner), profile_.spread(inner - side_.outwards()));
    for (int line = std::min(edge, first); line < std::max(edge, last); ++line) {
      const bool taken = side_.start ? line >= edge : line < edge;
      if ((profile_.spread(line) > inside - kEven) != taken) return false;
    }
    return true;
  }

  Side side_;
  std::vector<Tile*> tiles_;
  int count_;
  Profile profile_;
};

}  // namespace

std::vector<bool> snap(const Image& picture, const EdgeMap& edge_map,
                       const std::vector<Tile*>& tiles) {
  constexpr int kOneEdge = 12;  // pixels: bands of different height differ by a line of text
  std::vector<bool> unclear(tiles.size(), false);
  for (const Side& side : {Side{false, true}, {false, false}, {true, true}, {true, false}}) {
    std::map<int, std::vector<std::size_t>> edges;
    for (std::size_t i = 0; i < tiles.size(); ++i) edges[side.edge(*tiles[i])].push_back(i);
    while (!edges.empty()) {
      const int first = edges.begin()->first;
      std::vector<Tile*> together;
      std::vector<std::size_t> which;
      while (!edges.empty() && edges.begin()->first - first <= kOneEdge) {
        for (const std::size_t i : edges.begin()->second) {
          which.push_back(i);
          together.push_back(tiles[i]);
        }
        edges.erase(edges.begin());
      }
      const bool clear = Edge(picture, edge_map, side, together).settle();
      for (const std::size_t i : which) unclear[i] = unclear[i] || !clear;
    }
  }
  return unclear;
}

}  // namespace vioreview
