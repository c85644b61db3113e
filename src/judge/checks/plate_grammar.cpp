// SPDX-License-Identifier: Apache-2.0
// The string read is one that a plate can carry (GA 36; domain reference 7.6). Kinds without a
// known form - motorcycles, temporary paper, army, armed police - are for a person.
#include "judge/checks/checks.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.5, 0, 1, "probability of the string from which its form may be called unknown"}};

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate || plate->text.empty())
    return unknown(kPlateGrammar, "plate_unsure", "no plate was read", "未读出号牌");
  const auto said = [&](Finding finding) {
    return at(std::move(finding), e.target.best_panel, plate->box);
  };
  if (const PlateKind* kind = find_plate_kind(e.c.record.plate_kind);
      kind && kind->colors.empty()) {
    const std::string code(kind->code), zh(kind->zh);
    return said(unknown(kPlateGrammar, "plate_grammar_unknown",
                        "the forms of plate kind " + code + " (" + zh + ") are not known",
                        "号牌种类 " + code + " (" + zh + ") 格式未知"));
  }
  if (plate_form(plate->text))
    return said(holds(kPlateGrammar, 1, plate->text + " has the form of a plate",
                      plate->text + " 符合号牌格式"));
  if (plate->readable < knob(e, kPlateGrammar, "sure"))
    return said(unknown(kPlateGrammar, "plate_unsure",
                        plate->text + " fits no form, but is not surely read",
                        plate->text + " 不符合格式, 但识别不确定"));
  return said(fails(kPlateGrammar, "plate_grammar_unknown", plate->readable,
                    plate->text + " fits no known form of plate",
                    plate->text + " 不符合已知号牌格式"));
}

}  // namespace

const Check kPlateGrammar{"plate_grammar", "The string read is one that a plate can carry", kKnobs,
                          check};

}  // namespace vioreview
