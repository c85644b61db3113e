// SPDX-License-Identifier: Apache-2.0
// Whole cases: the verdicts that people get wrong, what can be accepted, what nothing may decide.
#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "core/reason.h"
#include "judge/example.h"

namespace vioreview {
namespace {

Verdict judged(const std::string& name, const std::string& changes = "{}") {
  return base(name, changes).judged();
}

void expect_verdict(const Verdict& verdict, Decision decision, std::string_view reason) {
  EXPECT_EQ(name_of(verdict.decision), name_of(decision));
  EXPECT_TRUE(states(verdict, reason)) << reason;
}

constexpr const char* kPlate = "facts/panels/0/plates/0/";

std::string set(const std::string& path, const std::string& json) {
  return "\"" + path + "\": " + json;
}
std::string read_as(const std::string& text, const std::string& readable = "0.99") {
  std::string characters;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = static_cast<unsigned char>(text[i]) >= 0xE0 ? 3 : 1;
    characters += (i ? ", " : "") + std::string(R"({"text": ")") + text.substr(i, length) +
                  R"(", "p": 0.99, "others": []})";
    i += length;
  }
  return set(std::string(kPlate) + "text", "\"" + text + "\"") + ", " +
         set(std::string(kPlate) + "readable", readable) + ", " +
         set(std::string(kPlate) + "characters", "[" + characters + "]");
}

TEST(Verdict, AcceptsASpeedCaseInWhichEverythingFits) {
  for (const char* name : {"speed", "speed_two"}) {
    const Verdict verdict = judged(name);
    EXPECT_EQ(verdict.decision, Decision::accept) << name;
    EXPECT_GE(verdict.accept_score, 0.95F);
    EXPECT_EQ(verdict.reject_score, 0);
    EXPECT_EQ(verdict.violation, "1636");
    EXPECT_EQ(verdict.group, "speed");
    EXPECT_TRUE(verdict.suggested_code.empty());
    EXPECT_TRUE(verdict.suggested_plate.empty());
  }
}

// Without markings and signals perfect facts of plate and vehicle do not help.
TEST(Verdict, OnlySpeedCodesCanBeAccepted) {
  for (const Violation& v : shipped_catalogue().violations) {
    if (v.group == "speed") continue;
    for (const char* name : {"red_light", "parking"}) {
      Example example = base(name);
      example.c.record.violation = v.code;
      for (PanelFacts& panel : example.facts.panels) {
        for (PlateSeen& plate : panel.plates) plate.readable = plate.score = plate.look.p = 1;
        for (ObjectSeen& object : panel.objects)
          object.score = object.vehicle_class->p = object.color->p = object.special->p = 1;
      }
      example.policy.base = {1e-6, 1e-6};
      example.policy.groups.clear();
      const Verdict verdict = example.judged();
      EXPECT_NE(verdict.decision, Decision::accept) << v.code << " " << name;
      EXPECT_TRUE(states(verdict, "check_missing")) << v.code << " " << name;
    }
  }
}

TEST(Verdict, SpeedCodesOfUnknownMeaningAreOnlyManual) {
  for (const char* code : {"1628", "1630", "1635"}) {
    Example example = base("speed");
    example.c.record.violation = code;
    expect_verdict(example.judged(), Decision::manual, "check_missing");
    example.c.record.speed_kmh = 50;
    expect_verdict(example.judged(), Decision::manual, "speed_below_limit");
  }
}

TEST(Verdict, ARedLightCaseInWhichEverythingFitsWaitsOnlyForChecksNotBuilt) {
  const Verdict verdict = judged("junction");
  for (const Finding& finding : verdict.findings)
    EXPECT_TRUE(finding.status == Status::holds || finding.reason == "check_missing")
        << finding.check << ": " << finding.en;
}

TEST(Verdict, DrivingThroughUnder1211Suggests1625AndIsManual) {
  const Verdict verdict = check_example("stands_past_line/drives_through").judged();
  expect_verdict(verdict, Decision::manual, "vehicle_moves_through");
  EXPECT_EQ(verdict.suggested_code, "1625");
}

TEST(Verdict, AGreenOwnSignalBesideARedOtherOneIsRejected) {
  expect_verdict(check_example("signal_red_in_all_panels/own_green").judged(), Decision::reject,
                 "light_not_red_in_all_panels");
}

// The table of verdicts that people get wrong, row by row.
TEST(Verdict, AMisreadPlateIsCorrectedNotThrownAway) {
  const Verdict verdict = judged("speed", "{" + read_as("皖A28598") + "}");
  expect_verdict(verdict, Decision::manual, "plate_misread");
  EXPECT_EQ(verdict.suggested_plate, "皖A28598");
}

TEST(Verdict, ThePlateOfADifferentVehicleIsNotSuggested) {
  const Verdict verdict = judged("speed", "{" + read_as("皖A28598") + R"(,
      "facts/panels/0/objects/0/class": {"value": "truck", "p": 0.97}})");
  expect_verdict(verdict, Decision::manual, "vehicle_differs");
  EXPECT_TRUE(verdict.suggested_plate.empty());
}

TEST(Verdict, DifferentClassOrColourMayBeACloneAndIsManual) {
  expect_verdict(judged("speed", R"({"facts/panels/0/objects/0/class/value": "bus"})"),
                 Decision::manual, "vehicle_differs");
  expect_verdict(judged("speed", R"({"facts/panels/0/objects/0/color": {"value": "red", "p": 1}})"),
                 Decision::manual, "vehicle_differs");
}

TEST(Verdict, AnIllegiblePlateIsRejected) {
  expect_verdict(judged("speed", R"({"facts/panels/0/plates/0/readable": 0.004,
                                     "facts/panels/0/plates/0/covered": 0.01})"),
                 Decision::reject, "plate_unreadable");
}

TEST(Verdict, ACoveredOrAbsentPlateIsManual) {
  expect_verdict(judged("speed", R"({"facts/panels/0/plates/0/readable": 0.004,
                                     "facts/panels/0/plates/0/covered": 0.97})"),
                 Decision::manual, "plate_covered");
  expect_verdict(judged("speed", R"({"facts/panels/0/plates": []})"), Decision::manual,
                 "plate_absent");
}

TEST(Verdict, AnotherVehicleInAPanelIsRejectedTwoCandidatesAreManual) {
  const std::string other = set("facts/panels/1/objects/0/embedding", "[-0.2, 0.98]") + ", " +
                            set("facts/panels/1/plates/0/text", "\"皖B71K06\"") + ", " +
                            set("facts/panels/1/plates/0/readable", "0.99");
  expect_verdict(judged("speed_two", "{" + other + "}"), Decision::reject,
                 "target_differs_between_panels");
  expect_verdict(judged("red_light", R"({"facts/panels/2/plates": [],
                                         "facts/panels/2/objects/1/embedding": [0.97, 0.24]})"),
                 Decision::manual, "target_ambiguous");
}

TEST(Verdict, FireEnginesAreRejectedPoliceIsManual) {
  const auto special = [](const std::string& kind) {
    return judged("speed", "{" +
                               set("facts/panels/0/objects/0/special",
                                   R"({"value": ")" + kind + R"(", "p": 0.99})") +
                               "}");
  };
  expect_verdict(special("fire"), Decision::reject, "exempt_vehicle");
  expect_verdict(special("ambulance"), Decision::reject, "exempt_vehicle");
  expect_verdict(special("police"), Decision::manual, "exempt_possible");
  expect_verdict(special("rescue"), Decision::manual, "exempt_possible");
}

TEST(Verdict, AFireEngineUnder1625IsRejectedAlthoughChecksAreMissing) {
  std::string changes = "{";
  for (int i = 0; i < 3; ++i)
    changes += (i ? ", " : "") + set("facts/panels/" + std::to_string(i) + "/objects/0/special",
                                     R"({"value": "fire", "p": 0.99})");
  expect_verdict(judged("red_light", changes + "}"), Decision::reject, "exempt_vehicle");
}

TEST(Verdict, UnfamiliarPicturesAreManual) {
  expect_verdict(judged("speed", R"({"facts/panels/0/brightness": 0.5,
                                     "facts/panels/0/plates/0/readable": 0.001})"),
                 Decision::manual, "unfamiliar_picture");
}

TEST(Verdict, SpeedIsArithmetic) {
  expect_verdict(judged("speed", R"({"case/record/speed_kmh": 58})"), Decision::reject,
                 "speed_below_limit");
  const Verdict wrong_code = judged("speed", R"({"case/record/violation": "1352"})");
  expect_verdict(wrong_code, Decision::manual, "speed_code_differs");
  EXPECT_EQ(wrong_code.suggested_code, "1636");
  expect_verdict(judged("speed", R"({"case/record/speed_kmh": null})"), Decision::manual,
                 "speed_missing");
  expect_verdict(judged("speed", R"({"case/record/vehicle_class": "H11",
                                     "case/record/plate_kind": null})"),
                 Decision::manual, "speed_class_differs");
}

TEST(Verdict, AParkedVehicleNeedsTenSeconds) {
  expect_verdict(judged("parking", R"({"case/pictures/1/time": "2026-03-14T10:00:08.200"})"),
                 Decision::reject, "interval_too_short");
}

TEST(Verdict, ADuplicateIsRejectedTheEarliestIsNot) {
  Example example = base("speed");
  Event earlier = *event_of(example.c, shipped_catalogue());
  earlier.case_id = "first";
  earlier.time.ms -= 2000;
  example.earlier = {earlier};
  expect_verdict(example.judged(), Decision::reject, "duplicate_case");
  example.earlier[0].time.ms += 4000;
  EXPECT_EQ(example.judged().decision, Decision::accept);
}

TEST(Verdict, SuspicionKeepsADuplicateWithAPerson) {
  Example example =
      base("speed", R"({"facts/panels/0/objects/0/color": {"value": "red", "p": 1}})");
  Event earlier = *event_of(example.c, shipped_catalogue());
  earlier.case_id = "first";
  earlier.time.ms -= 2000;
  example.earlier = {earlier};
  expect_verdict(example.judged(), Decision::manual, "duplicate_case");
}

TEST(Verdict, ProblemsOfTheInputAreEachStatedAndKeepTheCaseManual) {
  const Verdict verdict = judged("speed", R"({"case/record/speed_kmh": 58, "case/problems":
      [{"reason": "picture_missing", "file": "2.jpg", "detail": "not there"},
       {"reason": "id_repeated", "file": "", "detail": "twice"}]})");
  expect_verdict(verdict, Decision::manual, "picture_missing");
  EXPECT_TRUE(states(verdict, "id_repeated"));
}

TEST(Verdict, ProblemsCountWhateverTheCatalogueAsksFor) {
  Example example = base("speed", R"({"case/problems":
      [{"reason": "record_invalid", "file": "", "detail": "half a record"}]})");
  Catalogue own = shipped_catalogue();
  for (Violation& v : own.violations) v.checks = {{"speed_over_limit", ""}};
  const Verdict verdict = judge(example.c, example.facts, {}, own, example.policy);
  expect_verdict(verdict, Decision::manual, "record_invalid");
}

TEST(Verdict, AnUnknownCodeIsManualAndStillShowsTheTarget) {
  const Verdict verdict = judged("speed", R"({"case/record/violation": "9999"})");
  expect_verdict(verdict, Decision::manual, "violation_unknown");
  EXPECT_EQ(verdict.target.panel, 0);
  EXPECT_EQ(verdict.target.plate, 0);
  EXPECT_EQ(verdict.target.objects, std::vector<int>{0});
}

TEST(Verdict, NumbersThatAreNoProbabilityDecideNothing) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto expect_manual = [](const Example& example) {
    expect_verdict(example.judged(), Decision::manual, "check_missing");
  };
  for (const float bad : {nan, std::numeric_limits<float>::infinity(), -1.0F, 1.5F}) {
    Example example = base("speed");
    example.facts.panels[0].plates[0].readable = bad;
    expect_manual(example);
    example = base("speed", R"({"case/record/speed_kmh": 58})");
    example.facts.panels[0].objects[0].vehicle_class->p = bad;
    expect_manual(example);
    example = base("speed");
    example.facts.panels[0].plates[0].covered = bad;
    expect_manual(example);
  }
  Example example = base("speed");
  example.facts.panels[0].plates[0].object = 7;
  expect_manual(example);
  example = base("speed");
  example.facts.panels[0].objects[0].embedding[0] = nan;
  expect_manual(example);
}

TEST(Verdict, OddSpeedsAreMissingSpeeds) {
  for (const double speed : {std::nan(""), -5.0, std::numeric_limits<double>::infinity()}) {
    Example example = base("speed");
    example.c.record.speed_kmh = speed;
    expect_verdict(example.judged(), Decision::manual, "speed_missing");
  }
}

TEST(Verdict, AFirstPanelPastTheLineRejectsWhereTheTargetIsLostLater) {
  Example example =
      base("junction", R"({"facts/panels/0/objects/0/box": [855.7, 614.8, 1064.3, 824.2],
                                        "facts/panels/2/plates": [],
                                        "facts/panels/2/objects/0/embedding": [-1, 0]})");
  const Verdict lost = example.judged();
  EXPECT_EQ(finding_of(lost, "same_target").status, Status::unknown);
  EXPECT_TRUE(finding_of(lost, "first_panel_before_line").this_panel);
  expect_verdict(lost, Decision::reject, "first_panel_already_over_line");
  // Where the panel itself does not name the target, the others have to.
  example.facts.panels[0].plates.clear();
  EXPECT_FALSE(finding_of(example.judged(), "first_panel_before_line").this_panel);
  EXPECT_EQ(example.judged().decision, Decision::manual);
}

// The target of the third panel is another vehicle, and `changes` more.
Example lost_under(const std::string& changes) {
  return base("junction",
              R"({"facts/panels/2/plates": [], "facts/panels/2/objects/0/embedding": [-1, 0], )" +
                  changes + "}");
}

TEST(Verdict, WhereNoHeadIsRedItDoesNotMatterWhoDrives) {
  const Example example =
      lost_under(R"("facts/panels/0/objects/1/lamp": {"value": "yellow", "p": 0.995},
                    "facts/panels/0/objects/2/lamp": {"value": "green", "p": 0.995})");
  const Finding finding = finding_of(example.judged(), "signal_red_in_all_panels");
  EXPECT_TRUE(finding.this_panel);
  EXPECT_EQ(finding.panel, 0);
  EXPECT_NEAR(finding.probability, 0.99, 0.01);
  expect_verdict(example.judged(), Decision::reject, "light_not_red_in_all_panels");
}

TEST(Verdict, WhereOneHeadMayBeRedItMattersWhoDrives) {
  for (const char* others :
       {R"("facts/panels/0/objects/2/lamp": {"value": "red", "p": 0.995})",
        R"("facts/panels/0/objects/2/lamp": {"value": "off", "p": 0.995})",
        R"("facts/panels/0/objects/2/lamp": {"value": "green", "p": 0.6})",
        R"("facts/panels/0/objects/2/lamp_shape": {"value": "right", "p": 0.995})"}) {
    const Example example =
        lost_under(R"("facts/panels/0/objects/1/lamp": {"value": "yellow", "p": 0.995}, )" +
                   std::string(others));
    EXPECT_EQ(example.judged().decision, Decision::manual) << others;
  }
}

TEST(Verdict, DoubtWithoutAFailureSaysNotSure) {
  const Verdict verdict = judged("speed", R"({"facts/panels/0/objects/0/color/value": "grey"})");
  expect_verdict(verdict, Decision::manual, "not_sure");
  EXPECT_NEAR(*verdict.findings.back().value, 0.88, 1e-6);  // body_color_fits.neighbour
  EXPECT_NEAR(*verdict.findings.back().limit, shipped_policy().base.accept, 1e-6);
}

TEST(Verdict, EveryVerdictButAcceptHasAReason) {
  for (const char* name : {"speed", "speed_two", "red_light", "parking"})
    for (const Violation& v : shipped_catalogue().violations) {
      Example example = base(name);
      example.c.record.violation = v.code;
      const Verdict verdict = example.judged();
      const bool stated = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                      [](const Finding& f) { return !f.reason.empty(); });
      EXPECT_EQ(stated, verdict.decision != Decision::accept) << name << " " << v.code;
      EXPECT_EQ(verdict.target.objects.size(), example.facts.panels.size());
    }
}

TEST(Verdict, ADeviceIsProvenByAFittedPolicyOnly) {
  Example example = base("speed");
  example.policy.proven["340100000000010001"] = {"speed"};
  EXPECT_FALSE(example.judged().proven) << "the default policy was fitted on nothing";
  example.policy.fitted_on = "abc";
  EXPECT_TRUE(example.judged().proven);
  example.policy.proven["340100000000010001"] = {"parking"};
  EXPECT_FALSE(example.judged().proven);
}

TEST(Verdict, LimitsAreThoseOfTheGroup) {
  Example example = base("speed");
  example.policy.groups["speed"] = {0.999, 0.999};
  EXPECT_EQ(example.judged().decision, Decision::manual);
  example.policy.groups.erase("speed");
  example.policy.base = {0.5, 0.5};
  EXPECT_EQ(example.judged().decision, Decision::accept);
}

}  // namespace
}  // namespace vioreview
