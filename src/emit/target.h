// SPDX-License-Identifier: Apache-2.0
// What was seen of the target, looked up by the indices of a verdict.
#pragma once
#include <cstddef>
#include <vector>

#include "core/facts.h"
#include "core/verdict.h"

namespace vioreview {

// The element with this index, or nullptr when there is none.
template <class T>
const T* element(const std::vector<T>& all, int index) {
  return index >= 0 && static_cast<std::size_t>(index) < all.size()
             ? &all[static_cast<std::size_t>(index)]
             : nullptr;
}

// The target's plate where it was best read, or nullptr.
inline const PlateSeen* target_plate(const Facts& facts, const TargetSeen& target) {
  const PanelFacts* panel = element(facts.panels, target.panel);
  return panel ? element(panel->plates, target.plate) : nullptr;
}

struct TargetObject {
  int panel = -1;
  const ObjectSeen* object = nullptr;
};

// The target in the panel of its plate, else in the first panel where it was found.
inline TargetObject target_object(const Facts& facts, const TargetSeen& target) {
  const auto in_panel = [&](int panel) -> const ObjectSeen* {
    const PanelFacts* seen = element(facts.panels, panel);
    const int* index = element(target.objects, panel);
    return seen && index ? element(seen->objects, *index) : nullptr;
  };
  if (const ObjectSeen* object = in_panel(target.panel)) return {target.panel, object};
  for (int panel = 0; panel < static_cast<int>(target.objects.size()); ++panel)
    if (const ObjectSeen* object = in_panel(panel)) return {panel, object};
  return {};
}

// Where the target stands in a panel: the middle of its lower edge, in shares of the panel's width
// and height.
struct WayPoint {
  int panel = -1;
  Point at;
};

// Its way over the panels of one camera, in their order; close-ups show none of it.
inline std::vector<WayPoint> way_of_target(const Facts& facts, const TargetSeen& target) {
  std::vector<WayPoint> way;
  for (int panel = 0; panel < static_cast<int>(facts.panels.size()); ++panel) {
    const PanelFacts& seen = facts.panels[static_cast<std::size_t>(panel)];
    const int* index = element(target.objects, panel);
    const ObjectSeen* object = index ? element(seen.objects, *index) : nullptr;
    if (!object || seen.role == Role::closeup || seen.width <= 0 || seen.height <= 0) continue;
    way.push_back({panel,
                   {object->box.centre().x / static_cast<float>(seen.width),
                    object->box.y1 / static_cast<float>(seen.height)}});
  }
  return way;
}

// Whether the whole string is rather right than wrong.
inline bool is_readable(const PlateSeen& plate) {
  return !plate.text.empty() && plate.readable >= 0.5F;
}

}  // namespace vioreview
