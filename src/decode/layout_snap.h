// SPDX-License-Identifier: Apache-2.0
// Edges of tiles to the pixel.
#pragma once
#include <vector>

#include "core/image.h"
#include "decode/layout_plain.h"

namespace vioreview {

// Moves the edges of a composite's tiles by the few pixels that JPEG, or a smooth part of a
// picture, makes unclear: to where a drawn line and one that a camera took meet, which tiles that
// lie in one row or column tell together. True for each tile with an edge beyond which the picture
// of a camera seems to go on.
std::vector<bool> snap(const Image& picture, const EdgeMap& edge_map,
                       const std::vector<Tile*>& tiles);

}  // namespace vioreview
