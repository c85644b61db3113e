// SPDX-License-Identifier: Apache-2.0
// The panels are as far apart in time as the violation wants: a parked vehicle stays at least 10 s
// between first and last panel (GA/T 832-2014 3.5 b); no gap is longer than one event can last
// (proposal).
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

// Milliseconds, rising: of the panels when all are known, else the record's own list (an undivided
// composite has one picture and several times); empty when fewer than two are known.
std::vector<std::int64_t> times_of(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  std::vector<std::int64_t> times;
  for (const int i : panels)
    if (const auto time = time_of_panel(e.c, e.facts, i)) times.push_back(time->ms);
  if (times.size() < std::max<std::size_t>(panels.size(), 2)) {
    times.clear();
    for (const Time time : e.c.record.times) times.push_back(time.ms);
  }
  if (times.size() < std::max<std::size_t>(panels.size(), 2)) return {};
  std::sort(times.begin(), times.end());
  return times;
}

double longest_gap(const std::vector<std::int64_t>& times) {
  std::int64_t longest = 0;
  for (std::size_t i = 1; i < times.size(); ++i)
    longest = std::max(longest, times[i] - times[i - 1]);
  return static_cast<double>(longest) / 1000;
}

Finding check(const Evidence& e) {
  const double least = e.violation.min_interval_s, most = e.violation.max_interval_s;
  const std::vector<std::int64_t> times = times_of(e);
  if (times.empty())
    return time_matters(e.violation)
               ? unknown(kInterval, "not_sure", "the panels' times are not known", "各分图时间未知")
               : holds(kInterval, 1, "no interval is asked for or known", "无间隔要求或时间未知");
  const double span = static_cast<double>(times.back() - times.front()) / 1000;
  if (span < least)
    return measured(
        fails(kInterval, "interval_too_short", 1,
              shown(span) + " s between first and last panel, " + shown(least) + " s are needed",
              "首末分图间隔 " + shown(span) + " 秒, 需要 " + shown(least) + " 秒"),
        span, least);
  const double gap = longest_gap(times);
  if (most > 0 && gap > most)
    return measured(
        fails(kInterval, "interval_too_long", 1,
              shown(gap) + " s between two panels, at most " + shown(most) + " s are one event",
              "相邻分图间隔 " + shown(gap) + " 秒, 同一事件最多 " + shown(most) + " 秒"),
        gap, most);
  return measured(holds(kInterval, 1, shown(span) + " s between first and last panel",
                        "首末分图间隔 " + shown(span) + " 秒"),
                  span, least);
}

}  // namespace

const Check kInterval{
    "interval", "The time between the panels is neither too short nor too long", {}, check, true};

}  // namespace vioreview
