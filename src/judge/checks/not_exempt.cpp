// SPDX-License-Identifier: Apache-2.0
// The target is no vehicle that may be exempt (程序规定, domain reference 5.3). Fire engine and
// ambulance, surely seen, reject; police and rescue may be on an urgent task, which a still picture
// cannot show: for a person.
#include "judge/checks/checks.h"
#include "judge/plates.h"
#include "judge/vehicle_views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which a special vehicle is surely seen"},
    {"ordinary", 0.8, 0.5, 1, "probability from which a vehicle is surely no special one"}};

bool police_plate(const Evidence& e) {
  const auto is = [](const std::string& text) { return plate_form(text) == PlateForm::police; };
  const PlateSeen* plate = e.target.plate(e.facts);
  return is(e.c.record.plate) || (plate && plate->readable > 0.3F && is(plate->text));
}

bool special_by_record(const Evidence& e) {
  if (!e.c.record.vehicle_class) return false;
  const std::string& code = e.c.record.vehicle_class->code;
  for (const char* word : {"police_car", "警车", "ambulance", "救护车", "fire_engine", "消防车"})
    if (code == word) return true;
  return false;
}

Finding check(const Evidence& e) {
  if (police_plate(e)) return fails(kNotExempt, "exempt_possible", 1, "a police plate", "警用号牌");
  if (e.c.record.plate_kind == "23")
    return fails(kNotExempt, "exempt_possible", 1, "recorded as a police vehicle",
                 "记录为警用汽车");
  const auto seen = best_seen(e, [](const ObjectSeen& o) { return o.special; });
  if (!seen)
    return unknown(kNotExempt, "exempt_possible",
                   "whether the target is a special vehicle is not seen", "未能判断是否特种车辆");
  const double p = seen->what.p;
  const std::string name(name_of(seen->what.value));
  if (seen->what.value == Special::none) {
    if (special_by_record(e))
      return at(fails(kNotExempt, "exempt_possible", 1, "recorded as a special vehicle",
                      "记录为特种车辆"),
                *seen);
    return at(
        p >= knob(e, kNotExempt, "ordinary")
            ? holds(kNotExempt, p, "no special vehicle", "非特种车辆")
            : unknown(kNotExempt, "exempt_possible", "may be a special vehicle", "可能为特种车辆"),
        *seen);
  }
  const bool duty_shows =
      seen->what.value == Special::ambulance || seen->what.value == Special::fire;
  if (duty_shows && p >= knob(e, kNotExempt, "sure"))
    return at(fails(kNotExempt, "exempt_vehicle", p, "the target is a special vehicle: " + name,
                    "目标为特种车辆"),
              *seen);
  return at(fails(kNotExempt, "exempt_possible", p, "the target may be a special vehicle: " + name,
                  "目标可能为特种车辆"),
            *seen);
}

}  // namespace

const Check kNotExempt{"not_exempt",
                       "The target is no fire engine, ambulance, police or rescue vehicle", kKnobs,
                       check};

}  // namespace vioreview
