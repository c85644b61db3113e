// SPDX-License-Identifier: Apache-2.0
// The target drives in the emergency lane in two panels or more (1622; domain reference 4: right of
// the edge line). Which lane is one is known of a confirmed site only: a solid line on the left of
// the last lane stands before many a junction, too.
#include "judge/checks/checks.h"
#include "judge/lane_position.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kInEmergencyLane, "sure");
  if (!scene.confirmed)
    return unknown(kInEmergencyLane, "check_missing",
                   "which lane is the emergency lane is known of a confirmed site only",
                   "应急车道仅见于已确认的点位配置");
  const InUse lanes = lanes_of_use(scene, LaneUse::emergency);
  if (lanes.in >= sure)
    return holds(kInEmergencyLane, lanes.in, "it drives in the emergency lane", "在应急车道内行驶");
  if (lanes.in_others >= sure)
    return fails(kInEmergencyLane, "in_own_lane", lanes.in_others, "it drives in another lane",
                 "不在应急车道内");
  return unknown(kInEmergencyLane, "not_sure", "which lane it is in is not sure", "所在车道不确定");
}

}  // namespace

const Check kInEmergencyLane{"in_emergency_lane", "The target drives in the emergency lane", kKnobs,
                             check};

}  // namespace vioreview
