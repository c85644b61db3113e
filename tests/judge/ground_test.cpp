// SPDX-License-Identifier: Apache-2.0
// The distance scale, on a drawn road of which it is known: picture 1920 x 1080, horizon at 100,
// camera 6.5 m up, a lens of 1.7 picture widths, longer than the usual one.
#include "judge/ground.h"

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

// A car 1.8 m wide that drives ahead.
VehicleView car() {
  const Point left = at(-0.9, 32), right = at(0.9, 32);
  return {{left.x, left.y - 200, right.x, left.y}, size_of(VehicleClass::car), true};
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

TEST(Size, APlateTellsALightTruckFromAHeavyOne) {
  const Size light = size_of(VehicleClass::truck, PlateColor::blue);
  const Size heavy = size_of(VehicleClass::truck, PlateColor::yellow);
  EXPECT_LT(light.length, 6) << "GA 802";
  EXPECT_GT(heavy.length, 6);
  EXPECT_LT(light.length_sd, heavy.length_sd);
  const Size unread = size_of(VehicleClass::truck);
  EXPECT_LT(light.length, unread.length);
  EXPECT_LT(unread.length, heavy.length);
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
