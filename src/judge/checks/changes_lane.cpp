// SPDX-License-Identifier: Apache-2.0
// The target changes its lane from one panel to another (1043; domain reference 3). Whether that is
// in another's way no still picture shows: the violation is left to people.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::vector<LineStory> stories = line_stories(scene);
  if (stories.empty() || !scene.complete()) return not_placed(kChangesLane);
  const double sure = knob(e, kChangesLane, "sure"), crossed = line_crossed(stories);
  const double stays = stays_in_lane(scene, stories);
  const auto shown_at = [&](Finding finding) {
    return at(std::move(finding), scene.panels[0].panel, scene.panels[0].target->box);
  };
  if (crossed >= sure)
    return shown_at(holds(kChangesLane, crossed, "it changes its lane", "车辆变更车道"));
  if (stays >= sure)
    return shown_at(
        fails(kChangesLane, "in_own_lane", stays, "it stays in its lane", "车辆未变更车道"));
  return shown_at(unknown(kChangesLane, "not_sure", "whether it changes its lane is not sure",
                          "是否变更车道不确定"));
}

}  // namespace

const Check kChangesLane{"changes_lane", "The target changes its lane", kKnobs, check};

}  // namespace vioreview
