// SPDX-License-Identifier: Apache-2.0
// The plate in the picture is the recorded one, every character of it, the province as much as any.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"record", 0.9, 0.5, 1, "how often a recorded plate is right"},
    {"sure", 0.9, 0.5, 1, "probability of the string from which it may contradict the record"},
    {"sure_look_alike", 0.97, 0.5, 1, "the same where only look-alikes differ"}};

// The probability that the reading gives to the recorded character at each place where the strings
// differ: the largest.
double recorded_character_likely(const PlateSeen& plate, const std::vector<std::string>& recorded) {
  double largest = 0;
  for (std::size_t i = 0; i < plate.characters.size() && i < recorded.size(); ++i) {
    if (plate.characters[i].text == recorded[i]) continue;
    for (const auto& other : plate.characters[i].others)
      if (other.value == recorded[i]) largest = std::max(largest, static_cast<double>(other.p));
  }
  return largest;
}

bool only_look_alikes(const std::string& a, const std::string& b) {
  return plate_distance(a, b) * 2 <= edit_distance(a, b) + 0.001;
}

Finding shown_at(Finding finding, const Evidence& e, const PlateSeen& plate) {
  finding.panel = e.target.best_panel;
  finding.box = plate.box;
  return finding;
}

Finding check(const Evidence& e) {
  const PlateSeen* plate = e.target.plate(e.facts);
  const std::string& recorded = e.c.record.plate;
  if (!plate || plate->text.empty())
    return unknown(kPlateMatchesRecord, "plate_unsure", "no plate was read", "未读出号牌");
  const double readable = plate->readable;
  if (plate->text == recorded)
    return shown_at(
        holds(kPlateMatchesRecord, agreed(readable, knob(e, kPlateMatchesRecord, "record")),
              plate->text + " is the recorded plate", plate->text + " 与记录一致"),
        e, *plate);
  const bool sure = readable >= knob(e, kPlateMatchesRecord, "sure") && plate_form(plate->text);
  if (recorded.empty()) {
    Finding finding = unknown(kPlateMatchesRecord, "plate_misread",
                              "the record holds no plate, the picture shows " + plate->text,
                              "记录无号牌, 图片为 " + plate->text);
    if (sure) finding.suggested_plate = plate->text;
    return shown_at(std::move(finding), e, *plate);
  }
  const bool contradicts = sure &&
                           recorded_character_likely(*plate, characters_of(recorded)) < 0.05 &&
                           (!only_look_alikes(plate->text, recorded) ||
                            readable >= knob(e, kPlateMatchesRecord, "sure_look_alike"));
  if (!contradicts)
    return shown_at(
        unknown(kPlateMatchesRecord, "plate_unsure",
                "read as " + plate->text + ", recorded as " + recorded + "; not surely different",
                "识别为 " + plate->text + ", 记录为 " + recorded + ", 不能确定不同"),
        e, *plate);
  Finding finding = fails(kPlateMatchesRecord, "plate_misread", readable,
                          "the picture shows " + plate->text + ", the record says " + recorded,
                          "图片为 " + plate->text + ", 记录为 " + recorded);
  finding.suggested_plate = plate->text;
  return shown_at(std::move(finding), e, *plate);
}

}  // namespace

const Check kPlateMatchesRecord{"plate_matches_record",
                                "The plate in the picture is the recorded one", kKnobs, check};

}  // namespace vioreview
