// SPDX-License-Identifier: Apache-2.0
// In the last panel the rear wheels have passed the stop line (local standard 2014; vendor reason
// 44). One that stands over the line is another offence (1211), never thrown away here.
#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    {"moves", 1, 0.2, 5, "metres between the last panels that show a vehicle still moving"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kLastPanelOverLine, "sure");
  if (scene.panels.size() < 2 || !scene.panels.back().target ||
      !scene.panels.back().target->line_known)
    return not_placed(kLastPanelOverLine);
  const std::size_t last = scene.panels.size() - 1;
  const TargetStands& t = *scene.panels[last].target;
  const auto shown_at = [&](Finding finding) {
    return measured(at(std::move(finding), scene.panels[last].panel, t.box), t.rear_past_line, 0);
  };
  const double before = above_zero(-t.nose_past_line, t.ahead_of_line_sd);
  if (before >= sure && !t.stand.cut)
    return shown_at(fails(kLastPanelOverLine, "target_stays_before_line", before,
                          "it is still wholly before the stop line in the last panel",
                          "最后一张整车仍在停止线前"));
  const double over = above_zero(t.rear_past_line, t.rear_past_line_sd);
  const bool moves = scene.panels[last - 1].target &&
                     scene.drove_on(last - 1, last, knob(e, kLastPanelOverLine, "moves")) >= sure;
  if (over < sure && !moves)
    return shown_at(unknown(kLastPanelOverLine, "stopped_over_line",
                            "the rear wheels are not surely past the line, and it may stand there",
                            "后轮未确定越过停止线, 可能停车"));
  return shown_at(weighed(
      kLastPanelOverLine, over, sure, "last_panel_not_over_line",
      {"the rear wheels are past the stop line in the last panel", "最后一张后轮已越过停止线"},
      {"the rear wheels are not past the stop line in the last panel",
       "最后一张后轮未越过停止线"}));
}

}  // namespace

const Check kLastPanelOverLine{"last_panel_over_line",
                               "The rear wheels are past the stop line in the last panel", kKnobs,
                               check};

}  // namespace vioreview
