// SPDX-License-Identifier: Apache-2.0
// Cases whose pictures hold several panels: what is judged of them, and what devices usually make.
#include "run/divide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "run/night.h"

namespace vioreview {
namespace {

using ::testing::HasSubstr;

PanelFacts part(Role role, float x) {
  PanelFacts facts = seen_car("皖A28593");
  facts.role = role;
  facts.crop = {x, 0, x + 640, 360};
  return facts;
}

PanelFacts composite(const std::string& layout) {
  PanelFacts facts;
  facts.layout = Seen<std::string>{layout, 0.98F};
  facts.parts = {part(Role::panel, 0), part(Role::panel, 640), part(Role::closeup, 1280)};
  return facts;
}

PanelFacts unsure() {
  PanelFacts facts = seen_car("皖A28593");
  facts.layout = Seen<std::string>{"1x2", 0.7F};
  facts.failure = Problem{"layout_unsure", "1.jpg", "why"};
  facts.marks.emplace();
  facts.overlay.emplace();
  return facts;
}

Case case_of(std::vector<PictureRef> pictures, const std::string& device = "d-1") {
  Case c;
  c.id = "A-1";
  c.record.device_id = device;
  c.pictures = std::move(pictures);
  return c;
}

const PictureRef kComposite{"1.jpg", "/in/1.jpg", Role::composite, Time{5000}};
const PictureRef kDriver{"2.jpg", "/in/2.jpg", Role::driver, Time{7000}};

TEST(Divided, APictureIsReplacedByItsPanels) {
  const Divided seen =
      divided(case_of({kComposite, kDriver}), Facts{{composite("1x3"), seen_car("皖A28593")}});
  ASSERT_EQ(seen.facts.panels.size(), 4U);
  ASSERT_EQ(seen.c.pictures.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(seen.facts.panels[i], composite("1x3").parts[i]);
    EXPECT_EQ(seen.c.pictures[i].file, "1.jpg");
    EXPECT_EQ(seen.c.pictures[i].role, seen.facts.panels[i].role);
  }
  EXPECT_EQ(seen.c.pictures[0].time, Time{5000});
  EXPECT_EQ(seen.c.pictures[1].time, std::nullopt) << "a composite has one time of its own";
  EXPECT_EQ(seen.c.pictures[3], kDriver);
}

TEST(Divided, ACaseOfSeparatePicturesStaysAsItIs) {
  const Case c = case_of({{"1.jpg", "/in/1.jpg", Role::panel, Time{1}}, kDriver});
  const Facts facts{{seen_car("皖A28593"), seen_car("皖A28594")}};
  const Divided seen = divided(c, facts);
  EXPECT_EQ(seen.c, c);
  EXPECT_EQ(seen.facts, facts);
}

TEST(Divided, NothingIsJudgedByAPictureWhoseDivisionIsUnsure) {
  const Divided seen = divided(case_of({kComposite}), Facts{{unsure()}});
  ASSERT_EQ(seen.facts.panels.size(), 1U);
  const PanelFacts& panel = seen.facts.panels[0];
  EXPECT_EQ(panel.failure, unsure().failure);
  EXPECT_TRUE(panel.objects.empty());
  EXPECT_TRUE(panel.plates.empty());
  EXPECT_FALSE(panel.marks.has_value());
  EXPECT_FALSE(panel.overlay.has_value());
}

TEST(DeviceLayouts, WhatADeviceAlwaysMakesIsAHintForItsUnsureOnes) {
  DeviceLayouts layouts;
  const Case one = case_of({kComposite}), other = case_of({kComposite}, "d-2");
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(layouts.add(one, Facts{{composite("2x2")}}));
  EXPECT_TRUE(layouts.add(one, Facts{{unsure()}}));
  EXPECT_EQ(layouts.hint("d-1"), "") << "two are few";
  layouts.add(one, Facts{{composite("2x2")}});
  EXPECT_THAT(layouts.hint("d-1"), HasSubstr("3 other composites of the device are 2x2"));
  EXPECT_EQ(layouts.hint("d-2"), "");
  for (int i = 0; i < 3; ++i) layouts.add(other, Facts{{composite(i == 0 ? "1x3" : "3x1")}});
  EXPECT_EQ(layouts.hint("d-2"), "") << "it makes several";
}

}  // namespace
}  // namespace vioreview
