// SPDX-License-Identifier: Apache-2.0
// What the lines about an edge of tiles show: how even they are, how they step.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/image.h"
#include "decode/layout_edges.h"
#include "decode/layout_plain.h"

namespace vioreview::profile {

inline constexpr int kRim = 8;  // pixels at the ends of an edge, where other edges meet it

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

inline float median(std::vector<float> of) {
  const auto middle = of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2);
  std::nth_element(of.begin(), middle, of.end());
  return *middle;
}

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
  float step(int edge) const { return at(edge).step; }
  // The spread of the line in the middle of all.
  float usual() const {
    std::vector<float> spreads;
    for (const Weight& weight : weights_) spreads.push_back(weight.spread);
    return median(spreads);
  }
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
    const float usual = median(steps);
    for (int line = lines_.from; line < lines_.to; ++line) {
      const auto i = static_cast<std::size_t>(line - lines_.from);
      weights_[i].spread +=
          std::log(kQuietSpread + (side_.rows ? row_spread(picture, line, along)
                                              : column_spread(picture, line, along)));
      weights_[i].step += steps[i] - usual;
      weights_[i].through += side_.rows ? edges.row(line, along) : edges.column(line, along);
    }
  }

  Side side_;
  Span lines_;
  std::vector<Weight> weights_;
};

}  // namespace vioreview::profile
