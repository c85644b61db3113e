// SPDX-License-Identifier: Apache-2.0
// Adapters over nets whose outputs the test writes by hand.
#include "perceive/adapters.h"

#include <algorithm>
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
  const auto objects = look_at_scene(net, Image(200, 100), false).objects;
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].box, (Box{0, 20, 60, 80})) << "the input is half as large as the panel";
  EXPECT_NEAR(objects[0].score, 0.9, 1e-4);
}

TEST(DetectObjects, TakesOtherPeoplesLabelsAndIgnoresUnknownOnes) {
  FakeNet net = detector({"car", "zebra", "bicycle"}, {0, 0, 20, 20, 30, 0, 50, 20, 60, 0, 80, 20},
                         {0.9F, 0, 0, 0, 0.9F, 0, 0, 0, 0.9F});
  const auto objects = look_at_scene(net, Image(100, 50), false).objects;
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].kind, ObjectKind::vehicle);
  EXPECT_EQ(objects[1].kind, ObjectKind::two_wheeler);
}

TEST(DetectObjects, OfOverlappingBoxesTheSurerStays) {
  FakeNet net =
      detector({"vehicle"}, {0, 0, 20, 20, 1, 1, 21, 21, 40, 0, 60, 20}, {0.6F, 0.8F, 0.7F});
  const auto objects = look_at_scene(net, Image(100, 50), false).objects;
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_NEAR(objects[0].score, 0.8, 1e-4);
}

ObjectSeen seen(ObjectKind kind, const Box& box, float score) {
  ObjectSeen object;
  object.kind = kind;
  object.box = box;
  object.score = score;
  return object;
}

TEST(WithoutOverlaps, APartOfAVehicleIsNoSecondOneAndAVagueBoxRoundOneNeither) {
  const ObjectSeen whole = seen(ObjectKind::vehicle, {0, 0, 100, 100}, 0.9F);
  const ObjectSeen part = seen(ObjectKind::vehicle, {10, 50, 60, 104}, 0.8F);
  EXPECT_EQ(without_overlaps({part, whole}, 0.5F), std::vector<ObjectSeen>{whole});
  const ObjectSeen round = seen(ObjectKind::vehicle, {-60, -60, 110, 110}, 0.5F);
  EXPECT_EQ(without_overlaps({whole, round}, 0.5F), std::vector<ObjectSeen>{whole});
  const ObjectSeen bus_behind = seen(ObjectKind::vehicle, {-60, -60, 110, 110}, 0.85F);
  EXPECT_EQ(without_overlaps({whole, bus_behind}, 0.5F).size(), 2U);
}

TEST(WithoutOverlaps, OneBodyIsOnFootOrOnTwoWheelsWhicheverIsSurer) {
  const ObjectSeen walks = seen(ObjectKind::person, {0, 0, 20, 60}, 0.9F);
  const ObjectSeen rides = seen(ObjectKind::two_wheeler, {0, 2, 20, 62}, 0.7F);
  EXPECT_EQ(without_overlaps({rides, walks}, 0.5F), std::vector<ObjectSeen>{walks});
  const ObjectSeen bicycle = seen(ObjectKind::two_wheeler, {0, 20, 40, 80}, 0.7F);
  EXPECT_EQ(without_overlaps({walks, bicycle}, 0.5F).size(), 2U) << "a rider and the two-wheeler";
}

TEST(WithoutOverlaps, ALampOfAHeadIsThatHeadAgain) {
  const ObjectSeen head = seen(ObjectKind::signal_head, {100, 20, 160, 36}, 0.99F);
  const ObjectSeen again = seen(ObjectKind::signal_head, {90, 18, 125, 36}, 0.8F);
  EXPECT_EQ(without_overlaps({again, head}, 0.5F), std::vector<ObjectSeen>{head});
  const ObjectSeen beside = seen(ObjectKind::signal_head, {155, 20, 210, 36}, 0.8F);
  EXPECT_EQ(without_overlaps({head, beside}, 0.5F).size(), 2U) << "boxes are off by some pixels";
}

TEST(DetectObjects, CardsMayCalibrateTheScoreOfALabel) {
  ModelCard card = card_of("detector", 100, 50, {"signal_head"});
  card.calibration["signal_head_scale"] = {2};
  card.calibration["signal_head_shift"] = {-1};
  FakeNet net{card, [](const std::vector<float>&, std::int64_t batch) {
                return std::vector<Tensor>{repeated(batch, {1, 4}, {0, 0, 20, 20}),
                                           repeated(batch, {1, 1}, {0.8F})};
              }};
  const auto objects = look_at_scene(net, Image(100, 50), false).objects;
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_NEAR(objects[0].score, 1 / (1 + std::exp(1 - 2 * std::log(4.0))), 1e-4);
}

TEST(DetectObjects, ANaNScoreIsNothingSeen) {
  FakeNet net = detector({"vehicle"}, {0, 0, 20, 20}, {std::nanf("")});
  EXPECT_TRUE(look_at_scene(net, Image(100, 50), false).objects.empty());
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

TEST(DescribeVehicles, AtNightWhatShowsAColourHasOneWhatIsGreyHasNone) {
  FakeNet net = vehicle_net();
  Image panel(100, 100);
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 50; ++x) panel.row(y)[3 * x] = 80;  // the left half is dark red
  std::vector<ObjectSeen> objects(2);
  objects[0].box = {0, 0, 50, 100};
  objects[1].box = {50, 0, 100, 100};
  describe_vehicles(net, panel, false, objects);
  EXPECT_TRUE(objects[0].color);
  EXPECT_FALSE(objects[1].color);
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

// Gives the same candidates whatever it is shown: corners, scores.
FakeNet fixed_plate_net(std::vector<float> corners, std::vector<float> scores) {
  const auto n = static_cast<std::int64_t>(scores.size());
  ModelCard card = card_of("plate", 100, 100, {"blue"});
  return {card, [=](const std::vector<float>&, std::int64_t batch) {
            return std::vector<Tensor>{
                repeated(batch, {n, 8}, corners), repeated(batch, {n}, scores),
                repeated(batch, {n, 1}, std::vector<float>(scores.size(), 0)),
                repeated(batch, {n}, std::vector<float>(scores.size(), 0))};
          }};
}

TEST(FindPlates, CornersAreTheMeanOfNeighbouringCellsByScore) {
  // The second cell counts half; the third lies elsewhere, the fourth is far too weak.
  FakeNet net = fixed_plate_net({10, 40, 70, 40, 70, 60, 10, 60,   //
                                 13, 43, 73, 43, 73, 63, 13, 63,   //
                                 10, 80, 70, 80, 70, 99, 10, 99,   //
                                 16, 40, 76, 40, 76, 60, 16, 60},  //
                                {0.8F, 0.4F, 0.3F, 0.1F});
  const auto plates = find_plates(net, Image(100, 100), {{0, 0, 100, 100}});
  ASSERT_EQ(plates.size(), 1U);
  EXPECT_NEAR(plates[0].corners[0].x, 11, 0.01);
  EXPECT_NEAR(plates[0].corners[0].y, 41, 0.01);
  EXPECT_EQ(plates[0].box, bounds(plates[0].corners));
  EXPECT_THAT(net.batches, testing::ElementsAre(1)) << "it stands large: no closer look";
}

TEST(FindPlates, CornersThatAreNoNumbersAreNoPlate) {
  const float nan = std::nanf("");
  FakeNet net = fixed_plate_net({nan, 40, 70, 40, 70, 60, 10, 60, 10, 40, 70, 40, nan, 60, 10, 60},
                                {0.9F, 0.9F});
  EXPECT_TRUE(find_plates(net, Image(100, 100), {{0, 0, 100, 100}}).empty());
  FakeNet wild = fixed_plate_net({-1e30F, 0, 1e30F, 0, 1e30F, 1e30F, -1e30F, 1e30F}, {0.9F});
  find_plates(wild, Image(100, 100), {{0, 0, 100, 100}});  // must not crash
}

TEST(FindPlates, NoneWhenNoneIsSure) {
  FakeNet net = plate_net(0.4F, 0.9F);
  EXPECT_TRUE(find_plates(net, Image(100, 100), {{0, 0, 100, 100}}).empty());
}

// Reads "皖" of a dark left third and "A" of a light one.
FakeNet left_third_reader() {
  ModelCard card = card_of("reader", 168, 48, {});
  card.charset = "皖A";
  return {card, [](const std::vector<float>& input, std::int64_t batch) {
            Tensor out{{batch, 1, 3}, {}};
            const std::size_t stride = input.size() / static_cast<std::size_t>(batch);
            for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i) {
              const bool light = input[i * stride + 24 * 168 + 28] > 0.5F;
              const std::vector<float> frame =
                  light ? std::vector<float>{-9, -9, 0} : std::vector<float>{-1, -0.5F, -9};
              out.data.insert(out.data.end(), frame.begin(), frame.end());
            }
            return std::vector<Tensor>{out};
          }};
}

TEST(ReadPlates, WhereTheShapeLeavesItOpenBothRowCountsAreReadAndTheBetterStands) {
  // Upper row light, lower row dark: as one row the middle of the left third is dark.
  Image panel(200, 100);
  for (int y = 0; y < 41; ++y) std::fill_n(panel.row(y), 600, std::uint8_t{255});
  FakeNet net = left_third_reader();
  std::vector<PlateSeen> plates(1);
  plates[0].corners = {Point{0, 0}, Point{200, 0}, Point{200, 100}, Point{0, 100}};
  read_plates(net, panel, plates, WarpMargin{0, 0});
  EXPECT_EQ(plates[0].rows, 2);
  EXPECT_EQ(plates[0].text, "A");
  EXPECT_THAT(net.batches, testing::ElementsAre(2));
}

TEST(ReadPlates, ALongPlateHasOneRow) {
  FakeNet net = left_third_reader();
  std::vector<PlateSeen> plates(1);
  plates[0].corners = {Point{0, 0}, Point{88, 0}, Point{88, 28}, Point{0, 28}};
  read_plates(net, Image(88, 28), plates);
  EXPECT_EQ(plates[0].rows, 1);
  EXPECT_EQ(plates[0].text, "皖");
  EXPECT_THAT(net.batches, testing::ElementsAre(1));
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
  ASSERT_EQ(facts.objects.size(), 2U);
  const auto near = std::find_if(facts.plates.begin(), facts.plates.end(),
                                 [](const PlateSeen& p) { return p.box.x1 <= 50; });
  ASSERT_NE(near, facts.plates.end());
  EXPECT_EQ(near->text, "皖A");
  EXPECT_EQ(near->object, 0) << "of two boxes round a plate the smaller is its vehicle";
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

TEST(Pipeline, ACloseUpThatShowsASurePlateInPartOfItIsNotAllPlate) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["plate"] =
      std::make_unique<FakeNet>(fixed_plate_net({40, 10, 70, 10, 70, 20, 40, 20}, {0.95F}));
  nets["reader"] = reader_net();
  PanelFacts facts;
  facts.role = Role::closeup;
  make_pipeline(std::move(nets))->perceive(Image(400, 100), Needs{}, facts);
  ASSERT_EQ(facts.plates.size(), 1U);
  EXPECT_LT(facts.plates[0].box.width(), 200);
}

TEST(ReadsBetter, ACompleteStringStandsBeforeAShortOneThenTheSurer) {
  const auto plate = [](std::size_t characters, float readable) {
    PlateSeen p;
    p.characters.resize(characters);
    p.readable = readable;
    return p;
  };
  EXPECT_TRUE(reads_better(plate(7, 0.4F), plate(6, 0.9F))) << "six characters are never a plate";
  EXPECT_FALSE(reads_better(plate(6, 0.9F), plate(8, 0.4F)));
  EXPECT_TRUE(reads_better(plate(8, 0.9F), plate(7, 0.8F)));
  EXPECT_TRUE(reads_better(plate(3, 0.3F), plate(2, 0.2F)));
  EXPECT_FALSE(reads_better(plate(7, 0.5F), plate(7, 0.5F)));
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

TEST(Pipeline, TakesAnySizeOfPicture) {
  for (const auto& [w, h] : {std::pair(1, 1), std::pair(2, 3), std::pair(1, 700),
                             std::pair(20000, 50), std::pair(50, 20000)})
    for (const Role role : {Role::panel, Role::closeup}) {
      std::map<std::string, std::unique_ptr<Net>> nets;
      nets["detector"] = std::make_unique<FakeNet>(detector({"vehicle"}, {0, 0, 100, 50}, {0.9F}));
      nets["plate"] = std::make_unique<FakeNet>(plate_net(0.9F, 0.9F));
      nets["reader"] = reader_net();
      nets["vehicle"] = std::make_unique<FakeNet>(vehicle_net());
      PanelFacts facts;
      facts.role = role;
      make_pipeline(std::move(nets))->perceive(Image(w, h), Needs{}, facts);
      EXPECT_FALSE(facts.failure) << w << "x" << h << ": " << facts.failure->detail;
      for (const ObjectSeen& object : facts.objects)
        EXPECT_EQ(object.box,
                  intersect(object.box, {0, 0, static_cast<float>(w), static_cast<float>(h)}));
    }
}

TEST(Pipeline, APictureWithoutPixelsIsAFailureNotACrash) {
  PanelFacts facts;
  make_pipeline({})->perceive(Image{}, Needs{}, facts);
  ASSERT_TRUE(facts.failure);
  EXPECT_EQ(facts.failure->reason, "picture_undecodable");
}

TEST(Pipeline, LooksAtTheWholePictureWhenNoVehicleCarriesAPlate) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["detector"] = std::make_unique<FakeNet>(detector({"vehicle"}, {}, {}));
  nets["plate"] = std::make_unique<FakeNet>(plate_net(0.9F, 0.1F));
  nets["reader"] = reader_net();
  PanelFacts facts;
  make_pipeline(std::move(nets))->perceive(Image(100, 100), Needs{}, facts);
  ASSERT_EQ(facts.plates.size(), 1U);
  EXPECT_EQ(facts.plates[0].object, -1);
}

TEST(Batches, ComeInFewSizes) {
  EXPECT_EQ(batch_of(1), 1U);
  EXPECT_EQ(batch_of(3), 2U);
  EXPECT_EQ(batch_of(7), 4U);
  EXPECT_EQ(batch_of(8), 8U);
  EXPECT_EQ(batch_of(100), 8U);
}

}  // namespace
}  // namespace vioreview
