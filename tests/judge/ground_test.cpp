// SPDX-License-Identifier: Apache-2.0
// The distance scale, on a drawn road of which it is known: picture 1920 x 1080, horizon at 100,
// camera 6.5 m up, a lens of 1.7 picture widths, longer than the usual one.
#include "judge/ground.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

constexpr float kHorizon = 100, kMiddle = 960;
constexpr double kHeight = 6.5, kReach = 1.7 * 1920 * kHeight;
constexpr double kLine = 33;  // metres from the camera to the stop line

Point at(double aside, double ahead) {
  const double y = kHorizon + kReach / ahead;
  return {static_cast<float>(kMiddle + aside * (y - kHorizon) / kHeight), static_cast<float>(y)};
}

RoadSeen road() {
  RoadSeen seen;
  for (const double aside : {-5.25, -1.75, 1.75, 5.25}) {
    LaneLine line;
    line.kind = LineKind::white_solid;
    line.polyline = {at(aside, 22), at(aside, 60)};
    seen.road.lane_lines.push_back(line);
    seen.line_p.push_back(1);
  }
  StopLine line;
  line.own = true;
  line.edge = {at(-5.25, kLine), at(5.25, kLine)};
  seen.road.stop_lines.push_back(line);
  seen.stop_line_p.push_back(1);
  return seen;
}

MarkSeen arrow(double aside, double tip, double foot) {
  MarkSeen mark;
  mark.kind = MarkKind::arrow;
  mark.p = 0.99F;
  mark.shape = {at(aside - 0.4, foot), at(aside + 0.4, foot), at(aside + 0.4, tip),
                at(aside - 0.4, tip)};
  return mark;
}

// A car 1.8 m wide that drives ahead: its rear tyres at 32 m, its rear at 31 m.
VehicleView car() {
  const Point left = at(-0.9, 31), right = at(0.9, 31), tyre = at(0, 32);
  return {{left.x, tyre.y - 200, right.x, tyre.y}, size_of(VehicleClass::car), true};
}

Ground ground_with(const std::vector<MarkSeen>& marks) {
  PanelFacts panel;
  panel.width = 1920;
  panel.height = 1080;
  const auto ground = ground_of(road(), panel, marks, {car()});
  EXPECT_TRUE(ground);
  return ground.value_or(Ground{});
}

double error_of(const Ground& ground) {
  return std::abs(std::log(ground.reach / kReach));
}

TEST(Ground, TheLinesMeetAtTheHorizon) {
  const Ground ground = ground_with({});
  EXPECT_NEAR(ground.vanishing.x, kMiddle, 1);
  EXPECT_NEAR(ground.vanishing.y, kHorizon, 1);
}

TEST(Ground, WithoutArrowsTheUsualCameraIsTaken) {
  const Ground ground = ground_with({});
  EXPECT_GT(error_of(ground), 0.1) << "this camera is not the usual one";
  EXPECT_LT(error_of(ground), 2.5 * ground.reach_sd) << "which its doubt allows for";
}

TEST(Ground, AnArrowsGapToTheStopLineTellsTheScale) {
  const Ground without = ground_with({}), with = ground_with({arrow(0, kLine - 4, kLine - 5)});
  EXPECT_LT(error_of(with), 0.75 * error_of(without));
  EXPECT_LT(with.reach_sd, without.reach_sd);
}

TEST(Ground, AWholeArrowTellsItBest) {
  const Ground ground = ground_with({arrow(0, kLine - 4, kLine - 10)});
  EXPECT_LT(error_of(ground), 0.06);
}

TEST(Ground, AnArrowCutByThePicturesEdgeTellsNoLength) {
  const double edge = kReach / (1080 - kHorizon);  // metres at the picture's lowest row
  const Ground cut = ground_with({arrow(0, kLine - 4, edge + 0.05)});
  const Ground gap = ground_with({arrow(0, kLine - 4, kLine - 5)});
  EXPECT_DOUBLE_EQ(cut.reach, gap.reach) << "its tip counts, its foot does not";
}

TEST(Ground, AHiddenTipDoesNotCountBesideAWholeOne) {
  const Ground one = ground_with({arrow(0, kLine - 4, kLine - 5)});
  const Ground two =
      ground_with({arrow(0, kLine - 4, kLine - 5), arrow(3.5, kLine - 5, kLine - 6)});
  EXPECT_DOUBLE_EQ(one.reach, two.reach);
}

// What tells the scale: pixel metres, and their relative doubt.
struct Source {
  double reach, sd;
};

// They are weighed by their doubts, on a scale of ratios.
void expect_from(const std::vector<Source>& sources, const Ground& ground) {
  double sum = 0, weight = 0;
  for (const Source& s : sources)
    sum += std::log(s.reach) / (s.sd * s.sd), weight += 1 / (s.sd * s.sd);
  EXPECT_NEAR(ground.reach, std::exp(sum / weight), 0.01 * ground.reach);
  EXPECT_NEAR(ground.reach_sd, 1 / std::sqrt(weight), 1e-4);
}

// A lens of 1.5 picture widths, and 24 m to the stop line.
const Source kUsualLens{1.5 * 1920 * kHeight, 0.3}, kUsualLine{kReach * 24 / kLine, 0.22};

double rows_between(double far, double near) {
  return kReach / near - kReach / far;
}
Source by_length(double tip, double foot) {
  return {kReach * 6 / (tip - foot), std::hypot(0.05, 5 / rows_between(tip, foot))};
}
Source by_gap(double tip) {
  return {kReach * 4 / (kLine - tip), std::hypot(0.17, 5 / rows_between(kLine, tip))};
}

TEST(Ground, WeighsWhatIsUsualAndWhatIsMeasured) {
  expect_from({kUsualLens, kUsualLine}, ground_with({}));
  expect_from({kUsualLens, kUsualLine, by_gap(29)}, ground_with({arrow(0, 29, 28)}));
  expect_from({kUsualLens, kUsualLine, by_length(29, 23), by_gap(29)},
              ground_with({arrow(0, 29, 23)}));
  EXPECT_NEAR(ground_with({}).height, kHeight, 0.2);
  EXPECT_DOUBLE_EQ(ground_with({}).height_sd, 0.05) << "cars are as wide as that";
}

TEST(Ground, TheBestSeenArrowCounts) {
  expect_from({kUsualLens, kUsualLine, by_length(29, 23), by_gap(29)},
              ground_with({arrow(0, 29, 23), arrow(3.5, 40, 34)}));
  expect_from({kUsualLens, kUsualLine, by_length(29, 23), by_gap(29)},
              ground_with({arrow(3.5, 40, 34), arrow(0, 29, 23)}));
}

TEST(Ground, AnArrowOfAnotherLengthTellsNone) {
  expect_from({kUsualLens, kUsualLine, by_gap(29)}, ground_with({arrow(0, 29, 26)}));
  expect_from({kUsualLens, kUsualLine}, ground_with({arrow(0, 46, 34)}));
}

TEST(Ground, AnArrowAtAnotherDistanceFromTheLineTellsNoGap) {
  expect_from({kUsualLens, kUsualLine}, ground_with({arrow(0, 31.5, 31)}));
  expect_from({kUsualLens, kUsualLine}, ground_with({arrow(0, 25, 24.5)}));
}

TEST(Ground, AnArrowThatIsHardlyThereTellsNothing) {
  MarkSeen one = arrow(0, 29, 23);
  one.p = 0.5F;
  expect_from({kUsualLens, kUsualLine, by_length(29, 23), by_gap(29)}, ground_with({one}));
  one.p = 0.49F;
  expect_from({kUsualLens, kUsualLine}, ground_with({one}));
  one.p = 0.99F;
  one.kind = MarkKind::guide;
  expect_from({kUsualLens, kUsualLine}, ground_with({one}));
}

// 2 % of the height: 22 rows.
TEST(Ground, AnArrowNearThePicturesEdgeMayBeCutOff) {
  const double above = kReach / (1050 - kHorizon), in = kReach / (1065 - kHorizon);
  expect_from({kUsualLens, kUsualLine, by_length(above + 6, above), by_gap(above + 6)},
              ground_with({arrow(0, above + 6, above)}));
  expect_from({kUsualLens, kUsualLine, by_gap(in + 6)}, ground_with({arrow(0, in + 6, in)}));
}

TEST(Ground, NeedsAVehicleThatIsSeenWhole) {
  PanelFacts panel;
  panel.width = 1920;
  panel.height = 1080;
  const auto with = [&](Box box) {
    return ground_of(road(), panel, {}, {{box, size_of(VehicleClass::car), true}}).has_value();
  };
  EXPECT_FALSE(ground_of(road(), panel, {}, {}));
  EXPECT_TRUE(with({400, 500, 600, 700}));
  EXPECT_FALSE(with({1, 500, 200, 700})) << "cut off on the left";
  EXPECT_FALSE(with({1700, 500, 1919, 700})) << "cut off on the right";
  EXPECT_FALSE(with({900, 80, 990, 115})) << "at the horizon";
  EXPECT_FALSE(with({958, 400, 961, 500})) << "no wider than boxes are off";
}

// A turned one looks wider, as if the camera hung lower.
TEST(Ground, TheNarrowestViewTellsTheHeight) {
  PanelFacts panel;
  panel.width = 1920;
  panel.height = 1080;
  VehicleView turned = car();
  turned.box.x0 -= 60;
  turned.box.x1 += 60;
  EXPECT_DOUBLE_EQ(ground_of(road(), panel, {}, {turned, car()})->height,
                   ground_of(road(), panel, {}, {car()})->height);
}

TEST(VanishingPoint, IsToldByLinesThatDiffer) {
  const auto meet = [](const std::vector<std::vector<Point>>& lines) {
    Road road;
    for (const auto& line : lines) road.lane_lines.push_back({LineKind::white_solid, line, {}, {}});
    return vanishing_point(road, 1920);
  };
  const std::vector<Point> left = {{500, 1000}, {700, 600}}, right = {{1500, 1000}, {1300, 600}};
  const auto point = meet({left, right});
  ASSERT_TRUE(point);
  EXPECT_NEAR(point->x, 1000, 0.1);
  EXPECT_NEAR(point->y, 0, 0.1);
  EXPECT_FALSE(meet({left}));
  EXPECT_FALSE(meet({left, {{1500, 1000}, {1720, 600}}})) << "hardly in direction";
  EXPECT_EQ(meet({left, right, {{100, 900}, {900, 800}}}), point) << "one that lies across";
  EXPECT_EQ(meet({left, right, {{900, 900}, {930, 860}}}), point) << "too short a piece";
  EXPECT_NE(meet({left, right, {{900, 900}, {950, 850}}}), point) << "3 % of the width tells";
  EXPECT_EQ(meet({left, right, {{900, 900}}}), point);
}

TEST(AboveZero, IsNormalAndNeverSurerThanAPictureTells) {
  EXPECT_DOUBLE_EQ(above_zero(0, 1), 0.5);
  EXPECT_NEAR(above_zero(1, 1), 0.8413, 1e-4);
  EXPECT_NEAR(above_zero(-2, 2), 0.1587, 1e-4);
  EXPECT_NEAR(above_zero(10, 1), 0.995, 1e-9);
  EXPECT_NEAR(above_zero(-10, 1), 0.005, 1e-9);
}

const Ground kGround{{kMiddle, kHorizon}, kReach, 0.1, kHeight, 0.05};

Stand stand_at(Box box, Size size = size_of(VehicleClass::car), int width = 1920) {
  return stand_of({box, size, true}, kGround, width, 1080);
}

// The lowest point of the box is the near tyre, or the bumper where it shows lower: of a car, whose
// bumper hangs 0.22 m high, when it is near. A bus's hangs 0.3 m high and far behind its axle; a
// truck's underrun guard, 0.5 m high, never shows lower that far off.
TEST(Stand, StandsOnItsTyresOrUnderItsBumper) {
  const auto box_at = [](double ahead) {
    const Point left = at(-0.9, ahead), right = at(0.9, ahead);
    return Box{left.x, left.y - 200, right.x, left.y};
  };
  const Stand car = stand_at(box_at(32));
  EXPECT_NEAR(car.near_axle, 32, 1e-3);
  EXPECT_NEAR(car.far_axle, 32 + 4.6 - 1.0 - 0.95, 1e-3);
  EXPECT_NEAR(stand_at(box_at(20)).near_axle, 20 * (1 - 0.22 / kHeight) + 1.0, 1e-3);
  EXPECT_NEAR(stand_at(box_at(32), size_of(VehicleClass::truck)).near_axle, 32, 1e-3);
  const Size bus = size_of(VehicleClass::bus);
  const double bumper = 32 * (1 - 0.3 / kHeight);
  EXPECT_NEAR(stand_at(box_at(32), bus).near_axle, bumper + bus.rear, 1e-3);
  EXPECT_NEAR(stand_at(box_at(32), bus).row, kHorizon + kReach / (bumper + bus.rear), 1e-2);
}

// 2 pixels of 1280, which grow with the panel.
TEST(Stand, IsAsSureAsBoxesAre) {
  const Point left = at(-0.9, 32), right = at(0.9, 32);
  const Box box{left.x, left.y - 200, right.x, left.y};
  const double rows = left.y - kHorizon;
  EXPECT_NEAR(stand_at(box).pixel_sd, 3 * 32 / rows, 1e-4);
  EXPECT_NEAR(stand_at(box, size_of(VehicleClass::car), 1100).pixel_sd, 2 * 32 / rows, 1e-4);
}

// Of a vehicle beside the camera's way the box shows the far end as well.
TEST(Stand, ItsNearFaceIsPartOfTheBox) {
  const double tyre = 32, face = tyre - 1.0, end = face + 4.6;
  for (const double side : {1.0, -1.0}) {
    const double inner = side * 3.5, outer = side * 5.3;
    const float far_inner = at(inner, end).x, near_outer = at(outer, face).x;
    const Point ground = at(0, tyre);
    const Stand stand = stand_at({std::min(far_inner, near_outer), ground.y - 200,
                                  std::max(far_inner, near_outer), ground.y});
    EXPECT_NEAR(stand.left, at(std::min(inner, outer), tyre).x, 0.1);
    EXPECT_NEAR(stand.right, at(std::max(inner, outer), tyre).x, 0.1);
    EXPECT_NEAR(stand.turned, 0, 0.01);
  }
}

TEST(Stand, ABoxThatEndsAtThePicturesEdgeIsCut) {
  EXPECT_FALSE(stand_at({2, 500, 1918, 1078}).cut);
  EXPECT_TRUE(stand_at({1.9F, 500, 1000, 1000}).cut);
  EXPECT_TRUE(stand_at({900, 500, 1918.1F, 1000}).cut);
  EXPECT_TRUE(stand_at({900, 500, 1000, 1078.1F}).cut);
}

TEST(Size, APlateTellsALightTruckFromAHeavyOne) {
  const Size light = size_of(VehicleClass::truck, PlateColor::blue);
  const Size heavy = size_of(VehicleClass::truck, PlateColor::yellow);
  EXPECT_LT(light.length, 6) << "GA 802";
  EXPECT_GT(heavy.length, 6);
  EXPECT_LT(light.length_sd, heavy.length_sd);
  const Size unread = size_of(VehicleClass::truck);
  EXPECT_LT(light.length, unread.length);
  EXPECT_LT(unread.length, heavy.length);
  EXPECT_EQ(size_of(VehicleClass::truck, PlateColor::green).length, light.length);
  EXPECT_EQ(size_of(VehicleClass::truck, PlateColor::yellow_green).length, heavy.length);
  EXPECT_EQ(size_of(VehicleClass::truck, PlateColor::white).length, unread.length);
  EXPECT_EQ(size_of(VehicleClass::car, PlateColor::green).length,
            size_of(VehicleClass::car).length);
}

TEST(Stand, TheFrontWheelsOfALightTruckAreNearerToItsRear) {
  const Point left = at(-1, 32), right = at(1, 32);
  const Box box{left.x, left.y - 300, right.x, left.y};
  const Ground ground = ground_with({});
  const Stand light =
      stand_of({box, size_of(VehicleClass::truck, PlateColor::blue), true}, ground, 1920, 1080);
  const Stand heavy =
      stand_of({box, size_of(VehicleClass::truck, PlateColor::yellow), true}, ground, 1920, 1080);
  EXPECT_LT(light.far_axle + 1, heavy.far_axle);
  EXPECT_LT(light.far_sd, heavy.far_sd);
}

TEST(RowOnWay, FollowsASlopingLine) {
  const std::vector<Point> line = {{0, 500}, {1000, 600}};
  EXPECT_NEAR(*row_on_way(line, {500, 1000}, {500, 100}), 550, 1e-3);
  EXPECT_NEAR(*row_on_way(line, {900, 1000}, {500, 100}), 570.9, 0.1);
  EXPECT_FALSE(row_on_way({}, {500, 1000}, {500, 100}));
}

}  // namespace
}  // namespace vioreview
