// SPDX-License-Identifier: Apache-2.0
// Edges of tiles to the pixel.
#pragma once
#include <vector>

#include "core/image.h"
#include "decode/layout_plain.h"

namespace vioreview {

struct Snapped {
  bool unclear = false;      // the picture of a camera seems to go on beyond one of its edges
  bool ends_before = false;  // it seems to end before its upper or lower edge
};

// Moves the edges of a composite's tiles by the few pixels that JPEG, or a smooth part of a
// picture, makes unclear: to where a drawn line and one that a camera took meet, which tiles that
// lie in one row or column tell together.
std::vector<Snapped> snap(const Image& picture, const EdgeMap& edge_map,
                          const std::vector<Tile*>& tiles);

}  // namespace vioreview
