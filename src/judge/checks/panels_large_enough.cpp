// SPDX-License-Identifier: Apache-2.0
// GA/T 832-2014 3.4 b, c: 768x576 (analogue source) at least for a panel. Off unless the policy's
// min_panel is set, since composites are scaled.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"min_width", 768, 1, 8192, "width in pixels that a panel needs"},
                           {"min_height", 576, 1, 8192, "height in pixels that a panel needs"}};

Finding check(const Evidence& e) {
  if (!e.policy.min_panel)
    return holds(kPanelsLargeEnough, 1, "the policy sets no size", "策略未要求分图尺寸");
  const double width = knob(e, kPanelsLargeEnough, "min_width"),
               height = knob(e, kPanelsLargeEnough, "min_height");
  for (const int i : evidence_panels(e.c, e.facts)) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    if (panel.failure || (panel.width >= width && panel.height >= height)) continue;
    const std::string size = std::to_string(panel.width) + "x" + std::to_string(panel.height);
    Finding finding = fails(
        kPanelsLargeEnough, "picture_too_small", 1,
        panel.file + " has " + size + ", " + shown(width) + "x" + shown(height) + " is needed",
        panel.file + " 为 " + size + ", 需要 " + shown(width) + "x" + shown(height));
    finding.panel = i;
    return measured(std::move(finding), panel.width, width);
  }
  return holds(kPanelsLargeEnough, 1, "all panels are large enough", "各分图尺寸达标");
}

}  // namespace

const Check kPanelsLargeEnough{"panels_large_enough",
                               "Every panel is as large as the standard wants (if the policy asks)",
                               kKnobs, check};

}  // namespace vioreview
