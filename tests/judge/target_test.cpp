// SPDX-License-Identifier: Apache-2.0
// Which vehicle is the target: by plate, by likeness, alone, or not at all.
#include "judge/target.h"

#include <gtest/gtest.h>

#include "judge/example.h"

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
  EXPECT_NE(target_of(with_stranger({0.83F, 0.56F})).panels[2].by, FoundBy::likeness);
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
