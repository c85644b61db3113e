// SPDX-License-Identifier: Apache-2.0
// Looks again at marks of one kind, each in a crop of its own.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "core/facts.h"
#include "core/image.h"
#include "perceive/net.h"

namespace vioreview {

// Says to a mark what row `row` of the net's outputs says.
using MarkAnswer =
    std::function<void(const std::vector<Tensor>& out, std::int64_t row, MarkSeen& mark)>;

// The net sees the bounds of a mark with a margin, as in training. Marks whose shorter side is
// below `smallest` pixels are left as they are, and so is what comes after the largest ones.
void look_at_marks(Net& net, const Image& panel, MarkKind kind, float smallest,
                   std::vector<MarkSeen>& marks, const MarkAnswer& answer);

}  // namespace vioreview
