// SPDX-License-Identifier: Apache-2.0
// The target is found in every panel, and no second vehicle may as well be it.
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding unseen(std::string_view reason, int panel, std::string en, std::string zh) {
  Finding finding = unknown(kTargetInPanels, reason, std::move(en), std::move(zh));
  finding.panel = panel;
  return finding;
}

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  if (panels.empty())
    return unknown(kTargetInPanels, "target_not_found", "no panel is there", "没有全景图");
  float weakest = 1;
  for (const int i : panels) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    const TargetInPanel& found = e.target.panels[static_cast<std::size_t>(i)];
    if (found.by == FoundBy::rivals)
      return unseen("target_ambiguous", i, "two vehicles in " + panel.file + " may be the target",
                    panel.file + " 中有多辆车可能为目标");
    if (found.by == FoundBy::none)
      return unseen("target_not_found", i, "no vehicle in " + panel.file + " can be the target",
                    panel.file + " 中未找到目标车辆");
    weakest = std::min(weakest, found.p);
  }
  return holds(kTargetInPanels, static_cast<double>(weakest), "the target is found in every panel",
               "各分图均找到目标车辆");
}

}  // namespace

const Check kTargetInPanels{
    "target_in_panels", "The target is found in every panel, without a rival", {}, check};

}  // namespace vioreview
