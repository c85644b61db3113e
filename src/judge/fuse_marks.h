// SPDX-License-Identifier: Apache-2.0
// The markings of one place, put together from all pictures of it.
#pragma once
#include <vector>

#include "core/facts.h"

namespace vioreview {

// A camera does not move within a case: what a vehicle hides in one panel another shows, and what
// is paint lies at the same spot in all. Pieces of one mark become one; a mark that is missed where
// nothing hides it and is vague where it is seen loses probability. Of a line's kinds the one with
// more paint behind it counts. Panels of other sizes than the first are left out.
std::vector<MarkSeen> fused_marks(const std::vector<const PanelFacts*>& panels);

// The share of the sure markings and signal heads of `of` that `in` shows at the same spot, of
// those that nothing hides there; -1 when they are too few to tell.
double share_shown(const PanelFacts& of, const PanelFacts& in);

}  // namespace vioreview
