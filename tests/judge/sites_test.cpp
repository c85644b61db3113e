// SPDX-License-Identifier: Apache-2.0
#include "judge/sites.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "core/errors.h"
#include "judge/example.h"

namespace vioreview {
namespace {

// A scene of edges at random places, larger than the view; what a camera sees of it that looks
// (right, down) cells aside, with `lost` of the edges gone and as many new ones in their place.
ViewPrint seen(int right, int down, double lost, unsigned light) {
  constexpr int kWide = 140, kHigh = 100;
  std::mt19937 place(7);
  std::vector<std::uint8_t> world(kWide * kHigh);
  for (auto& cell : world)
    cell = place() % 3 == 0 ? static_cast<std::uint8_t>(1U << place() % 8) : 0;
  std::mt19937 change(light);
  ViewPrint print{96, 54, {}};
  for (int y = 0; y < 54; ++y)
    for (int x = 0; x < 96; ++x) {
      const auto at = static_cast<std::size_t>((y + 20 - down) * kWide + x + 20 - right);
      const bool gone = change() % 1000 < lost * 1000;
      const auto other = static_cast<std::uint8_t>(change() % 3 == 0 ? 1U << change() % 8 : 0);
      print.cells.push_back(gone ? other : world[at]);
    }
  return print;
}

TEST(ViewFit, HoldsInAnotherLightAndFindsATurnedCamera) {
  const ViewPrint drawn = seen(0, 0, 0, 1);
  EXPECT_EQ(fit_of(drawn, drawn).fit, Fit::fits);
  EXPECT_EQ(fit_of(drawn, seen(0, 0, 0.5, 2)).fit, Fit::fits);
  const ViewFit turned = fit_of(drawn, seen(-6, 2, 0.5, 3));
  EXPECT_EQ(turned.fit, Fit::moved);
  EXPECT_NEAR(turned.right, -6, 0.3);
  EXPECT_NEAR(turned.down, 2, 0.3);
  EXPECT_EQ(fit_of(drawn, seen(1, 0, 0.3, 4)).fit, Fit::moved) << "13 px of 1280 are no shake";
}

TEST(ViewFit, IsNotToldOfAnotherPlaceAFarTurnOrNothing) {
  const ViewPrint drawn = seen(0, 0, 0, 1);
  EXPECT_EQ(fit_of(drawn, seen(0, 0, 1, 2)).fit, Fit::not_told);
  EXPECT_EQ(fit_of(drawn, seen(18, 15, 0, 2)).fit, Fit::not_told);
  EXPECT_EQ(fit_of(drawn, {}).fit, Fit::not_told);
  EXPECT_EQ(fit_of({}, drawn).fit, Fit::not_told);
  EXPECT_EQ(fit_of(drawn, {96, 54, std::vector<std::uint8_t>(96 * 54)}).fit, Fit::not_told);
  EXPECT_EQ(fit_of(drawn, {54, 96, drawn.cells}).fit, Fit::not_told);
}

TEST(ViewFit, BurnedInTextThatStaysDoesNotHideATurn) {
  // A third of the rows is text, the same in both.
  ViewPrint drawn = seen(0, 0, 0, 1), turned = seen(-6, 2, 0.3, 3);
  std::mt19937 letters(5);
  for (std::size_t i = 20 * 96; i < 38 * 96; ++i)
    drawn.cells[i] = turned.cells[i] = static_cast<std::uint8_t>(letters() % 256);
  EXPECT_NE(fit_of(drawn, turned, {{0, 20 / 54.F, 1, 38 / 54.F}}).fit, Fit::fits);
  EXPECT_EQ(fit_of(drawn, turned, {{0, 20 / 54.F, 1, 38 / 54.F}}).fit, Fit::moved);
  EXPECT_EQ(fit_of(drawn, drawn, {{0, 20 / 54.F, 1, 38 / 54.F}}).fit, Fit::fits);
}

Site profile(const std::string& view, const ViewPrint& print, bool confirmed) {
  Site site;
  site.device_id = "340100000000010001";
  site.view = view;
  site.width = 960;
  site.height = 540;
  if (confirmed) site.confirmed_by = "a person";
  site.road.stop_lines.push_back({{{100, 300}, {800, 300}}, true});
  site.print = print;
  site.sha256 = view;
  return site;
}

Example shown(const ViewPrint& print) {
  Example example = base("road");
  for (PanelFacts& panel : example.facts.panels)
    if (panel.role == Role::panel) panel.print = print;
  return example;
}

// Nothing is painted in the panels and no signal stands there: their outlines alone tell.
Finding same_scene_by(const std::vector<ViewPrint>& prints) {
  Example example = base("road", R"({"facts/panels/0/marks": [], "facts/panels/1/marks": [],
                                     "facts/panels/2/marks": []})");
  for (std::size_t i = 0; i < prints.size(); ++i) example.facts.panels[i].print = prints[i];
  return finding_of(example.judged(), "same_scene");
}

TEST(SameScene, IsToldByOutlinesWherePaintTellsNothing) {
  const Finding same = same_scene_by({seen(0, 0, 0, 1), seen(0, 0, 0.4, 2), seen(0, 0, 0.5, 3)});
  EXPECT_EQ(same.status, Status::holds);
  EXPECT_NEAR(same.probability, 0.97, 1e-6);
  EXPECT_EQ(same_scene_by({seen(0, 0, 0, 1), seen(0, 0, 0.4, 2), seen(0, 0, 1, 3)}).status,
            Status::unknown)
      << "the third shows another place";
  EXPECT_EQ(same_scene_by({seen(0, 0, 0, 1), seen(-6, 2, 0.3, 2), seen(0, 0, 0.4, 3)}).status,
            Status::unknown)
      << "the camera was turned before the second";
  EXPECT_EQ(same_scene_by({}).status, Status::unknown);
}

TEST(SiteFor, TheViewThatFitsIsUsedInThePixelsOfThePanels) {
  const SiteIndex sites(
      {profile("before", seen(0, 0, 0, 1), true), profile("after", seen(-6, 2, 0, 1), true)});
  const Example example = shown(seen(-6, 2, 0.4, 9));
  const SiteInUse used = site_for(example.c, example.facts, sites);
  ASSERT_TRUE(used.site);
  EXPECT_EQ(used.site->view, "after");
  // The profile was drawn at 960 x 540; the panels are 1920 x 1080.
  EXPECT_EQ(used.road.stop_lines[0].edge, (std::vector<Point>{{200, 600}, {1600, 600}}));
  EXPECT_NE(used.note.find("confirmed by a person"), std::string::npos) << used.note;
}

TEST(SiteFor, AMovedCameraIsSaidAndTheProfileNotUsed) {
  const SiteIndex sites({profile("1", seen(0, 0, 0, 1), true)});
  const Example example = shown(seen(-6, 2, 0.4, 9));
  const SiteInUse used = site_for(example.c, example.facts, sites);
  EXPECT_FALSE(used.site);
  EXPECT_NE(used.note.find("the camera was turned"), std::string::npos) << used.note;
  // 6 cells of 96 over 960 px, 2 cells down.
  EXPECT_NE(used.note.find("60 px left and 20 px lower"), std::string::npos) << used.note;
}

TEST(SiteFor, OnePanelThatIsShiftedIsEnough) {
  const SiteIndex sites({profile("1", seen(0, 0, 0, 1), true)});
  Example example = shown(seen(0, 0, 0.4, 9));
  EXPECT_TRUE(site_for(example.c, example.facts, sites).site);
  example.facts.panels[1].print = seen(-6, 2, 0.4, 9);
  EXPECT_FALSE(site_for(example.c, example.facts, sites).site);
}

TEST(SiteFor, PanelsHiddenByTrafficLeaveItToTheOthers) {
  const SiteIndex sites({profile("1", seen(0, 0, 0, 1), true)});
  Example example = shown(seen(0, 0, 1, 9));
  EXPECT_FALSE(site_for(example.c, example.facts, sites).site);
  example.facts.panels[2].print = seen(0, 0, 0.4, 9);
  EXPECT_TRUE(site_for(example.c, example.facts, sites).site);
}

TEST(SiteFor, AnotherDeviceOrShapeHasNoProfile) {
  const SiteIndex sites({profile("1", seen(0, 0, 0, 1), true)});
  Example example = shown(seen(0, 0, 0, 1));
  example.c.record.device_id = "2";
  EXPECT_TRUE(site_for(example.c, example.facts, sites).note.empty());
  example.c.record.device_id = "";
  EXPECT_FALSE(site_for(example.c, example.facts, sites).site);
  example = shown(seen(0, 0, 0, 1));
  example.facts.panels[0].height = 900;
  EXPECT_FALSE(site_for(example.c, example.facts, sites).site);
}

// 2 %: pictures are scaled to whole pixels, and some devices add a band of text.
TEST(SiteFor, PanelsAreOfTheProfilesShape) {
  const SiteIndex sites({profile("1", seen(0, 0, 0, 1), true)});
  const auto used = [&](int height) {
    Example example = shown(seen(0, 0, 0, 1));
    for (PanelFacts& panel : example.facts.panels) panel.height = height;
    return site_for(example.c, example.facts, sites).site != nullptr;
  };
  for (const int height : {1065, 1080, 1095}) EXPECT_TRUE(used(height)) << height;
  for (const int height : {1045, 1115}) EXPECT_FALSE(used(height)) << height;
}

TEST(SiteFor, AConfirmedProfileComesBeforeALearnedOne) {
  const SiteIndex sites(
      {profile("1", seen(0, 0, 0, 1), false), profile("2", seen(0, 0, 0.2, 1), true)});
  const Example example = shown(seen(0, 0, 0.4, 9));
  const SiteInUse used = site_for(example.c, example.facts, sites);
  ASSERT_TRUE(used.site);
  EXPECT_EQ(used.site->view, "2");
}

TEST(SiteFor, AProfileWithoutGeometryHasNoViewToCheck) {
  Site rules = profile("1", {}, true);
  rules.road = {};
  const SiteIndex sites({rules});
  const Example example = base("road");
  EXPECT_TRUE(site_for(example.c, example.facts, sites).site);
}

TEST(SiteIndex, RefusesTwoProfilesOfOneView) {
  EXPECT_THROW(SiteIndex({profile("1", {}, true), profile("1", {}, false)}), ConfigError);
}

TEST(SiteIndex, HashChangesWithAProfile) {
  EXPECT_EQ(SiteIndex().sha256(), "");
  EXPECT_NE(SiteIndex({profile("1", {}, true)}).sha256(),
            SiteIndex({profile("2", {}, true)}).sha256());
}

}  // namespace
}  // namespace vioreview
