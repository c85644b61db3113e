// SPDX-License-Identifier: Apache-2.0
// The panels show one place: what stands or is painted there lies at the same spot in each (a
// camera does not move within a case), or, where paint and signals tell too little, the outlines
// do.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/fuse_marks.h"
#include "judge/view_fit.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"found", 0.7, 0.3, 1, "share of the things that must be at their place"},
    {"sure", 0.97, 0.5, 1, "how surely things at their places tell one scene"}};

bool outlines_fit(const Evidence& e, const std::vector<int>& panels) {
  const auto facts = [&](int i) -> const PanelFacts& {
    return e.facts.panels[static_cast<std::size_t>(i)];
  };
  return panels.size() > 1 && std::all_of(panels.begin() + 1, panels.end(), [&](int i) {
           return fit_in(facts(i), facts(panels[0]).print).fit == Fit::fits;
         });
}

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  if (panels.size() == 1) return holds(kSameScene, 1, "there is one panel", "只有一张全景图");
  const double wanted = knob(e, kSameScene, "found");
  double least = panels.empty() ? -1 : 1;
  for (std::size_t i = 1; i < panels.size(); ++i)
    least = std::min(least, share_shown(e.facts.panels[static_cast<std::size_t>(panels[0])],
                                        e.facts.panels[static_cast<std::size_t>(panels[i])]));
  if (least >= wanted)
    return measured(holds(kSameScene, knob(e, kSameScene, "sure"), "the panels show one place",
                          "各分图为同一场景"),
                    least, wanted);
  if (outlines_fit(e, panels))
    return holds(kSameScene, knob(e, kSameScene, "sure"),
                 "the outlines of all panels lie at the same place", "各分图轮廓位置一致");
  return unknown(kSameScene, "panels_differ_in_place",
                 least < 0 ? "too little is seen to tell whether the panels show one place"
                           : "markings and signals lie at other places in another panel",
                 "无法确定各分图为同一场景");
}

}  // namespace

const Check kSameScene{"same_scene", "The panels show one place", kKnobs, check};

}  // namespace vioreview
