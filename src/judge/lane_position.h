// SPDX-License-Identifier: Apache-2.0
// In which lane the target drives, panel by panel, and which way traffic goes there.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "judge/scene.h"

namespace vioreview {

// The lane under the target's middle and how surely it is this one; lane -1: in none known.
struct LaneAt {
  int lane = -1;  // index into the road's lanes
  double p = 0;
};
LaneAt lane_in(const Scene& scene, std::size_t panel);

// How surely the target is in lanes of this use in at least two panels, and how surely it is in
// lanes of other uses in all panels. Uses are known of a confirmed site; of markings, only where
// words in a lane of the picture say this use, and no surer than they do.
struct InUse {
  double in = 0, in_others = 0;
};
InUse lanes_of_use(const Scene& scene, LaneUse use);
// Likewise for lanes of these numbers, or of this kind; both 0 without a confirmed site.
InUse lanes_numbered(const Scene& scene, const std::vector<int>& numbers);
InUse lanes_where(const Scene& scene, const std::function<bool(const Lane&)>& which);

// The way traffic goes where the target is, and how surely: by the lane of a confirmed site; else
// by the side of a yellow line that other vehicles part on (they come on its left, go on its
// right), or of a double yellow solid line that none contradicts. Empty when nothing tells.
std::optional<Seen<Travel>> travel_where_target_is(const Evidence& e, const Scene& scene);

}  // namespace vioreview
