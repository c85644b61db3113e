// SPDX-License-Identifier: Apache-2.0
// The target drives itself: it is not carried by a larger vehicle, nor painted on one, whose
// offence its plate would answer for (domain reference 10, case 4).
#include "judge/checks/checks.h"
#include "judge/likeness.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"within", 0.9, 0.5, 1, "share of its box inside a vehicle's from which that may carry it"},
    {"raised", 0.1, 0.01, 1, "heights of its own by which a carried one ends above the carrier"},
    {"sure", 0.98, 0.5, 1, "how surely nothing seen round it means that nothing carries it"}};

// What drives before a vehicle ends below it in the picture, and what drives beyond it is hidden.
bool carries(const Evidence& e, const ObjectSeen& vehicle, const ObjectSeen& target) {
  return &vehicle != &target && is_vehicle(vehicle) &&
         share_inside(target.box, vehicle.box) >= knob(e, kNotCarried, "within") &&
         vehicle.box.y1 - target.box.y1 >= knob(e, kNotCarried, "raised") * target.box.height();
}

Finding check(const Evidence& e) {
  for (const int i : evidence_panels(e.c, e.facts))
    if (const ObjectSeen* target = e.target.object_in(e.facts, i))
      for (const ObjectSeen& vehicle : e.facts.panels[static_cast<std::size_t>(i)].objects)
        if (carries(e, vehicle, *target))
          return at(unknown(kNotCarried, "plate_of_other_object",
                            "a larger vehicle may carry it, or hides it", "目标可能被其他车辆装载"),
                    i, target->box);
  return holds(kNotCarried, knob(e, kNotCarried, "sure"), "no other vehicle carries it",
               "目标未被其他车辆装载");
}

}  // namespace

const Check kNotCarried{"not_carried", "No other vehicle carries the target", kKnobs, check};

}  // namespace vioreview
