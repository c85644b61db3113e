// SPDX-License-Identifier: Apache-2.0
// Vehicles stand ahead of the target: it stopped in a queue (the offence presupposes one).
#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"reach", 30, 2, 60, "metres ahead within which a standing vehicle is its queue"},
    {"sure", 0.97, 0.5, 1, "how surely a vehicle that stands there is a queue"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (!scene.ground) return not_placed(kQueueAhead);
  const auto ahead = standing_ahead(e, scene, knob(e, kQueueAhead, "reach"));
  return ahead ? at(holds(kQueueAhead, knob(e, kQueueAhead, "sure"), "a vehicle stands ahead",
                          "前方有车辆排队"),
                    scene.panels[0].panel, *ahead)
               : unknown(kQueueAhead, "not_sure", "no queue is seen ahead", "前方未见排队车辆");
}

}  // namespace

const Check kQueueAhead{"queue_ahead", "Vehicles stand in a queue ahead", kKnobs, check};

}  // namespace vioreview
