// SPDX-License-Identifier: Apache-2.0
// Which of the seen vehicles is the one the record is about, in each panel.
#pragma once
#include <optional>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "judge/matching.h"

namespace vioreview {

// How a panel's target was found; `none` and `rivals` name no vehicle.
// closeup: the close-up enlarges a part of it.
enum class FoundBy { none, rivals, plate, closeup, likeness, alone };

// Whether something of its own names the vehicle, not only other panels.
inline bool named(FoundBy by) {
  return by == FoundBy::plate || by == FoundBy::closeup;
}

struct TargetInPanel {
  FoundBy by = FoundBy::none;
  int object = -1;     // index into objects, -1: none, or a plate without a vehicle box
  int plate = -1;      // index into plates: the target's plate, -1 when not seen
  float p = 0;         // that this is the target
  InItsPlace other{};  // where it is not found: what drives in its place
};

struct Target {
  std::vector<TargetInPanel> panels;  // as Facts::panels; a close-up's plate counts as the target's
  int best_panel = -1, best_plate = -1;  // the view in which the target's plate is read best
  // nullptr when no plate of the target was seen.
  const PlateSeen* plate(const Facts& facts) const;
  // The target's plate or vehicle in one panel, or nullptr.
  const PlateSeen* plate_in(const Facts& facts, int panel) const;
  const ObjectSeen* object_in(const Facts& facts, int panel) const;
};

// By plate first (nearest to the recorded one; when nothing is near it, to the close-up's) and by
// the place that the close-up enlarges, which must not name two vehicles; then by likeness to the
// vehicle found in other panels, those that were surely found by likeness included, then a vehicle
// that is alone in its panel. Two candidates without proof are rivals: no guess is made.
Target find_target(const Case& c, const Facts& facts);

// Strings this near (edit distance, look-alikes half) are taken for readings of one plate.
inline constexpr double kSamePlate = 2.0;

}  // namespace vioreview
