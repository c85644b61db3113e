// SPDX-License-Identifier: Apache-2.0
// One road from several panels that the tests draw: what is hidden, vague, or told otherwise.
#include "judge/fuse_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vioreview {
namespace {

using testing::SizeIs;

MarkSeen mark(MarkKind kind, float p, std::vector<Point> shape) {
  return {kind, std::move(shape), p, std::nullopt};
}

PanelFacts panel(std::vector<MarkSeen> marks) {
  PanelFacts facts;
  facts.width = 1280;
  facts.height = 720;
  facts.marks = std::move(marks);
  return facts;
}

std::vector<MarkSeen> fused(const std::vector<PanelFacts>& panels) {
  std::vector<const PanelFacts*> all;
  for (const PanelFacts& one : panels) all.push_back(&one);
  return fused_marks(all);
}

MarkSeen line(MarkKind kind, float p, float near, float far) {
  return mark(kind, p, {{400 + near / 10, near}, {400 + far / 10, far}});
}

TEST(FuseMarks, PiecesOfALineThatVehiclesHideInTurnAreOneLine) {
  const auto all = fused({panel({line(MarkKind::white_solid, 0.95F, 700, 450)}),
                          panel({line(MarkKind::white_solid, 0.9F, 520, 200)})});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_FLOAT_EQ(all[0].shape.front().y, 700);
  EXPECT_FLOAT_EQ(all[0].shape.back().y, 200);
  EXPECT_FLOAT_EQ(all[0].p, 0.95F);
}

TEST(FuseMarks, PiecesOverAGapAreOneLineOnlyWhenTheyPointAtEachOther) {
  const auto near = line(MarkKind::white_solid, 0.95F, 700, 500);
  EXPECT_THAT(fused({panel({near}), panel({line(MarkKind::white_solid, 0.95F, 470, 300)})}),
              SizeIs(1));
  auto aside = line(MarkKind::white_solid, 0.95F, 470, 300);
  for (Point& p : aside.shape) p.x += 40;
  EXPECT_THAT(fused({panel({near}), panel({aside})}), SizeIs(2));
}

TEST(FuseMarks, NeighbouringLinesStayTwo) {
  auto second = line(MarkKind::yellow_solid, 0.95F, 700, 200);
  for (Point& p : second.shape) p.x += 20;
  EXPECT_THAT(fused({panel({line(MarkKind::yellow_solid, 0.95F, 700, 200), second})}), SizeIs(2));
}

TEST(FuseMarks, AGuideIsAnAreaAndNoPieceOfALine) {
  const auto guide = mark(MarkKind::guide, 0.9F, {{460, 600}, {480, 500}, {450, 500}});
  const auto all = fused({panel({line(MarkKind::white_solid, 0.95F, 700, 200), guide})});
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[1].shape, guide.shape);
}

TEST(FuseMarks, TheKindWithMorePaintCountsAndItsRivalTakesFromIt) {
  const auto all = fused({panel({line(MarkKind::white_solid, 0.9F, 700, 200)}),
                          panel({line(MarkKind::white_dashed, 0.9F, 700, 600)})});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].kind, MarkKind::white_solid);
  EXPECT_NEAR(all[0].p, 0.9 * 500 / 600, 0.01);
}

TEST(FuseMarks, WhatIsVagueAndMissedWhereNothingHidesItLosesAndWhatIsSureDoesNot) {
  const std::vector<Point> shape = {{300, 500}, {700, 500}};
  const auto stop = [&](float p) { return mark(MarkKind::stop_line, p, shape); };
  const auto sure = fused({panel({stop(0.95F)}), panel({}), panel({})});
  ASSERT_THAT(sure, SizeIs(1));
  EXPECT_FLOAT_EQ(sure[0].p, 0.95F);
  EXPECT_THAT(fused({panel({stop(0.7F)}), panel({}), panel({})}), SizeIs(0));
  PanelFacts behind = panel({});
  behind.objects.emplace_back();
  behind.objects[0].box = {250, 300, 750, 600};
  const auto hidden = fused({panel({stop(0.7F)}), behind, behind});
  ASSERT_THAT(hidden, SizeIs(1));
  EXPECT_FLOAT_EQ(hidden[0].p, 0.7F);
}

TEST(FuseMarks, APanelOfAnotherSizeIsLeftOut) {
  PanelFacts other = panel({line(MarkKind::white_solid, 0.95F, 300, 100)});
  other.width = 640;
  other.height = 360;
  EXPECT_THAT(fused({panel({}), other}), SizeIs(0));
}

TEST(ShareShown, CountsWhatLiesAtTheSameSpot) {
  const PanelFacts one =
      panel({line(MarkKind::white_solid, 0.95F, 700, 200),
             mark(MarkKind::stop_line, 0.95F, {{300, 500}, {700, 500}}),
             mark(MarkKind::crosswalk, 0.95F, {{200, 480}, {800, 480}, {800, 420}, {200, 420}})});
  EXPECT_DOUBLE_EQ(share_shown(one, one), 1);
  PanelFacts moved = one;
  for (MarkSeen& m : *moved.marks)
    for (Point& p : m.shape) p.x += 60, p.y -= 90;
  EXPECT_LT(share_shown(one, moved), 0.4);
  EXPECT_EQ(share_shown(panel({}), one), -1) << "too little to tell";
}

MarkSeen words(LaneWord says, float p) {
  auto one = mark(MarkKind::bus_text, 0.95F, {{500, 600}, {560, 600}, {560, 500}, {500, 500}});
  one.says = Seen<LaneWord>{says, p};
  return one;
}

TEST(FuseMarks, ViewsOfTheSameWordsAreOneWitness) {
  const auto nonmotor = [](float p) { return panel({words(LaneWord::nonmotor, p)}); };
  const auto all = fused({nonmotor(0.8F), nonmotor(0.9F), nonmotor(0.7F)});
  ASSERT_THAT(all, SizeIs(1));
  ASSERT_TRUE(all[0].says);
  EXPECT_EQ(all[0].says->value, LaneWord::nonmotor);
  EXPECT_FLOAT_EQ(all[0].says->p, 0.9F);
}

TEST(FuseMarks, WordsThatSayOtherCountOnlyWhereNothingHidesThem) {
  const auto told = panel({words(LaneWord::bus, 0.9F)});
  auto other = panel({words(LaneWord::other, 0.9F)});
  EXPECT_NEAR(fused({told, other})[0].says->p, 0.5, 0.01) << "one of them is wrong";
  ObjectSeen car;
  car.box = {540, 400, 640, 610};
  other.objects = {car};
  EXPECT_FLOAT_EQ(fused({told, other})[0].says->p, 0.9F);
  EXPECT_EQ(fused({other})[0].says->value, LaneWord::other);
}

TEST(FuseMarks, WordsThatSayTwoThingsSayNeitherSurely) {
  const auto all =
      fused({panel({words(LaneWord::bus, 0.9F)}), panel({words(LaneWord::nonmotor, 0.95F)})});
  EXPECT_LT(all[0].says->p, 0.55F);
}

}  // namespace
}  // namespace vioreview
