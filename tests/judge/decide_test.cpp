// SPDX-License-Identifier: Apache-2.0
// The truth table of the decision, and its promises.
#include "judge/decide.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "core/reason.h"

namespace vioreview {
namespace {

constexpr Limits kLimits{0.95, 0.97};

Finding holds(float p) {
  Finding finding;
  finding.check = "some_check";
  finding.status = Status::holds;
  finding.probability = p;
  return finding;
}
Finding fails(std::string_view reason, float p) {
  Finding finding = holds(p);
  finding.status = Status::fails;
  finding.reason = reason;
  return finding;
}
Finding unknown(std::string_view reason) {
  Finding finding = holds(0);
  finding.status = Status::unknown;
  finding.reason = reason;
  return finding;
}

Decision decided(const std::vector<Finding>& findings, bool only_manual = false) {
  return decide(findings, kLimits, only_manual).decision;
}

TEST(Decide, AcceptsWhenTheWeakestCheckReachesTheLimit) {
  EXPECT_EQ(decided({holds(1), holds(0.95F)}), Decision::accept);
  EXPECT_EQ(decided({holds(1), holds(0.949F)}), Decision::manual);
  EXPECT_FLOAT_EQ(decide({holds(1), holds(0.96F)}, kLimits, false).accept_score, 0.96F);
}

TEST(Decide, AcceptsNothingThatIsUnknownOrFails) {
  EXPECT_EQ(decided({holds(1), unknown("check_missing")}), Decision::manual);
  EXPECT_EQ(decided({holds(1), unknown("speed_below_limit")}), Decision::manual);
  EXPECT_EQ(decided({holds(1), fails("plate_unsure", 0.01F)}), Decision::manual);
  EXPECT_EQ(decided({}), Decision::manual);
}

TEST(Decide, RejectsByASureFindingWhoseReasonMayReject) {
  EXPECT_EQ(decided({holds(1), fails("speed_below_limit", 1)}), Decision::reject);
  EXPECT_EQ(decided({fails("plate_unreadable", 0.97F)}), Decision::reject);
  EXPECT_EQ(decided({fails("plate_unreadable", 0.969F)}), Decision::manual);
  EXPECT_EQ(decided({unknown("speed_below_limit")}), Decision::manual);
}

TEST(Decide, ManualReasonsNeverReject) {
  for (const Reason& reason : all_reasons()) {
    if (reason.effect != Effect::manual) continue;
    EXPECT_EQ(decided({holds(1), fails(reason.id, 1)}), Decision::manual) << reason.id;
  }
}

TEST(Decide, EveryOtherReasonRejectsByItself) {
  for (const Reason& reason : all_reasons()) {
    if (reason.effect != Effect::reject) continue;
    EXPECT_EQ(decided({holds(1), fails(reason.id, 1)}), Decision::reject) << reason.id;
  }
}

TEST(Decide, UnknownReasonsNeverReject) {
  EXPECT_EQ(decided({fails("made_up", 1)}), Decision::manual);
  EXPECT_EQ(decided({fails("made_up", 1), fails("speed_below_limit", 1)}), Decision::manual);
}

TEST(Decide, MissingChecksDoNotSaveWhatSurelyFails) {
  EXPECT_EQ(decided({fails("interval_too_short", 1), unknown("check_missing")}), Decision::reject);
  EXPECT_EQ(decided({fails("duplicate_case", 1), unknown("plate_unsure")}), Decision::reject);
  EXPECT_EQ(decided({fails("speed_below_limit", 1), unknown("target_not_found")}),
            Decision::reject);
}

TEST(Decide, BrokenInputHoldsBack) {
  for (const char* reason : {"picture_truncated", "picture_missing", "record_invalid",
                             "id_repeated", "case_timeout", "picture_undecodable"})
    EXPECT_EQ(decided({fails("speed_below_limit", 1), fails(reason, 1)}), Decision::manual)
        << reason;
}

TEST(Decide, SuspicionHoldsBackEvenWhenItIsNotSure) {
  for (const char* reason :
       {"plate_covered", "plate_misread", "plate_differs_between_panels", "plate_color_differs",
        "vehicle_differs", "exempt_possible", "time_order_wrong"}) {
    EXPECT_EQ(decided({fails("duplicate_case", 1), fails(reason, 0.6F)}), Decision::manual)
        << reason;
    EXPECT_EQ(decided({fails("duplicate_case", 1), unknown(reason)}), Decision::manual) << reason;
  }
}

// The record's plate is corrected by a person where the case is one; where the light was green it
// is none, whoever drove.
TEST(Decide, AMisreadCharacterDoesNotSaveWhatSurelyFails) {
  Finding misread = fails("plate_misread", 0.99F);
  misread.value = 1;
  EXPECT_EQ(decided({misread, fails("light_not_red_in_all_panels", 1)}), Decision::reject);
  EXPECT_EQ(decided({misread, holds(1)}), Decision::manual) << "by itself it is a person's";
  misread.value = 2;
  EXPECT_EQ(decided({misread, fails("light_not_red_in_all_panels", 1)}), Decision::manual)
      << "maybe another vehicle";
  misread.value = 1;
  misread.status = Status::unknown;
  EXPECT_EQ(decided({misread, fails("light_not_red_in_all_panels", 1)}), Decision::manual)
      << "not surely read";
}

TEST(Decide, UnfamiliarPicturesDoNotProveWhatIsSeen) {
  const Finding unfamiliar = unknown("unfamiliar_picture");
  EXPECT_EQ(decided({fails("plate_unreadable", 1), unfamiliar}), Decision::manual);
  EXPECT_EQ(decided({fails("light_not_red_in_all_panels", 1), unfamiliar}), Decision::manual);
  EXPECT_EQ(decided({fails("speed_below_limit", 1), unfamiliar}), Decision::reject);
}

TEST(Decide, WhatTheTargetDoesNeedsTheTarget) {
  for (const char* reason : {"not_on_line", "vehicle_moved", "direction_matches_arrow",
                             "light_not_red_in_all_panels", "no_pedestrian"}) {
    EXPECT_EQ(decided({fails(reason, 1), unknown("target_not_found")}), Decision::manual) << reason;
    EXPECT_EQ(decided({fails(reason, 1), unknown("target_ambiguous")}), Decision::manual) << reason;
  }
}

TEST(Decide, WhatTheTargetDoesNeedsOnePlace) {
  const Finding elsewhere = unknown("panels_differ_in_place");
  EXPECT_EQ(decided({fails("first_panel_already_over_line", 1), elsewhere}), Decision::manual);
  EXPECT_EQ(decided({fails("interval_too_short", 1), elsewhere}), Decision::reject);
}

TEST(Decide, WhatTheTargetDoesIsNoSurerThanWhichVehicleItIs) {
  Finding target = holds(0.74F);
  target.check = "target_in_panels";
  EXPECT_EQ(decided({target, fails("target_stays_before_line", 1)}), Decision::manual);
  EXPECT_FLOAT_EQ(
      decide({target, fails("target_stays_before_line", 1)}, kLimits, false).reject_score, 0.74F);
  EXPECT_EQ(decided({target, fails("speed_below_limit", 1)}), Decision::reject);
}

TEST(Decide, WhereItStandsAtALineIsNoSurerThanTheLine) {
  EXPECT_EQ(decided({fails("first_panel_already_over_line", 1), unknown("stop_line_unreadable")}),
            Decision::manual);
  EXPECT_EQ(decided({fails("light_not_red_in_all_panels", 1), unknown("stop_line_unreadable")}),
            Decision::reject);
  Finding line = holds(0.83F);
  line.check = "stop_line_visible";
  EXPECT_FLOAT_EQ(
      decide({line, fails("first_panel_already_over_line", 1)}, kLimits, false).reject_score,
      0.83F);
}

TEST(Decide, OnePanelRejectsByItselfWhereTheTargetIsNamedInIt) {
  Finding first = fails("first_panel_already_over_line", 0.98F);
  const std::vector<Finding> lost = {holds(1), unknown("target_not_found")};
  const auto with = [&](const Finding& finding) {
    std::vector<Finding> all = lost;
    all.push_back(finding);
    return all;
  };
  EXPECT_EQ(decided(with(first)), Decision::manual);
  first.this_panel = true;
  EXPECT_EQ(decided(with(first)), Decision::reject);
  std::vector<Finding> no_line = with(first);
  no_line.push_back(unknown("stop_line_unreadable"));
  EXPECT_EQ(decided(no_line), Decision::manual) << "the line itself must be sure";
  std::vector<Finding> suspected = with(first);
  suspected.push_back(unknown("vehicle_differs"));
  EXPECT_EQ(decided(suspected), Decision::manual);
}

TEST(Decide, OnlyManualIsOnlyManual) {
  EXPECT_EQ(decided({holds(1)}, true), Decision::manual);
  EXPECT_EQ(decided({fails("speed_below_limit", 1)}, true), Decision::manual);
}

TEST(Decide, NumbersThatAreNoneNeverDecide) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(decided({holds(1), holds(nan)}), Decision::manual);
  EXPECT_EQ(decided({holds(nan), holds(1)}), Decision::manual);
  EXPECT_EQ(decided({fails("speed_below_limit", nan)}), Decision::manual);
  EXPECT_EQ(decide({holds(1)}, {std::nan(""), std::nan("")}, false).decision, Decision::manual);
  EXPECT_EQ(decide({fails("speed_below_limit", 1)}, {std::nan(""), std::nan("")}, false).decision,
            Decision::manual);
  EXPECT_EQ(decide({holds(0)}, {0, 0}, false).decision, Decision::manual);
}

TEST(Decide, SeveralWeakRejectsAreNotOneStrongOne) {
  EXPECT_EQ(decided({fails("plate_unreadable", 0.9F), fails("exempt_vehicle", 0.9F),
                     fails("duplicate_case", 0.9F)}),
            Decision::manual);
}

// Weaker probabilities of the same findings never turn manual into accept or reject.
TEST(Decide, WeakerNeverDecidesMore) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> p(0.85F, 1), factor(0, 1);
  const auto reasons = all_reasons();
  int decisions = 0;
  for (int round = 0; round < 20000; ++round) {
    std::vector<Finding> findings;
    for (int i = static_cast<int>(random() % 4); i >= 0; --i) {
      const auto kind = random() % 8;
      const std::string_view reason = reasons[random() % reasons.size()].id;
      findings.push_back(kind < 5   ? holds(p(random))
                         : kind < 7 ? fails(reason, p(random))
                                    : unknown(reason));
    }
    std::vector<Finding> weaker = findings;
    for (Finding& finding : weaker) finding.probability *= random() % 2 ? factor(random) : 1;
    const Decision before = decided(findings), after = decided(weaker);
    if (before != Decision::manual) ++decisions;
    EXPECT_TRUE(after == Decision::manual || after == before);
  }
  EXPECT_GT(decisions, 1000) << "the property was tried on decided cases too";
}

}  // namespace
}  // namespace vioreview
