// SPDX-License-Identifier: Apache-2.0
// The target is of a class that may not drive here (1344; domain reference 4): the classes of the
// ban, which the site profile or the record says, and its lanes where it is for some only.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/lane_position.h"
#include "judge/rules.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const auto& ban = e.site_facts.truck_ban;
  if (!ban)
    return unknown(kClassBannedHere, "check_missing",
                   "which classes are banned is known neither by a site profile nor by the record",
                   "点位配置与记录均未给出限行车型");
  const double sure = knob(e, kClassBannedHere, "sure");
  const OfClasses target = of_classes(e, ban->classes);
  if (target.not_in >= sure)
    return fails(kClassBannedHere, "class_not_banned", target.not_in,
                 "it is of no class that is banned here", "车型不在限制范围");
  if (target.in < sure)
    return unknown(kClassBannedHere, "not_sure", "whether its class is banned here is not sure",
                   "车型是否受限不确定");
  if (ban->lanes.empty())
    return holds(kClassBannedHere, target.in, "its class is banned here", "该车型在此限行");
  const InUse lanes = lanes_numbered(scene_of(e), ban->lanes);
  if (lanes.in_others >= sure)
    return fails(kClassBannedHere, "in_own_lane", lanes.in_others,
                 "its class is banned from other lanes only", "该车型仅在其他车道限行");
  return lanes.in >= sure ? holds(kClassBannedHere, std::min(target.in, lanes.in),
                                  "its class is banned from this lane", "该车型在此车道限行")
                          : unknown(kClassBannedHere, "not_sure",
                                    "whether it is in a lane that the ban is for is not sure",
                                    "是否在限行车道内不确定");
}

}  // namespace

const Check kClassBannedHere{"class_banned_here", "The target's class is banned here", kKnobs,
                             check};

}  // namespace vioreview
