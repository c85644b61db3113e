// SPDX-License-Identifier: Apache-2.0
// The target looks like the recorded vehicle class. A difference may be a cloned plate: for a
// person, never a reject.
#include "judge/checks/checks.h"
#include "judge/vehicle_views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.97, 0.5, 1, "how often a recorded vehicle class is right"},
    {"sure", 0.85, 0.5, 1, "probability of a class from which it may contradict the record"}};

Finding check(const Evidence& e) {
  const auto seen = best_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  if (!seen)
    return unknown(kVehicleClassFits, "target_not_found", "the target's class is not seen",
                   "未能判断目标车型");
  const std::string en = "looks like a " + std::string(name_of(seen->what.value)),
                    zh = "车型为" + std::string(zh_of(seen->what.value));
  if (!e.c.record.vehicle_class || e.c.record.vehicle_class->looks.empty())
    return at(holds(kVehicleClassFits, 1, en + "; the record says nothing of the look",
                    zh + "; 记录未给出外形"),
              *seen);
  const double p = seen->what.p;
  for (const VehicleClass look : e.c.record.vehicle_class->looks)
    if (look == seen->what.value)
      return at(holds(kVehicleClassFits, agreed(p, knob(e, kVehicleClassFits, "record")),
                      en + ", as recorded", zh + ", 与记录相符"),
                *seen);
  const std::string recorded = e.c.record.vehicle_class->code;
  return at(p >= knob(e, kVehicleClassFits, "sure")
                ? fails(kVehicleClassFits, "vehicle_differs", p, en + ", recorded as " + recorded,
                        zh + ", 记录为 " + recorded)
                : unknown(kVehicleClassFits, "vehicle_differs",
                          en + ", recorded as " + recorded + "; not sure",
                          zh + ", 记录为 " + recorded + ", 不确定"),
            *seen);
}

}  // namespace

const Check kVehicleClassFits{"vehicle_class_fits",
                              "The target looks like the recorded vehicle class", kKnobs, check};

}  // namespace vioreview
