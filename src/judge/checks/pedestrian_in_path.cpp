// SPDX-License-Identifier: Apache-2.0
// A pedestrian on the crosswalk is in the target's way or walks towards it. One who stands still,
// waves it on or is already past is for a person (domain reference 4).
#include <algorithm>
#include <cmath>

#include "judge/areas.h"
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"wide", 5.5, 1, 12, "metres beside the target's way within which a pedestrian is in it"},
    {"walks", 0.25, 0, 2, "metres between two panels that show a pedestrian walking"},
    {"sure", 0.97, 0.5, 1, "how surely one who walks there is in the way"}};

// Another view of someone at the same side who is farther along: empty when there is none.
bool walks(const std::vector<PersonAt>& people, const PersonAt& person, double least) {
  return std::any_of(people.begin(), people.end(), [&](const PersonAt& other) {
    const double step = std::abs(other.aside - person.aside);
    return other.panel != person.panel && step >= least && step < 4;
  });
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::vector<PersonAt> people = people_at_crosswalks(e, scene);
  for (const PersonAt& person : people)
    if (person.on >= 0.9 && std::abs(person.aside) <= knob(e, kPedestrianInPath, "wide") &&
        walks(people, person, knob(e, kPedestrianInPath, "walks")))
      return at(holds(kPedestrianInPath, knob(e, kPedestrianInPath, "sure"),
                      "a pedestrian walks " + shown(std::abs(person.aside)) + " m beside its way",
                      "行人距其行驶路线 " + shown(std::abs(person.aside)) + " 米"),
                scene.panels[person.panel].panel, person.box);
  return unknown(kPedestrianInPath, "person_unsure",
                 "whether a pedestrian walks into its way is not seen",
                 "行人是否在行驶路线上不确定");
}

}  // namespace

const Check kPedestrianInPath{
    "pedestrian_in_path", "A pedestrian on the crosswalk is in the target's way", kKnobs, check};

}  // namespace vioreview
