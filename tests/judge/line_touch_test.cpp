// SPDX-License-Identifier: Apache-2.0
// Tyres against lines on a drawn road.
#include "judge/line_touch.h"

#include <gtest/gtest.h>

#include "judge/drawn_road.h"

namespace vioreview {
namespace {

constexpr auto kSolid = LineKind::white_solid, kDashed = LineKind::white_dashed;

LineAt line_at(double offset) {
  return {0, 0, offset, 0.75, 0.01};
}

LineStory story(const std::vector<double>& asides, const std::vector<LaneLine>& lines) {
  const auto stories = line_stories(driving(asides, lines));
  EXPECT_EQ(stories.size(), 1U);
  return stories.empty() ? LineStory{} : stories[0];
}

// A tyre's tread is some 20 cm wide: a line under it is not well between the tyres.
TEST(LineAt, LiesUnderTheVehicleWhereNoTyreStandsOnIt) {
  for (const double offset : {-0.5, 0.0, 0.5}) EXPECT_GT(line_at(offset).under(), 0.99) << offset;
  for (const double offset : {-0.6, 0.6, 0.9}) EXPECT_LT(line_at(offset).under(), 0.01) << offset;
}

// A line is up to 15 cm wide (GB 5768.3), and its middle is measured.
TEST(LineAt, IsClearWhereNoTyreReachesItsEdge) {
  for (const double offset : {-0.86, 0.86}) EXPECT_GT(line_at(offset).clear(), 0.99) << offset;
  for (const double offset : {-0.79, 0.0, 0.79}) EXPECT_LT(line_at(offset).clear(), 0.01) << offset;
}

TEST(LinesAt, AreThoseNearTheTarget) {
  const auto count = [](double aside) {
    return lines_at(driving({0}, {drawn_line(kSolid, aside)})).size();
  };
  for (const double aside : {-2.9, 0.0, 2.9}) EXPECT_EQ(count(aside), 1U) << aside;
  for (const double aside : {-3.1, 3.1}) EXPECT_EQ(count(aside), 0U) << aside;
  const auto lines = lines_at(driving({0.5}, {drawn_line(kSolid, -1)}));
  EXPECT_NEAR(lines[0].offset, -1.5, 1e-3);
  EXPECT_NEAR(lines[0].half, 0.75, 1e-3) << "tyres stand a hand's breadth inside the body";
}

TEST(LinesAt, ReachTheTarget) {
  const auto count = [](float near, float far) {
    return lines_at(driving({0}, {drawn_line(kSolid, 1, near, far)})).size();
  };
  EXPECT_EQ(count(747, 500), 1U) << "traces end some pixels short";
  EXPECT_EQ(count(744, 500), 0U);
  EXPECT_EQ(count(1000, 753), 1U);
  EXPECT_EQ(count(1000, 756), 0U);
  LaneLine point = drawn_line(kSolid, 1);
  point.polyline.pop_back();
  EXPECT_TRUE(lines_at(driving({0}, {point})).empty());
  Scene scene = driving({0}, {drawn_line(kSolid, 1)});
  scene.ground.reset();
  EXPECT_TRUE(lines_at(scene).empty());
}

// The bumper hides what lies under the near tyres.
TEST(LinesAt, AreSeenAsFarAsTheTargetLetsThem) {
  const auto count = [](double aside, float far) {
    Scene scene = driving({0}, {drawn_line(kSolid, aside, 1000, far)});
    scene.panels[0].target->box = {880, 560, 1040, 760};  // a tenth: 20 pixels
    return lines_at(scene).size();
  };
  EXPECT_EQ(count(0.9, 769), 1U);
  EXPECT_EQ(count(0.9, 781), 0U) << "it ends well before it";
  EXPECT_EQ(count(2, 769), 0U) << "it ends beside it";
}

TEST(LineStory, IsRiddenWhereItLiesUnderTheVehicleTwice) {
  const std::vector<LaneLine> line = {drawn_line(kSolid, 0)};
  EXPECT_GT(story({0.1, -0.1, 3}, line).ridden, 0.99);
  EXPECT_LT(story({0.1, 2, 2}, line).ridden, 0.01) << "once is no proof";
  EXPECT_LT(story({0.1, 2, 2}, line).clear, 0.01);
}

TEST(LineStory, IsCrossedFromOneSideToTheOther) {
  const std::vector<LaneLine> line = {drawn_line(kSolid, 0)};
  EXPECT_GT(story({1.2, 0.3, -1.2}, line).crossed, 0.99);
  EXPECT_GT(story({-1.2, 1.2}, line).crossed, 0.99);
  EXPECT_EQ(story({1.2, 1.4, 2}, line).crossed, 0);
  EXPECT_GT(story({1.2, -0.5}, line).crossed, 0.99) << "its middle is, though wheels are on it";
  EXPECT_LT(story({1.2, -0.1}, line).crossed, 0.01) << "its middle is over the line";
  EXPECT_EQ(story({1.2, -1.2}, line).clear, 0) << "though no tyre touches it in any panel";
}

TEST(LineStory, IsClearWhereItStaysOnOneSide) {
  const std::vector<LaneLine> line = {drawn_line(kSolid, 0)};
  EXPECT_GT(story({1.2, 1.4}, line).clear, 0.99);
  EXPECT_LT(story({1.2, 0.6}, line).clear, 0.1);
  EXPECT_NEAR(story({1.2, 1.4}, line).nearest, 0.45, 1e-3);
  EXPECT_NEAR(story({1.2, -0.3}, line).nearest, -0.45, 1e-3) << "over it";
}

// A piece of the same kind that begins within half a metre of where another leads carries it on.
TEST(LineStory, IsThatOfAllPiecesOfALine) {
  const auto stories = [](double aside, LineKind kind) {
    return line_stories(driving({1.2, 1.2}, {drawn_line(kSolid, 0, 1000, 740),
                                             drawn_line(kind, aside, 760, 400)}))
        .size();
  };
  EXPECT_EQ(stories(0.4, kSolid), 1U);
  EXPECT_EQ(stories(0.6, kSolid), 2U);
  EXPECT_EQ(stories(0.4, kDashed), 2U);
  EXPECT_TRUE(line_stories(driving({0}, {drawn_line(LineKind::kerb, 0)})).empty());
}

// A lane is 3.75 m wide at the most (CJJ 37), with its lines.
TEST(NoLineHides, BetweenTheLinesOfOneLane) {
  const auto hidden = [](double left, double right) {
    return !no_line_hides(driving({0, 0}, {drawn_line(kSolid, left), drawn_line(kDashed, right)}));
  };
  EXPECT_FALSE(hidden(-1.75, 1.75));
  EXPECT_FALSE(hidden(-2, 2.1));
  EXPECT_TRUE(hidden(-2.2, 2.2)) << "a line between them may be missed";
  EXPECT_TRUE(hidden(-2.9, 2.9));
  EXPECT_FALSE(
      no_line_hides(driving({0, 5}, {drawn_line(kSolid, -1.75), drawn_line(kDashed, 1.75)})))
      << "not so in every panel";
  EXPECT_TRUE(no_line_hides(driving({0}, {drawn_line(kSolid, -2.9), drawn_line(kSolid, -1.75),
                                          drawn_line(kSolid, 1.75), drawn_line(kSolid, 2.9)})))
      << "the nearest ones";
}

// And 2.8 m before a junction at the least (CJJ 152).
TEST(NoLineHides, BesideALineWhoseNextOneLiesBeyondTheVehicle) {
  const auto hidden = [](double aside) {
    return !no_line_hides(driving({0, 0}, {drawn_line(kSolid, aside)}));
  };
  for (const double aside : {-1.5, -1.0, 1.0, 1.5}) EXPECT_FALSE(hidden(aside)) << aside;
  for (const double aside : {-2.2, -1.8, 1.8, 2.2, 4.0}) EXPECT_TRUE(hidden(aside)) << aside;
}

TEST(Solid, AreTheLinesThatMustNotBeCrossed) {
  for (const LineKind kind :
       {LineKind::white_solid, LineKind::yellow_solid, LineKind::yellow_solid_double})
    EXPECT_TRUE(solid(kind));
  for (const LineKind kind : {LineKind::white_dashed, LineKind::yellow_dashed, LineKind::kerb})
    EXPECT_FALSE(solid(kind));
}

TEST(TellingLine, IsTheMostBrokenElseTheNearest) {
  LineStory broken, ridden, near, far;
  broken.crossed = 0.97, broken.nearest = -0.3;
  ridden.ridden = 0.8, ridden.nearest = -0.6;
  near.ridden = 0.02, near.nearest = 0.4;
  far.ridden = 0.05, far.nearest = 1.2;
  EXPECT_EQ(telling_line({}), nullptr);
  for (const auto& all : {std::vector{near, broken, ridden}, std::vector{ridden, near, broken}})
    EXPECT_EQ(telling_line(all)->crossed, 0.97);
  for (const auto& all : {std::vector{near, far}, std::vector{far, near}})
    EXPECT_EQ(telling_line(all)->nearest, 0.4);
}

}  // namespace
}  // namespace vioreview
