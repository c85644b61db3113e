// SPDX-License-Identifier: Apache-2.0
// The target does not swerve round something that stands in its way: an accident, a breakdown, a
// vehicle parked where it must not (domain reference 5.4).
#include <cmath>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"swerve", 0.8, 0.2, 3, "metres sideways that count as going round something"},
    {"reach", 25, 5, 80, "metres ahead within which a thing is in the way"},
    {"sure", 0.98, 0.5, 1, "how surely nothing seen means nothing there"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (!scene.ground || scene.panels.empty() || !scene.panels[0].target ||
      !scene.panels.back().target)
    return not_placed(kNoObstacleAhead);
  const double sure = knob(e, kNoObstacleAhead, "sure");
  const double aside = scene.sideways(0, scene.panels.size() - 1);
  if (std::abs(aside) < knob(e, kNoObstacleAhead, "swerve"))
    return measured(holds(kNoObstacleAhead, sure, "it goes round nothing", "车辆未避让"), aside,
                    knob(e, kNoObstacleAhead, "swerve"));
  const auto standing = standing_ahead(e, scene, knob(e, kNoObstacleAhead, "reach"));
  return standing ? at(unknown(kNoObstacleAhead, "avoiding_obstacle",
                               "something stands in its way, and it goes to the side",
                               "前方有静止车辆, 可能避让"),
                       scene.panels[0].panel, *standing)
                  : holds(kNoObstacleAhead, sure, "nothing stands in its way", "前方无障碍");
}

}  // namespace

const Check kNoObstacleAhead{"no_obstacle_ahead", "The target does not go round an obstacle",
                             kKnobs, check};

}  // namespace vioreview
