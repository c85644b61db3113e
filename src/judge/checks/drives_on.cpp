// SPDX-License-Identifier: Apache-2.0
// The target drives on instead of stopping for the pedestrian (vendor reason 16). One that rolls to
// a stop has moved a little at first and stands in the end.
#include "judge/checks/checks.h"
#include "judge/motion.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    {"rolls", 0.5, 0, 2, "widths of the vehicle by which one may roll to where it stands"}};

Finding check(const Evidence& e) {
  const auto shift = shift_of_target(e);
  if (!shift)
    return unknown(kDrivesOn, "not_sure", "the target is not seen in first and last panel",
                   "首末分图未均见目标车辆");
  const double p = 1 - stayed(*shift), sure = knob(e, kDrivesOn, "sure");
  const auto last = last_shift_of_target(e);
  const bool rolls = *shift <= knob(e, kDrivesOn, "rolls");
  if (const double stands = last ? stayed(*last) : 0; rolls && stands >= sure)
    return measured(fails(kDrivesOn, "vehicle_stops", stands, "it stopped", "车辆已停车"), *last,
                    0.09);
  return measured(
      p >= sure ? holds(kDrivesOn, p, "it drives on", "车辆未停车")
      : 1 - p >= sure
          ? fails(kDrivesOn, "vehicle_stops", 1 - p, "it stopped", "车辆已停车")
          : unknown(kDrivesOn, "not_sure", "whether it moved is not sure", "是否移动不确定"),
      *shift, 0.09);
}

}  // namespace

const Check kDrivesOn{"drives_on", "The target does not stop for the pedestrian", kKnobs, check};

}  // namespace vioreview
