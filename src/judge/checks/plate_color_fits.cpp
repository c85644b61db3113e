// SPDX-License-Identifier: Apache-2.0
// The plate's colour is the recorded one and one that the recorded kind (hpzl) and the string's
// form may have.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.97, 0.5, 1, "how often a recorded plate colour or kind is right"},
    {"sure", 0.9, 0.5, 1, "probability of a colour from which it may contradict the record"}};

bool one_of(const std::vector<PlateColor>& colors, PlateColor color) {
  return colors.empty() || std::find(colors.begin(), colors.end(), color) != colors.end();
}

// What speaks against the colour, or an empty string.
std::string contradiction(const Evidence& e, const PlateSeen& plate, PlateColor color) {
  const Record& record = e.c.record;
  if (record.plate_color && *record.plate_color != color)
    return "recorded as " + std::string(name_of(*record.plate_color));
  if (const PlateKind* kind = find_plate_kind(record.plate_kind);
      kind && !one_of(kind->colors, color))
    return "kind " + std::string(kind->code) + " has another colour";
  if (const auto form = plate_form(plate.text); form && !one_of(colors_of(*form), color))
    return "a plate of this form has another colour";
  return "";
}

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate)
    return unknown(kPlateColorFits, "plate_absent", "no plate of the target is seen",
                   "未见目标车辆号牌");
  const PlateColor color = color_of(plate->look.value);
  const std::string against = contradiction(e, *plate, color);
  const double p = plate->look.p;
  const std::string en = "the plate is " + std::string(name_of(color)),
                    zh = "号牌颜色为" + std::string(zh_of(color));
  Finding finding =
      against.empty() ? holds(kPlateColorFits, agreed(p, knob(e, kPlateColorFits, "record")),
                              en + " and fits", zh + ", 相符")
      : p >= knob(e, kPlateColorFits, "sure")
          ? fails(kPlateColorFits, "plate_color_differs", p, en + ", " + against,
                  zh + ", 与号牌种类或记录不符")
          : unknown(kPlateColorFits, "plate_color_differs", en + ", " + against + "; not sure",
                    zh + ", 与记录不符, 但不确定");
  finding.panel = e.target.best_panel;
  finding.box = plate->box;
  return finding;
}

}  // namespace

const Check kPlateColorFits{"plate_color_fits",
                            "The plate's colour fits the record, the plate kind and the string",
                            kKnobs, check};

}  // namespace vioreview
