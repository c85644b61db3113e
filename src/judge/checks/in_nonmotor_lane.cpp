// SPDX-License-Identifier: Apache-2.0
// The target drives in a lane for bicycles in two panels or more (1018; domain reference 4). Which
// lane is one is known of a confirmed site, or of words or bicycles painted in it.
#include "judge/checks/checks.h"
#include "judge/lane_position.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const double sure = knob(e, kInNonmotorLane, "sure");
  const InUse lanes = lanes_of_use(scene_of(e), LaneUse::nonmotor);
  if (lanes.in >= sure)
    return holds(kInNonmotorLane, lanes.in, "it drives in the lane for bicycles",
                 "在非机动车道内行驶");
  if (lanes.in_others >= sure)
    return fails(kInNonmotorLane, "in_own_lane", lanes.in_others,
                 "it drives in a lane for motor vehicles", "在机动车道内行驶");
  return unknown(kInNonmotorLane, "not_sure",
                 "which lane it is in, or what the lane is for, is not sure",
                 "所在车道或车道用途不确定");
}

}  // namespace

const Check kInNonmotorLane{"in_nonmotor_lane", "The target drives in a lane for bicycles", kKnobs,
                            check};

}  // namespace vioreview
