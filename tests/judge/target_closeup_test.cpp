// SPDX-License-Identifier: Apache-2.0
// Which vehicle is the target: by what the device's close-up enlarges.
#include <gtest/gtest.h>

#include "judge/example.h"
#include "judge/target.h"

namespace vioreview {
namespace {

Target target_of(const Example& example) {
  return find_target(example.c, example.facts);
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

TEST(Target, TheLargestPlateOfACloseUpIsWhatItEnlarges) {
  for (const bool first : {false, true}) {
    Example example = base("red_light");
    auto& plates = example.facts.panels[3].plates;
    PlateSeen small = plates[0];
    small.box = {0, 0, 40, 14};
    plates.insert(first ? plates.begin() : plates.end(), small);
    EXPECT_EQ(target_of(example).panels[3].plate, first ? 1 : 0);
  }
}

// Seven tenths of the part must lie in the vehicle, or of a plate in the part.
TEST(Target, MostOfTheEnlargedPartLiesInTheVehicle) {
  Example example = with_enlarged_part();
  const Box vehicle = example.facts.panels[0].objects[0].box;
  Box& part = example.facts.panels[3].enlarges->box;
  part = {vehicle.x1 - 75, vehicle.y0 + 10, vehicle.x1 + 25, vehicle.y0 + 50};
  EXPECT_EQ(target_of(example).panels[0].by, FoundBy::closeup);
  part = {vehicle.x1 - 65, vehicle.y0 + 10, vehicle.x1 + 35, vehicle.y0 + 50};
  EXPECT_NE(target_of(example).panels[0].by, FoundBy::closeup);
  PlateSeen plate = base("red_light").facts.panels[0].plates[0];
  plate.text = "";
  plate.object = 1;
  plate.box = {part.x0 - 25, part.y0, part.x0 + 75, part.y0 + 20};
  example.facts.panels[0].plates = {plate};
  EXPECT_EQ(target_of(example).panels[0].object, 1);
  example.facts.panels[0].plates[0].box.x1 -= 20;
  EXPECT_NE(target_of(example).panels[0].by, FoundBy::closeup);
  example.facts.panels[3].enlarges->crop.x1 += 1;
  part = {vehicle.x0 + 10, vehicle.y0 + 10, vehicle.x0 + 50, vehicle.y0 + 50};
  EXPECT_NE(target_of(example).panels[0].by, FoundBy::closeup) << "of another part of the picture";
}

}  // namespace
}  // namespace vioreview
