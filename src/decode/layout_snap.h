// SPDX-License-Identifier: Apache-2.0
// Edges of tiles to the pixel.
#pragma once
#include <vector>

#include "core/image.h"
#include "decode/layout_plain.h"

namespace vioreview {

// Moves the edges of a composite's tiles by the few pixels that JPEG makes unclear: outwards to the
// largest step, inwards off what is still border.
void snap(const Image& picture, const EdgeMap& edges, const std::vector<Tile*>& tiles);

}  // namespace vioreview
