// SPDX-License-Identifier: Apache-2.0
#include "judge/views.h"

#include <algorithm>

#include "judge/likeness.h"

namespace vioreview {

std::vector<PlateView> plate_views(const Evidence& e) {
  std::vector<PlateView> views;
  for (int i = 0; i < static_cast<int>(e.target.panels.size()); ++i)
    if (const PlateSeen* plate = e.target.plate_in(e.facts, i)) views.push_back({i, plate});
  return views;
}

std::optional<PlateColor> plate_color_of(const Evidence& e) {
  constexpr float kSure = 0.9F;
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate || plate->look.p < kSure) return e.c.record.plate_color;
  return color_of(plate->look.value);
}

std::string_view no_plate_reason(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  const bool found = !panels.empty() && std::all_of(panels.begin(), panels.end(), [&](int i) {
    return e.target.object_in(e.facts, i) != nullptr;
  });
  return found ? "plate_absent" : "plate_unsure";
}

std::optional<float> likeness_to_target(const Evidence& e, const ObjectSeen& object) {
  std::optional<float> most;
  for (int i = 0; i < static_cast<int>(e.target.panels.size()); ++i)
    if (const ObjectSeen* target = e.target.object_in(e.facts, i); target && target != &object)
      if (const auto p = same_vehicle(*target, object)) most = std::max(most.value_or(0), *p);
  return most;
}

}  // namespace vioreview
