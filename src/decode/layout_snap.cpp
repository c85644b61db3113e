// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_snap.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <set>
#include <utility>

#include "decode/layout_profile.h"

namespace vioreview {
namespace {

using namespace profile;

constexpr int kReach = 16;      // pixels that an edge may be off: two blocks of JPEG
constexpr float kClear = 0.8F;  // evidence of an edge

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
    constexpr float kClearer = 0.4F, kThrough = 0.6F;
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
  bool is_clear() const { return profile_.evidence(side_.edge(*tiles_.front())) >= kClear; }
  // To the first edge beyond, or to `limit`, where there is none.
  void grow(int limit) {
    constexpr float kThrough = 0.6F;
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

  // Whether the tile seems to end before it, so far inwards as one looks: where a camera's line and
  // one far more even meet, all that follows may be a band.
  bool ends_before() const {
    constexpr float kClearest = 1.3F, kMoreEven = 1.5F;
    const int now = side_.edge(*tiles_.front());
    for (int n = 3; n < look_; ++n) {
      const int edge = now - side_.outwards() * n;
      if (edge <= profile_.edges().from || edge >= profile_.edges().to) break;
      const int outer = side_.outside(edge);
      const float even =
          std::min(profile_.spread(outer), profile_.spread(outer + side_.outwards()));
      if (profile_.evidence(edge) >= kClearest && even <= profile_.usual() - kMoreEven) return true;
    }
    return false;
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

std::vector<Snapped> snap(const Image& picture, const EdgeMap& edge_map,
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
      // An overexposed close-up beside a white border begins where the others of its row do.
      const bool shared = std::any_of(tiles.begin(), tiles.end(), [&](Tile* other) {
        return other != tile && std::abs(side.edge(*other) - side.edge(*tile)) <= 1 &&
               Edge(picture, edge_map, side, {other}).is_clear();
      });
      if (further > 1 && !shared && Edge(picture, edge_map, side, {tile}).goes_on())
        Edge(picture, edge_map, side, {tile}, further).grow(limit);
    }
  std::vector<Snapped> snapped;
  for (Tile* tile : tiles) {
    bool clear = true, ends_before = false;
    for (const Side& side : {Side{false, true}, {false, false}, {true, true}, {true, false}}) {
      const std::set<int> longer = longer_than_usual(*tile, tiles, side.rows);
      Edge edge(picture, edge_map, side, {tile});
      if (!longer.empty()) edge.take_usual(longer, kSize);
      if (side.rows)
        ends_before = ends_before ||
                      Edge(picture, edge_map, side, {tile}, tile->y.length() / 3).ends_before();
      if (touches(side, *tile, tiles)) continue;
      const Edge settled(picture, edge_map, side, {tile}, kFade);
      const int larger = settled.larger_beyond();
      clear = clear && settled.meets_drawn() &&
              (larger == 0 || is_border(picture, borders, side, *tile, larger));
    }
    snapped.push_back({!clear, ends_before});
  }
  return snapped;
}

}  // namespace vioreview
