// SPDX-License-Identifier: Apache-2.0
// Areas on the road of which the target hides a part.
#include "judge/areas.h"

#include <cmath>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

std::vector<Point> rectangle(Box b) {
  return {{b.x0, b.y1}, {b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}};
}

double size_of_area(const std::vector<Point>& polygon) {
  double sum = 0;
  for (std::size_t i = 0, k = polygon.size() - 1; i < polygon.size(); k = i++)
    sum += polygon[k].x * polygon[i].y - polygon[i].x * polygon[k].y;
  return std::abs(sum) / 2;
}

Scene with_target(Box box) {
  Scene scene;
  scene.panels.resize(1);
  scene.panels[0].target.emplace();
  scene.panels[0].target->box = box;
  return scene;
}

// All areas, and what two of them make up between whose ends the target stands.
std::size_t joined(Box left, Box right, Box target) {
  return joined_behind_target({rectangle(left), rectangle(right)}, with_target(target)).size();
}

TEST(JoinedBehindTarget, IsTheHullOfBothParts) {
  const std::vector<Point> left = {{100, 600}, {120, 500}, {300, 500}, {300, 600}};
  const std::vector<Point> right = {{700, 600}, {700, 500}, {880, 500}, {900, 600}};
  const auto all = joined_behind_target({left, right}, with_target({280, 300, 720, 650}));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_TRUE(inside(all[2], {500, 550}));
  EXPECT_NEAR(size_of_area(all[2]), (800 + 760) * 100 / 2, 1);
}

// The order in which areas are drawn: so the corners' turns all have one sign (y grows downwards).
TEST(JoinedBehindTarget, RunsClockwise) {
  const auto all =
      joined_behind_target({rectangle({100, 500, 300, 600}), rectangle({700, 480, 900, 620})},
                           with_target({280, 300, 720, 650}));
  ASSERT_EQ(all.size(), 3U);
  double twice = 0;
  for (std::size_t i = 0, k = all[2].size() - 1; i < all[2].size(); k = i++)
    twice += all[2][k].x * all[2][i].y - all[2][i].x * all[2][k].y;
  EXPECT_GT(twice, 0);
}

// Boxes are some pixels wider or narrower than what they hide.
TEST(JoinedBehindTarget, AnAreaMayEndAFewPixelsBesideTheBox) {
  const Box right{700, 500, 900, 600};
  EXPECT_EQ(joined({100, 500, 274, 600}, right, {280, 300, 720, 650}), 3U);
  EXPECT_EQ(joined({100, 500, 266, 600}, right, {280, 300, 720, 650}), 2U);
}

TEST(JoinedBehindTarget, OnlyWhereItStandsBetweenTheirEnds) {
  const Box left{100, 500, 300, 600}, right{700, 500, 900, 600};
  EXPECT_EQ(joined(left, right, {280, 300, 720, 650}), 3U);
  EXPECT_EQ(joined(left, right, {320, 300, 720, 650}), 2U) << "the left one ends before it";
  EXPECT_EQ(joined(left, right, {280, 300, 680, 650}), 2U) << "the right one begins beyond it";
  EXPECT_EQ(joined(left, {700, 620, 900, 700}, {280, 300, 720, 650}), 2U) << "at another height";
  EXPECT_EQ(joined({290, 500, 300, 600}, right, {280, 300, 720, 650}), 2U) << "all of it is hidden";
}

TEST(EndsAtTarget, WhereASideOfItRunsBehindTheLowerHalf) {
  const auto area = rectangle({100, 500, 300, 600});
  EXPECT_TRUE(ends_at_target(area, with_target({280, 300, 720, 650})));
  EXPECT_FALSE(ends_at_target(area, with_target({320, 300, 720, 650})));
  EXPECT_FALSE(ends_at_target(area, with_target({280, 550, 720, 900}))) << "its upper half";
  EXPECT_FALSE(ends_at_target(area, Scene{}));
}

TEST(EndsAtTarget, WhereverASideComesIntoWhatIsHidden) {
  const auto area = rectangle({100, 500, 1700, 600});
  EXPECT_TRUE(ends_at_target(area, with_target({400, 400, 402, 520}))) << "a thing far away";
  EXPECT_TRUE(ends_at_target(area, with_target({50, 300, 94, 560}))) << "a few pixels beside";
  EXPECT_FALSE(ends_at_target(area, with_target({50, 300, 94, 480}))) << "its row is not reached";
  EXPECT_FALSE(ends_at_target(area, with_target({600, 480, 900, 580}))) << "amidst the area";
  EXPECT_FALSE(ends_at_target(area, with_target({600, 300, 900, 490}))) << "farther away";
  const std::vector<Point> slanting = {{100, 600}, {900, 500}, {1700, 600}};
  EXPECT_TRUE(ends_at_target(slanting, with_target({480, 500, 500, 560})));
  EXPECT_FALSE(ends_at_target(slanting, with_target({300, 430, 320, 540}))) << "beyond the slope";
}

// A camera 6.5 m up, a lens of 1.5 widths of a picture 1920 wide: a metre has (y - 100) / 6.5
// pixels. The target drives ahead in the middle.
Scene looking_at(const std::vector<std::vector<Point>>& crosswalks) {
  Scene scene = with_target({860, 600, 1060, 800});
  scene.panels[0].panel = 0;
  scene.road.road.crosswalks = crosswalks;
  scene.panels[0].target->stand.left = 870;
  scene.panels[0].target->stand.right = 1050;
  scene.panels[0].target->stand.row = 800;
  scene.ground = Ground{{960, 100}, 18720, 0.1, 6.5, 0.05};
  return scene;
}

std::vector<PersonAt> people_with(Point foot, const std::vector<std::vector<Point>>& crosswalks) {
  const Case c;
  Facts facts;
  facts.panels.resize(1);
  facts.panels[0].objects.resize(1);
  facts.panels[0].objects[0].kind = ObjectKind::person;
  facts.panels[0].objects[0].score = 0.9F;
  facts.panels[0].objects[0].box = {foot.x - 10, foot.y - 60, foot.x + 10, foot.y};
  const Violation violation;
  const Target target;
  const EventIndex events;
  const Catalogue catalogue;
  const Policy policy;
  const Clocks clocks;
  return people_at_crosswalks({c, facts, violation, target, events, catalogue, policy, clocks},
                              looking_at(crosswalks));
}

TEST(People, OfSeveralCrosswalksTheOneTheyStandOnCounts) {
  const auto near = rectangle({200, 700, 1700, 780}), far = rectangle({500, 400, 1400, 450});
  for (const auto& crosswalks : {std::vector{near, far}, std::vector{far, near}}) {
    ASSERT_EQ(people_with({960, 740}, crosswalks).size(), 1U);
    EXPECT_GT(people_with({960, 740}, crosswalks)[0].on, 0.99);
  }
}

// Near the camera feet are anywhere under the body, 0.25 m or so; far off a box's side is some two
// pixels off, which are as much there.
TEST(People, FeetAreFoundAsWellAsBoxesAre) {
  const auto far = rectangle({900, 120, 1100, 180});
  EXPECT_GT(people_with({904, 150}, {far})[0].on, 0.9) << "4 pixels inside";
  EXPECT_LT(people_with({896, 150}, {far})[0].on, 0.1) << "4 pixels outside";
  EXPECT_NEAR(people_with({900, 150}, {far})[0].on, 0.5, 1e-3);
  const auto near = rectangle({900, 600, 1100, 700});
  EXPECT_LT(people_with({904, 650}, {near})[0].on, 0.65) << "a hand's breadth";
}

// Where several cross the road the nearest is looked at; 1.6 m at its far edge.
TEST(People, TheirHeightIsThatAtTheNearestCrosswalk) {
  const auto near = rectangle({200, 700, 1700, 780}), far = rectangle({500, 400, 1400, 450});
  EXPECT_NEAR(person_height_at_crosswalk(looking_at({near, far})), 1.6 * 600 / 6.5, 0.1);
  EXPECT_NEAR(person_height_at_crosswalk(looking_at({far, near})), 1.6 * 600 / 6.5, 0.1);
  EXPECT_NEAR(person_height_at_crosswalk(looking_at({far})), 1.6 * 300 / 6.5, 0.1);
  EXPECT_EQ(person_height_at_crosswalk(looking_at({})), 0);
}

}  // namespace
}  // namespace vioreview
