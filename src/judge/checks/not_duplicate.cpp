// SPDX-License-Identifier: Apache-2.0
// The event was not recorded before: same plate, code and place within the violation's window. The
// earliest capture stands.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  if (e.violation.duplicate_window_s <= 0)
    return holds(kNotDuplicate, 1, "duplicates are not looked for", "不查重复");
  const auto own = event_of(e.c, e.catalogue);
  if (!own)
    return unknown(kNotDuplicate, "not_sure", "plate, place or time is missing: nothing to compare",
                   "缺少号牌, 地点或时间, 无从比较");
  const Event* earlier = e.events.standing_before(*own, e.violation.duplicate_window_s);
  if (!earlier) return holds(kNotDuplicate, 1, "the first record of this event", "首次记录");
  const double apart = static_cast<double>(own->time.ms - earlier->time.ms) / 1000;
  return measured(
      fails(kNotDuplicate, "duplicate_case", 1,
            "recorded before as " + earlier->case_id + ", " + shown(apart) + " s earlier",
            "已有记录 " + earlier->case_id + ", 早 " + shown(apart) + " 秒"),
      apart, e.violation.duplicate_window_s);
}

}  // namespace

const Check kNotDuplicate{"not_duplicate", "The event was not recorded before", {}, check, true};

}  // namespace vioreview
