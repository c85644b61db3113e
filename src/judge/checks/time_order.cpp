// SPDX-License-Identifier: Apache-2.0
// The order of the panels is known and right. Pictures with times of their own may be listed in any
// order; the record's list of times has to follow its list of pictures.
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  const auto own_time = [&](int i) {
    const auto k = static_cast<std::size_t>(i);
    return k < e.c.pictures.size() && e.c.pictures[k].time.has_value();
  };
  if (!panels.empty() && std::all_of(panels.begin(), panels.end(), own_time))
    return holds(kTimeOrder, 1, "every panel has a time of its own", "各分图均有拍摄时间");
  const std::vector<Time>& times = e.c.record.times;
  const auto back = std::is_sorted_until(times.begin(), times.end());
  if (back != times.end())
    return fails(kTimeOrder, "time_order_wrong", 1,
                 "the record's time " + std::to_string(back - times.begin() + 1) +
                     " is before the one listed ahead of it",
                 "记录中第 " + std::to_string(back - times.begin() + 1) + " 个时间早于前一个");
  const bool all_timed = std::all_of(panels.begin(), panels.end(), [&](int i) {
    return time_of_panel(e.c, e.facts, i).has_value();
  });
  if (time_matters(e.violation) && panels.size() > 1 && !all_timed)
    return unknown(kTimeOrder, "time_order_wrong", "the panels' times are not known",
                   "各分图时间未知");
  return holds(kTimeOrder, 1, "nothing contradicts the order of the panels", "时间顺序无矛盾");
}

}  // namespace

const Check kTimeOrder{"time_order", "The panels' times are in order", {}, check, true};

}  // namespace vioreview
