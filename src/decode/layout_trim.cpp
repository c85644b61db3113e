// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_trim.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <utility>

#include "decode/layout_likeness.h"
#include "decode/layout_snap.h"

namespace vioreview {
namespace {

constexpr float kTrimLine = 0.6F;  // a line at which what was drawn over a tile ends
constexpr float kSureLine = 0.8F;  // a line that tells of a band by itself
constexpr int kLowestBand = 10;    // pixels
constexpr int kRim = 3;            // pixels on both sides of an edge that are compared

struct Trim {
  int left = 0, right = 0, top = 0, bottom = 0;  // pixels
  bool text_above = false, text_below = false;
  bool guessed = false;
  bool text() const { return text_above || text_below; }
  bool same_bands(const Trim& other) const {
    return std::abs(top - other.top) <= 1 && std::abs(bottom - other.bottom) <= 1 &&
           text_above == other.text_above && text_below == other.text_below;
  }
};

Tile inner(const Tile& t, const Trim& trim) {
  return {{t.x.from + trim.left, t.x.to - trim.right}, {t.y.from + trim.top, t.y.to - trim.bottom}};
}

class Trimmer {
 public:
  Trimmer(const Image& picture, const EdgeMap& edges, std::vector<Tile> tiles)
      : picture_(picture), edges_(edges), tiles_(std::move(tiles)) {}

  std::vector<Trimmed> trim() {
    for (const Tile& tile : tiles_) trims_.push_back(own(tile));
    take_even_rows();
    doubt_lonely_text();
    const Trim usual{most_frequent(&Trim::left), most_frequent(&Trim::right),
                     most_frequent(&Trim::top), most_frequent(&Trim::bottom)};
    for (std::size_t i = 0; i < tiles_.size(); ++i) trims_[i] = agreed(tiles_[i], trims_[i], usual);
    find_missed_bands();
    doubt_empty_bands(usual);
    std::vector<Trimmed> trimmed;
    for (std::size_t i = 0; i < tiles_.size(); ++i) trimmed.push_back(cut(tiles_[i], trims_[i]));
    return trimmed;
  }

  // The tile without its border, or the place of a band that was left empty, above and below it.
  Tile without_fill(Tile t) const {
    const int tall = t.y.length() * 2 / 5;
    const Span y = t.y;
    for (int n = tall; n > 0 && t.y.from == y.from; --n)
      if (ends_at(true, y.from + n, t.x) && fill(t.x, {y.from, y.from + n}) &&
          steps_across(y.from + n, t.x, n))
        t.y.from += n;
    for (int n = tall; n > 0 && t.y.to == y.to; --n)
      if (ends_at(true, y.to - n, t.x) && fill(t.x, {y.to - n, y.to}) &&
          steps_across(y.to - n, t.x, n))
        t.y.to -= n;
    return t;
  }

 private:
  int most_frequent(int Trim::*side) const {
    int best = 0, most = 0;
    for (const Trim& trim : trims_) {
      const auto count =
          static_cast<int>(std::count_if(trims_.begin(), trims_.end(), [&](const Trim& t) {
            return std::abs(t.*side - trim.*side) <= 1;
          }));
      if (count > most || (count == most && trim.*side < best)) {
        most = count;
        best = trim.*side;
      }
    }
    return best;
  }
  bool ends_at(bool rows, int at, Span along) const {
    const auto line = [&](int i) { return rows ? edges_.row(i, along) : edges_.column(i, along); };
    return line(at) >= kTrimLine && line(at) >= line(at - 1) && line(at) >= line(at + 1);
  }
  bool fill(Span x, Span y) const { return plainness(picture_, {x, y}) == Plain::fill; }
  // What was drawn differs from what lies beside it; the blocks of JPEG part what is alike.
  // Beside the edge and over all of a border, `deep` pixels.
  bool steps_down(int x, Span y, int deep) const {
    return steps({{x - kRim, x}, y}, {{x, x + kRim}, y}) &&
           steps({{x - deep, x}, y}, {{x, x + deep}, y});
  }
  bool steps_across(int y, Span x, int deep) const {
    return steps({x, {y - kRim, y}}, {x, {y, y + kRim}}) &&
           steps({x, {y - deep, y}}, {x, {y, y + deep}});
  }
  bool steps(const Tile& strip, const Tile& beside) const {
    constexpr float kStep = 8;
    return strip.x.from < 0 || strip.y.from < 0 || beside.x.to > picture_.width ||
           beside.y.to > picture_.height || colour_step(picture_, strip, beside) >= kStep;
  }
  // Beside what has quite another colour, JPEG makes stripes of a smooth part of a picture: they
  // differ far less from the picture than from what was drawn. `outwards`: how far the stripe
  // reaches from the line.
  bool rings(bool rows, int line, int outwards, Span along) const {
    constexpr int kBlock = 8;
    constexpr float kTimes = 4;
    const int end = line + outwards, side = rows ? picture_.height : picture_.width;
    const Span beyond = outwards > 0 ? Span{end, end + kRim} : Span{end - kRim, end};
    if (std::abs(outwards) >= kBlock || beyond.from < 0 || beyond.to > side) return false;
    const Span inside = outwards > 0 ? Span{line - kRim, line} : Span{line, line + kRim};
    const auto part = [&](Span across) { return rows ? Tile{along, across} : Tile{across, along}; };
    const Tile stripe = part({std::min(line, end), std::max(line, end)});
    return colour_step(picture_, part(beyond), stripe) >=
           kTimes * colour_step(picture_, stripe, part(inside));
  }
  Pile pile(Span x, Span y) const { return plain_pile(picture_, edges_, {x, y}); }

  // How far a band or a border reaches into a tile from above (or below), and whether it is text.
  Pile drawn_above(const Tile& t, int n) const { return pile(t.x, {t.y.from, t.y.from + n}); }
  Pile drawn_below(const Tile& t, int n) const { return pile(t.x, {t.y.to - n, t.y.to}); }

  Trim own(const Tile& t) const {
    constexpr int kMostBorder = 24;
    Trim trim;
    const int wide = std::min(kMostBorder, t.x.length() / 8), tall = t.y.length() * 2 / 5;
    for (int n = wide; n > 0 && trim.left == 0; --n)
      if (ends_at(false, t.x.from + n, t.y) && fill({t.x.from, t.x.from + n}, t.y) &&
          steps_down(t.x.from + n, t.y, n) && !rings(false, t.x.from + n, -n, t.y))
        trim.left = n;
    for (int n = wide; n > 0 && trim.right == 0; --n)
      if (ends_at(false, t.x.to - n, t.y) && fill({t.x.to - n, t.x.to}, t.y) &&
          steps_down(t.x.to - n, t.y, n) && !rings(false, t.x.to - n, n, t.y))
        trim.right = n;
    for (int n = tall; n > 0 && trim.top == 0; --n) {
      if (!ends_at(true, t.y.from + n, t.x) || rings(true, t.y.from + n, -n, t.x)) continue;
      const Pile above = drawn_above(t, n);
      if (!steps_across(t.y.from + n, t.x, above.text ? kRim : n)) continue;
      if (above.plain) trim.top = n;
      trim.text_above = above.plain && above.text;
    }
    for (int n = tall; n > 0 && trim.bottom == 0; --n) {
      if (!ends_at(true, t.y.to - n, t.x) || rings(true, t.y.to - n, n, t.x)) continue;
      const Pile below = drawn_below(t, n);
      if (!steps_across(t.y.to - n, t.x, below.text ? kRim : n)) continue;
      if (below.plain) trim.bottom = n;
      trim.text_below = below.plain && below.text;
    }
    return trim;
  }

  // Text that one of several tiles alone seems to have may be a smooth part of a close-up; of two
  // tiles, the one may be the close-up that has none.
  void doubt_lonely_text() {
    if (tiles_.size() == 1) return;
    for (const auto& [text, reach] :
         {std::pair{&Trim::text_above, &Trim::top}, {&Trim::text_below, &Trim::bottom}}) {
      const auto has = [&](const Trim& t) { return t.*text; };
      if (std::count_if(trims_.begin(), trims_.end(), has) != 1) continue;
      const auto found = std::find_if(trims_.begin(), trims_.end(), has);
      Trim& lonely = *found;
      if (tiles_.size() == 2) {
        const Tile& t = tiles_[static_cast<std::size_t>(found - trims_.begin())];
        lonely.guessed |= !surely_text(t, text == &Trim::text_above, lonely.*reach);
        continue;
      }
      lonely.*text = false;
      lonely.*reach = 0;
      lonely.guessed = true;
    }
  }

  bool surely_text(const Tile& t, bool above, int reach) const {
    const Span rows = above ? Span{t.y.from, t.y.from + reach} : Span{t.y.to - reach, t.y.to};
    if (edges_.row(above ? rows.to : rows.from, t.x) < kSureLine) return false;
    for (int y = rows.from; y < rows.to; ++y)
      if (row_spread(picture_, y, t.x) <= kEvenSpread) return true;
    return false;
  }

  // A band whose colour is much like what lies beside it, or whose text is not recognised, still
  // has rows that no camera took. An enlarged close-up may have some too: one tile alone shows
  // none.
  void take_even_rows() {
    for (const bool above : {true, false}) {
      std::vector<Trim> taken = trims_;
      std::size_t bands = 0;
      for (std::size_t i = 0; i < tiles_.size(); ++i) {
        bool Trim::*text = above ? &Trim::text_above : &Trim::text_below;
        if (!(trims_[i].*text)) take_even(tiles_[i], above, taken[i]);
        bands += taken[i].*text ? 1 : 0;
      }
      if (bands > 1 || tiles_.size() == 1) trims_ = std::move(taken);
    }
  }
  void take_even(const Tile& t, bool above, Trim& trim) const {
    constexpr int kLatest = 8, kBlock = 8;
    int& reach = above ? trim.top : trim.bottom;
    const Span x{t.x.from + kRim, t.x.to - kRim};
    const auto row = [&](int n) { return above ? t.y.from + n : t.y.to - 1 - n; };
    int last = -1, even = 0;
    for (int n = 0; n < t.y.length() * 2 / 5; ++n) {
      if (last < 0 && n > reach + kLatest) return;
      if (row_spread(picture_, row(n), x) > kEvenSpread) continue;
      last = n;
      ++even;
    }
    if (last + 1 < std::max(kLowestBand, reach + 3)) return;
    const Span band = above ? Span{t.y.from, row(last) + 1} : Span{row(last), t.y.to};
    if (!is_on_paper(picture_, {x, band}, row(last))) return;
    // It ends where rows differ most, within a block of JPEG.
    const auto line = [&](int n) { return above ? row(n) : row(n) + 1; };
    int end = last + 1;
    double most = 0;
    for (int n = last + 1; n <= last + kBlock; ++n) {
      const double step = row_step(picture_, line(n), x);
      if (step <= most) continue;
      most = step;
      end = n;
    }
    reach = end;
    (above ? trim.text_above : trim.text_below) = even * 20 < 19 * end;
    trim.guessed |= edges_.row(line(end), t.x) < kTrimLine;
  }

  // What the others have and is there too; of text otherwise what was found.
  Trim agreed(const Tile& t, Trim trim, const Trim& usual) const {
    const auto agree = [](int& mine, int common, bool text, auto plain) {
      if (std::abs(mine - common) <= 1) return;
      if (common > 0 && plain())
        mine = common;
      else if (!text)
        mine = 0;
    };
    agree(trim.left, usual.left, false, [&] {
      return fill({t.x.from, t.x.from + usual.left}, t.y);
    });
    agree(trim.right, usual.right, false, [&] {
      return fill({t.x.to - usual.right, t.x.to}, t.y);
    });
    agree(trim.top, usual.top, trim.text_above, [&] {
      const Pile above = drawn_above(t, usual.top);
      return above.plain && (above.text || !trim.text_above) &&
             ends_at(true, t.y.from + usual.top, t.x);
    });
    agree(trim.bottom, usual.bottom, trim.text_below, [&] {
      const Pile below = drawn_below(t, usual.bottom);
      return below.plain && (below.text || !trim.text_below) &&
             ends_at(true, t.y.to - usual.bottom, t.x);
    });
    return trim;
  }

  // Letters on a busy ground may not be recognised: where a band of another tile would end there
  // is a line, and what remains shows the scene of that tile.
  void find_missed_bands() {
    constexpr float kLine = 0.45F;
    const std::vector<Trim> known = trims_;
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      float best = kOneScene;
      for (std::size_t k = 0; k < tiles_.size(); ++k) {
        const Trim& other = known[k];
        if (k == i || !other.text() || known[i].text() || known[i].same_bands(other)) continue;
        if (!equal_width(tiles_[i], tiles_[k])) continue;
        const float line = weaker_line(tiles_[i], other);
        if (line < kLine) continue;
        Trim like = other;
        like.left = known[i].left;
        like.right = known[i].right;
        const Tile here = inner(tiles_[i], like), there = inner(tiles_[k], other);
        const float alike = same_scene(picture_, here, there);
        if (alike <= best) continue;
        best = alike;
        like.guessed = line < kSureLine;
        trims_[i] = like;
      }
    }
  }
  // Where the others have text and a tile (the close-up) has none, its place may be left empty, or
  // be a plain part of the tile.
  void doubt_empty_bands(const Trim& usual) {
    const auto text = [&](bool Trim::*where) {
      return std::any_of(trims_.begin(), trims_.end(), [&](const Trim& t) { return t.*where; });
    };
    const bool above = text(&Trim::text_above), below = text(&Trim::text_below);
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      const Tile& t = tiles_[i];
      Trim& trim = trims_[i];
      if (trim.text()) continue;
      if (above && usual.top > 0)
        trim.guessed |= may_be_empty(t, {t.y.from, t.y.from + usual.top}, trim.top, usual.top,
                                     t.y.from + trim.top);
      if (below && usual.bottom > 0)
        trim.guessed |= may_be_empty(t, {t.y.to - usual.bottom, t.y.to}, trim.bottom, usual.bottom,
                                     t.y.to - trim.bottom);
    }
  }
  bool may_be_empty(const Tile& t, Span strip, int taken, int usual, int end) const {
    if (std::abs(taken - usual) <= 1)
      return edges_.row(end, t.x) < kSureLine || !is_one_colour(picture_, {t.x, strip});
    return plainness(picture_, {t.x, strip}) != Plain::no;
  }
  static bool equal_width(const Tile& a, const Tile& b) {
    return std::abs(a.x.length() - b.x.length()) <= 2 && std::abs(a.y.length() - b.y.length()) <= 2;
  }
  float weaker_line(const Tile& t, const Trim& trim) const {
    float line = 1;
    const auto at = [&](int y) {
      return std::max({edges_.row(y - 1, t.x), edges_.row(y, t.x), edges_.row(y + 1, t.x)});
    };
    if (trim.text_above) line = std::min(line, at(t.y.from + trim.top));
    if (trim.text_below) line = std::min(line, at(t.y.to - trim.bottom));
    return line;
  }

  static Trimmed cut(const Tile& t, const Trim& trim) {
    Trimmed done{inner(t, trim), {}, {}, trim.guessed, false};
    done.whole = done.tile;
    if (trim.text_above) done.whole.y.from = t.y.from;
    if (trim.text_below) done.whole.y.to = t.y.to;
    if (trim.text_above) done.bands.push_back(box_of({t.x, {t.y.from, done.tile.y.from}}));
    if (trim.text_below) done.bands.push_back(box_of({t.x, {done.tile.y.to, t.y.to}}));
    return done;
  }

  const Image& picture_;
  const EdgeMap& edges_;
  std::vector<Tile> tiles_;
  std::vector<Trim> trims_;
};

// Its bands end where the tile begins now, and there are none where it grew over them.
void fit_bands(Trimmed& one) {
  Span whole = one.tile.y;
  std::vector<Box> bands;
  for (Box band : one.bands) {
    const bool above = band.y0 + band.y1 < static_cast<float>(one.tile.y.from + one.tile.y.to);
    (above ? band.y1 : band.y0) = static_cast<float>(above ? one.tile.y.from : one.tile.y.to);
    if (band.y1 <= band.y0) continue;
    if (above) whole.from = one.whole.y.from;
    if (!above) whole.to = one.whole.y.to;
    bands.push_back(band);
  }
  one.whole = {one.tile.x, whole};
  one.bands = std::move(bands);
}

}  // namespace

Box box_of(const Tile& tile) {
  return {static_cast<float>(tile.x.from), static_cast<float>(tile.y.from),
          static_cast<float>(tile.x.to), static_cast<float>(tile.y.to)};
}

std::pair<Tile, Tile> without_bands_of_both(const Trimmed& a, const Trimmed& b) {
  constexpr float kLeastLeft = 0.3F;
  const auto share = [](const Trimmed& t, int y) {
    return static_cast<float>(y - t.whole.y.from) / static_cast<float>(t.whole.y.length());
  };
  const float from = std::max(share(a, a.tile.y.from), share(b, b.tile.y.from));
  const float to = std::min(share(a, a.tile.y.to), share(b, b.tile.y.to));
  if (to - from < kLeastLeft) return {a.tile, b.tile};
  const auto part = [&](const Trimmed& t) {
    const auto rows = static_cast<float>(t.whole.y.length());
    return Tile{t.tile.x,
                {t.whole.y.from + static_cast<int>(std::lround(from * rows)),
                 t.whole.y.from + static_cast<int>(std::lround(to * rows))}};
  };
  return {part(a), part(b)};
}

void drop_bands_without_letters(const Image& picture, const EdgeMap& edges, Trimmed& one) {
  const Tile whole = Trimmer(picture, edges, {}).without_fill(one.whole);
  const Span above{one.whole.y.from, one.tile.y.from}, below{one.tile.y.to, one.whole.y.to};
  const auto drops = [&](Span band) {
    return band.length() > 0 && !has_letters(picture, {one.tile.x, band});
  };
  if (drops(above)) one.tile.y.from = whole.y.from;
  if (drops(below)) one.tile.y.to = whole.y.to;
  fit_bands(one);
}

std::vector<Trimmed> trim(const Image& picture, const EdgeMap& edges,
                          const std::vector<Tile>& tiles) {
  std::vector<Trimmed> trimmed = Trimmer(picture, edges, tiles).trim();
  std::vector<Tile*> trimmed_tiles;
  for (Trimmed& one : trimmed) trimmed_tiles.push_back(&one.tile);
  const std::vector<Snapped> snapped = snap(picture, edges, trimmed_tiles);
  for (std::size_t i = 0; i < trimmed.size(); ++i) {
    trimmed[i].guessed |= snapped[i].unclear;
    trimmed[i].ends_before = snapped[i].ends_before;
    fit_bands(trimmed[i]);
  }
  return trimmed;
}

}  // namespace vioreview
