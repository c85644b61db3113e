// SPDX-License-Identifier: Apache-2.0
#include "decode/layout.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "decode/layout_reading.h"
#include "decode/layout_search.h"

namespace vioreview {
namespace {

// Whether the tiles of two divisions are the same but for a few pixels.
bool much_like(const Division& a, const Division& b) {
  constexpr int kPixels = 4;
  const auto near = [](Span one, Span other) {
    return std::abs(one.from - other.from) <= kPixels && std::abs(one.to - other.to) <= kPixels;
  };
  return a.name == b.name && a.tiles.size() == b.tiles.size() &&
         std::equal(a.tiles.begin(), a.tiles.end(), b.tiles.begin(),
                    [&](const Tile& s, const Tile& t) { return near(s.x, t.x) && near(s.y, t.y); });
}

// Pixels of all its panels.
float shown(const Layout& layout) {
  float area = 0;
  for (const LayoutPanel& panel : layout.panels) area += panel.box.area();
  return area;
}

}  // namespace

Layout find_layout(const Image& picture, std::string_view stated) {
  const EdgeMap edges(picture);
  const std::vector<Division> divisions = find_divisions(picture, edges);
  const std::string_view name = stated.substr(0, stated.size() - (stated.ends_with('c') ? 1 : 0));
  const auto fits = [&](const Division& d) { return stated.empty() || d.name == name; };
  const auto best = std::find_if(divisions.begin(), divisions.end(), fits);
  if (best == divisions.end()) return read_division(picture, edges, divisions.front(), stated);
  Layout layout = read_division(picture, edges, *best, stated);
  if (layout.p >= kSureLayout || best->tiles.size() == 1) return layout;
  // Another division may explain the same lines; of unsure ones the less doubtful.
  constexpr std::size_t kMostReadings = 8;
  constexpr float kMore = 1.2F, kAsMuch = 0.96F;  // times as many pixels in panels
  constexpr float kContradictory = 0.45F;         // a reading of this probability
  const float first_p = layout.p;
  std::vector<const Division*> read{&*best};
  bool clear = best->weakest >= kClearLine;
  for (auto other = best + 1; other != divisions.end() && read.size() < kMostReadings; ++other) {
    const auto like = [&](const Division* known) { return much_like(*known, *other); };
    if (!fits(*other) || other->tiles.size() == 1 || std::any_of(read.begin(), read.end(), like))
      continue;
    read.push_back(&*other);
    Layout instead = read_division(picture, edges, *other, stated);
    if (instead.p >= kSureLayout) return instead;
    // One that is hardly a layout, that contradicts itself or leaves much of the picture out gives
    // way to another layout too.
    const bool more = shown(instead) >= kMore * shown(layout);
    if (other->name != layout.name && first_p > kContradictory && !more) continue;
    const bool clearer = more || (!clear && other->weakest >= kClearLine &&
                                  shown(instead) >= kAsMuch * shown(layout));
    if (instead.p < layout.p || (instead.p == layout.p && !clearer)) continue;
    layout = std::move(instead);
    clear = clear || clearer;
  }
  return layout;
}

}  // namespace vioreview
