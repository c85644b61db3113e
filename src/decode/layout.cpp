// SPDX-License-Identifier: Apache-2.0
#include "decode/layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "decode/layout_likeness.h"
#include "decode/layout_search.h"

namespace vioreview {
namespace {

constexpr int kSameSize = 2;          // pixels by which equal tiles may differ
constexpr float kTrimLine = 0.6F;     // a line at which what was drawn over a tile ends
constexpr float kClearLine = 0.55F;   // every line of a framed division is at least so clear
constexpr float kBareLine = 0.40F;    // and of one without frames, where the tiles show one scene
constexpr float kOneScene = 0.35F;    // tiles more alike show one scene
constexpr float kOtherScene = 0.15F;  // tiles less alike do not
constexpr float kEnlarged = 0.8F;     // a close-up is found again so well in a panel
// Probabilities are proposals, measured on composites that were made for it.
constexpr float kSure = 0.98F, kLikely = 0.7F, kDoubtful = 0.4F;

Box box_of(const Tile& tile) {
  return {static_cast<float>(tile.x.from), static_cast<float>(tile.y.from),
          static_cast<float>(tile.x.to), static_cast<float>(tile.y.to)};
}

// What was drawn over the edges of a tile.
struct Trim {
  int left = 0, right = 0, top = 0, bottom = 0;  // pixels
  bool text_above = false, text_below = false;
};

struct Trimmed {
  Tile tile;
  std::vector<Box> bands;
  int band_rows = 0;  // of text that was drawn over the tile
};

// Takes borders and bands off tiles. Tiles are drawn alike: what only one of them seems to have is
// not taken off, unless it is text.
class Trimmer {
 public:
  Trimmer(const Image& picture, const EdgeMap& edges) : picture_(picture), edges_(edges) {}

  std::vector<Trimmed> trim(const std::vector<Tile>& tiles) const {
    std::vector<Trim> trims;
    for (const Tile& tile : tiles) trims.push_back(own(tile));
    const Trim usual{most_frequent(trims, &Trim::left), most_frequent(trims, &Trim::right),
                     most_frequent(trims, &Trim::top), most_frequent(trims, &Trim::bottom)};
    std::vector<Trimmed> trimmed;
    for (std::size_t i = 0; i < tiles.size(); ++i)
      trimmed.push_back(cut(tiles[i], agreed(tiles[i], trims[i], usual)));
    return trimmed;
  }

 private:
  static int most_frequent(const std::vector<Trim>& trims, int Trim::*side) {
    int best = 0, most = 0;
    for (const Trim& trim : trims) {
      const auto count =
          static_cast<int>(std::count_if(trims.begin(), trims.end(), [&](const Trim& t) {
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
  Pile pile(Span x, Span y) const { return plain_pile(picture_, edges_, {x, y}); }

  Trim own(const Tile& t) const {
    constexpr int kMostBorder = 24;
    Trim trim;
    const int wide = std::min(kMostBorder, t.x.length() / 8), tall = t.y.length() * 2 / 5;
    for (int n = wide; n > 0 && trim.left == 0; --n)
      if (ends_at(false, t.x.from + n, t.y) && fill({t.x.from, t.x.from + n}, t.y)) trim.left = n;
    for (int n = wide; n > 0 && trim.right == 0; --n)
      if (ends_at(false, t.x.to - n, t.y) && fill({t.x.to - n, t.x.to}, t.y)) trim.right = n;
    for (int n = tall; n > 0 && trim.top == 0; --n) {
      if (!ends_at(true, t.y.from + n, t.x)) continue;
      const Pile above = pile(t.x, {t.y.from, t.y.from + n});
      if (above.plain) trim.top = n;
      trim.text_above = above.plain && above.text;
    }
    for (int n = tall; n > 0 && trim.bottom == 0; --n) {
      if (!ends_at(true, t.y.to - n, t.x)) continue;
      const Pile below = pile(t.x, {t.y.to - n, t.y.to});
      if (below.plain) trim.bottom = n;
      trim.text_below = below.plain && below.text;
    }
    return trim;
  }
  Trim agreed(const Tile& t, Trim trim, const Trim& usual) const {
    const auto agree = [](int& mine, int common, bool text, auto plain) {
      if (std::abs(mine - common) <= 1 || text) return;
      mine = common > 0 && plain() ? common : 0;
    };
    agree(trim.left, usual.left, false, [&] {
      return fill({t.x.from, t.x.from + usual.left}, t.y);
    });
    agree(trim.right, usual.right, false, [&] {
      return fill({t.x.to - usual.right, t.x.to}, t.y);
    });
    agree(trim.top, usual.top, trim.text_above, [&] {
      return pile(t.x, {t.y.from, t.y.from + usual.top}).plain;
    });
    agree(trim.bottom, usual.bottom, trim.text_below, [&] {
      return pile(t.x, {t.y.to - usual.bottom, t.y.to}).plain;
    });
    return trim;
  }
  static Trimmed cut(const Tile& t, const Trim& trim) {
    Trimmed done{
        {{t.x.from + trim.left, t.x.to - trim.right}, {t.y.from + trim.top, t.y.to - trim.bottom}},
        {},
        (trim.text_above ? trim.top : 0) + (trim.text_below ? trim.bottom : 0)};
    if (trim.text_above) done.bands.push_back(box_of({t.x, {t.y.from, done.tile.y.from}}));
    if (trim.text_below) done.bands.push_back(box_of({t.x, {done.tile.y.to, t.y.to}}));
    return done;
  }

  const Image& picture_;
  const EdgeMap& edges_;
};

bool equal_size(const Tile& a, const Tile& b) {
  return std::abs(a.x.length() - b.x.length()) <= kSameSize &&
         std::abs(a.y.length() - b.y.length()) <= kSameSize;
}

// Puts panels, roles and certainty to a division.
class Reading {
 public:
  Reading(const Image& picture, const EdgeMap& edges, Division division)
      : picture_(picture), edges_(edges), division_(std::move(division)) {
    std::vector<Tile> used;
    for (const Tile& tile : division_.tiles)
      if (plainness(picture, tile) != Plain::fill) used.push_back(tile);  // else it is empty
    tiles_ = Trimmer(picture, edges).trim(used);
  }

  Layout read(std::string_view stated) {
    Layout layout;
    layout.name = division_.name;
    layout.p = kSure;
    if (tiles_.empty()) tiles_.push_back({division_.tiles.front(), {}, 0});
    check_sizes(layout);
    check_lines(layout);
    check_gaps(layout);
    for (const Trimmed& tile : tiles_)
      layout.panels.push_back({box_of(tile.tile), Role::panel, tile.bands});
    if (tiles_.size() == 1)
      check_single(layout);
    else
      check_scenes(layout);
    if (division_.name == "1+3" || division_.name == "3+1") drop_repeats(layout);
    check_stated(layout, stated);
    return layout;
  }

 private:
  static void doubt(Layout& layout, float p, const char* why) {
    if (p >= layout.p) return;
    layout.p = p;
    layout.doubt = why;
  }
  bool one_and_three() const { return division_.name == "1+3" || division_.name == "3+1"; }
  std::size_t large() const { return division_.name == "1+3" ? 0 : tiles_.size() - 1; }

  // Tiles of one grid have one size: as they are, or before text was drawn over some of them.
  void check_sizes(Layout& layout) const {
    std::vector<std::pair<Tile, Tile>> grid;
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      Tile whole = tiles_[i].tile;
      whole.y.from -= tiles_[i].band_rows;
      if (!one_and_three() || i != large()) grid.emplace_back(tiles_[i].tile, whole);
    }
    const auto all_of_size = [&](const Tile& size) {
      return std::all_of(grid.begin(), grid.end(), [&](const auto& tile) {
        return equal_size(tile.first, size) || equal_size(tile.second, size);
      });
    };
    if (!all_of_size(grid.front().first) && !all_of_size(grid.front().second))
      doubt(layout, kDoubtful, "its panels are not of one size");
    const Tile& equal_front = grid.front().first;
    if (!one_and_three() || tiles_.size() != 4) return;
    const auto shape = [](const Tile& t) {
      return static_cast<float>(t.x.length()) / static_cast<float>(t.y.length());
    };
    const float ratio = shape(tiles_[large()].tile) / shape(equal_front);
    if (ratio < 0.9F || ratio > 1.1F)
      doubt(layout, kDoubtful, "its large panel has another shape than the small ones");
  }

  // A line that runs through a whole panel close to its edge may end a band that was not seen.
  void check_lines(Layout& layout) const {
    constexpr float kThrough = 0.85F;
    constexpr int kEdge = 4;
    for (const Trimmed& one : tiles_) {
      const Tile& t = one.tile;
      for (int y = t.y.from + kEdge; y <= t.y.to - kEdge; ++y)
        if (edges_.row(y, t.x) >= kThrough)
          return doubt(layout, kLikely, "a line runs through a whole panel");
      for (int x = t.x.from + kEdge; x <= t.x.to - kEdge; ++x)
        if (edges_.column(x, t.y) >= kThrough)
          return doubt(layout, kLikely, "a line runs through a whole panel");
    }
  }

  // Borders run both ways, and no band is nearly as tall as a panel.
  void check_gaps(Layout& layout) const {
    constexpr int kNoBorder = 2, kBorder = 12;
    int across = -1, down = -1, tallest = 0;
    int top = tiles_.front().tile.y.from, bottom = 0;
    for (const Trimmed& one : tiles_) {
      tallest = std::max(tallest, one.tile.y.length());
      top = std::min(top, one.tile.y.from);
      bottom = std::max(bottom, one.tile.y.to);
    }
    for (std::size_t i = 1; i < tiles_.size(); ++i) {
      const Tile &a = tiles_[i - 1].tile, &b = tiles_[i].tile;
      if (b.x.from >= a.x.to)
        across = std::max(across, b.x.from - a.x.to);
      else if (b.y.from >= a.y.to)
        down = std::max(down, b.y.from - a.y.to);
    }
    const bool one_way =
        (across > kNoBorder && down == 0) || (across == 0 && down > kNoBorder && down <= kBorder);
    if (one_way) doubt(layout, kLikely, "a border seems to run one way only");
    const int outside = std::max(top, picture_.height - bottom);
    if (std::max(outside, down) * 5 > tallest * 3)
      doubt(layout, kLikely, "a band in it is nearly as tall as a panel");
  }

  // A picture whose halves or thirds are alike is hardly one.
  void check_single(Layout& layout) const {
    const Tile t = tiles_.front().tile;
    for (const auto& [rows, columns] : {std::pair{1, 2}, {2, 1}, {1, 3}, {3, 1}, {1, 4}, {2, 3}}) {
      const int w = t.x.length() / columns, h = t.y.length() / rows;
      const Tile first{{t.x.from, t.x.from + w}, {t.y.from, t.y.from + h}};
      Tile second = first;
      if (columns > 1)
        second.x = {first.x.to, first.x.to + w};
      else
        second.y = {first.y.to, first.y.to + h};
      if (same_scene(picture_, first, second) >= kOneScene)
        doubt(layout, kDoubtful, "its parts look alike, but no line parts them");
    }
  }

  // Panels show one scene; what shows another is the close-up, or makes the division unsure.
  void check_scenes(Layout& layout) {
    const std::size_t n = tiles_.size();
    std::vector<float> most(n, -1);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < i; ++k) {
        const float alike = same_scene(picture_, tiles_[i].tile, tiles_[k].tile);
        most[i] = std::max(most[i], alike);
        most[k] = std::max(most[k], alike);
      }
    std::size_t others = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (most[i] >= kOneScene) continue;
      if (most[i] < kOtherScene && is_closeup(i, most)) {
        layout.panels[i].role = Role::closeup;
        continue;
      }
      ++others;
    }
    const auto closeups = std::count_if(layout.panels.begin(), layout.panels.end(),
                                        [](const auto& p) { return p.role == Role::closeup; });
    if (others > 0)
      doubt(layout, kLikely, "a part of it shows neither the scene of the others nor a close-up");
    if (closeups > 1) doubt(layout, kDoubtful, "it seems to have several close-ups");
    if (division_.weakest < (division_.framed ? kClearLine : kBareLine))
      doubt(layout, kLikely, "a line between its panels is not clear");
  }
  // Enlarged from a panel that shows the scene; of two tiles, the one that is found in the other.
  bool is_closeup(std::size_t i, const std::vector<float>& most) const {
    const auto found = [&](std::size_t part, std::size_t in) {
      return enlarged_from(picture_, tiles_[part].tile, tiles_[in].tile);
    };
    if (tiles_.size() == 2) {
      constexpr float kMargin = 0.1F;
      const float here = found(i, 1 - i);
      return here >= kEnlarged && here - found(1 - i, i) >= kMargin;
    }
    for (std::size_t k = 0; k < tiles_.size(); ++k)
      if (k != i && most[k] >= kOneScene && found(i, k) >= kEnlarged) return true;
    return false;
  }

  // One of the three small tiles may be the large one again: it is no further panel.
  void drop_repeats(Layout& layout) {
    if (tiles_.size() != 4) return;
    const std::size_t big = large();
    std::vector<std::pair<float, std::size_t>> differences;
    for (std::size_t i = 0; i < tiles_.size(); ++i)
      if (i != big && layout.panels[i].role == Role::panel)
        differences.emplace_back(most_different(picture_, tiles_[big].tile, tiles_[i].tile), i);
    if (differences.empty()) return;
    std::sort(differences.begin(), differences.end());
    const float least = differences[0].first;
    const float next = differences.size() > 1 ? differences[1].first : 255;
    // Levels: scaling and JPEG make so much between two drawings of one picture.
    constexpr float kOnePicture = 9, kTwoPictures = 16;
    if (least >= kTwoPictures) return;
    if (least > kOnePicture || least > 0.5F * next)
      return doubt(layout, kLikely, "whether a small panel repeats the large one is not clear");
    const std::size_t repeat = differences[0].second;
    layout.repeats.push_back(layout.panels[repeat].box);
    layout.panels.erase(layout.panels.begin() + static_cast<std::ptrdiff_t>(repeat));
  }

  static void check_stated(Layout& layout, std::string_view stated) {
    if (stated.empty()) return;
    if (stated != layout.name)
      doubt(layout, kDoubtful, "the record states another layout");
    else if (layout.p >= kLikely)
      layout.p = std::max(layout.p, 0.95F);
    if (layout.p >= kSureLayout) layout.doubt.clear();
  }

  const Image& picture_;
  const EdgeMap& edges_;
  Division division_;
  std::vector<Trimmed> tiles_;
};

}  // namespace

Layout find_layout(const Image& picture, std::string_view stated) {
  const EdgeMap edges(picture);
  const std::vector<Division> divisions = find_divisions(picture, edges);
  const auto fits = [&](const Division& d) { return stated.empty() || d.name == stated; };
  auto best = std::find_if(divisions.begin(), divisions.end(), fits);
  if (best == divisions.end()) best = divisions.begin();
  return Reading(picture, edges, *best).read(stated);
}

}  // namespace vioreview
