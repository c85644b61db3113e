// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_bands.h"

#include <algorithm>
#include <cstddef>

namespace vioreview {
namespace {

constexpr int kLowestBand = 10;  // pixels

// Whether `a` lies over `b`, in one column.
bool over(const Tile& a, const Tile& b) {
  return a.y.to <= b.y.from && a.x.from < b.x.to && b.x.from < a.x.to;
}

Tile above(const std::vector<Trimmed>& tiles, const Tile& t) {
  int from = 0;
  for (const Trimmed& other : tiles)
    if (over(other.tile, t)) from = std::max(from, other.tile.y.to);
  return {t.x, {from, t.y.from}};
}

Tile below(const Image& picture, const std::vector<Trimmed>& tiles, const Tile& t) {
  int to = picture.height;
  for (const Trimmed& other : tiles)
    if (over(t, other.tile)) to = std::min(to, other.tile.y.from);
  return {t.x, {t.y.to, to}};
}

}  // namespace

// A band between two rows belongs to the row below it when there is one above the first row too,
// else to the row above it; without bands between rows, those outside are about all panels.
void find_bands(const Image& picture, const EdgeMap& edges, const std::vector<Trimmed>& tiles,
                Layout& layout) {
  const auto text = [&](const Tile& strip) {
    return strip.y.length() >= kLowestBand && plain_pile(picture, edges, strip).text;
  };
  const Tile first = above(tiles, tiles.front().tile);
  const bool between = std::any_of(tiles.begin(), tiles.end(), [&](const Trimmed& one) {
    const Tile strip = above(tiles, one.tile);
    return strip.y.from > 0 && text(strip);
  });
  if (!between) {
    const Span wide{0, picture.width};
    for (const Tile& strip :
         {Tile{wide, first.y}, Tile{wide, below(picture, tiles, tiles.back().tile).y}})
      if (text(strip) && layout.panels.front().bands.empty()) layout.bands.push_back(box_of(strip));
    return;
  }
  const bool heads = text(first);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const Tile strip = heads ? above(tiles, tiles[i].tile) : below(picture, tiles, tiles[i].tile);
    if (layout.panels[i].bands.empty() && text(strip))
      layout.panels[i].bands.push_back(box_of(strip));
  }
}

}  // namespace vioreview
