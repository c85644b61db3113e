// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_search.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

namespace vioreview {
namespace {

constexpr float kLine = 0.30F;  // no division has a weaker line
constexpr float kEven = 0.40F;  // a line weaker than this speaks against a division
constexpr float kDrawn = 0.1F;  // what was drawn between two tiles explains them better
constexpr float kOuter = 0.6F;  // a line where a frame ends
// Where it is faint, but clear beside these two tiles, a line counts as clear enough: a close-up
// may be as white as the border, or a road as dark as the sky below it.
constexpr float kRunsOn = 0.5F;
constexpr int kRim = 3;  // pixels beside an edge
constexpr int kMostSide = 4, kMostTiles = 6;
constexpr int kLeastSide = 48;     // pixels of a tile
constexpr int kMostBorder = 40;    // pixels between two columns
constexpr float kMostBand = 0.4F;  // of the picture: bands between its rows
constexpr float kMostEnd = 0.6F;   // of the picture: a band above or below all panels

// One way to cut a side into equal spans.
struct Cut {
  std::vector<Span> spans;
  float score = 0;
};

class Search {
 public:
  Search(const Image& picture, const EdgeMap& edges) : picture_(picture), edges_(edges) {}

  std::vector<Division> run() {
    const Span width{0, picture_.width}, height{0, picture_.height};
    std::set<std::array<int, 4>> seen;
    const auto add = [&](const Tile& frame) {
      if (!seen.insert(key_of(frame)).second) return;
      add_grids(frame);
      add_one_and_three(frame, true);
      add_one_and_three(frame, false);
    };
    for (const Span& y : frames(height, width, true)) {
      const std::vector<Span> sides = frames(width, y, false);
      for (const Span& x : sides) add({x, y});
      const auto narrower = [](Span a, Span b) { return a.length() < b.length(); };
      const Span x = *std::min_element(sides.begin(), sides.end(), narrower);
      // A border is mostly as wide on all sides, and where a panel has its colour no line shows.
      const int right = picture_.width - x.to, below = picture_.height - y.to;
      for (const auto& [border, shown] : {std::pair{x.from, Tile{{0, x.from}, y}},
                                          {right, Tile{{x.to, x.to + right}, y}},
                                          {y.from, Tile{x, {0, y.from}}},
                                          {below, Tile{x, {y.to, y.to + below}}}})
        for (const Tile& inner : bordered({x, y}, border, shown)) add(inner);
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Division& a, const Division& b) { return a.score > b.score; });
    return std::move(found_);
  }

 private:
  // Remembered, as all that follow: many divisions have the same lines and gaps.
  float line(bool rows, int at, Span along) const {
    std::vector<float>& known = lines_[{rows ? 1 : 0, along.from, along.to}];
    const int count = rows ? picture_.height : picture_.width;
    if (known.empty()) known.assign(static_cast<std::size_t>(count), -1);
    if (at < 0 || at >= count) return 0;
    float& strength = known[static_cast<std::size_t>(at)];
    if (strength < 0) strength = rows ? edges_.row(at, along) : edges_.column(at, along);
    return strength;
  }
  bool drawn(const Tile& part) const {
    const auto [known, fresh] = drawn_.try_emplace(key_of(part), false);
    if (fresh) known->second = plain_pile(picture_, edges_, part).plain;
    return known->second;
  }
  bool filled(const Tile& part) const {
    const auto [known, fresh] = filled_.try_emplace(key_of(part), false);
    if (fresh) known->second = plainness(picture_, part) == Plain::fill;
    return known->second;
  }

  // What is left of a side without the plain parts at its ends: nothing taken off, or as much as
  // can be. The plain part may differ from column to column of tiles.
  std::vector<Span> frames(Span side, Span across, bool rows) const {
    const int most =
        rows ? static_cast<int>(kMostEnd * static_cast<float>(side.length())) : kMostBorder;
    const auto plain = [&](Span strip) {
      for (const int parts : {1, 2, 3}) {
        bool all = true;
        for (int i = 0; i < parts && all; ++i) {
          const Span piece{across.from + across.length() * i / parts,
                           across.from + across.length() * (i + 1) / parts};
          all = rows ? drawn({piece, strip}) : filled({strip, piece});
        }
        if (all) return true;
        if (!rows) break;
      }
      return false;
    };
    std::vector<int> starts{side.from}, ends{side.to};
    for (int at = side.from + most; at > side.from; --at)
      if (ends_frame(rows, at, across) && plain({side.from, at})) starts.push_back(at);
    for (int at = side.to - most; at < side.to; ++at)
      if (ends_frame(rows, at, across) && plain({at, side.to})) ends.push_back(at);
    keep_extremes(starts);
    keep_extremes(ends);
    std::vector<Span> spans;
    for (const int start : starts)
      for (const int end : ends)
        if (end - start >= kLeastSide || (start == side.from && end == side.to))
          spans.push_back({start, end});
    return spans;
  }

  bool ends_frame(bool rows, int at, Span across) const {
    return line(rows, at, across) >= kOuter && stands_out(rows, at, across);
  }
  // Of the edges behind the first, which is the picture's, the two that take off most and the two
  // that take off least: what is taken for a band may be panels at night and the band above them.
  // Neighbouring lines that are equally clear are one edge.
  static void keep_extremes(std::vector<int>& edges) {
    constexpr int kAtEachEnd = 2;
    std::vector<int> kept;
    int behind = 0, before = 0;
    for (std::size_t i = 1; i < edges.size(); ++i)
      before += i == 1 || std::abs(edges[i] - edges[i - 1]) > 1 ? 1 : 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      behind += i > 0 && (i == 1 || std::abs(edges[i] - edges[i - 1]) > 1) ? 1 : 0;
      if (behind <= kAtEachEnd || behind > before - kAtEachEnd) kept.push_back(edges[i]);
    }
    edges = std::move(kept);
  }

  // The frame without a border of this width and the colour of the one shown on those sides that
  // seem to have none, each and all.
  std::vector<Tile> bordered(const Tile& frame, int border, const Tile& shown) const {
    constexpr int kMostOuter = 16;
    if (border <= 0 || border > kMostOuter) return {};
    Tile all = frame;
    std::vector<Tile> some;
    const auto take = [&](Span Tile::*side, bool start) {
      const Span whole = frame.*side;
      const Span strip =
          start ? Span{whole.from, whole.from + border} : Span{whole.to - border, whole.to};
      Tile part = frame;
      part.*side = strip;
      if (!filled(part) || !same_fill(picture_, part, shown)) return;
      Tile inner = frame;
      (start ? (inner.*side).from : (inner.*side).to) = start ? strip.to : strip.from;
      (start ? (all.*side).from : (all.*side).to) = start ? strip.to : strip.from;
      some.push_back(inner);
    };
    if (frame.x.from == 0) take(&Tile::x, true);
    if (frame.x.to == picture_.width) take(&Tile::x, false);
    take(&Tile::y, true);
    take(&Tile::y, false);
    if (some.size() > 1) some.push_back(all);
    return some;
  }

  // Among the rows that share a blurred edge the strongest is the edge.
  bool stands_out(bool rows, int at, Span across) const {
    const float here = line(rows, at, across);
    return here >= line(rows, at - 1, across) && here >= line(rows, at + 1, across);
  }

  // The ways to cut `side` into `count` equal spans, the best few first.
  std::vector<Cut> cuts(Span side, Span across, int count, bool rows) const {
    if (count == 1) return {{{side}, 0}};
    std::vector<Cut> all;
    const int most =
        rows ? static_cast<int>(kMostBand * static_cast<float>(side.length())) : kMostBorder;
    for (int gap = 0; gap <= most; ++gap) {
      const int left = side.length() - (count - 1) * gap;
      if (left < count * kLeastSide) break;
      Cut cut;
      float lines = 0;
      for (int i = 0; i < count; ++i) {
        const int from = side.from + i * gap + left * i / count;
        const int to = side.from + i * gap + left * (i + 1) / count;
        cut.spans.push_back({from, to});
        if (i > 0) lines += line(rows, from, across);
        if (i + 1 < count && gap > 0) lines += line(rows, to, across);
      }
      cut.score = lines / static_cast<float>((count - 1) * (gap > 0 ? 2 : 1));
      if (left % count != 0) cut.score -= 0.05F;
      if (cut.score >= kLine) all.push_back(std::move(cut));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Cut& a, const Cut& b) { return a.score > b.score; });
    if (all.size() > 3) all.resize(3);
    return all;
  }

  void add_grids(const Tile& frame) {
    for (int rows = 1; rows <= kMostSide; ++rows)
      for (const Cut& down : cuts(frame.y, frame.x, rows, true))
        for (int columns = 1; columns <= kMostSide && rows * columns <= kMostTiles; ++columns)
          for (const Cut& across : cuts(frame.x, frame.y, columns, false)) {
            Division division;
            if (rows * columns > 1)
              division.name = std::to_string(rows) + "x" + std::to_string(columns);
            for (const Span& y : down.spans)
              for (const Span& x : across.spans) division.tiles.push_back({x, y});
            for (int r = 0; r < rows; ++r)
              for (int c = 0; c < columns; ++c) {
                const auto i = static_cast<std::size_t>(r) * static_cast<std::size_t>(columns) +
                               static_cast<std::size_t>(c);
                if (c > 0) join(division, division.tiles[i - 1], division.tiles[i], false);
                if (r > 0)
                  join(division, division.tiles[i - static_cast<std::size_t>(columns)],
                       division.tiles[i], true);
              }
            finish(division, frame);
          }
  }

  // One tile above three (`above`), or three above one.
  void add_one_and_three(const Tile& frame, bool above) {
    const Span y = frame.y;
    for (int at = y.from + y.length() / 6; at < y.to - y.length() / 6; ++at) {
      if (line(true, at, frame.x) < 0.45F || !stands_out(true, at, frame.x)) continue;
      const Span three = above ? Span{at, y.to} : Span{y.from, at};
      if (three.length() * 2 > y.length()) continue;
      for (const Cut& cut : cuts(frame.x, three, 3, false)) {
        if (cut.score < 0.45F) continue;
        const int most = static_cast<int>(0.2F * static_cast<float>(y.length()));
        for (int gap = 0; gap <= most; ++gap) {
          const int other = above ? at - gap : at + gap;
          if (gap > 0 && (line(true, other, frame.x) < 0.45F || !stands_out(true, other, frame.x)))
            continue;
          const Tile one{frame.x, above ? Span{y.from, other} : Span{other, y.to}};
          if (one.y.length() <= three.length()) continue;
          Division division;
          division.name = above ? "1+3" : "3+1";
          for (const Span& x : cut.spans) division.tiles.push_back({x, three});
          for (std::size_t i = 0; i < 3; ++i) {
            const Tile part = division.tiles[i];
            if (i > 0) join(division, division.tiles[i - 1], part, false);
            const Tile over{part.x, one.y};
            above ? join(division, over, part, true) : join(division, part, over, true);
          }
          division.tiles.insert(above ? division.tiles.begin() : division.tiles.end(), one);
          finish(division, frame);
        }
      }
    }
  }

  // Whether what lies beside a border has the border's colour.
  bool goes_on(const Tile& gap, Span rim, bool rows) const {
    const Tile beyond = rows ? Tile{gap.x, rim} : Tile{rim, gap.y};
    return filled(gap) && filled(beyond) && same_fill(picture_, gap, beyond);
  }

  // Whether a line is clear on one side of the part of it that lies between two tiles.
  bool runs_on(bool rows, int at, Span along) const {
    const int end = rows ? picture_.width : picture_.height;
    const auto clear = [&](Span beside) {
      return beside.length() >= kLeastSide && line(rows, at, beside) >= kOuter;
    };
    return clear({0, along.from}) || clear({along.to, end});
  }

  // Weighs what lies between two neighbouring tiles.
  void join(Division& division, const Tile& a, const Tile& b, bool rows) const {
    const Span along = rows ? Span{std::max(a.x.from, b.x.from), std::min(a.x.to, b.x.to)}
                            : Span{std::max(a.y.from, b.y.from), std::min(a.y.to, b.y.to)};
    const int end = rows ? a.y.to : a.x.to, start = rows ? b.y.from : b.x.from;
    float strength = line(rows, start, along);
    const auto shown = [&](float one, int at) {
      return one >= kLine && runs_on(rows, at, along) ? std::max(one, kRunsOn) : one;
    };
    float weaker = shown(strength, start);
    if (end < start) {
      const Tile gap = rows ? Tile{along, {end, start}} : Tile{{end, start}, along};
      const bool plain = rows ? drawn(gap) : filled(gap);
      float before = line(rows, end, along);
      // Where a tile has the border's colour no line shows but beside the other tiles of its row.
      const Span whole{0, rows ? picture_.width : picture_.height};
      const auto hidden = [&](float& one, float other, int at, Span rim) {
        if (plain && other >= kOuter && line(rows, at, whole) >= kLine && goes_on(gap, rim, rows))
          one = std::max(one, kEven);
      };
      hidden(strength, before, start, {start, start + kRim});
      hidden(before, strength, end, {end - kRim, end});
      weaker = plain ? std::min(shown(strength, start), shown(before, end)) + kDrawn : 0;
      strength = plain ? (strength + before) / 2 + kDrawn : 0;
    } else {
      division.framed = false;
    }
    division.weakest = std::min(division.weakest, std::min(1.0F, weaker));
    division.faintest = std::min(division.faintest, std::min(1.0F, strength));
    const int side = rows ? picture_.width : picture_.height;
    division.score +=
        (strength - kEven) * static_cast<float>(along.length()) / static_cast<float>(side);
  }

  // The lines of the frame count too.
  void finish(Division& division, const Tile& frame) {
    const auto outer = [&](bool rows, int at, int end, Span along) {
      if (at != end)
        division.score += 0.5F * (line(rows, at, along) - kLine);
      else if (!rows)
        return;
      // What is plain beside a frame's end was drawn and belongs outside.
      constexpr float kPlainRim = 0.1F;
      const Span rim = end == 0 ? Span{at, at + kRim} : Span{at - kRim, at};
      if (filled(rows ? Tile{along, rim} : Tile{rim, along})) division.score -= kPlainRim;
    };
    outer(true, frame.y.from, 0, frame.x);
    outer(true, frame.y.to, picture_.height, frame.x);
    outer(false, frame.x.from, 0, frame.y);
    outer(false, frame.x.to, picture_.width, frame.y);
    if (division.faintest >= kLine || division.tiles.size() == 1) keep(division);
  }
  void keep(Division& division) {
    if (division.tiles.empty()) return;
    found_.push_back(std::move(division));
  }

  const Image& picture_;
  const EdgeMap& edges_;
  std::vector<Division> found_;
  using Key = std::array<int, 4>;
  static Key key_of(const Tile& t) { return {t.x.from, t.x.to, t.y.from, t.y.to}; }
  mutable std::map<Key, bool> drawn_, filled_;
  mutable std::map<std::array<int, 3>, std::vector<float>> lines_;
};

}  // namespace

std::vector<Division> find_divisions(const Image& picture, const EdgeMap& edges) {
  return Search(picture, edges).run();
}

}  // namespace vioreview
