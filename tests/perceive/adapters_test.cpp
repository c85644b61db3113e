// SPDX-License-Identifier: Apache-2.0
// Adapters over nets whose outputs the test writes by hand.
#include "perceive/adapters.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_net.h"
#include "perceive/pipeline.h"

namespace vioreview {
namespace {

FakeNet detector(std::vector<std::string> labels, std::vector<float> boxes,
                 std::vector<float> scores) {
  const auto n = static_cast<std::int64_t>(boxes.size() / 4);
  const auto kinds = static_cast<std::int64_t>(labels.size());
  ModelCard card = card_of("detector", 100, 50, std::move(labels));
  return {card, [=](const std::vector<float>&, std::int64_t batch) {
            return std::vector<Tensor>{repeated(batch, {n, 4}, boxes),
                                       repeated(batch, {n, kinds}, scores)};
          }};
}

TEST(DetectObjects, MapsBoxesToThePanelAndCutsThemAtItsFrame) {
  FakeNet net = detector({"vehicle"}, {-5, 10, 30, 40}, {0.9F});
  const auto objects = detect_objects(net, Image(200, 100));
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].box, (Box{0, 20, 60, 80})) << "the input is half as large as the panel";
  EXPECT_NEAR(objects[0].score, 0.9, 1e-4);
}

TEST(DetectObjects, TakesOtherPeoplesLabelsAndIgnoresUnknownOnes) {
  FakeNet net = detector({"car", "zebra", "bicycle"}, {0, 0, 20, 20, 30, 0, 50, 20, 60, 0, 80, 20},
                         {0.9F, 0, 0, 0, 0.9F, 0, 0, 0, 0.9F});
  const auto objects = detect_objects(net, Image(100, 50));
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].kind, ObjectKind::vehicle);
  EXPECT_EQ(objects[1].kind, ObjectKind::two_wheeler);
}

TEST(DetectObjects, OfOverlappingBoxesTheSurerStays) {
  FakeNet net =
      detector({"vehicle"}, {0, 0, 20, 20, 1, 1, 21, 21, 40, 0, 60, 20}, {0.6F, 0.8F, 0.7F});
  const auto objects = detect_objects(net, Image(100, 50));
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_NEAR(objects[0].score, 0.8, 1e-4);
}

TEST(DetectObjects, ANaNScoreIsNothingSeen) {
  FakeNet net = detector({"vehicle"}, {0, 0, 20, 20}, {std::nanf("")});
  EXPECT_TRUE(detect_objects(net, Image(100, 50)).empty());
}

FakeNet vehicle_net() {
  ModelCard card = card_of("vehicle", 16, 16, {"car", "truck"});
  return {card, [](const std::vector<float>&, std::int64_t batch) {
            std::vector<float> colours(10, 0), specials(5, 0);
            colours[4] = 9;   // E
            specials[3] = 9;  // fire
            return std::vector<Tensor>{repeated(batch, {2}, {0, 3}), repeated(batch, {10}, colours),
                                       repeated(batch, {5}, specials), repeated(batch, {2}, {0, 3}),
                                       repeated(batch, {3}, {1, 0, 0})};
          }};
}

TEST(DescribeVehicles, FillsWhatTheNetSays) {
  FakeNet net = vehicle_net();
  std::vector<ObjectSeen> objects(2);
  objects[0].box = {0, 0, 50, 50};
  objects[1].kind = ObjectKind::person;
  objects[1].box = {0, 0, 50, 50};
  describe_vehicles(net, Image(100, 100), true, objects);
  ASSERT_TRUE(objects[0].vehicle_class);
  EXPECT_EQ(objects[0].vehicle_class->value, VehicleClass::truck);
  EXPECT_NEAR(objects[0].vehicle_class->p, 1 / (1 + std::exp(-3.0)), 1e-5);
  EXPECT_EQ(objects[0].color->value, BodyColor::red);
  EXPECT_EQ(objects[0].special->value, Special::fire);
  EXPECT_EQ(objects[0].facing->value, Facing::rear);
  EXPECT_FALSE(objects[1].vehicle_class) << "a person has no class";
}

TEST(DescribeVehicles, AColourlessPictureHasNoColour) {
  FakeNet net = vehicle_net();
  std::vector<ObjectSeen> objects(1);
  objects[0].box = {0, 0, 50, 50};
  describe_vehicles(net, Image(100, 100), false, objects);
  EXPECT_FALSE(objects[0].color);
  EXPECT_TRUE(objects[0].vehicle_class);
}

TEST(DescribeVehicles, AsksInBatchesAndNotAboutSpecks) {
  FakeNet net = vehicle_net();
  std::vector<ObjectSeen> objects(11);
  for (ObjectSeen& object : objects) object.box = {0, 0, 30, 30};
  objects[10].box = {0, 0, 6, 6};
  describe_vehicles(net, Image(100, 100), true, objects);
  EXPECT_THAT(net.batches, testing::ElementsAre(8, 2));
  EXPECT_FALSE(objects[10].vehicle_class);
}

// A plate net that finds a plate in the middle of every window, first roughly, then in the closer
// look exactly.
FakeNet plate_net(float first, float second) {
  ModelCard card = card_of("plate", 100, 100, {"blue", "yellow_double"});
  card.thresholds["score"] = 0.5;
  auto calls = std::make_shared<int>(0);
  return {card, [=](const std::vector<float>&, std::int64_t batch) {
            const bool closer = (*calls)++ > 0;
            const std::vector<float> corners =
                closer ? std::vector<float>{20, 40, 80, 40, 80, 60, 20, 60}
                       : std::vector<float>{30, 44, 70, 44, 70, 58, 30, 58};
            return std::vector<Tensor>{
                repeated(batch, {1, 8}, corners), repeated(batch, {1}, {closer ? second : first}),
                repeated(batch, {1, 2}, {0, 4}), repeated(batch, {1}, {0.25F})};
          }};
}

TEST(FindPlates, TheCloserLookGivesTheCorners) {
  FakeNet net = plate_net(0.9F, 0.95F);
  const auto plates = find_plates(net, Image(100, 100), {{0, 0, 100, 100}});
  ASSERT_EQ(plates.size(), 1U);
  // Closer window: 1.7 times 40 px round (50, 51): 16 to 84 across. Corner x = 16 + 20 * 68 / 100.
  EXPECT_NEAR(plates[0].corners[0].x, 16 + 20 * 0.68, 0.8);
  EXPECT_NEAR(plates[0].score, 0.95, 1e-3);
  EXPECT_EQ(plates[0].look.value, PlateLook::yellow_double);
  EXPECT_EQ(plates[0].rows, 2);
  EXPECT_NEAR(*plates[0].covered, 0.25, 1e-6);
}

TEST(FindPlates, ALostCloserLookKeepsTheFirst) {
  FakeNet net = plate_net(0.9F, 0.1F);
  const auto plates = find_plates(net, Image(100, 100), {{0, 0, 100, 100}});
  ASSERT_EQ(plates.size(), 1U);
  EXPECT_NEAR(plates[0].corners[0].x, 30, 0.8);
}

TEST(FindPlates, OnePlateSeenThroughTwoWindowsIsOne) {
  FakeNet net = plate_net(0.9F, 0.1F);
  EXPECT_EQ(find_plates(net, Image(100, 100), {{0, 0, 100, 100}, {0, 0, 100, 100}}).size(), 1U);
}

TEST(FindPlates, NoneWhenNoneIsSure) {
  FakeNet net = plate_net(0.4F, 0.9F);
  EXPECT_TRUE(find_plates(net, Image(100, 100), {{0, 0, 100, 100}}).empty());
}

// Reads "皖A" surely, whatever it is shown.
std::unique_ptr<Net> reader_net() {
  ModelCard card = card_of("reader", 168, 48, {});
  card.charset = "皖A";
  return std::make_unique<FakeNet>(card, [](const std::vector<float>&, std::int64_t batch) {
    return std::vector<Tensor>{repeated(batch, {2, 3}, {-9, 0, -9, -9, -9, 0})};
  });
}

TEST(Pipeline, ReadsThePlateAndFindsItsCarrier) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["detector"] =
      std::make_unique<FakeNet>(detector({"vehicle"}, {0, 0, 50, 50, 0, 0, 100, 50}, {0.9F, 0.8F}));
  nets["plate"] = std::make_unique<FakeNet>(plate_net(0.9F, 0.1F));
  nets["reader"] = reader_net();
  PanelFacts facts;
  make_pipeline(std::move(nets))->perceive(Image(100, 50), Needs{}, facts);
  ASSERT_EQ(facts.objects.size(), 1U)
      << "the larger box holds nearly nothing but the smaller one's vehicle";
  ASSERT_GE(facts.plates.size(), 1U);
  EXPECT_EQ(facts.plates[0].text, "皖A");
  EXPECT_EQ(facts.plates[0].object, 0);
}

TEST(Pipeline, ACloseUpThatIsAllPlateIsReadWhole) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["plate"] = std::make_unique<FakeNet>(plate_net(0.1F, 0.1F));
  nets["reader"] = reader_net();
  PanelFacts facts;
  facts.role = Role::closeup;
  make_pipeline(std::move(nets))->perceive(Image(94, 24), Needs{}, facts);
  ASSERT_EQ(facts.plates.size(), 1U);
  EXPECT_EQ(facts.plates[0].text, "皖A");
  EXPECT_EQ(facts.plates[0].box, (Box{0, 0, 94, 24}));
}

TEST(Pipeline, ANetThatThrowsCostsThePictureOnly) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["detector"] =
      std::make_unique<FakeNet>(card_of("detector", 64, 64, {"vehicle"}),
                                [](const std::vector<float>&, std::int64_t) -> std::vector<Tensor> {
                                  throw std::runtime_error("broken");
                                });
  PanelFacts facts;
  facts.file = "1.jpg";
  make_pipeline(std::move(nets))->perceive(Image(100, 50), Needs{}, facts);
  ASSERT_TRUE(facts.failure);
  EXPECT_NE(facts.failure->detail.find("broken"), std::string::npos);
}

TEST(Pipeline, APictureOfOnePixelIsAFailureNotACrash) {
  PanelFacts facts;
  make_pipeline({})->perceive(Image(1, 1), Needs{}, facts);
  EXPECT_TRUE(facts.failure);
}

}  // namespace
}  // namespace vioreview
