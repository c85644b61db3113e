// SPDX-License-Identifier: Apache-2.0
// Which of the seen vehicles is the one the record is about, in each panel.
#pragma once
#include <vector>

#include "core/case.h"
#include "core/facts.h"

namespace vioreview {

// How a panel's target was found; `none` and `rivals` name no vehicle.
enum class FoundBy { none, rivals, plate, likeness, alone };

struct TargetInPanel {
  FoundBy by = FoundBy::none;
  int object = -1;  // index into objects, -1: none, or a plate without a vehicle box
  int plate = -1;   // index into plates: the target's plate, -1 when not seen
  float p = 0;      // that this is the target
};

struct Target {
  std::vector<TargetInPanel> panels;  // as Facts::panels; a close-up's plate counts as the target's
  int best_panel = -1, best_plate = -1;  // the view with the best readable plate of the target
  // nullptr when no plate of the target was seen.
  const PlateSeen* plate(const Facts& facts) const;
  // The plate of the target in one panel, or nullptr.
  const PlateSeen* plate_in(const Facts& facts, int panel) const;
  const ObjectSeen* object_in(const Facts& facts, int panel) const;
};

// By plate first (against the record, then against the best-read plate), then by the likeness of
// embeddings, then a vehicle that is alone in its panel. Two candidates without proof are rivals:
// no guess is made.
Target find_target(const Case& c, const Facts& facts);

// Cosine of two embeddings of unit length; 0 when one is missing.
float likeness(const ObjectSeen& a, const ObjectSeen& b);

}  // namespace vioreview
