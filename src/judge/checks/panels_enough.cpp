// SPDX-License-Identifier: Apache-2.0
// As many panels as the violation needs (GA/T 832-2014 3.3.1 and the catalogue's source per code).
// A picture may hold several panels: one that is not divided yet counts as one panel only where it
// shows one vehicle, for a composite shows the target again and again.
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

bool may_be_composite(const PanelFacts& panel) {
  return panel.role == Role::composite || panel.failure ||
         std::count_if(panel.objects.begin(), panel.objects.end(), is_vehicle) != 1;
}

Finding check(const Evidence& e) {
  // Counted as listed: a panel that cannot be decoded is not a panel that was never taken.
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  const int count = static_cast<int>(panels.size()), needed = e.violation.min_panels;
  const std::string en = std::to_string(count) + " panels, " + std::to_string(needed) + " needed",
                    zh = "全景图 " + std::to_string(count) + " 张, 需要 " + std::to_string(needed) +
                         " 张";
  if (count >= needed) return measured(holds(kPanelsEnough, 1, en, zh), count, needed);
  if (count == 0)
    return unknown(kPanelsEnough, "panels_waiting", "no panel is there", "没有全景图");
  const bool undivided =
      count == 1 && may_be_composite(e.facts.panels[static_cast<std::size_t>(panels.front())]);
  const bool composite = std::any_of(panels.begin(), panels.end(), [&](int i) {
    return e.facts.panels[static_cast<std::size_t>(i)].role == Role::composite;
  });
  if (undivided || composite)
    return measured(unknown(kPanelsEnough, "layout_unsure",
                            en + "; whether a picture holds several panels is not known",
                            zh + "; 图片是否为合成图未知"),
                    count, needed);
  if (static_cast<int>(e.c.record.times.size()) > count)
    return measured(unknown(kPanelsEnough, "panels_waiting",
                            en + ", but the record gives times for more", zh + ", 但记录时间更多"),
                    count, needed);
  return measured(fails(kPanelsEnough, "panels_too_few", 1, en, zh), count, needed);
}

}  // namespace

const Check kPanelsEnough{
    "panels_enough", "There are as many panels as the violation needs", {}, check};

}  // namespace vioreview
