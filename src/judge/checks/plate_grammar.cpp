// SPDX-License-Identifier: Apache-2.0
// The string read is one that a plate can carry (GA 36; domain reference 7.6). Kinds without a
// known form - motorcycles, temporary paper, army, armed police - are for a person.
#include "judge/checks/checks.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (!plate || plate->text.empty())
    return unknown(kPlateGrammar, "plate_unsure", "no plate was read", "未读出号牌");
  Finding finding = plate_form(plate->text)
                        ? holds(kPlateGrammar, 1, plate->text + " has the form of a plate",
                                plate->text + " 符合号牌格式")
                        : fails(kPlateGrammar, "plate_grammar_unknown", plate->readable,
                                plate->text + " fits no known form of plate",
                                plate->text + " 不符合已知号牌格式");
  finding.panel = e.target.best_panel;
  finding.box = plate->box;
  return finding;
}

}  // namespace

const Check kPlateGrammar{
    "plate_grammar", "The string read is one that a plate can carry", {}, check};

}  // namespace vioreview
