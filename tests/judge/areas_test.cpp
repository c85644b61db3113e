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

}  // namespace
}  // namespace vioreview
