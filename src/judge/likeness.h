// SPDX-License-Identifier: Apache-2.0
// How surely two panels show one vehicle.
#pragma once
#include <optional>
#include <vector>

#include "core/facts.h"

namespace vioreview {

// Whether an object counts as a vehicle that could be the target.
bool is_vehicle(const ObjectSeen& object);

// The largest share, 0 to 1, of a place that lies under the box of a vehicle nearer to the camera
// than what stands there; `but` is not asked (may be null).
double covered(const PanelFacts& panel, const Box& place, const ObjectSeen* but);

// Whether light may make one body colour of the other: white and grey, grey and black, and warm
// neighbours pass into one another, so that a difference between them is no proof (proposal).
bool alike(BodyColor a, BodyColor b);
// Whether a vehicle of one class may look like the other from some side (proposal).
bool alike(VehicleClass a, VehicleClass b);

// The plate on a vehicle that is the likeliest to be read right: an index into plates, -1: none.
int plate_on(const PanelFacts& panel, int object);

// Probability that two views show one vehicle, from the cosine of their embeddings and how much the
// shape of the box has changed; empty when one has none.
std::optional<float> same_vehicle(const ObjectSeen& a, const ObjectSeen& b);

// A vehicle in a panel, and when that was taken.
struct Sighting {
  const PanelFacts* panel = nullptr;
  const ObjectSeen* object = nullptr;  // one of the panel's
  std::optional<Time> time{};
};

bool cut_off(const Sighting& vehicle);
// Whether it surely shows this end.
bool surely(const Sighting& vehicle, Facing facing);

// How much likelier it is that a sighting is of the vehicle that others show than of another, from
// looks and plates. A vehicle looks most like itself as it is turned, and its plates tell most
// where they show best: sightings are no independent witnesses, so the strongest counts. Vehicles
// do not reverse: where the times are known, what shows its rear does not come nearer, and what
// shows its front does not go away.
double odds_of_one(const std::vector<Sighting>& known, const Sighting& object);

// The strongest likeness of an object to the target's known sightings; empty when nothing can be
// compared.
std::optional<float> likeness(const ObjectSeen& object, const std::vector<Sighting>& known);

}  // namespace vioreview
