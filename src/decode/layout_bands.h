// SPDX-License-Identifier: Apache-2.0
// Where text stands around the panels of a composite.
#pragma once
#include <vector>

#include "decode/layout.h"
#include "decode/layout_trim.h"

namespace vioreview {

// Puts the bands of text to the layout: those that lie between tiles to their panels, those outside
// of all tiles to the layout. One panel for each tile.
void find_bands(const Image& picture, const EdgeMap& edges, const std::vector<Trimmed>& tiles,
                Layout& layout);

}  // namespace vioreview
