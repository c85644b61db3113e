// SPDX-License-Identifier: Apache-2.0
// No standing vehicle right ahead keeps the target where it is (domain reference 4: manual).
#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"reach", 8, 2, 30, "metres ahead within which a standing vehicle blocks"},
    {"sure", 0.97, 0.5, 1, "how surely none seen means none there"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (!scene.ground) return not_placed(kNoQueueAhead);
  const double sure = knob(e, kNoQueueAhead, "sure");
  const auto ahead = standing_ahead(e, scene, knob(e, kNoQueueAhead, "reach"));
  return ahead ? at(fails(kNoQueueAhead, "queue_blocked", sure, "a vehicle stands right ahead",
                          "前方有静止车辆"),
                    scene.panels[0].panel, *ahead)
               : holds(kNoQueueAhead, sure, "nothing stands right ahead", "前方无静止车辆");
}

}  // namespace

const Check kNoQueueAhead{"no_queue_ahead", "No queue ahead keeps the target where it is", kKnobs,
                          check};

}  // namespace vioreview
