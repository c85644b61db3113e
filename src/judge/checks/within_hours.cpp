// SPDX-License-Identifier: Apache-2.0
// The pictures were taken while the rule of the place is in force: the hours of a ban (1344) or of
// a bus lane (1019), which the site profile or the record says (domain reference 4).
#include "judge/checks/checks.h"
#include "judge/rules.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"border", 60, 0, 3600, "seconds around the rule's first and last minute that are not told"}};

Finding check(const Evidence& e) {
  const Restriction* rule = rule_of(e);
  if (!rule)
    return unknown(kWithinHours, "check_missing",
                   "the hours of the rule are known neither by a site profile nor by the record",
                   "点位配置与记录均未给出管制时段");
  const auto in_force = in_force_throughout(e, *rule, knob(e, kWithinHours, "border"));
  if (!in_force)
    return unknown(kWithinHours, "not_sure",
                   "no time is known, or one too near to the border of the rule's hours",
                   "时间未知或过于接近管制时段边界");
  return *in_force ? holds(kWithinHours, 1, "within the hours of the rule", "在管制时段内")
                   : fails(kWithinHours, "outside_hours", 1, "outside the hours of the rule",
                           "不在管制时段");
}

}  // namespace

const Check kWithinHours{"within_hours", "The rule of the place is in force at the time", kKnobs,
                         check, true};

}  // namespace vioreview
