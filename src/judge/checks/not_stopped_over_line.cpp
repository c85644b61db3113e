// SPDX-License-Identifier: Apache-2.0
// It did not stop over the line, its nose past it: that is 1211, not 1625 (DESIGN: manual, with the
// code suggested).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    {"moves", 1, 0.2, 5, "metres between the last panels that show a vehicle moving on"},
    {"still", 0.6, 0.1, 2, "metres between the last panels within which a vehicle stands"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::size_t last = scene.panels.size() - 1;
  if (scene.panels.size() < 2 || !scene.panels[last].target || !scene.panels[last - 1].target)
    return not_placed(kNotStoppedOverLine);
  const double sure = knob(e, kNotStoppedOverLine, "sure");
  const TargetStands& t = *scene.panels[last].target;
  const auto shown_at = [&](Finding finding) {
    return at(std::move(finding), scene.panels[last].panel, t.box);
  };
  const double moves = scene.drove_on(last - 1, last, knob(e, kNotStoppedOverLine, "moves"));
  if (moves >= sure)
    return shown_at(holds(kNotStoppedOverLine, moves, "it does not stop", "车辆未停车"));
  const double over = t.line_known ? above_zero(t.nose_past_line, t.ahead_of_line_sd) : 0;
  if (t.line_known && !t.stand.cut && 1 - over >= sure)
    return shown_at(
        holds(kNotStoppedOverLine, 1 - over, "it stands before the line", "车辆停在停止线前"));
  const double still = 1 - scene.drove_on(last - 1, last, knob(e, kNotStoppedOverLine, "still"));
  // Stopped on green it is no 1211 either.
  const bool green = kSignalRedInAllPanels.judge(e).status == Status::fails;
  if (over < 0.5 || still < 0.5 || green)
    return shown_at(unknown(kNotStoppedOverLine, "stopped_over_line",
                            "whether it stopped past the line is not sure", "是否越线停车不确定"));
  Finding finding = fails(kNotStoppedOverLine, "stopped_over_line", std::min(over, still),
                          "it stands over the stop line and does not drive on",
                          "车身越过停止线后停车, 未继续行驶");
  finding.suggested_code = "1211";
  return shown_at(std::move(finding));
}

}  // namespace

const Check kNotStoppedOverLine{"not_stopped_over_line",
                                "The target did not stop past the stop line", kKnobs, check};

}  // namespace vioreview
