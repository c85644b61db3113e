// SPDX-License-Identifier: Apache-2.0
// Which signal heads rule the target, and what they show.
#pragma once
#include <optional>

#include "judge/scene.h"

namespace vioreview {

// What the head shows that rules a movement in a panel.
struct OwnLamp {
  Seen<LampState> state;
  Box box;
  double contradicted = 0;  // how surely another head that rules the movement shows another state
};

// The state of the target's own signal in a panel: the surest head of the shape that rules `move`
// ('L', 'S', 'R', 'U'; 0: any but right). A head does not move: it counts when half of the panels
// or more show it at its place, and is as sure as where it is seen best; its state is that of the
// panel. One that comes and goes can only contradict. Empty: no such head is seen.
std::optional<OwnLamp> own_lamp(const Evidence& e, const PanelScene& panel, char move);

// How surely the signal that rules `move` is red in every panel, and none that rules it
// contradicts.
double own_red(const Evidence& e, const Scene& scene, char move);

// How surely every head that is seen is red in every panel: then no arrow could make the case
// another one. 0 where none is seen.
double every_head_red(const Evidence& e, const Scene& scene);

// How surely every head that is seen in a panel is lit in another colour than red. 0 where none is
// seen.
double no_head_red(const Evidence& e, const PanelScene& panel);

// Whether any head is seen in the panel, whatever it rules.
bool shows_heads(const Evidence& e, const PanelScene& panel);

}  // namespace vioreview
