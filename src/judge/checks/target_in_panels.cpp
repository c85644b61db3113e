// SPDX-License-Identifier: Apache-2.0
// The target is found in every panel, and no second vehicle may as well be it.
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding at(Finding finding, int panel) {
  finding.panel = panel;
  return finding;
}

Finding check(const Evidence& e) {
  float weakest = 1;
  for (const int i : evidence_panels(e.c, e.facts)) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    if (panel.failure)
      return at(unknown(kTargetInPanels, "target_not_found", panel.file + " was not seen",
                        panel.file + " 未能查看"),
                i);
    const TargetInPanel& found = e.target.panels[static_cast<std::size_t>(i)];
    if (found.by == FoundBy::none)
      return at(unknown(kTargetInPanels, "target_not_found",
                        "no vehicle in " + panel.file + " can be the target",
                        panel.file + " 中未找到目标车辆"),
                i);
    if (found.by == FoundBy::rivals)
      return at(unknown(kTargetInPanels, "target_ambiguous",
                        "two vehicles in " + panel.file + " may be the target",
                        panel.file + " 中有多辆车可能为目标"),
                i);
    weakest = std::min(weakest, found.p);
  }
  return holds(kTargetInPanels, static_cast<double>(weakest), "the target is found in every panel",
               "各分图均找到目标车辆");
}

}  // namespace

const Check kTargetInPanels{
    "target_in_panels", "The target is found in every panel, without a rival", {}, check};

}  // namespace vioreview
