// SPDX-License-Identifier: Apache-2.0
// Which vehicle of a panel looks like the target that other panels show.
#pragma once
#include <optional>
#include <vector>

#include "core/facts.h"

namespace vioreview {

// Whether an object counts as a vehicle that could be the target.
bool is_vehicle(const ObjectSeen& object);

// The plate on a vehicle that is the likeliest to be read right: an index into plates, -1: none.
int plate_on(const PanelFacts& panel, int object);

// Probability that two views show one vehicle, from the cosine of their embeddings and how much the
// shape of the box has changed; empty when one has none.
std::optional<float> same_vehicle(const ObjectSeen& a, const ObjectSeen& b);

// A panel in which the target is known, and when it was taken.
struct KnownView {
  const PanelFacts* panel = nullptr;
  const ObjectSeen* target = nullptr;
  std::optional<Time> time{};
};

// The strongest likeness of an object to the target's known views; empty when nothing can be
// compared.
std::optional<float> likeness(const ObjectSeen& object, const std::vector<KnownView>& known);

// The vehicle of a panel that is the target by its looks, and how surely: against all other
// vehicles there, each of which may as well be a neighbour of the target in a known panel (unless
// that one is found elsewhere: it stands where it stood, or shows its plate), and against the
// target not being in the panel. Vehicles do not reverse: where the times are known, what shows its
// rear does not come nearer, and what shows its front does not go away. `rivals`: two are too near
// to each other.
struct Likest {
  int object = -1;  // index into objects, -1: none
  float p = 0;
  bool rivals = false;
};
Likest likest(const PanelFacts& panel, std::optional<Time> time,
              const std::vector<KnownView>& known);

// How often a device photographs what it reports (a proposal).
inline constexpr double kShown = 0.95;

}  // namespace vioreview
