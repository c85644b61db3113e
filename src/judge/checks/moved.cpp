// SPDX-License-Identifier: Apache-2.0
// The target moves between the panels (GA/T 832-2014 3.5 a).
#include "judge/checks/checks.h"
#include "judge/motion.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const auto shift = shift_of_target(e);
  if (!shift)
    return unknown(kMoved, "not_sure", "the target is not seen in first and last panel",
                   "首末分图未均见目标车辆");
  const double p = 1 - stayed(*shift), sure = knob(e, kMoved, "sure");
  return measured(p >= sure ? holds(kMoved, p, "it moves between the panels", "车辆有位移")
                  : 1 - p >= sure ? fails(kMoved, "no_displacement", 1 - p,
                                          "it did not move between the panels", "车辆无位移")
                                  : unknown(kMoved, "not_sure", "whether it moved is not sure",
                                            "是否移动不确定"),
                  *shift, 0.09);
}

}  // namespace

const Check kMoved{"moved", "The target moves between first and last panel", kKnobs, check};

}  // namespace vioreview
