// SPDX-License-Identifier: Apache-2.0
// The target's plate is not dirty, hidden or obscured in the view in which it is read best.
#include "judge/checks/checks.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"covered", 0.5, 0, 1, "probability from which a plate counts as covered"},
    {"read_anyway", 0.98, 0.5, 1, "probability of the string from which dirt hides nothing"}};

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate)
    return unknown(kPlateCovered, no_plate_reason(e), "no plate of the target is seen",
                   "未见目标车辆号牌");
  const auto said = [&](Finding finding) {
    return at(std::move(finding), e.target.best_panel, plate->box);
  };
  // A string that is surely read whole is not covered, whatever the picture looks like.
  if (plate->readable >= knob(e, kPlateCovered, "read_anyway"))
    return said(holds(kPlateCovered, plate->readable, "every character of the plate is seen",
                      "号牌字符完整可见"));
  if (!plate->covered)
    return said(unknown(kPlateCovered, "plate_unsure", "whether the plate is covered is not known",
                        "无法判断号牌是否被遮挡"));
  const double covered = *plate->covered, limit = knob(e, kPlateCovered, "covered");
  return measured(
      said(covered >= limit
               ? fails(kPlateCovered, "plate_covered", covered,
                       "the plate is dirty, hidden or obscured", "号牌被遮挡或污损")
               : holds(kPlateCovered, 1 - covered, "the plate is not covered", "号牌无遮挡")),
      covered, limit);
}

}  // namespace

const Check kPlateCovered{"plate_covered", "The target's plate is not dirty, hidden or obscured",
                          kKnobs, check};

}  // namespace vioreview
