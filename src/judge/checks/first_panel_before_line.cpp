// SPDX-License-Identifier: Apache-2.0
// In the first panel the front wheels have not passed the stop line (local standard 2014; vendor
// reason 43). Wheels, not boxes: a nose over the line is no offence.
#include <algorithm>
#include <cmath>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (scene.panels.empty() || !scene.panels[0].target || !scene.panels[0].target->line_known ||
      scene.panels[0].target->stand.cut)
    return not_placed(kFirstPanelBeforeLine);
  const TargetStands& t = *scene.panels[0].target;
  const double before = above_zero(-t.ahead_of_line, t.ahead_of_line_sd);
  const std::string metres = shown(std::abs(t.ahead_of_line)) + " m";
  Finding finding =
      weighed(kFirstPanelBeforeLine, before, knob(e, kFirstPanelBeforeLine, "sure"),
              "first_panel_already_over_line",
              {"the front wheels are about " + metres + " before the stop line in the first panel",
               "第一张前轮约在停止线前 " + metres},
              {"the front wheels are about " + metres + " past the stop line in the first panel",
               "第一张前轮约已越过停止线 " + metres});
  const TargetInPanel& found = e.target.panels[static_cast<std::size_t>(scene.panels[0].panel)];
  finding.this_panel = named(found.by);
  if (finding.this_panel) finding.probability = std::min(finding.probability, found.p);
  return measured(at(std::move(finding), scene.panels[0].panel, t.box), t.ahead_of_line, 0);
}

}  // namespace

const Check kFirstPanelBeforeLine{"first_panel_before_line",
                                  "The front wheels are before the stop line in the first panel",
                                  kKnobs, check};

}  // namespace vioreview
