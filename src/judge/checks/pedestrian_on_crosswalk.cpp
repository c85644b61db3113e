// SPDX-License-Identifier: Apache-2.0
// A pedestrian is on the crosswalk, not beside it or on the kerb (vendor reasons 16 and 47).
#include <algorithm>

#include "judge/areas.h"
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    {"nobody", 0.97, 0.5, 1, "how surely nobody seen in two panels or more means nobody there"},
    {"missed", 0.9, 0.5, 1, "the same where people are small, or one panel shows the crosswalk"},
    {"tall", 60, 10, 1000, "height of a person, in pixels, from which nets hardly miss one"},
    {"beside", 0.95, 0.5, 1, "how surely someone seen beside it at most is nobody on it"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (!scene.ground || scene.road.road.crosswalks.empty())
    return unknown(kPedestrianOnCrosswalk, "person_unsure", "no crosswalk is seen", "未见人行横道");
  const double sure = knob(e, kPedestrianOnCrosswalk, "sure");
  const std::vector<PersonAt> people = people_at_crosswalks(e, scene);
  if (people.empty()) {
    if (!people_at_crosswalks(e, scene, true).empty())
      return unknown(kPedestrianOnCrosswalk, "person_unsure",
                     "what stands at the crosswalk may be a person", "人行横道附近疑似有行人");
    const auto panels = std::count_if(scene.panels.begin(), scene.panels.end(),
                                      [](const PanelScene& p) { return p.target.has_value(); });
    const bool hardly_missed =
        panels > 1 && person_height_at_crosswalk(scene) >= knob(e, kPedestrianOnCrosswalk, "tall");
    return fails(kPedestrianOnCrosswalk, "no_pedestrian",
                 knob(e, kPedestrianOnCrosswalk, hardly_missed ? "nobody" : "missed"),
                 "nobody is at the crosswalk", "人行横道附近无行人");
  }
  const PersonAt& best =
      *std::max_element(people.begin(), people.end(),
                        [](const PersonAt& a, const PersonAt& b) { return a.on < b.on; });
  // The people nets find are not all: below the default limit for rejecting.
  const double on = std::max(best.on, 1 - knob(e, kPedestrianOnCrosswalk, "beside"));
  return at(weighed(kPedestrianOnCrosswalk, on, sure, "pedestrian_not_on_crosswalk",
                    {"a pedestrian is on the crosswalk", "人行横道上有行人"},
                    {"a person stands beside the crosswalk", "行人不在人行横道上"}),
            scene.panels[best.panel].panel, best.box);
}

}  // namespace

const Check kPedestrianOnCrosswalk{"pedestrian_on_crosswalk", "A pedestrian is on the crosswalk",
                                   kKnobs, check};

}  // namespace vioreview
