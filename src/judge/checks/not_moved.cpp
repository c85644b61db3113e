// SPDX-License-Identifier: Apache-2.0
// The target stays where it is between the panels (GA/T 832-2014 3.5 b).
#include "judge/checks/checks.h"
#include "judge/motion.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const auto shift = shift_of_target(e);
  if (!shift)
    return unknown(kNotMoved, "not_sure", "the target is not seen in first and last panel",
                   "首末分图未均见目标车辆");
  const double p = stayed(*shift), sure = knob(e, kNotMoved, "sure");
  return measured(
      p >= sure ? holds(kNotMoved, p, "it stands still", "车辆未移动")
      : 1 - p >= sure
          ? fails(kNotMoved, "vehicle_moved", 1 - p, "it moved between the panels", "车辆有位移")
          : unknown(kNotMoved, "not_sure", "whether it moved is not sure", "是否移动不确定"),
      *shift, 0.09);
}

}  // namespace

const Check kNotMoved{"not_moved", "The target stands still between first and last panel", kKnobs,
                      check};

}  // namespace vioreview
