// SPDX-License-Identifier: Apache-2.0
// When a restriction is in force, geometry for panels of another size, whose facts win.
#include "core/site.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// 2026-03-13 was a Friday.
bool at(const Restriction& rule, const char* time) {
  return in_force(rule, *parse_time(time));
}

TEST(Restriction, HoldsFromItsFirstMinuteToBeforeItsLast) {
  const Restriction rule{{}, {{7 * 60, 9 * 60}, {17 * 60, 20 * 60}}, {}, {}};
  EXPECT_FALSE(at(rule, "2026-03-13T06:59:59.999"));
  EXPECT_TRUE(at(rule, "2026-03-13T07:00:00"));
  EXPECT_TRUE(at(rule, "2026-03-13T08:59:59.999"));
  EXPECT_FALSE(at(rule, "2026-03-13T09:00:00"));
  EXPECT_TRUE(at(rule, "2026-03-13T19:30:00"));
}

TEST(Restriction, RunsOverMidnight) {
  const Restriction rule{{}, {{22 * 60, 6 * 60}}, {}, {}};
  EXPECT_TRUE(at(rule, "2026-03-13T23:00:00"));
  EXPECT_TRUE(at(rule, "2026-03-14T05:59:00"));
  EXPECT_FALSE(at(rule, "2026-03-14T06:00:00"));
  EXPECT_FALSE(at(rule, "2026-03-13T21:59:59"));
}

TEST(Restriction, AfterMidnightBelongsToTheDayOnWhichItBegan) {
  const Restriction fridays{{}, {{22 * 60, 6 * 60}}, {5}, {}};
  EXPECT_TRUE(at(fridays, "2026-03-13T23:00:00"));
  EXPECT_TRUE(at(fridays, "2026-03-14T05:00:00"));
  EXPECT_FALSE(at(fridays, "2026-03-13T05:00:00"));
  EXPECT_FALSE(at(fridays, "2026-03-14T23:00:00"));
}

TEST(Restriction, KnowsTheDayOfTheWeekInChina) {
  const Restriction sundays{{}, {{0, 24 * 60}}, {7}, {}};
  EXPECT_TRUE(at(sundays, "2026-03-15T00:00:00"));
  EXPECT_TRUE(at(sundays, "2026-03-14T16:30:00Z"));
  EXPECT_FALSE(at(sundays, "2026-03-15T16:30:00Z"));
  EXPECT_TRUE(at(sundays, "1969-12-28T12:00:00"));
}

TEST(SiteFacts, TheFirstWinsWhereItKnows) {
  SiteFacts site, record;
  site.limit_kmh = 40;
  record.limit_kmh = 60;
  record.interval_m = 1000;
  const SiteFacts both = joined(site, record);
  EXPECT_EQ(both.limit_kmh, 40);
  EXPECT_EQ(both.interval_m, 1000);
  EXPECT_FALSE(both.truck_ban);
}

TEST(Road, IsScaledToPanelsOfAnotherSize) {
  Road road;
  road.stop_lines.push_back({{{10, 20}, {30, 20}}, true});
  road.lane_lines.push_back({LineKind::kerb, {{1, 2}, {3, 4}}, {}, {}});
  road.lanes.push_back({1, Travel::away, LaneUse::motor, "S", {{1, 1}}, {{2, 2}}});
  road.crosswalks.push_back({{5, 6}});
  road.grids.push_back({{7, 8}});
  road.heads.push_back({"h", {1, 2, 3, 4}, LampShape::round, "", {}});
  const Road half = scaled(road, 0.5F, 2);
  EXPECT_EQ(half.stop_lines[0].edge[1], (Point{15, 40}));
  EXPECT_EQ(half.lane_lines[0].polyline[1], (Point{1.5F, 8}));
  EXPECT_EQ(half.lanes[0].polygon[0], (Point{0.5F, 2}));
  EXPECT_EQ(half.lanes[0].direction[0], (Point{1, 4}));
  EXPECT_EQ(half.crosswalks[0][0], (Point{2.5F, 12}));
  EXPECT_EQ(half.grids[0][0], (Point{3.5F, 16}));
  EXPECT_EQ(half.heads[0].box, (Box{0.5F, 4, 1.5F, 8}));
}

TEST(Moves, AreOrderedLetters) {
  EXPECT_EQ(ordered_moves("RSL"), "LSR");
  EXPECT_EQ(ordered_moves(""), "");
  EXPECT_FALSE(ordered_moves("SS"));
  EXPECT_FALSE(ordered_moves("X"));
}

TEST(SiteWords, AreInverse) {
  for (const char* name : {"white_solid", "white_dashed", "yellow_solid", "yellow_solid_double",
                           "yellow_dashed", "kerb"})
    EXPECT_EQ(name_of(*line_kind_named(name)), name);
  EXPECT_EQ(name_of(*travel_named("towards")), "towards");
  EXPECT_EQ(name_of(*lane_use_named("nonmotor")), "nonmotor");
  EXPECT_FALSE(line_kind_named("white"));
}

}  // namespace
}  // namespace vioreview
