// SPDX-License-Identifier: Apache-2.0
// The target drives on between the last panels (GA/T 832-2014 3.5 a; local standard 2014: one that
// crosses and does not go on is no red-light case).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    {"moves", 1, 0.2, 5, "metres between the last panels that show a vehicle moving on"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::size_t last = scene.panels.size() - 1;
  if (scene.panels.size() < 2 || !scene.panels[last].target || !scene.panels[last - 1].target)
    return not_placed(kMovedOnThrough);
  const double sure = knob(e, kMovedOnThrough, "sure");
  const double p = scene.drove_on(last - 1, last, knob(e, kMovedOnThrough, "moves"));
  const TargetStands& t = *scene.panels[last].target;
  const auto shown_at = [&](Finding finding) {
    return measured(at(std::move(finding), scene.panels[last].panel, t.box),
                    scene.moved(last - 1, last), knob(e, kMovedOnThrough, "moves"));
  };
  if (p >= sure) return shown_at(holds(kMovedOnThrough, p, "it drives on", "车辆继续行驶"));
  const double before =
      t.line_known && !t.stand.cut ? above_zero(-t.nose_past_line, t.ahead_of_line_sd) : 0;
  if (before >= sure)
    return shown_at(fails(kMovedOnThrough, "target_stays_before_line", std::min(before, 1 - p),
                          "it stays before the stop line", "车辆停留在停止线前"));
  return shown_at(unknown(kMovedOnThrough, "stopped_over_line", "whether it drives on is not seen",
                          "未见车辆继续行驶"));
}

}  // namespace

const Check kMovedOnThrough{"moved_on_through", "The target drives on between the last panels",
                            kKnobs, check};

}  // namespace vioreview
