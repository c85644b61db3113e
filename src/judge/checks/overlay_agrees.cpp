// SPDX-License-Identifier: Apache-2.0
// The text burned into the pictures says what the record says (domain 5, R105 and R106). A
// contradiction is for a person: whether device or index is wrong cannot be seen.
#include <algorithm>
#include <set>
#include <string>

#include "judge/checks/checks.h"
#include "judge/overlay.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which a reading may contradict the record"},
    {"likely", 0.8, 0, 1,
     "probability below which a reading says nothing: strokes in a scene look like text"},
    {"wanted", 0, 0, 1, "1: pictures without burned-in text are for a person"}};

constexpr float kOnPlate = 0.5F;  // share of a text's box inside a plate's

// The characters of a plate are none that a device burned in.
bool on_a_plate(const PanelFacts& panel, const OverlaySeen& seen) {
  return std::any_of(panel.plates.begin(), panel.plates.end(), [&](const PlateSeen& plate) {
    return share_inside(seen.box, plate.box) > kOnPlate;
  });
}

// The surest contradiction, and what else was seen.
struct Compared {
  const OverlaySeen* against = nullptr;
  int panel = -1, agreeing = 0;
  std::set<OverlayField> fields;
  bool looked = false;
};

Compared compared(const Evidence& e) {
  Compared result;
  const double likely = knob(e, kOverlayAgrees, "likely");
  for (std::size_t i = 0; i < e.facts.panels.size(); ++i) {
    const auto& overlay = e.facts.panels[i].overlay;
    if (!overlay) continue;
    result.looked = true;
    for (const OverlaySeen& seen : *overlay) {
      if (on_a_plate(e.facts.panels[i], seen)) continue;
      const Agreement found = agreement(seen, e.c, static_cast<int>(i), e.catalogue);
      if (seen.field != OverlayField::other) result.fields.insert(seen.field);
      result.agreeing += found == Agreement::equal;
      if (found != Agreement::different || seen.p < likely ||
          (result.against && !(seen.p > result.against->p)))
        continue;
      result.against = &seen;
      result.panel = static_cast<int>(i);
    }
  }
  return result;
}

Finding contradicted(const Evidence& e, const Compared& found) {
  const OverlaySeen& seen = *found.against;
  const std::string en = std::string(name_of(seen.field)) + " is burned in as " + seen.text,
                    zh = "叠加" + std::string(zh_of(seen.field)) + "为" + seen.text;
  const double sure = knob(e, kOverlayAgrees, "sure");
  Finding finding = seen.p >= sure ? fails(kOverlayAgrees, "overlay_differs", seen.p,
                                           en + ", the record says otherwise", zh + ", 与记录不符")
                                   : unknown(kOverlayAgrees, "overlay_differs",
                                             en + ", unlike the record, but is not surely read",
                                             zh + ", 与记录不符但识别不确定");
  return measured(at(std::move(finding), found.panel, seen.box), seen.p, sure);
}

Finding check(const Evidence& e) {
  const Compared found = compared(e);
  // What burns in one field burns in others. A lone one that is not surely read is the scenery's.
  const bool sure = found.against && found.against->p >= knob(e, kOverlayAgrees, "sure");
  if (found.against && (sure || found.fields.size() > 1)) return contradicted(e, found);
  if (!found.looked)
    return unknown(kOverlayAgrees, "check_missing", "burned-in text was not looked for",
                   "未识别叠加信息");
  if (found.fields.empty() && knob(e, kOverlayAgrees, "wanted") >= 0.5)
    return fails(kOverlayAgrees, "overlay_missing", 1, "no burned-in text is seen", "未见叠加信息");
  return measured(
      holds(kOverlayAgrees, 1, "nothing burned in contradicts the record", "叠加信息与记录无矛盾"),
      found.agreeing, 0);
}

}  // namespace

const Check kOverlayAgrees{"overlay_agrees", "The burned-in text does not contradict the record",
                           kKnobs, check};

}  // namespace vioreview
