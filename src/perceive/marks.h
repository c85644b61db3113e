// SPDX-License-Identifier: Apache-2.0
// From a grid of marking classes to lines and areas.
#pragma once
#include <vector>

#include "core/facts.h"
#include "perceive/imaging.h"
#include "perceive/net.h"

namespace vioreview {

// The classes of a marking grid in the order of its channels: other, road, then the kinds of
// MarkKind (models/README.md).
inline constexpr std::int64_t kMarkChannels = 12;

// Markings of one picture. `grid`: logits [1, 12, H, W], each cell `stride` input pixels wide.
// Lines become polylines through the middle of their paint, dashes of one line joined; areas become
// the hull of their paint, arrows their outline. Panel pixels; specks are left out. `width`,
// `height`: of the panel, which is seen from its top left corner on.
std::vector<MarkSeen> trace_marks(const Tensor& grid, float stride, const Letterbox& view,
                                  int width, int height);

}  // namespace vioreview
