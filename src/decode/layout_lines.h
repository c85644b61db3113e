// SPDX-License-Identifier: Apache-2.0
// Lines that run through whole panels: of the scene, or of what was drawn and not seen.
#pragma once
#include <functional>
#include <vector>

#include "core/image.h"
#include "decode/layout_edges.h"
#include "decode/layout_plain.h"

namespace vioreview {

// Whether a line runs through all of panel `which` that may part it, or end a band that was not
// seen. Of several panels `one_scene(i, k)` tells whether two show one scene: what both show at the
// same place is a kerb, a pole or a lane line.
bool has_parting_line(const Image& picture, const EdgeMap& edges, const std::vector<Tile>& panels,
                      std::size_t which,
                      const std::function<bool(std::size_t, std::size_t)>& one_scene);

}  // namespace vioreview
