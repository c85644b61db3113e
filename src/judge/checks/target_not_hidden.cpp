// SPDX-License-Identifier: Apache-2.0
// The target shows whole, or nearly so, in every panel: no nearer vehicle covers it, and its box is
// not much narrower or flatter than in the panel that shows it best (domain reference 2.1,
// panorama).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/likeness.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"covered", 0.5, 0.05, 1,
     "share of its box under a nearer vehicle from which it counts as hidden"},
    {"shape", 0.7, 0.2, 1, "share of the usual width to height below which a part is hidden"},
    {"sure", 0.98, 0.5, 1, "how surely nothing seen before it means that it shows whole"}};

// A body that turns looks flatter too: only under another vehicle's box that means hidden.
constexpr double kTouched = 0.1;
// Shapes this near to each other are those of a body that does not turn.
constexpr double kAlike = 0.8;

// Whether all shapes but one are much the same. While they change the target turns, and what is
// narrow beside them is its rear.
bool others_agree(const std::vector<double>& shapes, std::size_t but) {
  double least = 1e9, most = 0;
  for (std::size_t i = 0; i < shapes.size(); ++i)
    if (i != but) least = std::min(least, shapes[i]), most = std::max(most, shapes[i]);
  return least >= kAlike * most;
}

Finding check(const Evidence& e) {
  std::vector<double> shapes;
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  for (const int i : panels)
    if (const ObjectSeen* target = e.target.object_in(e.facts, i);
        target && target->box.height() > 0)
      shapes.push_back(static_cast<double>(target->box.width() / target->box.height()));
  if (shapes.empty() || shapes.size() < panels.size())
    return unknown(kTargetNotHidden, "target_not_found", "it is not seen in every panel",
                   "未在各分图中见到目标");
  std::vector<double> sorted = shapes;
  std::sort(sorted.begin(), sorted.end());
  const double usual = sorted[sorted.size() / 2], least = knob(e, kTargetNotHidden, "shape");
  for (std::size_t k = 0; k < panels.size(); ++k) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(panels[k])];
    const ObjectSeen& target = *e.target.object_in(e.facts, panels[k]);
    const double under = covered(panel, target.box, &target);
    const bool narrow = shapes[k] < usual * least, flat = usual < shapes[k] * least;
    const bool touched = under > kTouched;
    if (under < knob(e, kTargetNotHidden, "covered") &&
        !(narrow && (touched || others_agree(shapes, k))) && !(flat && touched))
      continue;
    return at(
        unknown(kTargetNotHidden, "target_occluded", "a part of it is hidden", "目标被部分遮挡"),
        panels[k], target.box);
  }
  return holds(kTargetNotHidden, knob(e, kTargetNotHidden, "sure"), "it shows whole",
               "目标完整可见");
}

}  // namespace

const Check kTargetNotHidden{"target_not_hidden", "The target shows whole in every panel", kKnobs,
                             check};

}  // namespace vioreview
