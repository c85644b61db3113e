// SPDX-License-Identifier: Apache-2.0
// Which vehicle is the target: by plate, by likeness, alone, or not at all.
#include "judge/target.h"

#include <gtest/gtest.h>

#include "judge/drawn_plate.h"
#include "judge/example.h"
#include "judge/likeness.h"

namespace vioreview {
namespace {

Target target_of(const Example& example) {
  return find_target(example.c, example.facts);
}

TEST(Target, IsNamedByItsPlateInEveryPanel) {
  const Target target = target_of(base("red_light"));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(target.panels[static_cast<std::size_t>(i)].by, FoundBy::plate);
    EXPECT_EQ(target.panels[static_cast<std::size_t>(i)].object, 0);
  }
  EXPECT_EQ(target.best_panel, 3) << "the close-up is read best";
}

TEST(Target, MayBeReadWrongByAFewCharacters) {
  Example example = base("red_light");
  example.facts.panels[1].plates[0].text = "皖A28518";
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::plate);
  example.facts.panels[1].plates[0].text = "皖A2K518";
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::plate) << "no other plate is as near";
  example.facts.panels[1].plates[0].text = "京K2K518";
  example.facts.panels[1].objects[0].embedding = {0, 1};
  EXPECT_NE(target_of(example).panels[1].by, FoundBy::plate);
}

TEST(Target, TheCloseUpNamesItWhenNothingIsNearTheRecord) {
  Example example = base("red_light", R"({"case/record/plate": "京N8P8F8"})");
  const Target target = target_of(example);
  EXPECT_EQ(target.panels[0].by, FoundBy::plate);
  EXPECT_EQ(target.panels[0].object, 0);
}

TEST(Target, AClearPlateFarFromTheRecordNamesNothingAmongSeveral) {
  const Example example = base("red_light", R"({"case/record/plate": "京N8P8F8",
      "facts/panels/3": null, "case/pictures/3": null})");
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::rivals);
}

TEST(Target, AnIllegibleStringNamesNothing) {
  Example example = base("speed");
  example.facts.panels[0].plates[0].readable = 0.01F;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::alone);
}

TEST(Target, IsNotTheVehicleThatIsAloneButLooksAnother) {
  Example example = base("speed_two");
  example.facts.panels[1].plates.clear();
  example.facts.panels[1].objects[0].embedding = {0, 1};
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::none);
}

// Panels 1 and 3 without plates: the target is known by its plate in panel 2 alone, beside another
// vehicle; `embedding` is that of the only vehicle of panel 3.
Example with_stranger(std::vector<float> embedding) {
  Example example = base("red_light");
  auto& panels = example.facts.panels;
  panels[0].plates.clear();
  panels[2].plates.clear();
  panels[0].objects[0].embedding = panels[1].objects[0].embedding = {1, 0};
  ObjectSeen other = panels[1].objects[0];
  other.box = {10, 10, 90, 90};
  other.embedding = {0.8F, 0.6F};
  panels[1].objects.push_back(other);
  panels[2].objects.resize(1);
  panels[2].objects[0].embedding = std::move(embedding);
  return example;
}

TEST(Target, IsNotTheVehicleThatIsLikerToAnother) {
  EXPECT_EQ(target_of(with_stranger({0.98F, 0.2F})).panels[2].by, FoundBy::likeness);
  Example example = with_stranger({0.83F, 0.56F});
  example.facts.panels[1].objects.back().box = {1200, 440, 1560, 780};
  EXPECT_NE(target_of(example).panels[2].by, FoundBy::likeness);
}

TEST(Target, IsWhatDroveOnWhereTheOtherWouldHaveReversed) {
  Example example = with_stranger({0.83F, 0.56F});
  ObjectSeen& other = example.facts.panels[1].objects.back();
  other.box = {800, 300, 960, 450};  // farther away than what panel 3 shows, all seen from behind
  EXPECT_EQ(target_of(example).panels[2].by, FoundBy::likeness);
  other.facing->p = 0.6F;
  EXPECT_NE(target_of(example).panels[2].by, FoundBy::likeness) << "it may have come";
  other.facing->p = 0.97F;
  example.c.record.times.clear();
  for (PictureRef& picture : example.c.pictures) picture.time.reset();
  EXPECT_NE(target_of(example).panels[2].by, FoundBy::likeness) << "what came first is not known";
}

TEST(Target, OfTwoLikeVehiclesTheMuchLikerIsIt) {
  Example example = with_stranger({1, 0});
  ObjectSeen second = example.facts.panels[2].objects[0];
  second.box = {10, 10, 90, 90};
  second.embedding = {0.65F, 0.76F};
  example.facts.panels[1].objects.pop_back();
  example.facts.panels[2].objects.push_back(second);
  EXPECT_EQ(target_of(example).panels[2].object, 0);
  example.facts.panels[2].objects[1].embedding = {0.98F, 0.2F};
  EXPECT_EQ(target_of(example).panels[2].by, FoundBy::rivals) << "twins";
}

// The target of panel 2 and a twin beside it; panel 3 shows a vehicle that looks like both and, at
// `twin`, the twin.
Example with_twin(Box twin) {
  Example example = with_stranger({1, 0});
  auto& panels = example.facts.panels;
  panels[1].objects.back().embedding = {1, 0};
  panels[2].objects[0].box = {400, 40, 480, 120};
  ObjectSeen again = panels[1].objects.back();
  again.box = twin;
  panels[2].objects.push_back(again);
  return example;
}

TEST(Target, IsTheTwinThatDidNotStayWhereTheOtherStood) {
  const TargetInPanel found = target_of(with_twin({10, 10, 90, 90})).panels[2];
  EXPECT_EQ(found.object, 0) << "the other stands where it stood";
  EXPECT_GT(found.p, 0.95F);
  EXPECT_NE(target_of(with_twin({700, 10, 780, 90})).panels[2].by, FoundBy::likeness)
      << "both have moved";
}

TEST(Target, IsTheTwinWithoutTheOthersPlate) {
  Example example = with_twin({700, 10, 780, 90});
  auto& panels = example.facts.panels;
  PlateSeen plate = panels[1].plates[0];
  plate.text = "京N8P8F8";
  plate.readable = 0.4F;
  plate.object = static_cast<int>(panels[1].objects.size()) - 1;
  panels[1].plates.push_back(plate);
  plate.object = 1;
  panels[2].plates = {plate};
  const TargetInPanel found = target_of(example).panels[2];
  EXPECT_EQ(found.object, 0);
  EXPECT_GT(found.p, 0.95F);
}

// The target of panel 1 and its twin, without plates; the close-up enlarges a part of the target.
Example with_enlarged_part() {
  Example example = base("red_light");
  auto& panels = example.facts.panels;
  for (std::size_t i = 0; i < 3; ++i) panels[i].plates.clear();
  ObjectSeen twin = panels[0].objects[0];
  twin.box = {10, 10, 200, 200};
  panels[0].objects.push_back(twin);
  panels[0].sha256 = "a";
  panels[1].sha256 = "b";
  const Point middle = panels[0].objects[0].box.centre();
  panels[3].enlarges = EnlargedSeen{
      "a", panels[0].crop, {middle.x - 20, middle.y - 10, middle.x + 20, middle.y + 10}, 0.98F};
  return example;
}

// A vehicle that looks just like the target, whose plate is too far to read.
Example with_far_plate(std::uint64_t name) {
  Example example = base("speed_two");
  example.facts.panels[0].plates[0].print = drawn(kOnePlate);
  PlateSeen& far = example.facts.panels[1].plates[0];
  for (std::size_t i = 0; i < 2; ++i) {  // 60 and 26 pixels wide
    PlateSeen& plate = example.facts.panels[i].plates[0];
    plate.corners = plate_with({}, i == 0 ? 60 : 26).corners;
    plate.look.value = PlateLook::blue;
  }
  far.text = "";
  far.readable = 0;
  far.print = seen_by(drawn(name), 26);
  return example;
}

TEST(Target, APlateTooFarToReadStillTellsTwins) {
  const TargetInPanel same = target_of(with_far_plate(kOnePlate)).panels[1];
  EXPECT_EQ(same.by, FoundBy::likeness);
  EXPECT_GT(same.p, 0.99F);
  const TargetInPanel other = target_of(with_far_plate(kOtherPlate)).panels[1];
  EXPECT_LT(other.p, 0.97F) << "by looks alone it would be surely the target";
}

TEST(Target, IsWhatTheCloseUpEnlarges) {
  Example example = with_enlarged_part();
  const Target target = target_of(example);
  EXPECT_EQ(target.panels[0].by, FoundBy::closeup);
  EXPECT_EQ(target.panels[0].object, 0);
  EXPECT_EQ(target.panels[1].by, FoundBy::likeness) << "it is known from panel 1";
  example.facts.panels[3].enlarges->sha256 = "c";
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::rivals) << "of a picture of another case";
}

TEST(Target, TheSmallerOfTwoVehiclesRoundTheEnlargedPartIsIt) {
  Example example = with_enlarged_part();
  example.facts.panels[0].objects.back().box = {0, 0, 1900, 1000};  // a bus behind it
  EXPECT_EQ(target_of(example).panels[0].object, 0);
  PlateSeen plate = base("red_light").facts.panels[0].plates[0];
  plate.box = example.facts.panels[3].enlarges->box;
  plate.text = "";
  plate.readable = 0;
  plate.object = static_cast<int>(example.facts.panels[0].objects.size()) - 1;
  example.facts.panels[0].plates = {plate};
  EXPECT_EQ(target_of(example).panels[0].object, plate.object) << "the plate there is the bus's";
}

TEST(Target, PlateAndEnlargedPartMustNameOneVehicle) {
  Example example = with_enlarged_part();
  example.facts.panels[0].plates = base("red_light").facts.panels[0].plates;
  const Target agreed = target_of(example);
  EXPECT_EQ(agreed.panels[0].by, FoundBy::plate);
  Example without = example;
  without.facts.panels[3].enlarges.reset();
  EXPECT_GT(agreed.panels[0].p, target_of(without).panels[0].p);
  example.facts.panels[3].enlarges->box = {50, 50, 90, 70};  // of the twin
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::rivals);
}

TEST(Target, OnePlateSeenTwiceIsNoRival) {
  Example example = base("speed");
  example.facts.panels[0].plates.push_back(example.facts.panels[0].plates[0]);
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate);
  example.facts.panels[0].plates[1].object = -1;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate) << "the boxes lie on one another";
}

TEST(Target, TheSamePlateOnTwoVehiclesMakesRivals) {
  Example example = base("speed");
  PanelFacts& panel = example.facts.panels[0];
  panel.objects.push_back(panel.objects[0]);
  panel.objects[1].box = {1300, 500, 1700, 850};
  panel.plates.push_back(panel.plates[0]);
  panel.plates[1].box = {1400, 750, 1500, 780};
  panel.plates[1].object = 1;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::rivals);
}

TEST(Target, APlateWithoutAVehicleBoxIsATargetToo) {
  Example example = base("speed");
  example.facts.panels[0].objects.clear();
  example.facts.panels[0].plates[0].object = -1;
  const Target target = target_of(example);
  EXPECT_EQ(target.panels[0].by, FoundBy::plate);
  EXPECT_EQ(target.panels[0].object, -1);
  EXPECT_NE(target.plate(example.facts), nullptr);
}

TEST(Target, DriverAndSignalPicturesHoldNone) {
  Example example = base("red_light");
  example.facts.panels[1].role = Role::driver;
  example.facts.panels[2].role = Role::signal;
  const Target target = target_of(example);
  EXPECT_EQ(target.panels[1].by, FoundBy::none);
  EXPECT_EQ(target.panels[2].by, FoundBy::none);
}

TEST(Target, PeopleAndFaintBoxesAreNoVehicles) {
  Example example = base("speed");
  example.facts.panels[0].plates.clear();
  ObjectSeen person = example.facts.panels[0].objects[0];
  person.kind = ObjectKind::person;
  ObjectSeen faint = example.facts.panels[0].objects[0];
  faint.score = 0.2F;
  example.facts.panels[0].objects.push_back(person);
  example.facts.panels[0].objects.push_back(faint);
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::alone);
  EXPECT_EQ(target_of(example).panels[0].object, 0);
}

TEST(SameVehicle, RisesWithTheCosineAndIsUnknownWithoutEmbeddings) {
  const auto view = [](float x, float y) {
    ObjectSeen object;
    object.embedding = {x, y};
    return object;
  };
  EXPECT_GT(*same_vehicle(view(1, 0), view(1, 0)), 0.98F);
  EXPECT_LT(*same_vehicle(view(1, 0), view(0, 1)), 0.02F);
  EXPECT_GT(*same_vehicle(view(1, 0), view(0.8F, 0.6F)),
            *same_vehicle(view(1, 0), view(0.6F, 0.8F)));
  EXPECT_FALSE(same_vehicle(view(1, 0), ObjectSeen{}));
}

}  // namespace
}  // namespace vioreview
