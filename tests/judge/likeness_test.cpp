// SPDX-License-Identifier: Apache-2.0
// How much likelier two sightings are of one vehicle than of two.
#include "judge/likeness.h"

#include <cmath>

#include <gtest/gtest.h>

#include "judge/drawn_plate.h"
#include "judge/looks.h"

namespace vioreview {
namespace {

// The first vehicle of a panel as that of a known panel, which is taken a second before.
double odds_in(const PanelFacts& panel, const PanelFacts& known) {
  return odds_of_one({{&known, &known.objects[0], Time{0}}},
                     {&panel, &panel.objects[0], Time{1000}});
}
double odds_in(const PanelFacts& panel) {
  return odds_in(panel, panel_of({kKnown}));
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
  EXPECT_GT(p(0.5), p(0));
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
  const std::vector<Sighting> known = {{&one, &one.objects[0]}, {&two, &two.objects[0]}};
  EXPECT_NEAR(*likeness(two.objects[0], known), 0.9, 1e-4) << "its own view is no witness";
  EXPECT_GT(*likeness(kKnown, known), 0.98F);
  EXPECT_FALSE(likeness(ObjectSeen{}, known));
}

TEST(OddsOfOne, NoLooksAreWorthMoreThanThirtyToOne) {
  EXPECT_NEAR(odds_in(panel_of({looking(100)})) / 30, 1, 1e-3);
}

TEST(OddsOfOne, WhatLooksTheSameAtTheSamePlaceStandsThere) {
  EXPECT_NEAR(odds_in(panel_of({looking(2, {100, 100, 200, 175})})) / (2 * 25), 1, 1e-3);
  EXPECT_NEAR(odds_in(panel_of({looking(2, {100, 100, 200, 165})})) / 2, 1, 1e-3)
      << "its box has less than seven tenths in common";
  EXPECT_NEAR(odds_in(panel_of({looking(0.9, kKnown.box)})) / (0.9), 1, 1e-3)
      << "something else stands there";
}

// From a vehicle that shows one end surely, a second later, `grown` times as high.
double reversed(float grown, Facing facing, float facing_p = 0.95F, Time later = Time{1000},
                Point to = {500, 500}) {
  PanelFacts known = panel_of({kKnown});
  known.objects[0].facing = {facing, 0.95F};
  PanelFacts panel = panel_of({looking(20, {to.x, to.y, to.x + 100, to.y + 100 * grown})});
  panel.objects[0].facing = {facing, facing_p};
  return odds_of_one({{&known, &known.objects[0], Time{0}}}, {&panel, &panel.objects[0], later});
}

TEST(OddsOfOne, VehiclesDoNotReverse) {
  EXPECT_NEAR(reversed(1.1F, Facing::rear) / 1, 1, 1e-3);
  EXPECT_NEAR(reversed(1.05F, Facing::rear) / 20, 1, 1e-3) << "within what boxes are off";
  EXPECT_NEAR(reversed(0.8F, Facing::rear) / 20, 1, 1e-3) << "it drove away";
  EXPECT_NEAR(reversed(0.9F, Facing::front) / 1, 1, 1e-3);
  EXPECT_NEAR(reversed(0.95F, Facing::front) / 20, 1, 1e-3);
  EXPECT_NEAR(reversed(1.2F, Facing::front) / 20, 1, 1e-3) << "it came";
}

// Broadside, the net does not know which end is which: then only much nearer is too near.
TEST(OddsOfOne, WhatShowsNoEndSurelyHasReversedOnlyWhenItIsMuchNearer) {
  EXPECT_NEAR(reversed(1.35F, Facing::rear, 0.94F) / 1, 1, 1e-3);
  EXPECT_NEAR(reversed(1.25F, Facing::rear, 0.94F) / 20, 1, 1e-3);
  EXPECT_NEAR(reversed(0.7F, Facing::front, 0.94F) / 1, 1, 1e-3);
  EXPECT_NEAR(reversed(0.8F, Facing::front, 0.94F) / 20, 1, 1e-3);
}

TEST(OddsOfOne, WhatHasTurnedRoundMayComeBack) {
  const auto turned = [](float grown, Facing from, Facing to) {
    PanelFacts known = panel_of({kKnown});
    known.objects[0].facing = {from, 0.95F};
    PanelFacts panel = panel_of({looking(20, {500, 500, 600, 500 + 100 * grown})});
    panel.objects[0].facing = {to, 0.95F};
    return odds_in(panel, known);
  };
  EXPECT_NEAR(turned(1.5F, Facing::rear, Facing::front) / 20, 1, 1e-3);
  EXPECT_NEAR(turned(0.6F, Facing::front, Facing::rear) / 20, 1, 1e-3);
}

TEST(OddsOfOne, ReversingIsToldOnlyWhereTimesFacingsAndBoxesAreSure) {
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.94F) / 20, 1, 1e-3);
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.95F, Time{0}) / 20, 1, 1e-3) << "at once";
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.95F, Time{-1000}) / 20, 1, 1e-3) << "before";
  EXPECT_NEAR(reversed(0.9F, Facing::rear, 0.95F, Time{-1000}) / 1, 1, 1e-3);
  EXPECT_NEAR(reversed(1.1F, Facing::rear, 0.95F, Time{1000}, {500, 890}) / 20, 1, 1e-3)
      << "cut off by the picture's edge";
}

double with_plates(const std::string& here, float readable) {
  PanelFacts known = panel_of({kKnown}), panel = panel_of({looking(2)});
  put_plate(known, 0, "皖A28593", 0.9F);
  put_plate(panel, 0, here, readable);
  return odds_in(panel, known);
}

TEST(OddsOfOne, PlatesThatReadAlikeSpeakForOneVehicle) {
  EXPECT_NEAR(with_plates("皖A28593", 0.1F) / 40, 1, 1e-3);
  EXPECT_NEAR(with_plates("皖A28594", 0.1F) / 40, 1, 1e-3) << "one character is off";
  EXPECT_NEAR(with_plates("皖A28K94", 0.1F) / 2, 1, 1e-3) << "two tell nothing";
  EXPECT_NEAR(with_plates("皖A28", 0.9F) / 2, 1, 1e-3) << "no whole plate";
}

TEST(OddsOfOne, PlatesThatReadOtherwiseSpeakAgainstItAsSurelyAsTheyAreRead) {
  EXPECT_NEAR(with_plates("京N8P8F8", 0.5F) / (2 * (1 - 0.45)), 1, 1e-3);
  EXPECT_NEAR(with_plates("京N8P8F8", 1) / (2 * 0.1), 1, 1e-3) << "never surer than that";
}

// The plates of both views, drawn 60 pixels wide; the later one reads `text`.
double with_prints(std::uint64_t here, const std::string& text) {
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
  return odds_in(panel, known);
}

TEST(OddsOfOne, PlatesTooFarToReadTellByTheirPixels) {
  EXPECT_NEAR(with_prints(kOnePlate, "") / (20 * 50), 1, 1e-3);
  EXPECT_NEAR(with_prints(kOtherPlate, "") / (20 / 50.0), 1, 1e-3);
}

// Both come from the same pixels.
TEST(OddsOfOne, PixelsAndReadingsAreNoTwoWitnesses) {
  EXPECT_NEAR(with_prints(kOtherPlate, "京N8P8F8") / (20 / 50.0), 1, 1e-3);
  EXPECT_NEAR(with_prints(kOtherPlate, "皖A28593") / (20 * 20), 1, 1e-3) << "one string";
}

// A vehicle of the same looks whose plate, too small to be sure of the whole string, surely shows
// other characters.
TEST(OddsOfOne, CharactersThatAreSurelyOthersTellAVehicleOfTheSameLooks) {
  PanelFacts known = panel_of({kKnown}), panel = panel_of({looking(20)});
  const auto put = [](PanelFacts& in, const std::vector<std::string>& characters, float readable) {
    PlateSeen plate = plate_with({}, 34);
    plate.object = 0;
    plate.readable = readable;
    for (const std::string& c : characters) {
      plate.text += c;
      plate.characters.push_back({c, 0.99F, {}});
    }
    in.plates = {plate};
  };
  put(known, {"沪", "J", "1", "3", "5", "3", "4"}, 1);
  put(panel, {"湘", "F", "3", "0", "E", "0", "3"}, 0.4F);
  EXPECT_NEAR(odds_in(panel, known) / (20 * 0.004), 1, 1e-3);
  put(panel, {"沪", "J", "1", "3", "5", "8", "4"}, 0.4F);
  EXPECT_NEAR(odds_in(panel, known) / (20 * 20), 1, 1e-3) << "one character may be misread";
  put(panel, {"沪", "J", "1", "3", "8", "8", "4"}, 0.4F);
  EXPECT_NEAR(odds_in(panel, known) / (20 * 0.004), 1, 1e-3) << "not two that are plain";
}

// The plate is weighed only where the looks leave room for it.
TEST(OddsOfOne, APlateDoesNotMakeAnotherVehicleTheSame) {
  const auto with_plate = [](double looks) {
    PanelFacts known = panel_of({kKnown}), panel = panel_of({looking(looks)});
    put_plate(known, 0, "皖A28593", 0.9F);
    put_plate(panel, 0, "皖A28593", 0.9F);
    return odds_in(panel, known);
  };
  EXPECT_NEAR(with_plate(1.5e-3) / 0.03, 1, 1e-3);
  EXPECT_NEAR(with_plate(0.9e-3) / 0.9e-3, 1, 1e-3);
}

TEST(OddsOfOne, TheStrongestSightingCounts) {
  const PanelFacts near = panel_of({kKnown}), far = panel_of({with_cosine(0.5)}),
                   panel = panel_of({looking(9)});
  const Sighting one{&near, &near.objects[0]}, two{&far, &far.objects[0]},
      here{&panel, &panel.objects[0]};
  const double a = odds_of_one({one}, here), b = odds_of_one({two}, here);
  ASSERT_NE(a, b);
  EXPECT_EQ(odds_of_one({one, two}, here), std::max(a, b));
  EXPECT_EQ(odds_of_one({two, one}, here), std::max(a, b));
}

}  // namespace
}  // namespace vioreview
