// SPDX-License-Identifier: Apache-2.0
#include "judge/site_learning.h"

#include <random>

#include <gtest/gtest.h>

#include "format/site_codec.h"

namespace vioreview {
namespace {

// A blank-free print that is another for each `place`; `night` loses a third of its edges.
ViewPrint print_at(unsigned place, unsigned night) {
  std::mt19937 edges(place), lost(night);
  ViewPrint print{96, 54, {}};
  for (int i = 0; i < 96 * 54; ++i) {
    const auto cell = static_cast<std::uint8_t>(edges() % 3 == 0 ? 1U << edges() % 8 : 0);
    print.cells.push_back(lost() % 3 == 0 ? 0 : cell);
  }
  return print;
}

MarkSeen mark(MarkKind kind, std::vector<Point> shape) {
  return {kind, std::move(shape), 0.9F, std::nullopt};
}

// Two lines that run upwards and a stop line, each up to 3 px off, as case `i` shows them.
CaseView view(unsigned i, unsigned place = 1) {
  std::mt19937 noise(i);
  const auto off = [&](float v) { return v + static_cast<float>(noise() % 7) - 3; };
  PanelFacts panel;
  panel.width = 1280;
  panel.height = 720;
  panel.print = print_at(place, i + 100);
  panel.marks = {{mark(MarkKind::white_solid, {{off(300), 700}, {off(500), 300}}),
                  mark(MarkKind::white_dashed, {{off(800), 700}, {off(700), 300}}),
                  mark(MarkKind::stop_line, {{off(350), off(400)}, {off(760), off(400)}})}};
  return {panel};
}

std::vector<CaseView> views(unsigned count, unsigned place = 1) {
  std::vector<CaseView> all;
  for (unsigned i = 0; i < count; ++i) all.push_back(view(i, place));
  return all;
}

TEST(Learning, KeepsWhatCasesAgreeOn) {
  const auto sites = learned_sites("7", views(10));
  ASSERT_EQ(sites.size(), 1U);
  const Site& site = sites[0];
  EXPECT_EQ(site.device_id, "7");
  EXPECT_EQ(site.learned_from, 10);
  EXPECT_FALSE(site.confirmed());
  ASSERT_EQ(site.road.lane_lines.size(), 2U);
  EXPECT_EQ(site.road.lane_lines[0].kind, LineKind::white_solid);
  EXPECT_NEAR(site.road.lane_lines[0].polyline[0].x, 300, 3);
  EXPECT_NEAR(site.road.lane_lines[1].polyline[1].x, 700, 3);
  ASSERT_EQ(site.road.stop_lines.size(), 1U);
  EXPECT_NEAR(site.road.stop_lines[0].edge[0].y, 400, 3);
  EXPECT_EQ(site.road.lanes.size(), 1U) << "the lane between the lines";
}

TEST(Learning, NeedsCasesEnough) {
  EXPECT_TRUE(learned_sites("7", views(7)).empty());
  EXPECT_EQ(learned_sites("7", views(8)).size(), 1U);
  EXPECT_TRUE(learned_sites("7", {}).empty());
}

// Every case shows but what its vehicles leave of it: the left part, the right one, or both.
TEST(Learning, JoinsAStopLineBehindVehicles) {
  auto all = views(9);
  for (unsigned i = 0; i < 9; ++i) {
    all[i].panel.marks->pop_back();
    all[i].panel.marks->push_back(mark(MarkKind::stop_line, {{350, 400}, {500, 401}}));
    all[i].panel.marks->push_back(mark(MarkKind::stop_line, {{620, 402}, {760, 403}}));
  }
  const auto lines = learned_sites("7", all)[0].road.stop_lines;
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NEAR(lines[0].edge.front().x, 350, 3);
  EXPECT_NEAR(lines[0].edge.back().x, 760, 3);
}

TEST(Learning, StopLinesAtOtherHeightsStayTwo) {
  auto all = views(9);
  for (CaseView& one : all)
    one.panel.marks->push_back(mark(MarkKind::stop_line, {{780, 440}, {900, 440}}));
  EXPECT_EQ(learned_sites("7", all)[0].road.stop_lines.size(), 2U);
}

TEST(Learning, TakesTheWholeCrosswalkOfPieces) {
  auto all = views(9);
  for (unsigned i = 0; i < 9; ++i) {
    const float right = i % 3 == 0 ? 900 : 350;  // two of three cases show its left part alone
    all[i].panel.marks->push_back(
        mark(MarkKind::crosswalk, {{100, 420}, {right, 420}, {right, 460}, {100, 460}}));
  }
  const auto areas = learned_sites("7", all)[0].road.crosswalks;
  ASSERT_EQ(areas.size(), 1U);
  EXPECT_NEAR(bounds(areas[0]).x1, 900, 3);
}

TEST(Learning, WhatOnePanelHidesAnotherShows) {
  Case c;
  c.pictures.resize(2);
  Facts facts;
  for (unsigned i = 0; i < 2; ++i) {
    facts.panels.push_back(view(i).panel);
    facts.panels[i].role = c.pictures[i].role = Role::panel;
  }
  facts.panels[1].marks->pop_back();
  facts.panels[0].marks->erase(facts.panels[0].marks->begin());
  const auto seen = views_of_cases({{c, facts}});
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].panel.marks->size(), 3U) << "two lines and the stop line";
}

TEST(Learning, LeavesOutWhatFewCasesShow) {
  auto all = views(10);
  for (unsigned i = 0; i < 5; ++i)  // half of ten, less than the share of 0.6
    all[i].panel.marks->push_back(
        mark(MarkKind::crosswalk, {{100, 420}, {900, 420}, {900, 460}, {100, 460}}));
  EXPECT_TRUE(learned_sites("7", all)[0].road.crosswalks.empty());
  all[5].panel.marks->push_back(
      mark(MarkKind::crosswalk, {{100, 420}, {900, 420}, {900, 460}, {100, 460}}));
  EXPECT_EQ(learned_sites("7", all)[0].road.crosswalks.size(), 1U);
}

TEST(Learning, LeavesOutALineOfDisputedKind) {
  auto all = views(10);
  for (unsigned i = 0; i < 3; ++i) (*all[i].panel.marks)[0].kind = MarkKind::white_dashed;
  EXPECT_EQ(learned_sites("7", all)[0].road.lane_lines.size(), 1U) << "7 of 10 is below 0.8";
  (*all[0].panel.marks)[0].kind = MarkKind::white_solid;
  EXPECT_EQ(learned_sites("7", all)[0].road.lane_lines.size(), 2U);
}

LaneUse use_learned_from(std::optional<Seen<LaneWord>> says) {
  auto all = views(10);
  for (CaseView& one : all) {
    one.panel.marks->push_back(
        mark(MarkKind::bus_text, {{520, 650}, {600, 650}, {600, 580}, {520, 580}}));
    one.panel.marks->back().says = says;
  }
  return learned_sites("7", all)[0].road.lanes.at(0).use;
}

TEST(Learning, WordsGiveTheirLaneItsUse) {
  EXPECT_EQ(use_learned_from(Seen<LaneWord>{LaneWord::nonmotor, 0.9F}), LaneUse::nonmotor);
  EXPECT_EQ(use_learned_from(Seen<LaneWord>{LaneWord::bus, 0.9F}), LaneUse::bus);
  EXPECT_EQ(use_learned_from(Seen<LaneWord>{LaneWord::other, 0.9F}), LaneUse::motor);
  EXPECT_EQ(use_learned_from(std::nullopt), LaneUse::bus) << "as long as nobody reads them";
}

// 1.5 % of the width, which is 19 pixels: nets are off by less, lanes are wider.
TEST(Learning, LinesNearEachOtherAreOneLine) {
  const auto lines_with = [](float apart) {
    auto all = views(10);
    for (unsigned i = 0; i < 10; ++i)
      if (i % 2)
        for (Point& p : (*all[i].panel.marks)[0].shape) p.x += apart;
    const auto sites = learned_sites("7", all);
    return sites[0].road.lane_lines.size();
  };
  EXPECT_EQ(lines_with(10), 2U);
  EXPECT_EQ(lines_with(28), 1U) << "half of the cases show either of two: neither is learned";
}

// Where an arrow points in eight of ten cases.
TEST(Learning, AnArrowPointsWhereMostCasesSay) {
  const auto arrow_of = [](int others) {
    auto all = views(10);
    for (int i = 0; i < 10; ++i) {
      auto& marks = *all[static_cast<std::size_t>(i)].panel.marks;
      marks.push_back(mark(MarkKind::arrow, {{520, 650}, {600, 650}, {600, 450}, {520, 450}}));
      marks.back().moves = {i < others ? "L" : "S", 0.9F};
    }
    return learned_sites("7", all)[0].road.lanes.at(0).arrow;
  };
  EXPECT_EQ(arrow_of(0), "S");
  EXPECT_EQ(arrow_of(2), "S");
  EXPECT_EQ(arrow_of(3), "");
}

ObjectSeen head(Box box, float score = 0.9F) {
  ObjectSeen seen;
  seen.kind = ObjectKind::signal_head;
  seen.box = box;
  seen.score = score;
  return seen;
}

TEST(Learning, HeadsHangWhereCasesShowThem) {
  auto all = views(10);
  for (unsigned i = 0; i < 10; ++i) {
    auto& objects = all[i].panel.objects;
    const auto off = static_cast<float>(i % 3) - 1;
    objects.push_back(head({600 + off, 40, 630 + off, 100}));
    objects.back().lamp_shape = {i < 4 ? LampShape::left : LampShape::straight, 0.9F};
    objects.push_back(head({700, 40, 730, 100}, 0.4F));  // hardly there
    objects.push_back(head({500, 300, 530, 360}));
    objects.back().kind = ObjectKind::vehicle;
  }
  const auto heads = learned_sites("7", all)[0].road.heads;
  ASSERT_EQ(heads.size(), 1U);
  EXPECT_EQ(heads[0].id, "h0");
  EXPECT_NEAR(heads[0].box.x0, 600, 1);
  EXPECT_NEAR(heads[0].box.y1, 100, 1);
  EXPECT_EQ(heads[0].shape, LampShape::straight);
}

TEST(Learning, LeavesOutAHeadThatFewCasesShow) {
  auto all = views(10);
  for (unsigned i = 0; i < 5; ++i) all[i].panel.objects = {head({600, 40, 630, 100})};
  EXPECT_TRUE(learned_sites("7", all)[0].road.heads.empty());
  all[5].panel.objects = {head({600, 40, 630, 100})};
  EXPECT_EQ(learned_sites("7", all)[0].road.heads.size(), 1U);
}

TEST(Learning, HeadsBesideEachOtherStayTwo) {
  auto all = views(10);
  for (CaseView& one : all)
    one.panel.objects = {head({600, 40, 630, 100}), head({618, 40, 648, 100})};
  EXPECT_EQ(learned_sites("7", all)[0].road.heads.size(), 2U);
}

// Five of ten nights show some edges, four show others.
TEST(Learning, ThePrintHoldsWhatHalfOfTheViewsShow) {
  auto all = views(10);
  for (unsigned i = 0; i < 10; ++i) {
    auto& cells = all[i].panel.print.cells;
    for (std::size_t at : {1000U, 1001U, 1002U}) cells[at] = 0;
    if (i < 5) cells[1000] = 1U << 6 | 1U;
    if (i < 4) cells[1001] = 1U;
    cells[1002] = i % 2 ? 1U : 2U;
  }
  const ViewPrint print = learned_sites("7", all)[0].print;
  EXPECT_EQ(print.cells[1000], 1U << 6 | 1U);
  EXPECT_EQ(print.cells[1001], 0);
  EXPECT_EQ(print.cells[1002], 3);
}

TEST(Learning, ACaseHasThePrintOfThePanelThatShowsMostMarkings) {
  for (const unsigned most : {0U, 1U}) {
    Case c;
    c.pictures.resize(2);
    Facts facts;
    for (unsigned i = 0; i < 2; ++i) {
      facts.panels.push_back(view(i).panel);
      facts.panels[i].role = c.pictures[i].role = Role::panel;
    }
    facts.panels[1 - most].marks->pop_back();
    const auto seen = views_of_cases({{c, facts}});
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].panel.print, facts.panels[most].print);
  }
}

TEST(Learning, KeepsViewsApart) {
  auto all = views(12, 1);
  const auto after = views(9, 2);
  all.insert(all.end(), after.begin(), after.end());
  const auto sites = learned_sites("7", all);
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0].learned_from, 12);
  EXPECT_EQ(sites[1].learned_from, 9);
  EXPECT_NE(sites[0].view, sites[1].view);
}

TEST(Learning, GivesAProfileThatReadsBack) {
  const Site site = learned_sites("7", views(10))[0];
  const Site back = site_from_toml(site_to_toml(site), "learned.toml");
  EXPECT_EQ(back.learned_from, 10);
  EXPECT_EQ(back.print, site.print);
  EXPECT_EQ(back.road.lane_lines.size(), 2U);
}

}  // namespace
}  // namespace vioreview
