// SPDX-License-Identifier: Apache-2.0
// Promises over many cases: doubt never decides, listing order and strangers do not matter, and
// another plate than the recorded one is never accepted.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

#include "judge/example.h"

namespace vioreview {
namespace {

using Random = std::mt19937;

float between(Random& random, float low, float high) {
  return std::uniform_real_distribution<float>(low, high)(random);
}

// Cases of every verdict: a base with some of its facts and record at random.
Example any_case(Random& random) {
  constexpr const char* kBases[] = {"speed",   "speed_two", "red_light",
                                    "parking", "junction",  "road"};
  Example example = base(kBases[random() % std::size(kBases)]);
  const auto rarely = [&] { return random() % 8 == 0; };
  if (rarely()) example.c.record.speed_kmh = between(random, 40, 100);
  if (rarely()) example.c.record.body_color = {BodyColor::red};
  if (rarely()) example.c.record.plate = "皖A28598";
  if (rarely()) example.c.record.plate_color = PlateColor::yellow;
  for (PanelFacts& panel : example.facts.panels) {
    for (PlateSeen& plate : panel.plates) {
      if (rarely()) plate.readable = between(random, 0, 1);
      if (rarely()) plate.readable = between(random, 0, 0.02F);
      if (rarely()) plate.covered = between(random, 0, 1);
      if (rarely()) plate.text = "皖B71K06";
    }
    for (ObjectSeen& object : panel.objects) {
      if (object.lamp) {
        if (random() % 20 == 0) object.lamp->value = LampState::green;
        if (rarely()) object.lamp->p = between(random, 0.3F, 1);
        continue;
      }
      if (rarely()) object.special = {random() % 2 ? Special::fire : Special::police, 0.99F};
      if (rarely()) object.vehicle_class->p = between(random, 0.3F, 1);
      if (rarely()) object.color->value = BodyColor::green;
      if (rarely()) object.facing = {Facing::front, between(random, 0.5F, 1)};
    }
    if (random() % 20 == 0) panel.plates.clear();
    if (panel.marks && rarely())
      panel.marks->erase(panel.marks->begin() + random() % panel.marks->size());
  }
  return example;
}

// Confidence that things and their features are what they seem. Not touched: `readable` and
// `covered`, whose low values are themselves evidence, and a colour that speaks against the record,
// which the less it does speaks for it.
void weaken(Random& random, Example& example) {
  const auto& recorded = example.c.record.body_color;
  const auto fits = [&](BodyColor color) {
    return std::find(recorded.begin(), recorded.end(), color) != recorded.end();
  };
  const auto less = [&](float& p) { p *= random() % 3 ? 1 : between(random, 0.6F, 1); };
  for (PanelFacts& panel : example.facts.panels) {
    for (PlateSeen& plate : panel.plates) {
      less(plate.score);
      less(plate.look.p);
    }
    for (ObjectSeen& object : panel.objects) {
      less(object.score);
      if (object.special) less(object.special->p);
      if (object.vehicle_class) less(object.vehicle_class->p);
      if (object.color && fits(object.color->value)) less(object.color->p);
      if (object.facing) less(object.facing->p);
      if (object.lamp) less(object.lamp->p);
      if (object.lamp_shape) less(object.lamp_shape->p);
    }
    if (panel.marks)
      for (MarkSeen& mark : *panel.marks)
        if (mark.moves) less(mark.moves->p);
  }
}

// What does not hold.
std::string open_in(const Verdict& verdict) {
  std::string all(name_of(verdict.decision));
  for (const Finding& finding : verdict.findings)
    if (finding.status != Status::holds)
      all += " " + finding.check + ":" + finding.reason + ":" + std::to_string(finding.probability);
  return all;
}

TEST(Property, WeakerConfidenceNeverDecidesMore) {
  Random random(1);
  int accepted = 0, rejected = 0;
  for (int round = 0; round < 1200; ++round) {
    Example example = any_case(random);
    const Verdict before = example.judged();
    accepted += before.decision == Decision::accept;
    rejected += before.decision == Decision::reject;
    weaken(random, example);
    const Verdict after = example.judged();
    EXPECT_TRUE(after.decision == Decision::manual || after.decision == before.decision)
        << "round " << round << " of " << example.c.id << "\n  " << open_in(before) << "\n  "
        << open_in(after);
  }
  EXPECT_GT(accepted, 50);
  EXPECT_GT(rejected, 25);
}

// What speaks for accepting grows weaker: readings of the recorded plate, class and colour as
// recorded.
TEST(Property, WorseReadingsAreNeverAccepted) {
  Random random(2);
  for (int round = 0; round < 600; ++round) {
    Example example = any_case(random);
    if (example.judged().decision == Decision::accept) continue;
    for (PanelFacts& panel : example.facts.panels) {
      for (PlateSeen& plate : panel.plates)
        if (plate.text == example.c.record.plate) plate.readable *= between(random, 0, 1);
      for (ObjectSeen& object : panel.objects) {
        if (object.vehicle_class) object.vehicle_class->p *= between(random, 0, 1);
        if (object.color && object.color->value == BodyColor::white)
          object.color->p *= between(random, 0, 1);
      }
    }
    EXPECT_NE(name_of(example.judged().decision), name_of(Decision::accept)) << "round " << round;
  }
}

std::vector<std::pair<std::string, std::string>> said(const Verdict& verdict) {
  std::vector<std::pair<std::string, std::string>> reasons;
  for (const Finding& finding : verdict.findings)
    reasons.emplace_back(finding.check, std::string(name_of(finding.status)) + finding.reason);
  return reasons;
}

TEST(Property, ListingOrderDoesNotMatterWhenTimesAreKnown) {
  Random random(3);
  for (int round = 0; round < 600; ++round) {
    const Example example = any_case(random);
    if (!example.c.pictures.front().time) continue;
    Example shuffled = example;
    std::vector<std::size_t> order(example.c.pictures.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    for (std::size_t i = 0; i < order.size(); ++i) {
      shuffled.c.pictures[i] = example.c.pictures[order[i]];
      shuffled.facts.panels[i] = example.facts.panels[order[i]];
    }
    const Verdict one = example.judged(), other = shuffled.judged();
    EXPECT_EQ(one.decision, other.decision) << "round " << round;
    EXPECT_EQ(one.accept_score, other.accept_score) << "round " << round;
    EXPECT_EQ(one.reject_score, other.reject_score) << "round " << round;
    EXPECT_EQ(said(one), said(other)) << "round " << round;
  }
}

// A vehicle that differs in plate, class and place, whatever it looks like, beside a target that
// its plate names.
TEST(Property, AStrangerNeverChangesTheVerdict) {
  Random random(4);
  for (int round = 0; round < 600; ++round) {
    Example example = any_case(random);
    for (PanelFacts& panel : example.facts.panels)
      for (PlateSeen& plate : panel.plates) {
        plate.text = example.c.record.plate;
        plate.readable = std::max(plate.readable, 0.1F);
      }
    const Verdict before = example.judged();
    PanelFacts& panel = example.facts.panels[random() % example.facts.panels.size()];
    if (panel.role == Role::closeup || panel.plates.empty()) continue;
    ObjectSeen stranger;
    const float x = between(random, 1400, 1500), y = between(random, 110, 150);
    stranger.box = {x, y, x + between(random, 60, 300), y + between(random, 60, 200)};
    stranger.score = between(random, 0.3F, 1);
    stranger.vehicle_class = {random() % 2 ? VehicleClass::bus : VehicleClass::truck, 0.95F};
    stranger.color = {random() % 2 ? BodyColor::yellow : BodyColor::white, 0.9F};
    stranger.special = {random() % 2 ? Special::fire : Special::none, 0.99F};
    const float turn = between(random, 0, 6.28F);
    stranger.embedding = {std::cos(turn), std::sin(turn)};
    panel.objects.push_back(stranger);
    PlateSeen plate = panel.plates.front();
    plate.text = "京N8P8F8";
    plate.readable = 0.99F;
    plate.box = {x + 10, y + 40, x + 50, y + 54};
    plate.object = static_cast<int>(panel.objects.size()) - 1;
    panel.plates.push_back(plate);
    const Verdict after = example.judged();
    EXPECT_EQ(before.decision, after.decision) << "round " << round;
    EXPECT_EQ(said(before), said(after)) << "round " << round;
  }
}

TEST(Property, AnotherPlateThanTheRecordedIsNeverAccepted) {
  const std::vector<std::string> characters = {"皖", "A", "2", "8", "5", "9", "3"};
  const std::vector<std::string> others = {"苏", "B", "Z", "B", "S", "3", "8"};
  for (const char* name : {"speed", "speed_two"})
    for (std::size_t i = 0; i < characters.size(); ++i) {
      Example example = base(name);
      ASSERT_EQ(example.judged().decision, Decision::accept);
      std::string plate;
      for (std::size_t k = 0; k < characters.size(); ++k)
        plate += k == i ? others[k] : characters[k];
      example.c.record.plate = plate;
      EXPECT_EQ(example.judged().decision, Decision::manual) << plate;
    }
}

}  // namespace
}  // namespace vioreview
