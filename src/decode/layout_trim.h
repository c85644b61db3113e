// SPDX-License-Identifier: Apache-2.0
// What was drawn over the edges of tiles: borders and bands of text.
#pragma once
#include <utility>
#include <vector>

#include "core/geometry.h"
#include "core/image.h"
#include "decode/layout_plain.h"

namespace vioreview {

struct Trimmed {
  Tile tile;                 // what a camera took
  Tile whole;                // the same with the bands over it
  std::vector<Box> bands;    // of text, in pixels of the picture
  bool guessed = false;      // a band that only another tile surely shows was taken off
  bool ends_before = false;  // it seems to hold a band that was not taken off
};

// Takes borders and bands off tiles. Tiles are drawn alike: what only one of them seems to have is
// not taken off, unless it is text; a band that one of them has is looked for in the others.
std::vector<Trimmed> trim(const Image& picture, const EdgeMap& edges,
                          const std::vector<Tile>& tiles);

// Gives a close-up back what was taken off it for a band of text and shows no letters: a smooth
// part of it.
void drop_bands_without_letters(const Image& picture, const EdgeMap& edges, Trimmed& one);

// Of two tiles of one shape, the parts at the same place that the bands over both leave; the tiles
// as they are when the bands leave hardly anything.
std::pair<Tile, Tile> without_bands_of_both(const Trimmed& a, const Trimmed& b);

Box box_of(const Tile& tile);

}  // namespace vioreview
