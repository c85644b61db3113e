// SPDX-License-Identifier: Apache-2.0
// What happens in a case, as far as markings, boxes and heads tell: the road, where the target
// stands on it, how it moves, and the head that rules it. Checks ask this.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "judge/evidence.h"
#include "judge/ground.h"
#include "judge/road_from_marks.h"

namespace vioreview {

struct TargetStands {
  Stand stand;
  Box box;
  bool rear = true;  // its rear is seen: its front axle is the far one
  double facing_p = 0;
  double ahead_of_line = 0;     // front axle past the own stop line, metres; below 0: before it
  double ahead_of_line_sd = 0;  // its doubt
  double nose_past_line = 0;    // its front end likewise; as doubtful
  double rear_past_line = 0, rear_past_line_sd = 0;  // the rear axle likewise
  bool line_known = false;
};

struct PanelScene {
  int panel = -1;  // index into facts.panels
  std::optional<TargetStands> target;
};

// Probabilities of the ways a target can go; they need not add up to 1.
struct Movement {
  double straight = 0, left = 0, right = 0, u_turn = 0;
  double not_right = 0;  // whichever other way
};

struct Scene {
  std::vector<PanelScene> panels;  // the evidence panels, in order
  RoadSeen road;                   // of the markings of all panels, or of the confirmed site
  Size size = size_of(VehicleClass::car);  // of the target, by its looks and its plate
  std::optional<Ground> ground;
  bool confirmed = false;  // the road is that of a confirmed site
  double stop_line_p = 0;  // best probability of an own stop line
  bool complete() const;   // ground known and the target placed in every panel
  // Probability that it drove on by more than `metres` from one panel to another.
  double drove_on(std::size_t from, std::size_t to, double metres) const;
  // Metres from one panel to another (places in `panels`): ahead, and to the right.
  double moved(std::size_t from, std::size_t to) const;
  double sideways(std::size_t from, std::size_t to) const;
  double moved_sd(std::size_t from, std::size_t to) const;
};

// Put together at the first call, then kept with the evidence: most checks of a case ask for it.
const Scene& scene_of(const Evidence& e);

Movement movement_of(const Scene& scene);
// The letter of U L S R whose probability reaches `sure`, 0 when none does.
char sure_movement(const Movement& movement, double sure, double* p = nullptr);

// The arrow letters of the lane the target is in before the line, "" when unknown, and how surely.
Seen<std::string> arrow_of_target(const Scene& scene);

// A vehicle that stands in the target's way in the first panel, within `reach` metres ahead: it is
// at the same place in the next panel. Empty when there is none.
std::optional<Box> standing_ahead(const Evidence& e, const Scene& scene, double reach);

// Says what a probability says: holds from `sure` on, fails with `reason` from its opposite on, and
// between the two it is not sure. `yes` and `no` are sentences in English and Chinese.
struct Said {
  std::string en, zh;
};
Finding weighed(const Check& check, double p, double sure, std::string_view reason, const Said& yes,
                const Said& no);
// Unknown because the scene could not be measured: target cut off, road not seen.
Finding not_placed(const Check& check);

}  // namespace vioreview
