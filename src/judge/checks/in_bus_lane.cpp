// SPDX-License-Identifier: Apache-2.0
// The target drives in a bus lane in two panels or more (domain reference 4).
#include "judge/checks/checks.h"
#include "judge/lane_position.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kInBusLane, "sure");
  const InUse lanes = lanes_of_use(scene, LaneUse::bus);
  if (lanes.in >= sure)
    return holds(kInBusLane, lanes.in, "it drives in the bus lane", "在公交专用车道内行驶");
  if (lanes.in_others >= sure)
    return fails(kInBusLane, "not_in_bus_lane", lanes.in_others, "it drives in another lane",
                 "不在公交专用车道内");
  return unknown(kInBusLane, "not_sure",
                 "which lane it is in, or what the lane is for, is not sure",
                 "所在车道或车道用途不确定");
}

}  // namespace

const Check kInBusLane{"in_bus_lane", "The target drives in a bus lane", kKnobs, check};

}  // namespace vioreview
