// SPDX-License-Identifier: Apache-2.0
// Wheels are on or over the line in two panels, or the vehicle crosses from one side to the other
// (domain reference 4; vendor reasons 45 and 46). A single wheel on it is for a person.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::vector<LineStory> stories = line_stories(scene);
  const LineStory* line = telling_line(stories);
  if (!line || !scene.complete()) return not_placed(kWheelsOnLine);
  const double sure = knob(e, kWheelsOnLine, "sure");
  const auto shown_at = [&](Finding finding) {
    return measured(at(std::move(finding), scene.panels[0].panel, scene.panels[0].target->box),
                    line->nearest, 0);
  };
  const double broken = std::min<double>(line->broken(), line->line_p);
  if (broken >= sure)
    return shown_at(line->crossed >= line->ridden
                        ? holds(kWheelsOnLine, broken, "it crosses the line", "车辆越过标线")
                        : holds(kWheelsOnLine, broken, "it rides on the line", "车辆骑压标线"));
  const double clear = stays_in_lane(scene, stories);
  if (clear >= sure)
    return shown_at(
        fails(kWheelsOnLine, "not_on_line", clear,
              "the nearest tyre stays about " + shown(line->nearest) + " m beside the line",
              "最近的轮胎距标线约 " + shown(line->nearest) + " 米"));
  return shown_at(line->nearest < 0 && line->nearest > -0.4
                      ? unknown(kWheelsOnLine, "one_side_only",
                                "only the wheels of one side may be on the line", "可能仅单侧压线")
                      : unknown(kWheelsOnLine, "not_sure", "too near to tell", "无法判断是否压线"));
}

}  // namespace

const Check kWheelsOnLine{"wheels_on_line", "The wheels ride on the line or the vehicle crosses it",
                          kKnobs, check};

}  // namespace vioreview
