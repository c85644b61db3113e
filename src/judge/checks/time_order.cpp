// SPDX-License-Identifier: Apache-2.0
// The panels' times follow the order in which the record lists them.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  std::optional<Time> last;
  int panels = 0;
  for (std::size_t i = 0; i < e.facts.panels.size(); ++i) {
    if (e.facts.panels[i].role != Role::panel) continue;
    ++panels;
    const auto time = time_of_panel(e.c, static_cast<int>(i));
    if (!time) continue;
    if (last && *time < *last) {
      Finding finding = fails(kTimeOrder, "time_order_wrong", 1,
                              e.facts.panels[i].file + " is earlier than the panel before it",
                              e.facts.panels[i].file + " 早于前一张");
      finding.panel = static_cast<int>(i);
      return finding;
    }
    last = time;
  }
  if (panels > 1 && !last)
    return unknown(kTimeOrder, "time_order_wrong", "the panels' times are not known",
                   "各分图时间未知");
  return holds(kTimeOrder, 1, "the panels are in order of time", "各分图时间顺序正确");
}

}  // namespace

const Check kTimeOrder{"time_order", "The panels' times are in order", {}, check};

}  // namespace vioreview
