// SPDX-License-Identifier: Apache-2.0
// The target is no bus, which may use the lane (vendor reason 8).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"},
                           {"record", 0.97, 0.5, 1, "how often a recorded vehicle class is right"}};

bool recorded_as_none(const Evidence& e) {
  const auto& recorded = e.c.record.vehicle_class;
  return recorded && !recorded->looks.empty() &&
         std::find(recorded->looks.begin(), recorded->looks.end(), VehicleClass::bus) ==
             recorded->looks.end();
}

Finding check(const Evidence& e) {
  const auto views = all_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  const auto is_bus = [](VehicleClass look) { return look == VehicleClass::bus; };
  const auto bus = surest(views, is_bus);
  const auto other = surest(views, [&](VehicleClass look) { return !is_bus(look); });
  const double sure = knob(e, kIsNoBus, "sure");
  if (!bus && !other)
    return unknown(kIsNoBus, "not_sure", "the target's class is not seen", "车型不可见");
  const double yes = contradiction(other, bus);
  double no = contradiction(bus, other);
  if (no > 0 && !bus && recorded_as_none(e)) no = agreed(no, knob(e, kIsNoBus, "record"));
  if (yes >= sure) return at(fails(kIsNoBus, "is_bus", yes, "it is a bus", "车辆为公交车"), *bus);
  if (no >= sure) return at(holds(kIsNoBus, no, "it is no bus", "车辆非公交车"), *other);
  return unknown(kIsNoBus, "not_sure", "it may be a bus", "可能为公交车");
}

}  // namespace

const Check kIsNoBus{"is_no_bus", "The target is no bus", kKnobs, check};

}  // namespace vioreview
