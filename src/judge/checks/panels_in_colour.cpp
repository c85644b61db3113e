// SPDX-License-Identifier: Apache-2.0
// GA/T 832-2014 3.4 a: 24-bit true colour. Off unless the policy's want_colour is set.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  if (!e.policy.want_colour)
    return holds(kPanelsInColour, 1, "the policy does not ask for colour", "策略未要求彩色");
  for (const int i : evidence_panels(e.c, e.facts)) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    if (panel.failure || panel.colour.value_or(true)) continue;
    Finding finding = fails(kPanelsInColour, "picture_not_colour", 1, panel.file + " has no colour",
                            panel.file + " 非彩色");
    finding.panel = i;
    return finding;
  }
  return holds(kPanelsInColour, 1, "all panels have colour", "各分图均为彩色");
}

}  // namespace

const Check kPanelsInColour{
    "panels_in_colour", "Every panel has colour (if the policy asks)", {}, check};

}  // namespace vioreview
