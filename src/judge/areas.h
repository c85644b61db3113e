// SPDX-License-Identifier: Apache-2.0
// The target and people against areas painted on the road.
#pragma once
#include <vector>

#include "judge/scene.h"

namespace vioreview {

// How surely some part of the target between its axles stands in the area in this panel (place in
// Scene::panels), along its way to the vanishing point.
double stands_in(const std::vector<Point>& area, const Scene& scene, std::size_t panel);

// The areas, and what two of them make up where the target itself hides what lies between.
std::vector<std::vector<Point>> joined_behind_target(const std::vector<std::vector<Point>>& areas,
                                                     const Scene& scene);

// Whether an area ends where the target begins to hide the road: it may go on under it.
bool ends_at_target(const std::vector<Point>& area, const Scene& scene);

struct PersonAt {
  std::size_t panel = 0;  // place in Scene::panels
  Box box;
  double on = 0;     // probability that the feet are on the crosswalk
  double aside = 0;  // metres from the target's way, right of it above 0
};
// The people near a crosswalk of the road (within a few metres). `doubtful`: with what may be
// nobody on foot: faint detections, riders, and people seen on or in a vehicle, as on an advert.
std::vector<PersonAt> people_at_crosswalks(const Evidence& e, const Scene& scene,
                                           bool doubtful = false);

// Height in pixels of a person at the far edge of the crosswalk that is nearest to the camera; 0
// without one.
double person_height_at_crosswalk(const Scene& scene);

}  // namespace vioreview
