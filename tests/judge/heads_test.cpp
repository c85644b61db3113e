// SPDX-License-Identifier: Apache-2.0
// Which head rules which way, by its shape, by a site, and by how often it is seen.
#include "judge/heads.h"

#include <gtest/gtest.h>

#include "judge/example.h"
#include "judge/target.h"

namespace vioreview {
namespace {

constexpr Box kThere = {900, 40, 960, 60}, kBeside = {820, 40, 880, 60};

ObjectSeen head(LampShape shape, Box box = kThere, LampState state = LampState::red) {
  ObjectSeen seen;
  seen.kind = ObjectKind::signal_head;
  seen.box = box;
  seen.score = 0.99F;
  seen.lamp = {state, 0.99F};
  seen.lamp_shape = {shape, 0.99F};
  return seen;
}

// The junction with these heads in every panel, and maybe a confirmed site.
struct Junction {
  Example example = base("junction");
  Violation violation;
  EventIndex events{{}};
  Catalogue catalogue;
  Clocks clocks;
  Target target;
  Road site;
  bool confirmed = false;

  explicit Junction(const std::vector<ObjectSeen>& heads) {
    for (PanelFacts& panel : example.facts.panels) {
      std::erase_if(panel.objects,
                    [](const ObjectSeen& o) { return o.kind == ObjectKind::signal_head; });
      panel.objects.insert(panel.objects.end(), heads.begin(), heads.end());
    }
    target = find_target(example.c, example.facts);
  }

  Evidence evidence() const {
    return {example.c,      example.facts, violation,
            target,         events,        catalogue,
            example.policy, clocks,        confirmed ? &site : nullptr,
            confirmed};
  }

  std::optional<OwnLamp> lamp(char move, int panel = 0) const {
    PanelScene scene;
    scene.panel = panel;
    return own_lamp(evidence(), scene, move);
  }

  double all_red() const {
    Scene scene;
    scene.panels.resize(3);
    for (int i = 0; i < 3; ++i) scene.panels[static_cast<std::size_t>(i)].panel = i;
    return every_head_red(evidence(), scene);
  }
  double none_red(int panel = 0) const {
    PanelScene scene;
    scene.panel = panel;
    return no_head_red(evidence(), scene);
  }

  // The letters of the ways that some head rules; 0 stands for any but right.
  std::string ruled() const {
    std::string ways;
    for (const char move : {'U', 'L', 'S', 'R'})
      if (lamp(move)) ways += move;
    return ways + (lamp(0) ? "0" : "");
  }
};

TEST(OwnLamp, AHeadRulesTheWaysOfItsShape) {
  EXPECT_EQ(Junction({head(LampShape::left)}).ruled(), "UL");
  EXPECT_EQ(Junction({head(LampShape::u_turn)}).ruled(), "U");
  EXPECT_EQ(Junction({head(LampShape::straight)}).ruled(), "S");
  EXPECT_EQ(Junction({head(LampShape::right)}).ruled(), "R");
  EXPECT_EQ(Junction({head(LampShape::round)}).ruled(), "ULS0") << "right turns are free";
}

TEST(OwnLamp, AnArrowTakesItsWayFromTheRoundHead) {
  const Junction junction({head(LampShape::round, kThere, LampState::green),
                           head(LampShape::left, kBeside, LampState::red)});
  EXPECT_EQ(junction.lamp('L')->state.value, LampState::red);
  EXPECT_EQ(junction.lamp('S')->state.value, LampState::green);
}

TEST(OwnLamp, CountsWhereHalfOfThePanelsShowIt) {
  Junction junction({head(LampShape::straight)});
  ASSERT_EQ(junction.example.facts.panels.size(), 4U) << "three panels and the close-up";
  junction.example.facts.panels[1].objects.pop_back();
  EXPECT_TRUE(junction.lamp('S')) << "two of three";
  junction.example.facts.panels[2].objects.pop_back();
  EXPECT_FALSE(junction.lamp('S')) << "one of three comes and goes";
}

TEST(OwnLamp, ItsShapeIsAsSureAsInThePanelThatShowsItBest) {
  Junction junction({head(LampShape::straight)});
  auto& panels = junction.example.facts.panels;
  panels[0].objects.back().lamp_shape->p = 0.6F;
  EXPECT_FLOAT_EQ(junction.lamp('S', 0)->state.p, 0.99F);
  EXPECT_FLOAT_EQ(junction.lamp('S', 1)->state.p, 0.99F);
  // Where one panel shows another shape, each is believed as far as it goes.
  panels[2].objects.back().lamp_shape = {LampShape::left, 0.99F};
  EXPECT_FLOAT_EQ(junction.lamp('S', 0)->state.p, 0.6F);
  EXPECT_FLOAT_EQ(junction.lamp('S', 1)->state.p, 0.99F);
  EXPECT_FALSE(junction.lamp('S', 2));
  // A head elsewhere tells nothing of this one.
  panels[2].objects.back().box = kBeside;
  EXPECT_FLOAT_EQ(junction.lamp('S', 0)->state.p, 0.99F);
}

// Turns the lamps of the head at this place off in a panel: no shape is seen then.
void turn_off(Junction& junction, std::size_t panel, Box place = kThere) {
  for (ObjectSeen& o : junction.example.facts.panels[panel].objects)
    if (o.kind == ObjectKind::signal_head && o.box.x0 == place.x0) {
      o.lamp = {LampState::off, 0.96F};
      o.lamp_shape.reset();
    }
}

TEST(OwnLamp, OneThatIsOffKeepsTheShapeOfItsOtherPanels) {
  Junction junction({head(LampShape::left), head(LampShape::round, kBeside)});
  turn_off(junction, 1);
  EXPECT_EQ(junction.lamp('L', 1)->state.value, LampState::off);
  EXPECT_FLOAT_EQ(junction.lamp('L', 1)->state.p, 0.96F);
  EXPECT_EQ(junction.lamp('S', 1)->state.value, LampState::red) << "the round head's way";
  for (const std::size_t panel : {0U, 2U}) turn_off(junction, panel);
  EXPECT_EQ(junction.lamp('L', 1)->state.value, LampState::red) << "nothing tells its shape";
}

TEST(OwnLamp, OneThatShowsTwoShapesHasNoneWhenItIsOff) {
  Junction junction({head(LampShape::left)});
  junction.example.facts.panels[2].objects.back().lamp_shape->value = LampShape::straight;
  turn_off(junction, 1);
  EXPECT_FALSE(junction.lamp('L', 1));
  EXPECT_TRUE(junction.lamp('L', 0)) << "in its own panel it shows one";
}

TEST(OwnLamp, OneThatIsLitTellsMoreThanOneThatIsOff) {
  Junction junction({head(LampShape::straight), head(LampShape::straight, kBeside)});
  turn_off(junction, 1);
  EXPECT_EQ(junction.lamp('S', 1)->state.value, LampState::red);
  EXPECT_LT(junction.lamp('S', 1)->contradicted, 0.05) << "what is off shows no other state";
}

// A site whose head hangs at `box`.
Junction at_site(Box box, std::string moves, std::vector<int> lanes) {
  Junction junction({head(LampShape::round)});
  junction.confirmed = true;
  junction.site.heads = {{"h1", box, LampShape::straight, std::move(moves), std::move(lanes)}};
  // Lane 1 holds the target of the base, lane 2 lies beside it.
  junction.site.lanes.resize(2);
  junction.site.lanes[0].number = 1;
  junction.site.lanes[0].polygon = {{700, 0}, {1200, 0}, {1200, 1080}, {700, 1080}};
  junction.site.lanes[1].number = 2;
  junction.site.lanes[1].polygon = {{1200, 0}, {1700, 0}, {1700, 1080}, {1200, 1080}};
  return junction;
}

TEST(OwnLamp, ASiteSaysWhatItsHeadRules) {
  EXPECT_EQ(at_site(kThere, "LR", {}).ruled(), "LR");
  EXPECT_EQ(at_site(kThere, "", {}).ruled(), "S") << "by the shape that the site gives it";
  EXPECT_EQ(at_site(kThere, "S", {1}).ruled(), "S");
  EXPECT_EQ(at_site(kThere, "S", {2}).ruled(), "") << "of another lane";
  EXPECT_EQ(at_site(kThere, "S", {2, 1}).ruled(), "S");
}

TEST(OwnLamp, OfALaneThatIsNotKnownEveryHeadMayBe) {
  Junction junction = at_site(kThere, "S", {2});
  junction.site.lanes[0].polygon = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  EXPECT_EQ(junction.ruled(), "S") << "it stands on no lane";
  junction = at_site(kThere, "S", {2});
  // The border of the lanes runs through the target's middle.
  junction.site.lanes[0].polygon = {{700, 0}, {960, 0}, {960, 1080}, {700, 1080}};
  junction.site.lanes[1].polygon = {{960, 0}, {1700, 0}, {1700, 1080}, {960, 1080}};
  EXPECT_EQ(junction.ruled(), "S") << "it stands on two";
}

TEST(OwnLamp, ASitesHeadIsTheOneAtItsPlace) {
  EXPECT_EQ(at_site(kBeside, "S", {}).ruled(), "") << "no head of the site hangs there";
  Junction junction = at_site({890, 40, 950, 60}, "L", {});
  junction.site.heads.push_back({"h2", {902, 40, 962, 60}, LampShape::straight, "S", {}});
  EXPECT_EQ(junction.ruled(), "S") << "the nearer of two";
  std::swap(junction.site.heads[0], junction.site.heads[1]);
  EXPECT_EQ(junction.ruled(), "S");
}

TEST(OwnLamp, ASitesHeadIsNoSurerThanThatTheViewFits) {
  Junction junction = at_site(kThere, "S", {});
  for (PanelFacts& panel : junction.example.facts.panels)
    panel.objects.back().score = panel.objects.back().lamp->p = 1;
  EXPECT_FLOAT_EQ(junction.lamp('S')->state.p, 0.99F);
}

// A head is some 20 pixels high: by two or three of them its box is off from panel to panel.
TEST(OwnLamp, AHeadMayBeFoundAFewPixelsOff) {
  for (const float off : {5.0F, 10.0F}) {
    Junction junction({head(LampShape::straight)});
    Box& second = junction.example.facts.panels[1].objects.back().box;
    second = {kThere.x0 + 2 * off, kThere.y0 + off / 5, kThere.x1 + 2 * off, kThere.y1 + off / 5};
    junction.example.facts.panels[2].objects.pop_back();
    EXPECT_TRUE(junction.lamp('S')) << off;
  }
  Junction junction({head(LampShape::straight)});
  junction.example.facts.panels[1].objects.back().box = kBeside;
  junction.example.facts.panels[2].objects.pop_back();
  EXPECT_FALSE(junction.lamp('S')) << "another head";
}

TEST(EveryHeadRed, IsSoWhereNoneShowsAnotherColourInAnyPanel) {
  const ObjectSeen red = head(LampShape::straight),
                   green = head(LampShape::left, kBeside, LampState::green);
  EXPECT_GT(Junction({red}).all_red(), 0.95);
  EXPECT_LT(Junction({red, green}).all_red(), 0.05);
  EXPECT_LT(Junction({head(LampShape::round, kThere, LampState::off)}).all_red(), 0.05);
  EXPECT_EQ(Junction(std::vector<ObjectSeen>{}).all_red(), 0) << "no head is seen";
  Junction once({red});
  once.example.facts.panels[1].objects.back().lamp->value = LampState::yellow;
  EXPECT_LT(once.all_red(), 0.05);
  Junction hardly({red, green});
  for (PanelFacts& panel : hardly.example.facts.panels) panel.objects.back().score = 0.02F;
  EXPECT_GT(hardly.all_red(), 0.95) << "what is hardly a head hardly counts";
}

TEST(NoHeadRed, IsSoWhereEachIsLitInAnotherColour) {
  EXPECT_GT(Junction({head(LampShape::round, kThere, LampState::green)}).none_red(), 0.95);
  EXPECT_GT(Junction({head(LampShape::round, kThere, LampState::yellow)}).none_red(), 0.95);
  EXPECT_LT(Junction({head(LampShape::round, kThere, LampState::off)}).none_red(), 0.05);
  EXPECT_LT(Junction({head(LampShape::round, kThere, LampState::green),
                      head(LampShape::left, kBeside, LampState::red)})
                .none_red(),
            0.05);
  EXPECT_EQ(Junction(std::vector<ObjectSeen>{}).none_red(), 0);
}

}  // namespace
}  // namespace vioreview
