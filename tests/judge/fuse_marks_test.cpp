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

MarkSeen shifted(MarkSeen mark, float dx, float dy = 0) {
  for (Point& p : mark.shape) p = {p.x + dx, p.y + dy};
  return mark;
}

MarkSeen rectangle(MarkKind kind, float p, Box b) {
  return mark(kind, p, {{b.x0, b.y1}, {b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}});
}

PanelFacts panel_with(std::vector<MarkSeen> marks, Box vehicle) {
  PanelFacts facts = panel(std::move(marks));
  facts.objects.emplace_back();
  facts.objects[0].box = vehicle;
  return facts;
}

// 0.6 % of the width, which is 7.7 pixels.
TEST(FuseMarks, TracesOfOneLineLieWithinAShareOfTheWidth) {
  const auto whole = line(MarkKind::white_solid, 0.95F, 700, 200);
  EXPECT_THAT(fused({panel({whole}), panel({shifted(whole, 6)})}), SizeIs(1));
  EXPECT_THAT(fused({panel({whole}), panel({shifted(whole, 10)})}), SizeIs(2));
  const auto near = line(MarkKind::white_solid, 0.95F, 700, 500),
             far = line(MarkKind::white_solid, 0.95F, 470, 300);
  EXPECT_THAT(fused({panel({near}), panel({shifted(far, 6)})}), SizeIs(1));
  EXPECT_THAT(fused({panel({near}), panel({shifted(far, 10)})}), SizeIs(2));
}

TEST(FuseMarks, APieceBeyondAGapPointsTheSameWay) {
  const auto near = line(MarkKind::white_solid, 0.95F, 700, 500);
  EXPECT_THAT(
      fused({panel({near}), panel({mark(MarkKind::white_solid, 0.95F, {{447, 470}, {440, 300}})})}),
      SizeIs(1));
  EXPECT_THAT(
      fused({panel({near}), panel({mark(MarkKind::white_solid, 0.95F, {{447, 470}, {450, 300}})})}),
      SizeIs(2));
}

// 5 % of the width, which is 64 pixels.
TEST(FuseMarks, AGapIsNoLongerThanAShareOfTheWidth) {
  const auto near = line(MarkKind::white_solid, 0.95F, 700, 500);
  EXPECT_THAT(fused({panel({near}), panel({line(MarkKind::white_solid, 0.95F, 445, 300)})}),
              SizeIs(1));
  EXPECT_THAT(fused({panel({near}), panel({line(MarkKind::white_solid, 0.95F, 420, 300)})}),
              SizeIs(2));
}

TEST(FuseMarks, PiecesThatAThirdOneJoinsAreOneLine) {
  const auto all = fused({panel({line(MarkKind::white_solid, 0.9F, 700, 500),
                                 line(MarkKind::white_dashed, 0.9F, 350, 200)}),
                          panel({line(MarkKind::white_solid, 0.9F, 480, 370)})});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].kind, MarkKind::white_solid);
  EXPECT_FLOAT_EQ(all[0].shape.front().y, 700);
  EXPECT_FLOAT_EQ(all[0].shape.back().y, 200);
  EXPECT_NEAR(all[0].p, 0.9 * 310 / 460, 0.01);
}

// 1.5 % of the height, which is 10.8 pixels.
TEST(FuseMarks, TracesOfOneStopLineLieWithinAShareOfTheHeight) {
  const auto stop = mark(MarkKind::stop_line, 0.95F, {{300, 500}, {700, 500}});
  EXPECT_THAT(fused({panel({stop}), panel({shifted(stop, 0, 9)})}), SizeIs(1));
  EXPECT_THAT(fused({panel({stop}), panel({shifted(stop, 0, 13)})}), SizeIs(2));
  EXPECT_THAT(fused({panel({stop}), panel({shifted(stop, 350)})}), SizeIs(2)) << "side by side";
}

TEST(FuseMarks, TheLongestTraceOfAStopLineIsItsShape) {
  const auto part = mark(MarkKind::stop_line, 0.95F, {{300, 500}, {500, 500}, {600, 503}});
  const auto whole = mark(MarkKind::stop_line, 0.95F, {{300, 500}, {700, 500}});
  const auto all = fused({panel({part}), panel({whole})});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].shape, whole.shape);
}

TEST(FuseMarks, AreasThatHaveThreeTenthsOfTheSmallerInCommonAreOne) {
  const auto at = [](Box box) { return rectangle(MarkKind::crosswalk, 0.95F, box); };
  const auto large = at({200, 400, 600, 500});
  const auto all = fused({panel({at({500, 400, 700, 500})}), panel({large})});
  ASSERT_THAT(all, SizeIs(1)) << "half of the smaller";
  EXPECT_EQ(all[0].shape, large.shape);
  EXPECT_THAT(fused({panel({large}), panel({at({560, 400, 760, 500})})}), SizeIs(2)) << "a fifth";
  EXPECT_THAT(
      fused({panel({large}), panel({rectangle(MarkKind::grid, 0.95F, {200, 400, 600, 500})})}),
      SizeIs(2))
      << "of two kinds";
}

TEST(FuseMarks, TheSurestViewTellsWhereAnArrowPoints) {
  auto vague = rectangle(MarkKind::arrow, 0.95F, {500, 500, 560, 620});
  auto sure = vague;
  vague.moves = {"L", 0.6F};
  sure.moves = {"S", 0.9F};
  for (const auto& views : {std::vector{vague, sure}, std::vector{sure, vague}}) {
    const auto all = fused({panel({views[0]}), panel({views[1]})});
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].moves->value, "S");
  }
}

TEST(FuseMarks, WhatIsBelowAnEvenChanceOrHasNoShapeIsNotThere) {
  const std::vector<Point> shape = {{300, 500}, {700, 500}};
  EXPECT_THAT(fused({panel({mark(MarkKind::stop_line, 0.49F, shape)})}), SizeIs(0));
  EXPECT_THAT(fused({panel({mark(MarkKind::stop_line, 0.5F, shape)})}), SizeIs(1));
  EXPECT_THAT(fused({panel({mark(MarkKind::stop_line, 0.9F, {{300, 500}})})}), SizeIs(0));
}

// A vehicle hides what it covers three tenths of, or the middle of.
TEST(FuseMarks, WhatAVehicleHidesInPartIsMissedForThat) {
  const auto vague = rectangle(MarkKind::grid, 0.7F, {300, 400, 700, 500});
  const auto beside = [&](Box vehicle) {
    return fused({panel({vague}), panel_with({}, vehicle), panel_with({}, vehicle)});
  };
  EXPECT_THAT(beside({300, 300, 400, 600}), SizeIs(0)) << "a quarter of it";
  EXPECT_THAT(beside({300, 300, 440, 600}), SizeIs(1)) << "more than three tenths";
  EXPECT_THAT(beside({490, 440, 510, 460}), SizeIs(1)) << "its middle";
  EXPECT_THAT(beside({490, 410, 510, 430}), SizeIs(0)) << "above its middle";
  EXPECT_THAT(beside({490, 460, 510, 480}), SizeIs(0)) << "below its middle";
  EXPECT_THAT(beside({470, 440, 490, 460}), SizeIs(0)) << "left of it";
  EXPECT_THAT(beside({510, 440, 530, 460}), SizeIs(0)) << "right of it";
  PanelFacts head = panel_with({}, {300, 300, 440, 600});
  head.objects[0].kind = ObjectKind::signal_head;
  EXPECT_THAT(fused({panel({vague}), head, head}), SizeIs(0)) << "heads hang above the road";
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

TEST(ShareShown, HeadsCountWhereTheyHang) {
  const auto solid = line(MarkKind::white_solid, 0.95F, 700, 200);
  const auto stop = mark(MarkKind::stop_line, 0.95F, {{300, 500}, {700, 500}});
  const auto with_head = [&](float x, float score = 0.9F) {
    PanelFacts facts = panel_with({solid, stop}, {x, 40, x + 20, 60});
    facts.objects[0].kind = ObjectKind::signal_head;
    facts.objects[0].score = score;
    return facts;
  };
  EXPECT_DOUBLE_EQ(share_shown(with_head(600), with_head(620)), 1);
  EXPECT_DOUBLE_EQ(share_shown(with_head(600), with_head(635)), 2.0 / 3) << "over 2 % of the width";
  EXPECT_EQ(share_shown(with_head(600, 0.7F), with_head(600)), -1) << "not surely a head";
  EXPECT_DOUBLE_EQ(share_shown(with_head(600, 0.75F), with_head(600)), 1);
  PanelFacts vehicle = with_head(600);
  vehicle.objects[0].kind = ObjectKind::vehicle;
  EXPECT_DOUBLE_EQ(share_shown(with_head(600), vehicle), 2.0 / 3);
  EXPECT_EQ(share_shown(vehicle, with_head(600)), -1);
}

TEST(ShareShown, OnlySureMarksAskAndAnyViewAnswers) {
  const auto solid = line(MarkKind::white_solid, 0.95F, 700, 200);
  const auto stop = [](float p) { return mark(MarkKind::stop_line, p, {{300, 500}, {700, 500}}); };
  const auto grid = rectangle(MarkKind::grid, 0.95F, {800, 300, 1000, 400});
  const PanelFacts sure = panel({solid, stop(0.75F), grid});
  EXPECT_EQ(share_shown(panel({solid, stop(0.74F), grid}), sure), -1);
  EXPECT_DOUBLE_EQ(share_shown(sure, panel({solid, stop(0.5F), grid})), 1);
  EXPECT_DOUBLE_EQ(share_shown(sure, panel({solid, stop(0.49F), grid})), 2.0 / 3);
  EXPECT_EQ(share_shown(sure, panel_with({solid, stop(0.9F)}, {790, 290, 1010, 410})), -1)
      << "what a vehicle hides is not asked for";
  PanelFacts other = sure;
  other.height = 721;
  EXPECT_EQ(share_shown(sure, other), -1);
  other = sure;
  other.width = 1281;
  EXPECT_EQ(share_shown(sure, other), -1);
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

TEST(FuseMarks, WhatNobodyReadSaysNothing) {
  EXPECT_FALSE(fused({panel({line(MarkKind::white_solid, 0.95F, 700, 200)})})[0].says);
  auto unread = words(LaneWord::bus, 0.9F);
  unread.says.reset();
  EXPECT_FALSE(fused({panel({unread}), panel({unread})})[0].says);
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

TEST(FuseMarks, WordsOfWhichATwentiethIsHiddenMayBeUnreadableForThat) {
  const auto told = panel({words(LaneWord::bus, 0.9F)});
  const auto other = words(LaneWord::other, 0.9F);
  EXPECT_FLOAT_EQ(fused({told, panel_with({other}, {555, 400, 640, 610})})[0].says->p, 0.9F);
  EXPECT_NEAR(fused({told, panel_with({other}, {558, 400, 640, 610})})[0].says->p, 0.5, 0.01);
}

TEST(FuseMarks, WhatHalfHiddenWordsSeemToSayIsWorthLess) {
  const auto hidden = panel_with({words(LaneWord::bus, 0.9F)}, {540, 400, 640, 610});
  EXPECT_FLOAT_EQ(fused({hidden})[0].says->p, 0.75F * 0.9F);
  EXPECT_EQ(fused({hidden})[0].says->value, LaneWord::bus);
  const auto whole = panel({words(LaneWord::nonmotor, 0.95F)});
  EXPECT_EQ(fused({whole, hidden})[0].says->value, LaneWord::nonmotor);
  EXPECT_GT(fused({whole, hidden})[0].says->p,
            fused({whole, panel({words(LaneWord::bus, 0.9F)})})[0].says->p);
}

TEST(FuseMarks, WordsThatSayTwoThingsSayNeitherSurely) {
  const auto all =
      fused({panel({words(LaneWord::bus, 0.9F)}), panel({words(LaneWord::nonmotor, 0.95F)})});
  EXPECT_LT(all[0].says->p, 0.55F);
}

}  // namespace
}  // namespace vioreview
