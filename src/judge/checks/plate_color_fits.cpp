// SPDX-License-Identifier: Apache-2.0
// The plate's colour is the recorded one and one that the recorded kind (hpzl) and the string's
// form may have (domain reference 7.6).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.97, 0.5, 1, "how often a recorded plate colour or kind is right"},
    {"sure", 0.9, 0.5, 1, "probability of a colour from which it surely contradicts the record"},
    {"likely", 0.5, 0, 1, "probability of a colour from which it may contradict the record"}};

bool one_of(const std::vector<PlateColor>& colors, PlateColor color) {
  return colors.empty() || std::find(colors.begin(), colors.end(), color) != colors.end();
}

struct Words {
  std::string en, zh;
};

// What speaks against the colour, or nothing. 绿 in a record covers both new-energy colours.
std::optional<Words> contradiction(const Evidence& e, const PlateSeen& plate, PlateColor color) {
  const Record& record = e.c.record;
  const bool both_green =
      record.plate_color == PlateColor::green && color == PlateColor::yellow_green;
  if (record.plate_color && *record.plate_color != color && !both_green)
    return Words{"recorded as " + std::string(name_of(*record.plate_color)),
                 "记录为" + std::string(zh_of(*record.plate_color))};
  if (const PlateKind* kind = find_plate_kind(record.plate_kind);
      kind && !one_of(kind->colors, color))
    return Words{"plate kind " + std::string(kind->code) + " has another colour",
                 "与号牌种类" + std::string(kind->zh) + "不符"};
  if (const auto form = plate_form(plate.text); form && !one_of(colors_of(*form), color))
    return Words{"a plate of this form has another colour", "与号牌格式不符"};
  return std::nullopt;
}

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate)
    return unknown(kPlateColorFits, no_plate_reason(e), "no plate of the target is seen",
                   "未见目标车辆号牌");
  const auto said = [&](Finding finding) {
    return at(std::move(finding), e.target.best_panel, plate->box);
  };
  const PlateColor color = color_of(plate->look.value);
  const double p = plate->look.p;
  const std::string en = "the plate is " + std::string(name_of(color)),
                    zh = "号牌颜色为" + std::string(zh_of(color));
  const auto against = contradiction(e, *plate, color);
  if (!against)
    return said(holds(kPlateColorFits, agreed(p, knob(e, kPlateColorFits, "record")),
                      en + " and fits", zh + ", 相符"));
  const std::string but_en = en + ", " + against->en, but_zh = zh + ", " + against->zh;
  if (p >= knob(e, kPlateColorFits, "sure"))
    return said(fails(kPlateColorFits, "plate_color_differs", p, but_en, but_zh));
  const bool likely = p >= knob(e, kPlateColorFits, "likely");
  return said(unknown(kPlateColorFits, likely ? "plate_color_differs" : "not_sure",
                      but_en + "; not sure", but_zh + ", 不确定"));
}

}  // namespace

const Check kPlateColorFits{"plate_color_fits",
                            "The plate's colour fits the record, the plate kind and the string",
                            kKnobs, check};

}  // namespace vioreview
