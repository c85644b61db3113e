// SPDX-License-Identifier: Apache-2.0
// In which lane the target is, and which way traffic goes there, on a drawn road.
#include "judge/lane_position.h"

#include <gtest/gtest.h>

#include "judge/drawn_road.h"

namespace vioreview {
namespace {

// The same place in two panels.
Scene scene_with(double aside, const std::vector<LaneLine>& lines = {},
                 const std::vector<Lane>& lanes = {}) {
  return driving({aside, aside}, lines, lanes);
}

// The way traffic goes where the target is; `others`: vehicles that the panels show beside it.
std::optional<Seen<Travel>> travel(const Scene& scene, const std::vector<ObjectSeen>& others = {}) {
  const Case c;
  Facts facts;
  facts.panels.resize(2);
  for (PanelFacts& panel : facts.panels) {
    panel.width = 1920;
    panel.height = 1080;
    panel.objects = others;
  }
  const Violation violation;
  Target target;
  target.panels.resize(2);
  const EventIndex events;
  const Catalogue catalogue;
  const Policy policy;
  const Clocks clocks;
  return travel_where_target_is({c, facts, violation, target, events, catalogue, policy, clocks},
                                scene);
}

ObjectSeen vehicle(double aside, Facing facing) {
  ObjectSeen seen;
  const Point middle = at(aside, 600);
  seen.box = {middle.x - 70, middle.y - 120, middle.x + 70, middle.y};
  seen.facing = {facing, 0.95F};
  return seen;
}

constexpr auto kYellow = LineKind::yellow_solid, kWhite = LineKind::white_dashed;

TEST(LaneIn, NearTheEdgeItIsInBothLanes) {
  const std::vector<Lane> lanes = {drawn_lane(-3.5, 0), drawn_lane(0, 3.5)};
  EXPECT_EQ(lane_in(scene_with(1.7, {}, lanes), 0).lane, 1);
  EXPECT_GT(lane_in(scene_with(1.7, {}, lanes), 0).p, 0.99);
  EXPECT_GT(lane_in(scene_with(0.45, {}, lanes), 0).p, 0.95) << "a good step inside";
  EXPECT_LT(lane_in(scene_with(0.15, {}, lanes), 0).p, 0.05) << "hardly inside";
  EXPECT_GT(lane_in(scene_with(-0.45, {}, lanes), 0).p, 0.95);
  EXPECT_EQ(lane_in(scene_with(4, {}, lanes), 0).lane, -1);
}

// From 1.5 m, as for bicycles, to 5 m: a line too many or too few makes another width.
TEST(LanesOfUse, AreAsWideAsLanesAre) {
  const auto in = [](double width) {
    return lanes_of_use(scene_with(0, {}, {drawn_lane(-width / 2, width / 2, LaneUse::nonmotor)}),
                        LaneUse::nonmotor)
        .in;
  };
  EXPECT_GT(in(1.9), 0.9);
  EXPECT_GT(in(2.5), 0.9);
  EXPECT_GT(in(4.5), 0.9);
  EXPECT_EQ(in(1.3), 0);
  EXPECT_EQ(in(6), 0);
}

TEST(Travel, OfAConfirmedSiteIsThatOfItsLane) {
  Lane theirs = drawn_lane(-3.5, 0);
  theirs.travel = Travel::towards;
  Scene scene = scene_with(-1.7, {}, {theirs, drawn_lane(0, 3.5)});
  scene.confirmed = true;
  ASSERT_TRUE(travel(scene));
  EXPECT_EQ(travel(scene)->value, Travel::towards);
  scene = scene_with(1.7, {}, {theirs, drawn_lane(0, 3.5)});
  scene.confirmed = true;
  EXPECT_EQ(travel(scene)->value, Travel::away);
  scene = scene_with(5, {}, {theirs, drawn_lane(0, 3.5)});
  scene.confirmed = true;
  EXPECT_FALSE(travel(scene)) << "it stands in no lane of the site";
}

TEST(Travel, IsToldByVehiclesThatPartOnAYellowLine) {
  const Scene scene = scene_with(1.7, {drawn_line(kYellow, 0), drawn_line(kWhite, 3.5)});
  const std::vector<ObjectSeen> parted = {vehicle(-2, Facing::front), vehicle(2, Facing::rear)};
  ASSERT_TRUE(travel(scene, parted));
  EXPECT_EQ(travel(scene, parted)->value, Travel::away);
  EXPECT_FLOAT_EQ(travel(scene, parted)->p, 0.98F) << "traffic may err";
  EXPECT_FALSE(travel(scene, {vehicle(-2, Facing::front)}))
      << "at a kerb, too, all come on one side";
  EXPECT_FALSE(travel(scene, {vehicle(-2, Facing::rear), vehicle(2, Facing::rear)}));
}

// Two lines of 10 to 15 cm and a gap of 10 to 30 cm (GB 5768.3): a quarter to a half of a metre.
TEST(Travel, IsToldByADoubleYellowLine) {
  const auto told = [](double apart) {
    return travel(scene_with(
        1.7, {drawn_line(kYellow, 0), drawn_line(kYellow, apart), drawn_line(kWhite, 3.5)}));
  };
  for (const double apart : {0.15, 0.25, 0.45, 0.6}) {
    ASSERT_TRUE(told(apart)) << apart;
    EXPECT_EQ(told(apart)->value, Travel::away);
    EXPECT_FLOAT_EQ(told(apart)->p, 0.97F) << "paint that no vehicle confirms";
  }
  EXPECT_FALSE(told(0.05)) << "two traces of one line";
  EXPECT_FALSE(told(1)) << "what lies between is no gap of a double line";
}

TEST(Travel, IsToldByTheOneYellowLineWithLanesOnBothSides) {
  const auto told = [](double left) {
    return travel(scene_with(
        1.7, {drawn_line(kWhite, left), drawn_line(kYellow, 0), drawn_line(kWhite, 3.5)}));
  };
  for (const double left : {-2.5, -3.5, -20.0}) {
    ASSERT_TRUE(told(left)) << left;
    EXPECT_EQ(told(left)->value, Travel::away);
    EXPECT_FLOAT_EQ(told(left)->p, 0.97F);
  }
  EXPECT_FALSE(told(-2)) << "no lane is as narrow";
  EXPECT_FALSE(told(-30)) << "that is another road's";
  EXPECT_FALSE(travel(scene_with(1.7, {drawn_line(kYellow, 0), drawn_line(kWhite, 3.5)})))
      << "at the kerb";
}

}  // namespace
}  // namespace vioreview
