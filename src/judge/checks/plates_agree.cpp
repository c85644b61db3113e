// SPDX-License-Identifier: Apache-2.0
// The plate is the same in every view in which it is surely read.
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability of a string from which a view counts"}};

Finding check(const Evidence& e) {
  const PlateSeen* best = e.target.plate(e.facts);
  if (!best || best->text.empty())
    return unknown(kPlatesAgree, "plate_unsure", "no plate was read", "未读出号牌");
  for (std::size_t i = 0; i < e.target.panels.size(); ++i) {
    const PlateSeen* plate = e.target.plate_in(e.facts, static_cast<int>(i));
    if (!plate || plate->readable < knob(e, kPlatesAgree, "sure") || plate->text == best->text)
      continue;
    Finding finding = fails(
        kPlatesAgree, "plate_differs_between_panels", std::min(plate->readable, best->readable),
        e.facts.panels[i].file + " shows " + plate->text + ", another view " + best->text,
        e.facts.panels[i].file + " 为 " + plate->text + ", 另一分图为 " + best->text);
    finding.panel = static_cast<int>(i);
    finding.box = plate->box;
    return finding;
  }
  return holds(kPlatesAgree, 1, "no view contradicts another", "各分图号牌一致");
}

}  // namespace

const Check kPlatesAgree{"plates_agree", "The plate is the same in every view", kKnobs, check};

}  // namespace vioreview
