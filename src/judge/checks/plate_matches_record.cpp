// SPDX-License-Identifier: Apache-2.0
// The plate in the picture is the recorded one, every character of it, the province as much as any.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability of the string from which it may contradict the record"},
    {"sure_look_alike", 0.97, 0.5, 1, "the same where only look-alikes differ"},
    {"doubt", 0.05, 0, 1, "probability of the recorded characters from which they may be right"}};

// How likely the reading takes the recorded string to be: at every place that differs the recorded
// character must be right, so the least likely one bounds it. Other lengths: not at all.
double recorded_likely(const PlateSeen& plate, const std::string& recorded) {
  const std::vector<std::string> wanted = characters_of(recorded);
  if (plate.characters.size() != wanted.size()) return 0;
  double least = 1;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (plate.characters[i].text == wanted[i]) continue;
    double likely = 0;
    for (const auto& other : plate.characters[i].others)
      if (other.value == wanted[i]) likely = other.p;
    least = std::min(least, likely);
  }
  return least < 1 ? least : 0;
}

bool only_look_alikes(const std::string& a, const std::string& b) {
  return plate_distance(a, b) <= 0.5 * edit_distance(a, b);
}

bool contradicts(const Evidence& e, const PlateSeen& plate, const std::string& recorded) {
  const std::string_view needed =
      only_look_alikes(plate.text, recorded) ? "sure_look_alike" : "sure";
  const auto views = plate_views(e);
  const bool another_view_agrees = std::any_of(views.begin(), views.end(), [&](const PlateView& v) {
    return v.plate->text == recorded && v.plate->readable >= 0.5F;
  });
  return plate.readable >= knob(e, kPlateMatchesRecord, needed) && !another_view_agrees &&
         recorded_likely(plate, recorded) < knob(e, kPlateMatchesRecord, "doubt");
}

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  const std::string& recorded = e.c.record.plate;
  if (!plate || plate->text.empty())
    return unknown(kPlateMatchesRecord, "plate_unsure", "no plate was read", "未读出号牌");
  const double readable = plate->readable;
  const auto said = [&](Finding finding) {
    return measured(at(std::move(finding), e.target.best_panel, plate->box),
                    edit_distance(plate->text, recorded), 0);
  };
  if (plate->text == recorded)
    return said(holds(kPlateMatchesRecord, readable, plate->text + " is the recorded plate",
                      plate->text + " 与记录一致"));
  const std::string claim_en = recorded.empty() ? "no plate" : recorded,
                    claim_zh = recorded.empty() ? "无号牌" : recorded;
  if (!contradicts(e, *plate, recorded))
    return said(unknown(kPlateMatchesRecord, "plate_unsure",
                        "read as " + plate->text + ", recorded as " + claim_en + "; not sure",
                        "识别为 " + plate->text + ", 记录为 " + claim_zh + ", 不确定"));
  Finding finding = fails(kPlateMatchesRecord, "plate_misread", readable,
                          "the picture shows " + plate->text + ", the record says " + claim_en,
                          "图片为 " + plate->text + ", 记录为 " + claim_zh);
  if (plate_form(plate->text)) finding.suggested_plate = plate->text;
  return said(std::move(finding));
}

}  // namespace

const Check kPlateMatchesRecord{"plate_matches_record",
                                "The plate in the picture is the recorded one", kKnobs, check};

}  // namespace vioreview
