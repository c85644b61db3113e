// SPDX-License-Identifier: Apache-2.0
// The road of drawn markings: vanishing point (960, 100), a metre has (y - 100) / 6.5 pixels.
#include "judge/road_from_marks.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vioreview {
namespace {

using testing::SizeIs;

Point at(float aside, float y) {
  return {960 + aside * (y - 100) / 6.5F, y};
}

MarkSeen line(MarkKind kind, float aside, float p = 0.9F, float near = 1000, float far = 400) {
  return {kind, {at(aside, near), at(aside, far)}, p, std::nullopt};
}
MarkSeen white(float aside, float p = 0.9F, float near = 1000, float far = 400) {
  return line(MarkKind::white_solid, aside, p, near, far);
}

MarkSeen area(MarkKind kind, float aside, float y, float p = 0.9F) {
  const Point c = at(aside, y);
  return {kind,
          {{c.x - 20, c.y + 30}, {c.x - 20, c.y - 30}, {c.x + 20, c.y - 30}, {c.x + 20, c.y + 30}},
          p,
          std::nullopt};
}
MarkSeen arrow(float aside, const std::string& moves, float p) {
  MarkSeen mark = area(MarkKind::arrow, aside, 700, 0.95F);
  mark.moves = {moves, p};
  return mark;
}
MarkSeen words(float aside, LaneWord says, float p, float y = 700) {
  MarkSeen mark = area(MarkKind::bus_text, aside, y, 0.95F);
  mark.says = Seen<LaneWord>{says, p};
  return mark;
}

RoadSeen road_of(const std::vector<MarkSeen>& marks) {
  PanelFacts panel;
  panel.width = 1920;
  panel.height = 1080;
  return road_from_marks(panel, marks);
}

// Three lanes 3.5 m wide, and what else is painted there.
RoadSeen three_lanes(const std::vector<MarkSeen>& more) {
  std::vector<MarkSeen> marks = {white(-5.25F), white(-1.75F), white(1.75F), white(5.25F)};
  marks.insert(marks.end(), more.begin(), more.end());
  return road_of(marks);
}

TEST(RoadFromMarks, LanesLieBetweenLinesAndAreNumberedFromTheLeft) {
  const RoadSeen seen = road_of({white(1.75F), white(5.25F), white(-5.25F), white(-1.75F)});
  ASSERT_THAT(seen.road.lanes, SizeIs(3));
  for (int i = 0; i < 3; ++i) {
    const Lane& lane = seen.road.lanes[static_cast<std::size_t>(i)];
    EXPECT_EQ(lane.number, i + 1);
    EXPECT_EQ(lane.travel, Travel::away);
    EXPECT_GT(lane.direction.front().y, lane.direction.back().y);
    EXPECT_EQ(lane_at(seen.road, at(-3.5F + 3.5F * static_cast<float>(i), 700)), i);
    EXPECT_EQ(seen.lane_p[static_cast<std::size_t>(i)], 0) << "no yellow line tells its travel";
  }
  EXPECT_EQ(lane_at(seen.road, at(-6, 700)), -1);
  EXPECT_EQ(lane_at(seen.road, at(6, 700)), -1);
  EXPECT_THAT(road_of({white(0)}).road.lanes, SizeIs(0));
}

TEST(RoadFromMarks, AYellowLineWithLanesOnBothSidesPartsTheWays) {
  const RoadSeen seen = road_of(
      {white(-5.25F), line(MarkKind::yellow_solid, -1.75F, 0.8F), white(1.75F), white(5.25F)});
  ASSERT_THAT(seen.road.lanes, SizeIs(3));
  EXPECT_EQ(seen.road.lanes[0].number, -1);
  EXPECT_EQ(seen.road.lanes[0].travel, Travel::towards);
  EXPECT_LT(seen.road.lanes[0].direction.front().y, seen.road.lanes[0].direction.back().y);
  EXPECT_EQ(seen.road.lanes[1].number, 1);
  EXPECT_EQ(seen.road.lanes[1].travel, Travel::away);
  EXPECT_EQ(seen.road.lanes[2].number, 2);
  EXPECT_EQ(seen.lane_p, std::vector<float>(3, 0.8F));
  EXPECT_EQ(seen.road.lane_lines[1].left_lane, -1);
  EXPECT_EQ(seen.road.lane_lines[1].right_lane, 1);
}

TEST(RoadFromMarks, AYellowLineAtTheEdgePartsNothing) {
  for (const bool right : {false, true}) {
    const RoadSeen seen = road_of(
        {white(-1.75F), white(1.75F), line(MarkKind::yellow_dashed, right ? 5.25F : -5.25F)});
    ASSERT_THAT(seen.road.lanes, SizeIs(2));
    EXPECT_EQ(seen.road.lanes[0].number, 1);
    EXPECT_EQ(seen.lane_p[0], 0);
  }
}

TEST(RoadFromMarks, OfTwoYellowLinesTheLeftOnePartsTheWays) {
  const RoadSeen seen = road_of({white(-8.75F), line(MarkKind::yellow_solid, -5.25F),
                                 line(MarkKind::yellow_dashed, -1.75F), white(1.75F)});
  ASSERT_THAT(seen.road.lanes, SizeIs(3));
  EXPECT_EQ(seen.road.lanes[0].number, -1);
  EXPECT_EQ(seen.road.lanes[1].number, 1);
}

// 4 % of the width, which is 77 pixels at the lowest row.
TEST(RoadFromMarks, PiecesNearEachOtherAreOneBorder) {
  const float lane = 3.5F;
  EXPECT_THAT(road_of({white(0), white(0.5F, 0.9F, 600), white(lane)}).road.lanes, SizeIs(1));
  EXPECT_THAT(road_of({white(0), white(0.6F, 0.9F, 600), white(lane)}).road.lanes, SizeIs(2));
  // The nearer piece speaks for the line.
  const auto kind_of = [&](float near_white, float near_yellow) {
    const RoadSeen seen =
        road_of({white(-lane), white(0, 0.9F, near_white),
                 line(MarkKind::yellow_solid, 0.1F, 0.9F, near_yellow), white(lane)});
    return seen.road.lanes[0].travel;
  };
  EXPECT_EQ(kind_of(1000, 600), Travel::away);
  EXPECT_EQ(kind_of(600, 1000), Travel::towards);
}

// The trace of a short piece is a little askew, which prolonged far would lead into the next lane.
TEST(RoadFromMarks, ABorderRunsThroughAllItsPieces) {
  MarkSeen near = white(0, 0.9F, 1000, 900);
  near.shape.back() = at(0.15F, 900);
  for (const auto& pieces :
       {std::vector{near, white(0, 0.9F, 600, 400)}, std::vector{white(0, 0.9F, 600, 400), near}}) {
    std::vector<MarkSeen> marks = {white(-3.5F), white(3.5F)};
    marks.insert(marks.end(), pieces.begin(), pieces.end());
    const RoadSeen seen = road_of(marks);
    ASSERT_THAT(seen.road.lanes, SizeIs(2));
    for (const float y : {450.0F, 700.0F, 950.0F}) {
      EXPECT_EQ(lane_at(seen.road, at(-0.4F, y)), 0) << y;
      EXPECT_EQ(lane_at(seen.road, at(0.4F, y)), 1) << y;
    }
  }
}

TEST(RoadFromMarks, HeadsHaveTheirShape) {
  PanelFacts panel;
  panel.objects.resize(2);
  for (ObjectSeen& object : panel.objects) {
    object.kind = ObjectKind::signal_head;
    object.score = 0.9F;
  }
  panel.objects[1].lamp_shape = {LampShape::left, 0.9F};
  const Road road = road_from_marks(panel, {}).road;
  ASSERT_THAT(road.heads, SizeIs(2));
  EXPECT_EQ(road.heads[0].shape, LampShape::round) << "unless another is seen";
  EXPECT_EQ(road.heads[1].shape, LampShape::left);
}

TEST(RoadFromMarks, LanesEndAtTheOwnStopLine) {
  MarkSeen own{MarkKind::stop_line, {at(-5.25F, 600), at(5.25F, 600)}, 0.9F, std::nullopt};
  MarkSeen other = own;
  for (Point& p : other.shape) p.y = 450;
  const RoadSeen seen = three_lanes({other, own});
  ASSERT_THAT(seen.road.stop_lines, SizeIs(2));
  EXPECT_FALSE(seen.road.stop_lines[0].own);
  EXPECT_TRUE(seen.road.stop_lines[1].own);
  EXPECT_EQ(lane_at(seen.road, at(0, 610)), 1);
  EXPECT_EQ(lane_at(seen.road, at(0, 590)), -1);
}

TEST(RoadFromMarks, ABorderIsKnownAsFarAgainAsItsPiecesReach) {
  const RoadSeen seen = road_of({white(-1.75F, 0.9F, 1000, 800), white(1.75F, 0.9F, 900, 600)});
  ASSERT_THAT(seen.lane_rows, SizeIs(1));
  EXPECT_FLOAT_EQ(seen.lane_rows[0].top, 600) << "800 less 200, above 600 less 300";
  EXPECT_FLOAT_EQ(seen.lane_rows[0].bottom, 1200);
}

TEST(RoadFromMarks, WhatIsBelowAnEvenChanceDoesNotCount) {
  EXPECT_THAT(road_of({white(0, 0.5F), white(3.5F, 0.49F)}).road.lane_lines, SizeIs(1));
  EXPECT_THAT(road_of({{MarkKind::stop_line, {at(0, 600)}, 0.9F, std::nullopt}}).road.stop_lines,
              SizeIs(0));
  PanelFacts panel;
  panel.objects.resize(3);
  for (ObjectSeen& object : panel.objects) object.kind = ObjectKind::signal_head;
  panel.objects[0].score = 0.5F;
  panel.objects[1].score = 0.49F;
  panel.objects[2].score = 0.9F;
  panel.objects[2].kind = ObjectKind::vehicle;
  EXPECT_THAT(road_from_marks(panel, {}).road.heads, SizeIs(1));
}

TEST(RoadFromMarks, AreasAreOfTheirKinds) {
  const RoadSeen seen =
      road_of({area(MarkKind::crosswalk, 0, 500, 0.8F), area(MarkKind::grid, 0, 300, 0.7F)});
  EXPECT_EQ(seen.crosswalk_p, std::vector<float>{0.8F});
  EXPECT_EQ(seen.grid_p, std::vector<float>{0.7F});
  EXPECT_THAT(seen.road.stop_lines, SizeIs(0));
}

TEST(RoadFromMarks, ALineMayBeTracedFromItsFarEnd) {
  MarkSeen far_first = white(0);
  std::reverse(far_first.shape.begin(), far_first.shape.end());
  EXPECT_EQ(road_of({far_first}).road.lane_lines[0].polyline, white(0).shape);
}

TEST(RoadFromMarks, ArrowsAreThoseOfTheLaneTheyLieIn) {
  const RoadSeen seen = three_lanes({arrow(0, "S", 0.8F)});
  EXPECT_EQ(seen.road.lanes[1].arrow, "S");
  EXPECT_FLOAT_EQ(seen.arrow_p[1], 0.8F);
  EXPECT_EQ(seen.road.lanes[0].arrow, "");
  EXPECT_EQ(three_lanes({arrow(0, "S", 0.49F)}).road.lanes[1].arrow, "");
  EXPECT_EQ(three_lanes({arrow(0, "S", 0.5F)}).road.lanes[1].arrow, "S");
  EXPECT_EQ(three_lanes({arrow(9, "S", 0.9F)}).arrow_p, std::vector<float>(3, 0));
}

TEST(RoadFromMarks, ArrowsOfALaneThatDifferLeaveItUnknown) {
  EXPECT_FLOAT_EQ(three_lanes({arrow(0, "S", 0.8F), arrow(0, "S", 0.9F)}).arrow_p[1], 0.9F);
  EXPECT_FLOAT_EQ(three_lanes({arrow(0, "S", 0.9F), arrow(0, "S", 0.8F)}).arrow_p[1], 0.9F);
  EXPECT_NEAR(three_lanes({arrow(0, "L", 0.8F), arrow(0, "S", 0.9F)}).arrow_p[1], 0.2, 1e-6);
}

TEST(RoadFromMarks, AnArrowBetweenTheLastLineAndTheKerbMakesALane) {
  const RoadSeen seen = three_lanes({arrow(0, "S", 0.9F), arrow(7, "R", 0.8F)});
  ASSERT_THAT(seen.road.lanes, SizeIs(4));
  EXPECT_EQ(seen.road.lanes[3].number, 4);
  EXPECT_EQ(seen.road.lanes[3].arrow, "R");
  EXPECT_FLOAT_EQ(seen.arrow_p[3], 0.8F);
  EXPECT_EQ(lane_at(seen.road, at(6.5F, 900)), 3);
  EXPECT_THAT(three_lanes({arrow(7, "R", 0.49F)}).road.lanes, SizeIs(3)) << "maybe none";
}

TEST(RoadFromMarks, PaintAcrossTheJunctionMakesNoLane) {
  const MarkSeen stop{MarkKind::stop_line, {at(-5.25F, 720), at(5.25F, 720)}, 0.9F, std::nullopt};
  EXPECT_THAT(three_lanes({stop, arrow(7, "R", 0.9F)}).road.lanes, SizeIs(3));
}

// The lanes beyond the junction are others.
TEST(RoadFromMarks, LinesBeyondTheOwnStopLinePartNoLanes) {
  const MarkSeen stop{MarkKind::stop_line, {at(-5.25F, 600), at(5.25F, 600)}, 0.9F, std::nullopt};
  const MarkSeen far = line(MarkKind::white_dashed, -3.5F, 0.9F, 590, 400);
  EXPECT_THAT(three_lanes({stop, far}).road.lanes, SizeIs(3));
  EXPECT_THAT(three_lanes({far}).road.lanes, SizeIs(4)) << "no stop line";
  EXPECT_THAT(three_lanes({stop, line(MarkKind::white_dashed, -3.5F, 0.9F, 610, 400)}).road.lanes,
              SizeIs(4));
  // Where the near lines are not seen, the far ones are all there is.
  EXPECT_THAT(
      road_of({stop, white(-1.75F, 0.9F, 590), white(1.75F, 0.9F, 590), white(5.25F)}).road.lanes,
      SizeIs(2));
}

TEST(XAt, ProlongsTheEndsOfALine) {
  const std::vector<Point> bent = {{0, 100}, {10, 80}, {40, 60}};
  EXPECT_FLOAT_EQ(x_at(bent, 90), 5);
  EXPECT_FLOAT_EQ(x_at(bent, 80), 10);
  EXPECT_FLOAT_EQ(x_at(bent, 70), 25);
  EXPECT_FLOAT_EQ(x_at(bent, 120), -10);
  EXPECT_FLOAT_EQ(x_at(bent, 40), 70);
  EXPECT_FLOAT_EQ(straight_x(bent, 80), 20);
  EXPECT_FLOAT_EQ(x_at({{0, 50}, {10, 50}}, 50), 5);
  EXPECT_FLOAT_EQ(straight_x({{0, 50}, {10, 50}}, 70), 5);
  EXPECT_FLOAT_EQ(x_at({{7, 50}}, 90), 7);
  EXPECT_FLOAT_EQ(x_at({}, 90), 0);
  EXPECT_FLOAT_EQ(straight_x({}, 90), 0);
}

// The trace of a straight line whose ends jump: it goes on to where a straight one would, nearly.
TEST(XAt, ALineGoesOnAsItsHalfDoesNotAsItsLastPoints) {
  const std::vector<Point> jumps{{90, 300},  {102, 296}, {150, 250},
                                 {200, 200}, {252, 148}, {240, 144}};
  EXPECT_NEAR(x_at(jumps, 100), 300, 25);
  EXPECT_NEAR(x_at(jumps, 340), 60, 25);
  EXPECT_NEAR(x_at(jumps, 225), 175, 1e-4) << "between its points it is what was traced";
}

TEST(MeanY, OfTheShapesPoints) {
  EXPECT_FLOAT_EQ(mean_y({{0, 10}, {5, 20}, {9, 60}}), 30);
  EXPECT_FLOAT_EQ(mean_y({}), 0);
}

TEST(RoadOfSite, IsTakenForSure) {
  Road road = three_lanes({arrow(0, "S", 0.9F)}).road;
  road.stop_lines.resize(1);
  road.crosswalks.resize(1);
  road.grids.resize(1);
  const RoadSeen seen = road_of_site(road);
  EXPECT_EQ(seen.stop_line_p, std::vector<float>{0.99F});
  EXPECT_EQ(seen.crosswalk_p, std::vector<float>{0.99F});
  EXPECT_EQ(seen.grid_p, std::vector<float>{0.99F});
  EXPECT_EQ(seen.line_p, std::vector<float>(4, 0.99F));
  EXPECT_EQ(seen.lane_p, std::vector<float>(3, 0.99F));
  EXPECT_EQ(seen.arrow_p, (std::vector<float>{0, 0.99F, 0}));
}

TEST(LaneWords, SayTheUseOfTheLaneTheyLieIn) {
  const RoadSeen seen = three_lanes({words(0, LaneWord::bus, 0.8F)});
  EXPECT_EQ(seen.road.lanes[1].use, LaneUse::bus);
  EXPECT_FLOAT_EQ(seen.use_p[1], 0.8F);
  EXPECT_FLOAT_EQ(seen.use_p[0], 0);
  EXPECT_FLOAT_EQ(seen.use_p[2], 0);
  EXPECT_EQ(three_lanes({words(0, LaneWord::nonmotor, 0.8F)}).road.lanes[1].use, LaneUse::nonmotor);
}

TEST(LaneWords, CountFromAnEvenChance) {
  EXPECT_FLOAT_EQ(three_lanes({words(0, LaneWord::bus, 0.5F)}).use_p[1], 0.5F);
  EXPECT_FLOAT_EQ(three_lanes({words(0, LaneWord::bus, 0.49F)}).use_p[1], 0);
  EXPECT_FLOAT_EQ(three_lanes({words(0, LaneWord::other, 0.9F)}).use_p[1], 0);
  MarkSeen faint = words(0, LaneWord::bus, 0.9F);
  faint.p = 0.49F;
  EXPECT_FLOAT_EQ(three_lanes({faint}).use_p[1], 0);
  faint.p = 0.6F;
  EXPECT_FLOAT_EQ(three_lanes({faint}).use_p[1], 0.6F);
}

TEST(LaneWords, AnotherWordOfTheSameMeaningCountsHalf) {
  for (const auto& [first, second] : {std::pair(0.8F, 0.6F), std::pair(0.6F, 0.8F)})
    EXPECT_NEAR(
        three_lanes({words(0, LaneWord::bus, first, 800), words(0, LaneWord::bus, second, 600)})
            .use_p[1],
        1 - 0.2 * (1 - 0.5 * 0.6), 1e-6);
}

TEST(LaneWords, OfTwoMeaningsTheSurerStandsAndTheOtherTakesFromIt) {
  const RoadSeen seen =
      three_lanes({words(0, LaneWord::bus, 0.6F, 800), words(0, LaneWord::nonmotor, 0.9F, 600)});
  EXPECT_EQ(seen.road.lanes[1].use, LaneUse::nonmotor);
  EXPECT_NEAR(seen.use_p[1], 0.9 * (1 - 0.6), 1e-6);
}

// A net that finds words but does not read them finds those of bus lanes.
TEST(LaneWords, UnreadOnesCountWhereNoneIsRead) {
  MarkSeen unread = words(0, LaneWord::bus, 0.9F);
  unread.says.reset();
  EXPECT_FLOAT_EQ(three_lanes({unread}).use_p[1], 1);
  EXPECT_EQ(three_lanes({unread}).road.lanes[1].use, LaneUse::bus);
  EXPECT_FLOAT_EQ(three_lanes({unread, words(3.5F, LaneWord::other, 0.9F)}).use_p[1], 0);
}

TEST(LaneWords, BetweenTheLastLineAndTheKerbMakeALane) {
  const RoadSeen seen = three_lanes({words(6.5F, LaneWord::nonmotor, 0.9F)});
  ASSERT_THAT(seen.road.lanes, SizeIs(4));
  const Lane& lane = seen.road.lanes[3];
  EXPECT_EQ(lane.number, 4);
  EXPECT_EQ(lane.use, LaneUse::nonmotor);
  EXPECT_FLOAT_EQ(seen.use_p[3], 0.9F);
  EXPECT_FLOAT_EQ(seen.lane_rows[3].top, seen.lane_rows[2].top);
  // The words lie in its middle, from its line to the kerb along the whole way.
  for (const float y : {500.0F, 900.0F}) {
    EXPECT_EQ(lane_at(seen.road, at(5.4F, y)), 3) << y;
    EXPECT_EQ(lane_at(seen.road, at(7.6F, y)), 3) << y;
    EXPECT_EQ(lane_at(seen.road, at(7.9F, y)), -1) << y;
  }
  EXPECT_LT(lane.direction.back().y, lane.direction.front().y);
}

// 1.6 lanes of 3.5 m: the middle lies 2.8 m beside the line.
TEST(LaneWords, FurtherOutLieElsewhere) {
  EXPECT_THAT(three_lanes({words(5.25F + 2.7F, LaneWord::bus, 0.9F)}).road.lanes, SizeIs(4));
  EXPECT_THAT(three_lanes({words(5.25F + 2.9F, LaneWord::bus, 0.9F)}).road.lanes, SizeIs(3));
  EXPECT_THAT(three_lanes({words(-7, LaneWord::bus, 0.9F)}).road.lanes, SizeIs(3))
      << "the left side has no kerb lane";
  EXPECT_THAT(road_of({words(0, LaneWord::bus, 0.9F)}).road.lanes, SizeIs(0)) << "no road";
}

TEST(LaneWords, TheLowestTellsWhereTheKerbRuns) {
  const MarkSeen near = words(6.5F, LaneWord::bus, 0.8F, 900),
                 far = words(6.3F, LaneWord::bus, 0.6F, 600);
  for (const auto& order : {std::vector{near, far}, std::vector{far, near}}) {
    const RoadSeen seen = three_lanes(order);
    ASSERT_THAT(seen.road.lanes, SizeIs(4));
    EXPECT_EQ(lane_at(seen.road, at(7.6F, 800)), 3);
    EXPECT_NEAR(seen.use_p[3], 1 - 0.2 * (1 - 0.5 * 0.6), 1e-6);
  }
}

}  // namespace
}  // namespace vioreview
