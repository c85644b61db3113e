// SPDX-License-Identifier: Apache-2.0
// Which panels are evidence, in which order, and when each was taken.
#include "judge/evidence.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

Time at(int second) {
  return {1'773'000'000'000 + second * 1000};
}

struct Pictures {
  Case c;
  Facts facts;
  explicit Pictures(const std::vector<Role>& roles) {
    for (const Role role : roles) {
      c.pictures.emplace_back();
      c.pictures.back().role = role;
      facts.panels.emplace_back();
      facts.panels.back().role = role;
    }
  }
  void burn_in(std::size_t panel, int second, float p = 0.9F) {
    auto& overlay = facts.panels[panel].overlay;
    if (!overlay) overlay.emplace();
    overlay->push_back({OverlayField::time, format_time(at(second)), p, {}});
  }
  std::optional<Time> time(int panel) const { return time_of_panel(c, facts, panel); }
};

TEST(TimeOfPanel, TheRecordsListIsThatOfItsPanels) {
  Pictures some({Role::closeup, Role::panel, Role::signal, Role::panel});
  some.c.record.times = {at(0), at(5)};
  EXPECT_EQ(some.time(1), at(0));
  EXPECT_EQ(some.time(3), at(5));
  EXPECT_FALSE(some.time(0)) << "when a close-up was cut out is not said";
  EXPECT_FALSE(some.time(2));
}

TEST(TimeOfPanel, AListOfAnotherLengthSaysNothing) {
  Pictures some({Role::panel, Role::panel, Role::panel});
  some.c.record.times = {at(0), at(5)};
  for (const int panel : {0, 1, 2}) EXPECT_FALSE(some.time(panel)) << panel;
  Pictures composite({Role::composite});
  composite.c.record.times = {at(0)};
  EXPECT_FALSE(composite.time(0)) << "its panels may have been taken at any time";
}

TEST(TimeOfPanel, ItsOwnStandsBeforeTheListAndTheListBeforeWhatIsBurnedIn) {
  Pictures some({Role::panel, Role::panel});
  some.burn_in(0, 20);
  some.burn_in(1, 25);
  EXPECT_EQ(some.time(1), at(25));
  some.c.record.times = {at(0), at(5)};
  EXPECT_EQ(some.time(0), at(0));
  EXPECT_EQ(some.time(1), at(5));
  some.c.pictures[1].time = at(9);
  EXPECT_EQ(some.time(1), at(9));
}

TEST(TimeOfPanel, WhatIsBurnedInCountsWhereItIsSureAndTheOnlyOne) {
  Pictures some({Role::panel});
  some.burn_in(0, 20, 0.89F);
  EXPECT_FALSE(some.time(0));
  some.facts.panels[0].overlay->clear();
  some.burn_in(0, 20, 0.9F);
  EXPECT_EQ(some.time(0), at(20));
  some.facts.panels[0].overlay->push_back({OverlayField::lane, "2", 0.2F, {}});
  EXPECT_EQ(some.time(0), at(20)) << "another field is no other time";
  some.burn_in(0, 21);
  EXPECT_FALSE(some.time(0));
}

// A picture of a composite is divided into more panels than the case has pictures.
TEST(TimeOfPanel, PanelsBeyondThePicturesHaveWhatIsBurnedIn) {
  Pictures some({Role::panel, Role::panel});
  some.c.pictures.resize(1);
  some.c.record.times = {at(0)};
  EXPECT_EQ(some.time(0), at(0));
  EXPECT_FALSE(some.time(1));
  some.burn_in(1, 20);
  EXPECT_EQ(some.time(1), at(20));
}

TEST(EvidencePanels, AreInOrderOfTimeWhereAllTimesAreKnown) {
  Pictures some({Role::panel, Role::closeup, Role::panel, Role::composite});
  some.c.pictures[0].time = at(7);
  some.c.pictures[2].time = at(3);
  EXPECT_EQ(evidence_panels(some.c, some.facts), (std::vector{0, 2, 3})) << "as listed";
  some.c.pictures[3].time = at(5);
  EXPECT_EQ(evidence_panels(some.c, some.facts), (std::vector{2, 3, 0}));
  some.c.pictures[3].time = at(7);
  EXPECT_EQ(evidence_panels(some.c, some.facts), (std::vector{2, 0, 3})) << "the same second";
}

}  // namespace
}  // namespace vioreview
