// SPDX-License-Identifier: Apache-2.0
// Cases that went wrong in real events (domain reference 10), told as facts: the name of a test
// begins with the number of its case.
#include <algorithm>

#include <gtest/gtest.h>

#include "judge/example.h"

namespace vioreview {
namespace {

// Neither these limits nor the loosest ones decide it.
void expect_manual(Example example, std::string_view reason) {
  const Verdict verdict = example.judged();
  EXPECT_EQ(name_of(verdict.decision), name_of(Decision::manual));
  EXPECT_TRUE(states(verdict, reason)) << reason;
  example.policy.groups.clear();
  example.policy.base = {1e-6, 1e-6};
  EXPECT_EQ(name_of(example.judged().decision), name_of(Decision::manual)) << "by any limits";
}

void read_as(const std::string& text, float readable, PlateSeen& plate) {
  plate.text = text;
  plate.readable = readable;
  plate.characters.clear();
}

ObjectSeen vehicle(VehicleClass look, Box box) {
  ObjectSeen seen;
  seen.box = box;
  seen.score = 0.9F;
  seen.vehicle_class = {look, 0.97F};
  seen.embedding = {0, 1};
  return seen;
}

// A bus drives across the crosswalk with a person painted on its side.
TEST(Adversarial, Case01_AnAdvertOnABusIsNoPedestrian) {
  Example example = check_example("pedestrian_in_path/walks_towards");
  EXPECT_FALSE(states(example.judged(), "person_unsure")) << "without the bus";
  for (PanelFacts& panel : example.facts.panels) {
    const auto person =
        std::find_if(panel.objects.begin(), panel.objects.end(),
                     [](const ObjectSeen& o) { return o.kind == ObjectKind::person; });
    if (person == panel.objects.end()) continue;
    const Box& on = person->box;
    panel.objects.push_back(
        vehicle(VehicleClass::bus, {on.x0 - 100, on.y0 - 100, on.x1 + 400, on.y1 + 40}));
  }
  expect_manual(example, "person_unsure");
}

TEST(Adversarial, Case02_AHandOnTheFaceIsForAPerson) {
  expect_manual(base("speed", R"({"case/record/violation": "1223"})"), "check_missing");
}

// The record says 鲁A, the plate is 苏A; class and colour fit.
TEST(Adversarial, Case03_TheProvinceCountsAsMuchAsAnyCharacter) {
  Example example = base("speed", R"({"case/record/plate": "鲁A28593"})");
  PlateSeen& plate = example.facts.panels[0].plates[0];
  read_as("苏A28593", 0.99F, plate);
  expect_manual(example, "plate_misread");
  EXPECT_EQ(example.judged().suggested_plate, "苏A28593");
  plate.readable = 0.8F;
  expect_manual(example, "plate_unsure");
  EXPECT_TRUE(example.judged().suggested_plate.empty());
}

TEST(Adversarial, Case04_TheTowTrucksOffenceIsNotThatOfTheCarItCarries) {
  Example example = base("speed");
  example.facts.panels[0].objects.push_back(vehicle(VehicleClass::truck, {640, 300, 1160, 900}));
  expect_manual(example, "plate_of_other_object");
  example.c.record.speed_kmh = 40;
  expect_manual(example, "plate_of_other_object");
  // Where the truck alone is seen, the car's plate is on it.
  example = base("speed");
  example.facts.panels[0].objects[0].vehicle_class = {VehicleClass::truck, 0.97F};
  expect_manual(example, "vehicle_differs");
}

TEST(Adversarial, Case05_AParkedCarIsRecordedOnce) {
  Example example = base("parking");
  Event earlier = *event_of(example.c, shipped_catalogue());
  earlier.case_id = "first";
  earlier.time.ms -= 20 * 60 * 1000;
  example.earlier = {earlier};
  const Verdict verdict = example.judged();
  EXPECT_EQ(name_of(verdict.decision), name_of(Decision::reject));
  EXPECT_TRUE(states(verdict, "duplicate_case"));
}

TEST(Adversarial, Case06_CloseToTheLineIsNotOnIt) {
  EXPECT_NE(check_example("wheels_on_line/close_by").judged().decision, Decision::accept);
  const Verdict in_its_lane = check_example("wheels_on_line/in_its_lane").judged();
  EXPECT_EQ(name_of(in_its_lane.decision), name_of(Decision::reject));
  EXPECT_TRUE(states(in_its_lane, "not_on_line"));
}

TEST(Adversarial, Case07_StraightOnFromTheLeftLaneIs1208) {
  Example example = check_example("arrow_allows_movement/straight_from_left");
  expect_manual(example, "wrong_lane_suggested");
  EXPECT_EQ(example.judged().suggested_code, "1208");
  for (PanelFacts& panel : example.facts.panels)
    for (ObjectSeen& object : panel.objects)
      if (object.lamp_shape && object.lamp_shape->value == LampShape::straight)
        object.lamp->value = LampState::green;
  expect_manual(example, "light_not_red_in_all_panels");
  EXPECT_EQ(example.judged().suggested_code, "1208");
}

TEST(Adversarial, Case08_StoppedPastTheLineIs1211) {
  const Example example = check_example("not_stopped_over_line/stands_over");
  expect_manual(example, "stopped_over_line");
  EXPECT_EQ(example.judged().suggested_code, "1211");
}

TEST(Adversarial, Case09_GoingRoundABreakdownIsForAPerson) {
  const Verdict verdict = check_example("no_obstacle_ahead/goes_round").judged();
  EXPECT_EQ(name_of(verdict.decision), name_of(Decision::manual));
  EXPECT_TRUE(states(verdict, "avoiding_obstacle"));
}

TEST(Adversarial, Case09_ATemporarySignalAgainstTheFixedOneIsForAPerson) {
  const Verdict verdict = check_example("signals_agree/contradict").judged();
  EXPECT_EQ(name_of(verdict.decision), name_of(Decision::manual));
  EXPECT_TRUE(states(verdict, "light_contradiction"));
}

TEST(Adversarial, Case10_ACoveredPlateIsNeverThrownAway) {
  Example example = base("speed", R"({"facts/panels/0/plates/0/readable": 0.004,
                                      "facts/panels/0/plates/0/covered": 0.97})");
  expect_manual(example, "plate_covered");
  example.c.record.speed_kmh = 40;
  expect_manual(example, "plate_covered");
}

TEST(Adversarial, Case11_APhoneNumberIsNoPlate) {
  Example example = base("speed");
  PlateSeen number = example.facts.panels[0].plates[0];
  read_as("13905512345", 0.999F, number);
  number.box = {720, 450, 1080, 500};
  example.facts.panels[0].plates.push_back(number);
  EXPECT_EQ(example.judged().decision, Decision::accept) << "beside the plate it says nothing";
  example.facts.panels[0].plates = {number};
  expect_manual(example, "plate_grammar_unknown");
  EXPECT_TRUE(example.judged().suggested_plate.empty());
}

TEST(Adversarial, Case11_ABadgeIsNoPlate) {
  Example example = base("speed");
  example.facts.panels[0].plates[0].readable = 0.02F;
  PlateSeen badge = example.facts.panels[0].plates[0];
  read_as("C00D", 0.99F, badge);
  badge.box = {860, 600, 940, 630};
  example.facts.panels[0].plates.push_back(badge);
  EXPECT_NE(example.judged().decision, Decision::accept);
  example.facts.panels[0].plates = {badge};
  expect_manual(example, "plate_grammar_unknown");
  EXPECT_TRUE(example.judged().suggested_plate.empty());
}

TEST(Adversarial, Case12_DarkClothesOverABeltAreForAPerson) {
  for (const char* code : {"6011", "4204"}) {
    Example example = base("speed");
    example.c.record.violation = code;
    expect_manual(example, "check_missing");
  }
}

}  // namespace
}  // namespace vioreview
