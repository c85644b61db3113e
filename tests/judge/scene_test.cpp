// SPDX-License-Identifier: Apache-2.0
// The way a target goes, told from where it stands in the first and the last panel.
#include "judge/scene.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

struct At {
  double ahead = 0, aside = 0;  // metres
  double turned = 0;            // metres by which it looks wider than from behind
  bool rear = true;
};

Scene from_to(At first, At last) {
  Scene scene;
  scene.ground = Ground{{960, 100}, 18720, 0.1, 6.5, 0.05};
  for (const At& at : {first, last}) {
    PanelScene& panel = scene.panels.emplace_back();
    panel.panel = static_cast<int>(scene.panels.size()) - 1;
    panel.target.emplace();
    panel.target->rear = at.rear;
    panel.target->facing_p = 0.97;
    Stand& stand = panel.target->stand;
    stand.near_axle = at.ahead;
    stand.row = 100 + 18720 / at.ahead;
    const double metre = (stand.row - 100) / 6.5, half = (1.8 + at.turned) / 2;
    stand.left = 960 + (at.aside - half) * metre;
    stand.right = 960 + (at.aside + half) * metre;
    stand.turned = at.turned;
  }
  return scene;
}

Movement moved(At last, At first = {20}) {
  return movement_of(from_to(first, last));
}

// Lanes are 3 m wide and more: one that goes straight on stays in its own.
TEST(Movement, IsStraightWhereItHardlyDrifts) {
  for (const double aside : {-1.0, 0.0, 1.0}) EXPECT_GT(moved({35, aside}).straight, 0.98) << aside;
  for (const double aside : {-1.5, 1.5, 3.0}) EXPECT_EQ(moved({35, aside}).straight, 0) << aside;
  EXPECT_EQ(moved({20.8, 0}).straight, 0) << "it hardly moves";
  EXPECT_EQ(moved({12, 0}).straight, 0) << "it comes nearer";
}

TEST(Movement, OfABodyThatBeginsToTurnIsNotTold) {
  EXPECT_GT(moved({35, 0, 0.4}).straight, 0.98);
  const Movement begins = moved({35, -0.5, 0.7});
  EXPECT_EQ(begins.straight, 0);
  EXPECT_EQ(begins.left, 0);
}

TEST(Movement, IsATurnWhereItsBodyTurnsToThatSide) {
  EXPECT_GT(moved({35, -1.5, 1.3}).left, 0.98);
  EXPECT_EQ(moved({35, -1.5, 1.3}).right, 0);
  EXPECT_GT(moved({35, 1.5, 1.3}).right, 0.98);
  EXPECT_EQ(moved({35, 1.5, 1.3}).left, 0);
  EXPECT_EQ(moved({35, -0.6, 1.3}).left, 0) << "no farther than half of what it is wider by";
  EXPECT_EQ(moved({35, -1.5, 1.3}).straight, 0);
}

// The side of a car is more than twice as wide as its rear, and looks like neither end.
TEST(Movement, OneThatCameWithItsRearMayShowItsSide) {
  EXPECT_GT(moved({35, -3, 2, false}).left, 0.98);
  EXPECT_GT(moved({35, 3, 2, false}).right, 0.98);
  EXPECT_EQ(moved({35, -3, 1.3, false}).left, 0) << "not turned far enough for that";
  EXPECT_EQ(moved({35, -3, 2, false}, {20, 0, 0, false}).left, 0) << "it came with its front";
}

// The middle of its box is then no firm point, but it stands across: 0.6 of what a car is longer
// than wide, and a metre aside.
TEST(Movement, OneThatStandsAcrossGoesWhereItIsSeen) {
  EXPECT_GT(moved({35, -1.05, 1.9}).left, 0.98);
  EXPECT_GT(moved({35, 1.05, 1.9}).right, 0.98);
  EXPECT_EQ(moved({35, -0.95, 1.9}).left, 0) << "either way";
  EXPECT_EQ(moved({35, -0.75, 1.6}).left, 0) << "not across";
  Scene bus = from_to({20}, {35, -2, 3.9});
  bus.size = size_of(VehicleClass::bus);
  EXPECT_EQ(movement_of(bus).left, 0) << "a bus's side is longer";
}

// No change of lanes leads half as far sideways as ahead.
TEST(Movement, ASteepCourseIsATurnThoughItsSideIsHidden) {
  EXPECT_GT(moved({26, 3.1}).right, 0.98);
  EXPECT_GT(moved({26, -3.1}).left, 0.98);
  EXPECT_EQ(moved({26, 2.9}).right, 0) << "not steep";
  EXPECT_EQ(moved({24.5, 2.4}).right, 0) << "not far";
  EXPECT_EQ(moved({23.5, 3.1}).right, 0) << "before the junction";
  EXPECT_EQ(moved({38, 10.5}).right, 0) << "no vehicle drives as far aside between two panels";
  EXPECT_EQ(moved({18, 3.1}).right, 0) << "it comes nearer";
}

TEST(Movement, IsAnyButRightWhereItStaysOrGoesLeft) {
  for (const double aside : {-4.0, 0.0, 0.3})
    EXPECT_GT(moved({35, aside}).not_right, 0.98) << aside;
  for (const double aside : {0.7, 2.0}) EXPECT_EQ(moved({35, aside}).not_right, 0) << aside;
  EXPECT_EQ(moved({20.5, 0}).not_right, 0) << "it hardly moves";
}

TEST(Movement, IsATurnRoundWhereItComesBackALaneFartherLeft) {
  EXPECT_NEAR(moved({20, -3.5, 0, false}).u_turn, 0.97, 1e-9);
  EXPECT_EQ(moved({20, -2, 0, false}).u_turn, 0) << "no lane farther";
  EXPECT_EQ(moved({20, 3.5, 0, false}).u_turn, 0) << "on the right";
  EXPECT_EQ(moved({20, -3.5, 1.3, false}).u_turn, 0) << "it is still turning";
  EXPECT_EQ(moved({20, -3.5}).u_turn, 0) << "it shows its rear";
}

TEST(Movement, IsNoSurerThanStillPicturesTellIt) {
  for (const double p : {moved({35}).straight, moved({35}).not_right, moved({35, -1.5, 1.3}).left})
    EXPECT_NEAR(p, 0.985, 1e-6);
}

TEST(Movement, IsNotToldOfOnePanelOrWhereTheTargetIsMissing) {
  Scene scene = from_to({20}, {35});
  scene.panels.pop_back();
  EXPECT_EQ(movement_of(scene).straight, 0);
  for (const std::size_t panel : {0U, 1U}) {
    scene = from_to({20}, {35});
    scene.panels[panel].target.reset();
    EXPECT_EQ(movement_of(scene).straight, 0);
  }
  EXPECT_EQ(movement_of({}).straight, 0);
}

TEST(SureMovement, IsTheOneThatReachesTheLimit) {
  Movement movement;
  double p = 0;
  EXPECT_EQ(sure_movement(movement, 0.9, &p), 0);
  movement.right = 0.9;
  movement.left = 0.89;
  EXPECT_EQ(sure_movement(movement, 0.9, &p), 'R');
  EXPECT_EQ(p, 0.9);
  EXPECT_EQ(sure_movement(movement, 0.91), 0);
}

}  // namespace
}  // namespace vioreview
