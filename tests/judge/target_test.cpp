// SPDX-License-Identifier: Apache-2.0
// Which vehicle is the target: by plate, by likeness, alone, or not at all.
#include "judge/target.h"

#include <cmath>

#include <gtest/gtest.h>

#include "judge/drawn_plate.h"
#include "judge/example.h"
#include "judge/looks.h"

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

TEST(Target, TheBestReadingOfTheCloseUpNamesIt) {
  Example example = base("red_light", R"({"case/record/plate": "京N8P8F8"})");
  auto& plates = example.facts.panels[3].plates;
  plates.push_back(plates[0]);
  plates[1].text = "沪K77777";
  plates[1].readable = 0.3F;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate);
}

// The record says 皖A28593.
TEST(Target, TheBestReadingNearTheRecordNamesItToo) {
  Example example = base("red_light", R"({"facts/panels/3": null, "case/pictures/3": null})");
  auto& panels = example.facts.panels;
  const char* texts[] = {"皖A28K94", "皖A2KK94", "皖A28593"};
  const float readable[] = {0.9F, 0.3F, 0.2F};
  for (std::size_t i = 0; i < 3; ++i) {
    panels[i].plates[0].text = texts[i];
    panels[i].plates[0].readable = readable[i];
    panels[i].objects[0].embedding.clear();
  }
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::plate);
  EXPECT_NEAR(target_of(example).panels[1].p, 0.99 - 0.005, 1e-6) << "a character off the best one";
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

// Two-wheelers far away are too small to be compared by their looks.
TEST(Target, IsNoTwoWheelerWhereOtherPanelsShowACar) {
  Example example = base("speed_two");
  example.facts.panels[1].plates.clear();
  ObjectSeen& only = example.facts.panels[1].objects[0];
  only.embedding.clear();
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::alone);
  only.kind = ObjectKind::two_wheeler;
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::none);
  example.facts.panels[0].objects[0].kind = ObjectKind::two_wheeler;
  EXPECT_EQ(target_of(example).panels[1].by, FoundBy::alone) << "unless they show one";
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

TEST(Target, IsNotSurelyTheVehicleThatIsLikerToAnother) {
  const TargetInPanel alike = target_of(with_stranger({0.98F, 0.2F})).panels[2];
  EXPECT_EQ(alike.by, FoundBy::likeness);
  EXPECT_GT(alike.p, 0.9F);
  Example example = with_stranger({0.78F, 0.626F});
  example.facts.panels[1].objects.back().box = {1200, 440, 1560, 780};
  EXPECT_LT(target_of(example).panels[2].p, 0.8F);
}

TEST(Target, IsWhatDroveOnWhereTheOtherWouldHaveReversed) {
  Example example = with_stranger({0.78F, 0.626F});
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

// Only the first panel shows its plate; its side in the second looks like its rear and like the
// front that it shows in the third, which are unlike.
Example turning_round(float side_cosine) {
  Example example = base("red_light");
  auto& panels = example.facts.panels;
  const float angles[] = {0, std::acos(side_cosine), std::acos(0.45F)};
  for (std::size_t i = 0; i < 3; ++i) {
    panels[i].objects.resize(1);
    panels[i].objects[0].facing.reset();
    panels[i].objects[0].embedding = {std::cos(angles[i]), std::sin(angles[i])};
    if (i > 0) panels[i].plates.clear();
  }
  return example;
}

TEST(Target, OneThatTurnsRoundIsFoundThroughThePanelBetween) {
  const Target target = target_of(turning_round(0.8F));
  EXPECT_EQ(target.panels[1].by, FoundBy::likeness);
  EXPECT_EQ(target.panels[2].by, FoundBy::likeness);
  EXPECT_LT(target.panels[2].p, target.panels[1].p) << "no surer than the link";
  EXPECT_GT(target.panels[2].p, 0.9F);
}

TEST(Target, AnUnsurePanelLinksNoOther) {
  // Odds of .37, and .95 that it is shown at all: found with .88.
  const Target target = target_of(turning_round(0.595F));
  EXPECT_EQ(target.panels[1].by, FoundBy::likeness);
  EXPECT_LT(target.panels[1].p, 0.9F);
  EXPECT_NE(target.panels[2].by, FoundBy::likeness);
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
  plate.characters.clear();
  plate.readable = 0.4F;
  plate.object = static_cast<int>(panels[1].objects.size()) - 1;
  panels[1].plates.push_back(plate);
  plate.object = 1;
  panels[2].plates = {plate};
  const TargetInPanel found = target_of(example).panels[2];
  EXPECT_EQ(found.object, 0);
  EXPECT_GT(found.p, 0.95F);
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
  far.characters.clear();
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

TEST(Target, OnePlateSeenTwiceIsNoRival) {
  Example example = base("speed");
  example.facts.panels[0].plates.push_back(example.facts.panels[0].plates[0]);
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate);
  example.facts.panels[0].plates[1].object = -1;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate) << "the boxes lie on one another";
  PlateSeen& second = example.facts.panels[0].plates[1];
  second.box = {840, 450, 960, 490};
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::rivals) << "two plates";
  second.object = 0;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate) << "of one vehicle";
  for (PlateSeen& plate : example.facts.panels[0].plates) plate.object = -1;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::rivals) << "of none that is known";
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

TEST(Target, IsNamedByAReadingThatIsNotQuiteHopeless) {
  Example example = base("speed");
  example.facts.panels[0].plates[0].readable = 0.05F;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::plate);
  example.facts.panels[0].plates[0].readable = 0.049F;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::alone);
}

// The second panel's reading and, on a vehicle of its own, another's; embeddings tell nothing.
TargetInPanel with_readings(const std::string& own, const std::string& other = "") {
  Example example = base("speed_two");
  PanelFacts& panel = example.facts.panels[1];
  panel.plates[0].text = own;
  panel.plates[0].readable = 0.04F;
  panel.objects[0].embedding.clear();
  if (!other.empty()) {
    panel.objects.push_back(panel.objects[0]);
    panel.objects[1].box = {1300, 500, 1700, 850};
    panel.plates.push_back(panel.plates[0]);
    panel.plates[1].box = {1400, 750, 1500, 780};
    panel.plates[1].object = 1;
    panel.plates[1].text = other;
  }
  return target_of(example).panels[1];
}

// Of 皖A28593; look-alikes count half.
TEST(Target, AFarPlateIsItsOwnUpToThreeAndAHalfCharacters) {
  const TargetInPanel far = with_readings("京AZ8K43");
  EXPECT_EQ(far.by, FoundBy::plate);
  EXPECT_NEAR(far.p, 0.99 - 0.005 * 3.5, 1e-6) << "each character off leaves room for another";
  EXPECT_NE(with_readings("京A28K4B").by, FoundBy::plate) << "four";
  EXPECT_NE(with_readings("").by, FoundBy::plate);
}

TEST(Target, AnotherPlateMustBeACharacterAndAHalfFartherOffAFarOne) {
  EXPECT_EQ(with_readings("京A28K43", "京N2PK8B").by, FoundBy::plate) << "3 against 6";
  EXPECT_EQ(with_readings("京A28K43", "京AZ8K4B").by, FoundBy::plate) << "3 against 4.5";
  EXPECT_NE(with_readings("京A28K43", "京A28K4B").by, FoundBy::plate) << "3 against 4";
  EXPECT_EQ(with_readings("京A28K93", "京A28K43").by, FoundBy::rivals) << "2 against 3";
}

TEST(Target, AnotherPlateWithinACharacterOfAReadOneMakesRivals) {
  const auto beside = [](const std::string& text) {
    Example example = base("speed");
    PanelFacts& panel = example.facts.panels[0];
    panel.objects.push_back(panel.objects[0]);
    panel.objects[1].box = {1300, 500, 1700, 850};
    panel.plates.push_back(panel.plates[0]);
    panel.plates[1].box = {1400, 750, 1500, 780};
    panel.plates[1].object = 1;
    panel.plates[1].text = text;
    return target_of(example).panels[0];
  };
  EXPECT_EQ(beside("皖AZ8593").by, FoundBy::rivals);
  EXPECT_EQ(beside("皖A28594").by, FoundBy::plate);
  EXPECT_EQ(beside("皖A28594").object, 0);
  EXPECT_FLOAT_EQ(beside("皖A28594").p, 0.99F);
}

// Two vehicles, neither of which is named; the second has a plate.
FoundBy beside_stranger(const std::string& text, float readable, VehicleClass look, float p) {
  Example example = base("speed");
  PanelFacts& panel = example.facts.panels[0];
  panel.objects.push_back(panel.objects[0]);
  panel.objects[1].vehicle_class = {look, p};
  panel.plates[0].text = text;
  panel.plates[0].readable = readable;
  panel.plates[0].object = 1;
  const TargetInPanel found = target_of(example).panels[0];
  if (found.by == FoundBy::alone) {
    EXPECT_EQ(found.object, 0);
  }
  return found.by;
}

TEST(Target, IsNotTheVehicleWhosePlateAndClassAreSurelyOthers) {
  EXPECT_EQ(beside_stranger("京N8P8F8", 0.9F, VehicleClass::bus, 0.85F), FoundBy::alone);
  EXPECT_EQ(beside_stranger("京N8P8F8", 0.89F, VehicleClass::bus, 0.85F), FoundBy::rivals);
  EXPECT_EQ(beside_stranger("京N8P8F8", 0.9F, VehicleClass::bus, 0.84F), FoundBy::rivals);
  EXPECT_EQ(beside_stranger("京N8P8F8", 0.9F, VehicleClass::car, 0.9F), FoundBy::rivals);
  EXPECT_EQ(beside_stranger("", 0.9F, VehicleClass::bus, 0.9F), FoundBy::alone)
      << "an empty string is far from any plate";
}

TEST(Target, AloneIsAsSureAsItsBoxAndThatDevicesShowWhatTheyReport) {
  Example example = base("speed");
  example.facts.panels[0].plates[0].readable = 0;
  example.facts.panels[0].objects[0].score = 0.8F;
  EXPECT_NEAR(target_of(example).panels[0].p, 0.8 * 0.95 / (0.8 * 0.95 + 0.2 * 0.05), 1e-6);
}

TEST(Target, ALonePlateWithoutVehiclesMayBeItsOwn) {
  Example example = base("speed");
  PanelFacts& panel = example.facts.panels[0];
  panel.objects.clear();
  panel.plates[0].object = -1;
  panel.plates[0].readable = 0;
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::alone);
  EXPECT_EQ(target_of(example).panels[0].plate, 0);
  panel.plates.push_back(panel.plates[0]);
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::none);
}

TEST(Target, ANameAndLooksAgree) {
  Example example = base("speed_two");
  example.facts.panels[1].objects[0].embedding = {0.8F, 0.6F};
  const double like = 1 / (1 + std::exp(-kSame[0] - kSame[1] * 0.8));
  EXPECT_NEAR(target_of(example).panels[1].p, 0.99 * like / (0.99 * like + 0.01 * (1 - like)),
              1e-5);
  example.facts.panels[1].objects[0].embedding = {0.5F, 0.866F};
  EXPECT_FLOAT_EQ(target_of(example).panels[1].p, 0.99F) << "unlike looks take nothing from a name";
}

}  // namespace
}  // namespace vioreview
