// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_snap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <set>
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
  float step(int edge) const { return at(edge).step; }
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
       const std::vector<Tile*>& tiles, int look = kReach)
      : side_(side),
        tiles_(tiles),
        look_(look),
        count_(side.rows ? picture.height : picture.width),
        profile_(picture, edges, side, tiles, lines()) {}

  // Puts it where most speaks for it.
  void settle() {
    constexpr float kClear = 0.8F, kClearer = 0.4F, kThrough = 0.6F;
    const auto [first, last] = reach();
    int best = -1;
    float most = std::max(kClear, usual_evidence() + kClearer);
    for (int edge = profile_.edges().from; edge < profile_.edges().to; ++edge) {
      const float here = profile_.evidence(edge);
      if (here <= most || profile_.through(edge) < kThrough || !parts(edge, first, last)) continue;
      most = here;
      best = edge;
    }
    if (best >= 0) move(best);
  }

  // Less has to speak for what is as it is elsewhere: for a border so wide, a tile so large.
  void take_usual(const std::set<int>& widths, float more) {
    constexpr float kEven = 0.15F, kLeast = 0.3F;
    const auto [first, last] = reach();
    const int now = side_.start ? last : first;
    int best = -1;
    float most = std::max(kLeast, usual_evidence() + more);
    for (const int width : widths)
      for (const int edge : {now - side_.outwards() * width, now - side_.outwards() * (width + 1),
                             now - side_.outwards() * (width - 1)}) {
        if (edge < profile_.edges().from || edge >= profile_.edges().to || edge == now) continue;
        const float here = profile_.evidence(edge);
        const float even = mean_spread(std::min(edge, now), std::max(edge, now));
        if (here <= most || even > inside(edge) - kEven) continue;
        most = here;
        best = edge;
      }
    if (best >= 0) move(best);
  }

  // Whether nothing at all parts a tile from what lies beyond it.
  bool goes_on() const {
    constexpr float kNothing = 0.2F;
    const int now = side_.edge(*tiles_.front());
    return now > 0 && now < count_ && profile_.evidence(now) < kNothing;
  }
  // To the first edge beyond, or to `limit`, where there is none.
  void grow(int limit) {
    constexpr float kClear = 0.8F, kThrough = 0.6F;
    const int now = side_.edge(*tiles_.front());
    for (int edge = now + side_.outwards(); edge != limit; edge += side_.outwards())
      if (profile_.evidence(edge) >= kClear && profile_.through(edge) >= kThrough)
        return move(edge);
    move(limit);
  }

  // How far beyond it a line shows so much more than it that a panel may end there; 0 when none
  // does.
  int larger_beyond() const {
    constexpr float kLarger = 1.386F, kSureLine = 0.8F;  // four times as large a step
    const int now = side_.edge(*tiles_.front());
    if (now <= 0 || now >= count_) return 0;
    for (int n = 2; n <= look_; ++n) {
      const int line = now + side_.outwards() * n;
      if (line <= 0 || line >= count_) break;
      if (profile_.through(line) >= kSureLine &&
          profile_.step(line) >= profile_.step(now) + kLarger)
        return n;
    }
    return 0;
  }

  // Whether what lies beyond it was drawn too, or it meets nothing there.
  bool meets_drawn() const {
    constexpr float kLess = 0.4F, kQuiet = 2.6F;
    const int edge = side_.edge(*tiles_.front());
    if (edge <= 0 || edge >= count_) return true;
    // JPEG spreads a picture into the first line of a border.
    const int outer = side_.outside(edge);
    const float beyond =
        std::min(profile_.spread(outer), profile_.spread(outer + side_.outwards()));
    return beyond < kQuiet || beyond < inside(edge) - kLess;
  }

 private:
  Span lines() const {
    const auto [first, last] = reach();
    return {std::max(0, first - look_ - 1), std::min(count_, last + look_ + 1)};
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
  void move(int edge) {
    for (Tile* tile : tiles_) side_.edge(*tile) = edge;
  }
  // Of the line within an edge, or of the next: half of the first may be a border's.
  float inside(int edge) const {
    const int inner = side_.inside(edge);
    return std::max(profile_.spread(inner), profile_.spread(inner - side_.outwards()));
  }
  float mean_spread(int from, int to) const {
    float sum = 0;
    for (int line = from; line < to; ++line) sum += profile_.spread(line);
    return sum / static_cast<float>(std::max(1, to - from));
  }
  // What the tiles lose by an edge is even, what they gain is not.
  bool parts(int edge, int first, int last) const {
    constexpr float kEven = 0.5F;
    const float most = inside(edge) - kEven;
    for (int line = std::min(edge, first); line < std::max(edge, last); ++line) {
      const bool taken = side_.start ? line >= edge : line < edge;
      if ((profile_.spread(line) > most) != taken) return false;
    }
    return true;
  }

  Side side_;
  std::vector<Tile*> tiles_;
  int look_;  // lines beyond the tiles' edges
  int count_;
  Profile profile_;
};

constexpr int kMostBorder = 16;  // pixels

// Whether two tiles lie side by side, or one above the other (`rows`), `a` first.
bool follows(const Tile& a, const Tile& b, bool rows) {
  const Span &end = rows ? a.y : a.x, &start = rows ? b.y : b.x;
  const Span &one = rows ? a.x : a.y, &other = rows ? b.x : b.y;
  return end.to <= start.from && one.from < other.to && other.from < one.to;
}

// The borders around all tiles, and between them: their widths, and where they are.
struct Borders {
  std::set<int> outer, inner;
  std::vector<Tile> strips;
};
Borders borders_of(const Image& picture, const std::vector<Tile*>& tiles) {
  Borders borders;
  const auto take = [&](std::set<int>& widths, const Tile& beside, Span strip, bool rows) {
    if (strip.length() <= 1 || strip.length() > kMostBorder) return;
    widths.insert(strip.length());
    borders.strips.push_back(rows ? Tile{beside.x, strip} : Tile{strip, beside.y});
  };
  for (const bool rows : {false, true}) {
    const Tile *first = tiles.front(), *last = first;
    const auto span = [&](const Tile* t) { return rows ? t->y : t->x; };
    for (const Tile* a : tiles) {
      if (span(a).from < span(first).from) first = a;
      if (span(a).to > span(last).to) last = a;
      for (const Tile* b : tiles)
        if (follows(*a, *b, rows)) take(borders.inner, *a, {span(a).to, span(b).from}, rows);
    }
    take(borders.outer, *first, {0, span(first).from}, rows);
    take(borders.outer, *last, {span(last).to, rows ? picture.height : picture.width}, rows);
  }
  borders.inner.insert(borders.outer.begin(), borders.outer.end());
  return borders;
}

// Whether a strip beside a tile, so wide, is a border like one elsewhere.
bool is_border(const Image& picture, const Borders& borders, const Side& side, Tile tile,
               int width) {
  const int edge = side.edge(tile), end = edge + side.outwards() * width;
  const Span across{std::min(edge, end), std::max(edge, end)};
  const Tile strip = side.rows ? Tile{tile.x, across} : Tile{across, tile.y};
  return std::any_of(borders.strips.begin(), borders.strips.end(), [&](const Tile& known) {
    const int wide = std::min(known.x.length(), known.y.length());
    return std::abs(wide - width) <= 1 && same_fill(picture, known, strip);
  });
}

// By how much a tile is longer than most others are, if a few pixels.
std::set<int> longer_than_usual(const Tile& tile, const std::vector<Tile*>& tiles, bool rows) {
  constexpr int kSame = 2;
  const auto length = [&](const Tile& t) { return (rows ? t.y : t.x).length(); };
  for (const Tile* usual : tiles) {
    const auto alike = std::count_if(tiles.begin(), tiles.end(), [&](const Tile* other) {
      return std::abs(length(*other) - length(*usual)) <= kSame;
    });
    const int longer = length(tile) - length(*usual);
    if (alike * 2 >= static_cast<std::ptrdiff_t>(tiles.size()) && longer > kSame &&
        longer <= kMostBorder)
      return {longer};
  }
  return {};
}

// Where the next tile beyond a side begins, or the picture ends.
int limit_of(const Image& picture, const Side& side, Tile& tile, const std::vector<Tile*>& tiles) {
  int limit = side.start ? 0 : side.rows ? picture.height : picture.width;
  for (Tile* other : tiles) {
    const int facing = Side{side.rows, !side.start}.edge(*other);
    if (side.start && follows(*other, tile, side.rows)) limit = std::max(limit, facing);
    if (!side.start && follows(tile, *other, side.rows)) limit = std::min(limit, facing);
  }
  return limit;
}

// Whether a tile begins where another ends, or at most a pixel from it.
bool touches(const Side& side, Tile& tile, const std::vector<Tile*>& tiles) {
  return std::any_of(tiles.begin(), tiles.end(), [&](Tile* other) {
    const bool behind =
        side.start ? follows(*other, tile, side.rows) : follows(tile, *other, side.rows);
    const Side facing{side.rows, !side.start};
    return behind && std::abs(facing.edge(*other) - side.edge(tile)) <= 1;
  });
}

// Calls for the tiles that share an edge, all edges of all sides.
template <class Visit>
void each_edge(const std::vector<Tile*>& tiles, Visit visit) {
  constexpr int kOneEdge = 12;  // pixels: bands of different height differ by a line of text
  for (const Side& side : {Side{false, true}, {false, false}, {true, true}, {true, false}}) {
    std::vector<Tile*> sorted = tiles;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](Tile* a, Tile* b) { return side.edge(*a) < side.edge(*b); });
    for (auto first = sorted.begin(); first != sorted.end();) {
      const auto next = std::find_if(first, sorted.end(), [&](Tile* tile) {
        return side.edge(*tile) - side.edge(**first) > kOneEdge;
      });
      visit(side, std::vector<Tile*>(first, next));
      first = next;
    }
  }
}

}  // namespace

std::vector<bool> snap(const Image& picture, const EdgeMap& edge_map,
                       const std::vector<Tile*>& tiles) {
  constexpr int kFade = 28;                    // pixels of a dark end of a panel
  constexpr float kBorder = 0.4F, kSize = -1;  // more, or less, that has to speak for these
  each_edge(tiles, [&](const Side& side, const std::vector<Tile*>& together) {
    Edge(picture, edge_map, side, together).settle();
  });
  const Borders borders = borders_of(picture, tiles);
  each_edge(tiles, [&](const Side& side, const std::vector<Tile*>& together) {
    const int at = side.edge(*together.front());
    const bool outer = at == 0 || at == (side.rows ? picture.height : picture.width);
    const std::set<int>& known = outer ? borders.outer : borders.inner;
    if (!known.empty()) Edge(picture, edge_map, side, together).take_usual(known, kBorder);
  });
  for (Tile* tile : tiles)
    for (const Side& side : {Side{true, true}, {true, false}}) {
      const int limit = limit_of(picture, side, *tile, tiles);
      const int further = (limit - side.edge(*tile)) * side.outwards();
      if (further > 1 && Edge(picture, edge_map, side, {tile}).goes_on())
        Edge(picture, edge_map, side, {tile}, further).grow(limit);
    }
  std::vector<bool> unclear;
  for (Tile* tile : tiles) {
    bool clear = true;
    for (const Side& side : {Side{false, true}, {false, false}, {true, true}, {true, false}}) {
      const std::set<int> longer = longer_than_usual(*tile, tiles, side.rows);
      Edge edge(picture, edge_map, side, {tile});
      if (!longer.empty()) edge.take_usual(longer, kSize);
      if (touches(side, *tile, tiles)) continue;
      const Edge settled(picture, edge_map, side, {tile}, kFade);
      const int larger = settled.larger_beyond();
      clear = clear && settled.meets_drawn() &&
              (larger == 0 || is_border(picture, borders, side, *tile, larger));
    }
    unclear.push_back(!clear);
  }
  return unclear;
}

}  // namespace vioreview
