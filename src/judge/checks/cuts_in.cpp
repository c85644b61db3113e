// SPDX-License-Identifier: Apache-2.0
// The target passes a queue: it changes its lane, or drives against traffic beside the queue (1243,
// 1023, 1024; domain reference 4). That drivers let it in, or that lanes merge there in turn, no
// still picture shows: the violations are left to people.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/lane_position.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

// How surely it drives in the lanes of those who come, away from the camera.
double borrows(const Evidence& e, const Scene& scene) {
  const auto travel = travel_where_target_is(e, scene);
  if (!travel || travel->value != Travel::towards || !scene.complete()) return 0;
  const std::size_t last = scene.panels.size() - 1;
  return std::min<double>(travel->p, above_zero(scene.moved(0, last), scene.moved_sd(0, last)));
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::vector<LineStory> stories = line_stories(scene);
  if (stories.empty() || !scene.complete()) return not_placed(kCutsIn);
  const double sure = knob(e, kCutsIn, "sure");
  const double crossed = line_crossed(stories), against = borrows(e, scene);
  const double stays = stays_in_lane(scene, stories);
  const auto shown_at = [&](Finding finding) {
    return at(std::move(finding), scene.panels[0].panel, scene.panels[0].target->box);
  };
  if (crossed >= sure)
    return shown_at(holds(kCutsIn, crossed, "it changes its lane", "车辆变更车道"));
  if (against >= sure)
    return shown_at(
        holds(kCutsIn, against, "it drives in the lanes of those who come", "车辆占用对向车道"));
  if (std::min(stays, 1 - against) >= sure)
    return shown_at(fails(kCutsIn, "in_own_lane", stays, "it stays in its lane", "车辆未变更车道"));
  return shown_at(unknown(kCutsIn, "not_sure", "whether it leaves its lane is not sure",
                          "是否驶离原车道不确定"));
}

}  // namespace

const Check kCutsIn{"cuts_in", "The target changes its lane or borrows an opposite one", kKnobs,
                    check};

}  // namespace vioreview
