// SPDX-License-Identifier: Apache-2.0
// The front wheels stand past the stop line in every panel. One whose nose alone is past it is for
// a person; one that comes from before it and goes through suggests the red-light code (DESIGN).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

struct Sides {
  double past = 1, before = 1;  // in every panel
  bool known = true;
};

Sides sides_of(const Scene& scene) {
  Sides sides;
  for (const PanelScene& panel : scene.panels) {
    if (!panel.target || !panel.target->line_known || panel.target->stand.cut) return {0, 0, false};
    const double past = above_zero(panel.target->ahead_of_line, panel.target->ahead_of_line_sd);
    sides.past = std::min(sides.past, past);
    sides.before = std::min(
        sides.before, above_zero(-panel.target->nose_past_line, panel.target->ahead_of_line_sd));
  }
  return sides;
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const Sides sides = sides_of(scene);
  if (scene.panels.size() < 2 || !sides.known) return not_placed(kStandsPastLine);
  const double sure = knob(e, kStandsPastLine, "sure");
  const TargetStands& first = *scene.panels[0].target;
  const TargetStands& last = *scene.panels.back().target;
  const auto shown_at = [&](Finding finding) {
    return measured(at(std::move(finding), scene.panels[0].panel, first.box), first.ahead_of_line,
                    0);
  };
  if (sides.past >= sure)
    return shown_at(holds(kStandsPastLine, sides.past,
                          "the front wheels are past the stop line in every panel",
                          "各分图前轮均已越过停止线"));
  if (sides.before >= sure)
    return shown_at(fails(kStandsPastLine, "stopped_before_line", sides.before,
                          "it stays wholly before the stop line", "整车停在停止线前"));
  const double through = std::min(above_zero(-first.ahead_of_line, first.ahead_of_line_sd),
                                  above_zero(last.rear_past_line, last.rear_past_line_sd));
  if (through < sure)
    return shown_at(unknown(kStandsPastLine, "not_sure", "too near the line to tell",
                            "距停止线过近, 无法判断"));
  Finding finding = fails(kStandsPastLine, "vehicle_moves_through", through,
                          "it comes from before the line and drives through", "车辆驶过路口");
  finding.suggested_code = "1625";
  return shown_at(std::move(finding));
}

}  // namespace

const Check kStandsPastLine{"stands_past_line", "The front wheels stand past the stop line", kKnobs,
                            check};

}  // namespace vioreview
