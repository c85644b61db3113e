// SPDX-License-Identifier: Apache-2.0
// The target drives itself: it is not carried by a larger vehicle, nor painted on one, whose
// offence its plate would answer for (domain reference 10, case 4).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/likeness.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"within", 0.9, 0.5, 1, "share of its box inside a vehicle's from which that may carry it"},
    {"raised", 0.1, 0.01, 1, "heights of its own by which a carried one ends above the carrier"},
    {"other_plate", 0.5, 0.1, 1,
     "how surely a lower plate on the same vehicle is one, to be another's"},
    {"sure", 0.98, 0.5, 1, "how surely nothing seen round it means that nothing carries it"}};

// What drives before a vehicle ends below it in the picture, and what drives beyond it is hidden.
bool carries(const Evidence& e, const ObjectSeen& vehicle, const ObjectSeen& target) {
  return &vehicle != &target && is_vehicle(vehicle) &&
         share_inside(target.box, vehicle.box) >= knob(e, kNotCarried, "within") &&
         vehicle.box.y1 - target.box.y1 >= knob(e, kNotCarried, "raised") * target.box.height();
}

// A carrier and what it carries may be seen as one vehicle. That one has a second plate then, below
// the target's.
bool has_plate_below(const Evidence& e, const PanelFacts& panel, const PlateSeen& target) {
  return std::any_of(panel.plates.begin(), panel.plates.end(), [&](const PlateSeen& other) {
    return &other != &target && other.object == target.object && other.box.y0 > target.box.y1 &&
           other.score >= knob(e, kNotCarried, "other_plate");
  });
}

Finding check(const Evidence& e) {
  for (const int i : evidence_panels(e.c, e.facts))
    if (const ObjectSeen* target = e.target.object_in(e.facts, i)) {
      const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
      for (const ObjectSeen& vehicle : panel.objects)
        if (carries(e, vehicle, *target))
          return at(unknown(kNotCarried, "plate_of_other_object",
                            "a larger vehicle may carry it, or hides it", "目标可能被其他车辆装载"),
                    i, target->box);
      if (const PlateSeen* plate = e.target.plate_in(e.facts, i);
          plate && has_plate_below(e, panel, *plate))
        return at(unknown(kNotCarried, "plate_of_other_object",
                          "another plate shows below its own: it may be carried",
                          "号牌下方另有号牌，目标可能被其他车辆装载"),
                  i, target->box);
    }
  return holds(kNotCarried, knob(e, kNotCarried, "sure"), "no other vehicle carries it",
               "目标未被其他车辆装载");
}

}  // namespace

const Check kNotCarried{"not_carried", "No other vehicle carries the target", kKnobs, check};

}  // namespace vioreview
