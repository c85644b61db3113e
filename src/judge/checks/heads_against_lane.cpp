// SPDX-License-Identifier: Apache-2.0
// The target drives against the direction of the lane it is in: by the way it moves, confirmed by
// front or rear. One that reverses is not told (domain reference 4).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/lane_position.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kHeadsAgainstLane, "sure");
  const auto lane = travel_where_target_is(e, scene);
  const std::size_t last = scene.panels.size() - 1;
  if (!lane || scene.panels.size() < 2 || !scene.panels[last].target)
    return unknown(kHeadsAgainstLane, "heading_unsure", "which way traffic goes there is not known",
                   "该处通行方向未知");
  const TargetStands& t = *scene.panels[0].target;
  const double away = above_zero(scene.moved(0, last), scene.moved_sd(0, last));
  const Travel goes = away > 0.5 ? Travel::away : Travel::towards;
  const double p = std::min({std::max(away, 1 - away), t.facing_p, static_cast<double>(lane->p)});
  if (p < sure || t.rear != (goes == Travel::away))
    return measured(at(unknown(kHeadsAgainstLane, "heading_unsure",
                               "which way it heads is not sure", "行驶方向不确定"),
                       scene.panels[0].panel, t.box),
                    p, sure);
  return at(goes == lane->value
                ? fails(kHeadsAgainstLane, "drives_on_own_side", p,
                        "it drives the way its lane goes", "车辆顺行")
                : holds(kHeadsAgainstLane, p, "it drives against its lane", "车辆逆行"),
            scene.panels[0].panel, t.box);
}

}  // namespace

const Check kHeadsAgainstLane{"heads_against_lane",
                              "The target drives against the direction of its lane", kKnobs, check};

}  // namespace vioreview
