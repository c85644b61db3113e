// SPDX-License-Identifier: Apache-2.0
// The target looks like the recorded vehicle class. A difference may be a cloned plate: for a
// person, never a reject.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.97, 0.5, 1, "how often a recorded vehicle class is right"},
    {"sure", 0.85, 0.5, 1, "probability of a class from which it surely contradicts the record"},
    {"likely", 0.5, 0, 1, "probability of a class from which it may contradict the record"}};

Finding check(const Evidence& e) {
  const auto& recorded = e.c.record.vehicle_class;
  if (!recorded || recorded->looks.empty())
    return holds(kVehicleClassFits, 1, "the record says nothing of the look", "记录未给出车型外观");
  const auto seen = best_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  if (!seen)
    return unknown(kVehicleClassFits, "not_sure", "the target's class is not seen",
                   "未能判断目标车型");
  const double p = seen->what.p;
  const std::string en = "looks like a " + std::string(name_of(seen->what.value)),
                    zh = "车型为" + std::string(zh_of(seen->what.value));
  const auto& looks = recorded->looks;
  if (std::find(looks.begin(), looks.end(), seen->what.value) != looks.end())
    return at(holds(kVehicleClassFits, agreed(p, knob(e, kVehicleClassFits, "record")),
                    en + ", as recorded", zh + ", 与记录相符"),
              *seen);
  const std::string but_en = en + ", recorded as " + recorded->code,
                    but_zh = zh + ", 记录为 " + recorded->code;
  if (p >= knob(e, kVehicleClassFits, "sure"))
    return at(fails(kVehicleClassFits, "vehicle_differs", p, but_en, but_zh), *seen);
  const bool likely = p >= knob(e, kVehicleClassFits, "likely");
  return at(unknown(kVehicleClassFits, likely ? "vehicle_differs" : "not_sure",
                    but_en + "; not sure", but_zh + ", 不确定"),
            *seen);
}

}  // namespace

const Check kVehicleClassFits{"vehicle_class_fits",
                              "The target looks like the recorded vehicle class", kKnobs, check};

}  // namespace vioreview
