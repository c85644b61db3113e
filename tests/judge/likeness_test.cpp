// SPDX-License-Identifier: Apache-2.0
// How much likelier two views are of one vehicle than of two, and what follows for a panel.
#include "judge/likeness.h"

#include <cmath>

#include <gtest/gtest.h>

#include "judge/drawn_plate.h"

namespace vioreview {
namespace {

// The curve that scripts/eval/likeness.py fitted: log odds of one vehicle, seen from the same side
// and after a turn, by the cosine.
constexpr double kSame[] = {-12.18, 16.71}, kTurned[] = {-6.04, 11.00};

ObjectSeen with_cosine(double cosine, Box box = {500, 500, 600, 600}) {
  ObjectSeen object;
  object.box = box;
  object.score = 0.9F;
  object.embedding = {static_cast<float>(cosine),
                      static_cast<float>(std::sqrt(std::max(0.0, 1 - cosine * cosine)))};
  return object;
}

// A vehicle whose looks make it `odds` times likelier the known one, whose box is square, than
// another.
ObjectSeen looking(double odds, Box box = {500, 500, 600, 600}) {
  const double turned = std::min(1.0, std::abs(std::log(box.width() / box.height())) / 0.5);
  const auto between = [&](int i) { return kSame[i] + (kTurned[i] - kSame[i]) * turned; };
  return with_cosine((std::log(odds) - between(0)) / between(1), box);
}

PanelFacts panel_of(std::vector<ObjectSeen> objects) {
  PanelFacts panel;
  panel.width = panel.height = 1000;
  panel.objects = std::move(objects);
  return panel;
}

const ObjectSeen kKnown = [] {
  ObjectSeen known;
  known.box = {100, 100, 200, 200};
  known.score = 0.9F;
  known.embedding = {1, 0};
  return known;
}();

void put_plate(PanelFacts& panel, int object, const std::string& text, float readable) {
  PlateSeen plate;
  plate.text = text;
  plate.readable = readable;
  plate.object = object;
  panel.plates.push_back(plate);
}

// Who of the panel is the first vehicle of the known panel, which is taken a second before.
Likest found_in(const PanelFacts& panel, const PanelFacts& known) {
  return likest(panel, Time{1000}, {{&known, &known.objects[0], Time{0}}});
}
Likest found_in(const PanelFacts& panel) {
  return found_in(panel, panel_of({kKnown}));
}

// By Bayes: each of the vehicles is the target as likely as another, or it is in no panel.
float chance(const std::vector<double>& odds) {
  double all = 0;
  for (const double each : odds) all += each;
  const double before = kShown / static_cast<double>(odds.size());
  return static_cast<float>(before * odds[0] / (before * all + 1 - kShown));
}

TEST(SameVehicle, ByTheFittedCurve) {
  EXPECT_NEAR(*same_vehicle(kKnown, looking(1)), 0.5, 1e-4);
  EXPECT_NEAR(*same_vehicle(kKnown, looking(9)), 0.9, 1e-4);
  ObjectSeen other = kKnown;
  other.embedding = {1, 0, 0};
  EXPECT_FALSE(same_vehicle(kKnown, other)) << "of another model";
  EXPECT_FALSE(same_vehicle(kKnown, ObjectSeen{}));
}

// A box of the same height whose aspect is e^change times that of the known vehicle's.
Box reshaped(double change) {
  return {500, 500, static_cast<float>(500 + 100 * std::exp(change)), 600};
}

TEST(SameVehicle, WhatHasTurnedLooksLessLikeItself) {
  const double cosine = (std::log(0.5) - kSame[0]) / kSame[1];
  const auto p = [&](double change) {
    return *same_vehicle(kKnown, with_cosine(cosine, reshaped(change)));
  };
  const double turned = kTurned[0] + kTurned[1] * cosine, half = (std::log(0.5) + turned) / 2;
  EXPECT_NEAR(p(0), 1.0 / 3, 1e-4);
  EXPECT_NEAR(p(0.25), 1 / (1 + std::exp(-half)), 1e-3);
  EXPECT_NEAR(p(-0.25), 1 / (1 + std::exp(-half)), 1e-3) << "narrower or wider";
  EXPECT_NEAR(p(0.5), 1 / (1 + std::exp(-turned)), 1e-3);
  EXPECT_NEAR(p(2), p(0.5), 1e-4) << "more than turned is not possible";
  EXPECT_GT(p(0.5), 0.5);
}

TEST(IsVehicle, FromAScoreOn) {
  ObjectSeen object = kKnown;
  object.score = 0.3F;
  EXPECT_TRUE(is_vehicle(object));
  object.kind = ObjectKind::two_wheeler;
  EXPECT_TRUE(is_vehicle(object));
  object.kind = ObjectKind::person;
  EXPECT_FALSE(is_vehicle(object));
  object = kKnown;
  object.score = 0.29F;
  EXPECT_FALSE(is_vehicle(object));
}

TEST(PlateOn, IsTheLikeliestToBeReadRight) {
  PanelFacts panel = panel_of({kKnown, kKnown});
  put_plate(panel, 1, "a", 0.9F);
  put_plate(panel, 0, "b", 0.2F);
  put_plate(panel, 0, "c", 0.5F);
  put_plate(panel, 0, "d", 0.5F);
  EXPECT_EQ(plate_on(panel, 0), 2);
  EXPECT_EQ(plate_on(panel, 1), 0);
  EXPECT_EQ(plate_on(panel, 2), -1);
}

TEST(Likeness, IsTheStrongestOfTheKnownViewsButItsOwn) {
  const PanelFacts one = panel_of({looking(9)}), two = panel_of({kKnown});
  const std::vector<KnownView> known = {{&one, &one.objects[0]}, {&two, &two.objects[0]}};
  EXPECT_NEAR(*likeness(two.objects[0], known), 0.9, 1e-4) << "its own view is no witness";
  EXPECT_GT(*likeness(kKnown, known), 0.98F);
  EXPECT_FALSE(likeness(ObjectSeen{}, known));
}

TEST(Likest, OneVehicleIsAsSureAsItsLooks) {
  EXPECT_NEAR(found_in(panel_of({looking(5)})).p, chance({5}), 1e-4);
  EXPECT_NEAR(found_in(panel_of({kKnown})).p, chance({300}), 1e-5) << "it stands where it stood";
}

TEST(Likest, NoLooksAreWorthMoreThanThirtyToOne) {
  EXPECT_NEAR(found_in(panel_of({looking(100)})).p, chance({30}), 1e-5);
}

TEST(Likest, BelowAnEvenChanceItIsNone) {
  EXPECT_EQ(found_in(panel_of({looking(0.06)})).object, 0);
  EXPECT_EQ(found_in(panel_of({looking(0.05)})).object, -1);
  EXPECT_EQ(found_in(panel_of({})).object, -1);
}

TEST(Likest, WhatLooksTheSameAtTheSamePlaceStandsThere) {
  EXPECT_NEAR(found_in(panel_of({looking(2, {100, 100, 200, 175})})).p, chance({20}), 1e-4);
  EXPECT_NEAR(found_in(panel_of({looking(2, {100, 100, 200, 165})})).p, chance({2}), 1e-4)
      << "its box has less than seven tenths in common";
  EXPECT_NEAR(found_in(panel_of({looking(0.9, kKnown.box)})).p, chance({0.9}), 1e-4)
      << "something else stands there";
}

// A second later, `grown` times as high.
float reversed(float grown, Facing facing, float facing_p = 0.95F, Time later = Time{1000},
               Point to = {500, 500}) {
  PanelFacts known = panel_of({kKnown});
  known.objects[0].facing = {facing, 0.95F};
  PanelFacts panel = panel_of({looking(20, {to.x, to.y, to.x + 100, to.y + 100 * grown})});
  panel.objects[0].facing = {facing, facing_p};
  return likest(panel, later, {{&known, &known.objects[0], Time{0}}}).p;
}

TEST(Likest, VehiclesDoNotReverse) {
  EXPECT_NEAR(reversed(1.1F, Facing::rear), chance({1}), 1e-4);
  EXPECT_NEAR(reversed(1.05F, Facing::rear), chance({20}), 1e-4) << "within what boxes are off";
  EXPECT_NEAR(reversed(0.8F, Facing::rear), chance({20}), 1e-4) << "it drove away";
  EXPECT_NEAR(reversed(0.9F, Facing::front), chance({1}), 1e-4);
  EXPECT_NEAR(reversed(0.95F, Facing::front), chance({20}), 1e-4);
  EXPECT_NEAR(reversed(1.2F, Facing::front), chance({20}), 1e-4) << "it came";
}

TEST(Likest, ReversingIsToldOnlyWhereTimesFacingsAndBoxesAreSure) {
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.94F), chance({20}), 1e-4);
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.95F, Time{0}), chance({20}), 1e-4) << "at once";
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.95F, Time{-1000}), chance({20}), 1e-4) << "before";
  EXPECT_NEAR(reversed(0.9F, Facing::rear, 0.95F, Time{-1000}), chance({1}), 1e-4);
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.95F, Time{1000}, {500, 890}), chance({20}), 1e-4)
      << "cut off by the picture's edge";
}

float with_plates(const std::string& here, float readable) {
  PanelFacts known = panel_of({kKnown}), panel = panel_of({looking(2)});
  put_plate(known, 0, "皖A28593", 0.9F);
  put_plate(panel, 0, here, readable);
  return found_in(panel, known).p;
}

TEST(Likest, PlatesThatReadAlikeSpeakForOneVehicle) {
  EXPECT_NEAR(with_plates("皖A28593", 0.1F), chance({40}), 1e-4);
  EXPECT_NEAR(with_plates("皖A28594", 0.1F), chance({40}), 1e-4) << "one character is off";
  EXPECT_NEAR(with_plates("皖A28K94", 0.1F), chance({2}), 1e-4) << "two tell nothing";
  EXPECT_NEAR(with_plates("皖A28", 0.9F), chance({2}), 1e-4) << "no whole plate";
}

TEST(Likest, PlatesThatReadOtherwiseSpeakAgainstItAsSurelyAsTheyAreRead) {
  EXPECT_NEAR(with_plates("京N8P8F8", 0.5F), chance({2 * (1 - 0.45)}), 1e-4);
  EXPECT_NEAR(with_plates("京N8P8F8", 1), chance({2 * 0.1}), 1e-4) << "never surer than that";
}

// The plates of both views, drawn 60 pixels wide; the later one reads `text`.
float with_prints(std::uint64_t here, const std::string& text) {
  PanelFacts known = panel_of({kKnown}), panel = panel_of({looking(20)});
  PlateSeen plate = plate_with(drawn(kOnePlate), 60);
  plate.object = 0;
  plate.text = "皖A28593";
  plate.readable = 0.9F;
  known.plates = {plate};
  plate.print = drawn(here);
  plate.text = text;
  plate.readable = 0.5F;
  panel.plates = {plate};
  return found_in(panel, known).p;
}

TEST(Likest, PlatesTooFarToReadTellByTheirPixels) {
  EXPECT_NEAR(with_prints(kOnePlate, ""), chance({20 * 50}), 1e-5);
  EXPECT_NEAR(with_prints(kOtherPlate, ""), chance({20 / 50.0}), 1e-4);
}

// Both come from the same pixels.
TEST(Likest, PixelsAndReadingsAreNoTwoWitnesses) {
  EXPECT_NEAR(with_prints(kOtherPlate, "京N8P8F8"), chance({20 / 50.0}), 1e-4);
  EXPECT_NEAR(with_prints(kOtherPlate, "皖A28593"), chance({20 * 20}), 1e-4) << "one string";
}

TEST(Likest, OfSeveralTheLikestMustBeTenTimesLikelierThanARival) {
  const Likest clear = found_in(panel_of({looking(2.9), looking(30)}));
  EXPECT_EQ(clear.object, 1);
  EXPECT_NEAR(clear.p, chance({30, 2.9}), 1e-4);
  EXPECT_TRUE(found_in(panel_of({looking(3.1), looking(30)})).rivals);
  EXPECT_TRUE(found_in(panel_of({looking(30), looking(3.1)})).rivals);
  const Likest unlike = found_in(panel_of({looking(5), looking(0.9)}));
  EXPECT_FALSE(unlike.rivals) << "what is likelier another is no rival";
  EXPECT_NEAR(unlike.p, chance({5, 0.9}), 1e-4);
}

TEST(Likest, TheVeryUnlikelyAreNoCandidates) {
  EXPECT_NEAR(found_in(panel_of({looking(5), looking(0.021)})).p, chance({5, 0.021}), 1e-4);
  EXPECT_NEAR(found_in(panel_of({looking(5), looking(0.019)})).p, chance({5}), 1e-4);
}

// The plate is weighed only where the looks leave room for it.
TEST(Likest, APlateDoesNotMakeAnotherVehicleTheTarget) {
  PanelFacts known = panel_of({kKnown});
  put_plate(known, 0, "皖A28593", 0.9F);
  const auto beside = [&](double odds) {
    PanelFacts panel = panel_of({looking(5), looking(odds)});
    put_plate(panel, 1, "皖A28593", 0.9F);
    return found_in(panel, known).p;
  };
  EXPECT_NEAR(beside(1.5e-3), chance({5, 0.03}), 1e-4);
  EXPECT_NEAR(beside(0.9e-3), chance({5}), 1e-4);
}

TEST(Likest, WhatIsLikerToANeighbourIsNotTheTarget) {
  PanelFacts known = panel_of({kKnown, looking(5, {300, 300, 400, 400})});
  const PanelFacts panel = panel_of({looking(5)});
  EXPECT_EQ(found_in(panel, known).object, -1) << "it looks just like the neighbour";
  known.objects[1].score = 0.2F;
  EXPECT_EQ(found_in(panel, known).object, 0) << "which is hardly there";
}

TEST(Likest, ANeighbourFoundElsewhereIsNoRival) {
  const ObjectSeen neighbour = looking(5, {300, 300, 400, 400});
  const PanelFacts known = panel_of({kKnown, neighbour});
  const Likest found = found_in(panel_of({looking(5), neighbour}), known);
  EXPECT_EQ(found.object, 0);
  EXPECT_NEAR(found.p, chance({5}), 1e-4);
}

}  // namespace
}  // namespace vioreview
