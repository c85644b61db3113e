// SPDX-License-Identifier: Apache-2.0
// The target's plate is not dirty, hidden or obscured in the view in which it is read best.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"covered", 0.5, 0, 1, "probability from which a plate counts as covered"}};

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate)
    return unknown(kPlateCovered, "plate_absent", "no plate of the target is seen",
                   "未见目标车辆号牌");
  if (!plate->covered)
    return unknown(kPlateCovered, "plate_covered", "whether the plate is covered is not known",
                   "无法判断号牌是否被遮挡");
  const double covered = *plate->covered;
  // A string that is surely read whole is not covered, whatever the picture looks like.
  const double hidden = covered * (1 - static_cast<double>(plate->readable));
  Finding finding =
      hidden >= knob(e, kPlateCovered, "covered")
          ? fails(kPlateCovered, "plate_covered", hidden, "the plate is dirty, hidden or obscured",
                  "号牌被遮挡或污损")
          : holds(kPlateCovered, 1 - hidden, "the plate is not covered", "号牌无遮挡");
  finding.panel = e.target.best_panel;
  finding.box = plate->box;
  finding.value = covered;
  return finding;
}

}  // namespace

const Check kPlateCovered{"plate_covered", "The target's plate is not dirty, hidden or obscured",
                          kKnobs, check};

}  // namespace vioreview
