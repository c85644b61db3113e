// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_reading.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <utility>
#include <vector>

#include "decode/layout_bands.h"
#include "decode/layout_likeness.h"
#include "decode/layout_lines.h"
#include "decode/layout_repeats.h"
#include "decode/layout_trim.h"

namespace vioreview {
namespace {

constexpr int kSameSize = 2;         // pixels by which equal tiles may differ
constexpr float kBareLine = 0.40F;   // of one without frames, where the tiles show one scene
constexpr float kOtherScene = 0.2F;  // tiles less alike do not
constexpr float kEnlarged = 0.8F;    // a close-up is found again so well in a panel
// Probabilities are proposals, measured on composites that were made for it.
constexpr float kSure = 0.98F, kLikely = 0.7F, kFlawed = 0.6F, kDoubtful = 0.4F, kHardly = 0.2F;

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
    tiles_ = trim(picture, edges, used);
  }

  Layout read(std::string_view stated) {
    stated_ = stated;
    Layout layout;
    layout.name = division_.name;
    layout.p = kSure;
    if (tiles_.empty()) {
      const Tile& whole = division_.tiles.front();
      tiles_.push_back({whole, whole, {}, false, false});
    }
    check_sizes(layout);
    check_gaps(layout);
    for (const Trimmed& tile : tiles_)
      layout.panels.push_back({box_of(tile.tile), Role::panel, tile.bands});
    if (tiles_.size() > 1) check_scenes(layout);
    restore_closeups(layout);
    check_whole(layout);
    check_bands(layout);
    check_closeups(layout);
    check_lines(layout);
    if (tiles_.size() > 1) check_rows(layout);
    find_bands(picture_, edges_, tiles_, layout);
    if (division_.name == "1+3" || division_.name == "3+1") drop_repeats(layout);
    check_stated(layout);
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
    for (std::size_t i = 0; i < tiles_.size(); ++i)
      if (!one_and_three() || i != large()) grid.emplace_back(tiles_[i].tile, tiles_[i].whole);
    const auto all_of_size = [&](const Tile& size) {
      return std::all_of(grid.begin(), grid.end(), [&](const auto& tile) {
        return equal_size(tile.first, size) || equal_size(tile.second, size);
      });
    };
    if (!all_of_size(grid.front().first) && !all_of_size(grid.front().second))
      doubt(layout, kDoubtful, "its panels are not of one size");
    if (!one_and_three() || tiles_.size() != 4) return;
    const Trimmed& one = tiles_[large()];
    if (!equal_shape(one.tile, grid.front().first) && !equal_shape(one.whole, grid.front().second))
      doubt(layout, kDoubtful, "its large panel has another shape than the small ones");
  }
  static bool equal_shape(const Tile& a, const Tile& b) {
    const auto ratio = [](const Tile& t) {
      return static_cast<float>(t.x.length()) / static_cast<float>(t.y.length());
    };
    constexpr float kShape = 0.025F;  // the pixels of kSameSize in a small panel
    return std::abs(ratio(a) / ratio(b) - 1) <= kShape;
  }

  void check_lines(Layout& layout) const {
    std::vector<Tile> tiles;
    for (const Trimmed& one : tiles_) tiles.push_back(one.tile);
    const auto one_scene = [&](std::size_t i, std::size_t k) {
      return layout.panels[k].role == Role::panel && alike(i, k) >= kOneScene;
    };
    for (std::size_t i = 0; i < tiles.size(); ++i)
      if (layout.panels[i].role == Role::panel &&
          has_parting_line(picture_, edges_, tiles, i, one_scene))
        doubt(layout, kFlawed, "a line runs through a whole panel");
  }

  // A camera takes no even rows: they are of a band, or of a border, that was not taken off.
  void check_rows(Layout& layout) const {
    constexpr int kRim = 3;
    constexpr float kEvenEdge = 2;
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      const Tile& t = tiles_[i].tile;
      const Span x{t.x.from + kRim, t.x.to - kRim};
      if (layout.panels[i].role != Role::panel) continue;
      if (tiles_[i].ends_before)
        return doubt(layout, kLikely, "a panel seems to hold a band of text");
      // In its middle a smooth road comes near to it.
      constexpr float kMiddleSpread = 1;
      const int band = t.y.length() / 3;
      for (int y = t.y.from + kRim; y < t.y.to - kRim; ++y) {
        const bool middle = y >= t.y.from + band && y < t.y.to - band;
        if (row_spread(picture_, y, x) <= (middle ? kMiddleSpread : kEvenSpread))
          return doubt(layout, kLikely, "a panel seems to hold a band of text");
      }
      const Span y{t.y.from + kRim, t.y.to - kRim};
      const float edge =
          std::min({row_spread(picture_, t.y.from, x), row_spread(picture_, t.y.to - 1, x),
                    column_spread(picture_, t.x.from, y), column_spread(picture_, t.x.to - 1, y)});
      if (edge <= kEvenEdge) doubt(layout, kLikely, "a panel seems to hold a part of its border");
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
    const auto hides_panel = [&](const Trimmed& one) {
      const Span x = one.tile.x;
      return may_be_panel({x, {0, top}}, tallest) ||
             may_be_panel({x, {bottom, picture_.height}}, tallest);
    };
    if (down * 5 > tallest * 3 || std::any_of(tiles_.begin(), tiles_.end(), hides_panel))
      doubt(layout, kLikely, "a tall band in it may be a dark panel");
  }

  // A band so tall may be a dark panel, unless rows all over it show nothing at all.
  bool may_be_panel(const Tile& band, int tallest) const {
    constexpr float kBlankSpread = 3;
    if (band.y.length() * 4 <= tallest) return false;
    int written = 0;  // rows without a blank one
    for (int y = band.y.from; y < band.y.to; ++y) {
      written = row_spread(picture_, y, without_ends(band.x)) <= kBlankSpread ? 0 : written + 1;
      if (written * 10 > tallest * 3) return true;
    }
    return false;
  }

  // A panel whose parts are alike is hardly one.
  void check_whole(Layout& layout) const {
    for (std::size_t i = 0; i < tiles_.size(); ++i)
      if (layout.panels[i].role == Role::panel && has_parts(picture_, tiles_[i].tile))
        doubt(layout, kDoubtful,
              tiles_.size() == 1 ? "its parts look alike, but no line parts them"
                                 : "parts of a panel look alike, but no line parts them");
  }

  void restore_closeups(Layout& layout) {
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      if (layout.panels[i].role != Role::closeup) continue;
      drop_bands_without_letters(picture_, edges_, tiles_[i]);
      layout.panels[i].box = box_of(tiles_[i].tile);
      layout.panels[i].bands = tiles_[i].bands;
    }
  }

  // Panels show one scene; what shows another is the close-up, or makes the division unsure.
  void check_scenes(Layout& layout) {
    const std::size_t n = tiles_.size();
    std::vector<float> most(n, -1);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < i; ++k) {
        const float alike = scene_of_both(tiles_[i], tiles_[k]);
        pairs_.push_back({k, i, alike});
        most[i] = std::max(most[i], alike);
        most[k] = std::max(most[k], alike);
      }
    std::size_t others = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (most[i] >= kOneScene) continue;
      const bool last = i + 1 == n;
      if ((stands_apart(i, most) && is_closeup(i, most)) || (last && states_closeup()))
        layout.panels[i].role = Role::closeup;
      else
        ++others;
    }
    const bool guessed = others > 0 && guess_closeup(layout, most);
    const auto closeups = static_cast<std::size_t>(
        std::count_if(layout.panels.begin(), layout.panels.end(),
                      [](const auto& p) { return p.role == Role::closeup; }));
    // Of two tiles, the panel has no other to be like: the frame between them has to tell. What is
    // stated needs no likeness.
    const bool explained = stated() || (n == 2 && closeups == 1 && !guessed && division_.framed);
    const bool alike =
        std::any_of(most.begin(), most.end(), [](float m) { return m >= kOneScene; });
    if (!explained && !alike && !division_.framed)
      doubt(layout, kHardly, "a line may part it, but no scene is shown twice");
    if (others > 0 && !explained)
      doubt(layout, kLikely, "a part of it shows neither the scene of the others nor a close-up");
    if (!stated()) check_neighbours(layout);
    if (closeups > 1) doubt(layout, kDoubtful, "it seems to have several close-ups");
    if (division_.weakest < (division_.framed ? kClearLine : kBareLine) && !stated())
      doubt(layout, kLikely, "a line between its panels is not clear");
  }

  // Whether a tile has little of the scene that the others show; a smooth one is like anything.
  static bool stands_apart(std::size_t i, const std::vector<float>& most) {
    const float others = *std::max_element(most.begin(), most.end());
    return most[i] < kOtherScene || most[i] * 2 < others;
  }
  // What devices put last and shows nothing of the scene is most likely the close-up, though it is
  // not found in a panel: a smooth one looks like anything.
  bool guess_closeup(Layout& layout, const std::vector<float>& most) const {
    const bool none = std::none_of(layout.panels.begin(), layout.panels.end(),
                                   [](const auto& p) { return p.role == Role::closeup; });
    if (!none || stated() || most.back() >= kOtherScene) return false;
    const bool alone = most.size() > 2 && std::any_of(most.begin(), most.end() - 1,
                                                      [](float m) { return m < kOneScene; });
    if (alone) return false;
    layout.panels.back().role = Role::closeup;
    return true;
  }

  // Bands drawn into tiles of one size may be of different height: what they leave is cut alike.
  float scene_of_both(const Trimmed& a, const Trimmed& b) const {
    const float alike = same_scene(picture_, a.tile, b.tile);
    const auto [one, other] = without_bands_of_both(a, b);
    if (alike >= kOneScene || (one == a.tile && other == b.tile)) return alike;
    return std::max(alike, same_scene(picture_, one, other));
  }

  struct Pair {
    std::size_t a, b;  // a before b
    float alike;
  };
  float alike(std::size_t i, std::size_t k) const {
    const auto both = [&](const Pair& pair) {
      return pair.a == std::min(i, k) && pair.b == std::max(i, k);
    };
    const auto pair = std::find_if(pairs_.begin(), pairs_.end(), both);
    return pair == pairs_.end() ? 0 : pair->alike;
  }

  // A line through a whole picture, or through a column of panels, parts what does not look alike:
  // what lies on its two sides has to show one scene, or it is no line between panels.
  void check_neighbours(Layout& layout) const {
    struct Way {
      int all = 0, alike = 0;
      bool bare = false;
    } across, down;
    for (const Pair& pair : pairs_) {
      if (layout.panels[pair.a].role != Role::panel || layout.panels[pair.b].role != Role::panel)
        continue;
      const Tile &a = tiles_[pair.a].tile, &b = tiles_[pair.b].tile;
      const bool beside = b.x.from >= a.x.to && a.y.from < b.y.to && b.y.from < a.y.to;
      const bool below = b.y.from >= a.y.to && a.x.from < b.x.to && b.x.from < a.x.to;
      if (!beside && !below) continue;
      Way& way = beside ? across : down;
      ++way.all;
      way.alike += pair.alike >= kOneScene ? 1 : 0;
      constexpr int kBare = 1;
      way.bare |= (beside ? b.x.from - a.x.to : b.y.from - a.y.to) <= kBare;
    }
    for (const Way& way : {across, down})
      if (way.all > 0 && way.alike * 2 < way.all)
        doubt(layout, way.bare ? kHardly : kLikely,
              "a line may part it, but no scene is shown on both its sides");
  }

  // Where text stands over one panel it stands over all of its row; a close-up may have none.
  void check_bands(Layout& layout) const {
    const auto panel = [&](std::size_t i) { return layout.panels[i].role == Role::panel; };
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      if (tiles_[i].guessed) doubt(layout, kLikely, "where a band of text ends is not clear");
      for (std::size_t k = 0; k < i; ++k) {
        const Tile &a = tiles_[i].tile, &b = tiles_[k].tile;
        if (!panel(i) || !panel(k)) continue;
        const bool one_row = a.y.from < b.y.to && b.y.from < a.y.to;
        if (one_row && tiles_[i].bands.size() != tiles_[k].bands.size())
          doubt(layout, kLikely, "some of its panels have a band of text and others none");
        const bool differ = one_and_three() && (i == large() || k == large());
        if (!differ && !equal_size(a, b))
          doubt(layout, kLikely, "the bands of text over its panels are not of one height");
      }
    }
  }

  // A close-up is as large as a panel, as it is or before text was drawn over it: what is left of a
  // larger one was cut at something that it shows.
  void check_closeups(Layout& layout) const {
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      if (layout.panels[i].role != Role::closeup) continue;
      bool as_large = false;
      for (std::size_t k = 0; k < tiles_.size(); ++k)
        as_large |=
            layout.panels[k].role == Role::panel && (equal_size(tiles_[i].tile, tiles_[k].tile) ||
                                                     equal_size(tiles_[i].tile, tiles_[k].whole));
      if (!as_large) doubt(layout, kLikely, "its close-up is not as large as its panels");
    }
  }

  // Enlarged from a panel that shows the scene; of two tiles, the one that is found in the other.
  bool is_closeup(std::size_t i, const std::vector<float>& most) const {
    // Text over its upper or lower part is nowhere in the panel.
    constexpr float kPartly = 0.4F;
    const auto found = [&](std::size_t part, std::size_t in) {
      const Tile whole = tiles_[part].tile;
      const int text = whole.y.length() * 3 / 8;
      float best = enlarged_from(picture_, whole, tiles_[in].tile);
      for (const Span& rows :
           {Span{whole.y.from + text, whole.y.to}, Span{whole.y.from, whole.y.to - text}})
        if (best >= kPartly && best < kEnlarged)
          best = std::max(best, enlarged_from(picture_, {whole.x, rows}, tiles_[in].tile));
      return best;
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
    std::vector<std::size_t> small;
    for (std::size_t i = 0; i < tiles_.size(); ++i)
      if (i != large() && layout.panels[i].role == Role::panel) small.push_back(i);
    const Repeat repeat = find_repeat(picture_, tiles_, large(), small);
    if (!repeat.sure)
      doubt(layout, kLikely, "whether a small panel repeats the large one is not clear");
    if (!repeat.tile) return;
    layout.repeats.push_back(layout.panels[*repeat.tile].box);
    layout.panels.erase(layout.panels.begin() + static_cast<std::ptrdiff_t>(*repeat.tile));
  }

  bool stated() const { return !stated_.empty(); }
  bool states_closeup() const { return stated_.ends_with('c'); }

  void check_stated(Layout& layout) const {
    if (!stated()) return;
    const auto closeups = std::count_if(layout.panels.begin(), layout.panels.end(),
                                        [](const auto& p) { return p.role == Role::closeup; });
    if (stated_.substr(0, stated_.size() - (states_closeup() ? 1 : 0)) != layout.name ||
        closeups != (states_closeup() ? 1 : 0))
      doubt(layout, kDoubtful, "another layout is stated");
  }

  const Image& picture_;
  const EdgeMap& edges_;
  Division division_;
  std::vector<Trimmed> tiles_;
  std::vector<Pair> pairs_;  // of all tiles, where there are several
  std::string_view stated_;
};

}  // namespace

Layout read_division(const Image& picture, const EdgeMap& edges, const Division& division,
                     std::string_view stated) {
  return Reading(picture, edges, division).read(stated);
}

}  // namespace vioreview
