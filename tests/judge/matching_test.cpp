// SPDX-License-Identifier: Apache-2.0
// Who is who: the target among all vehicles of a panel, by all ways in which they may be those of
// the known panels.
#include "judge/matching.h"

#include <functional>

#include <gtest/gtest.h>

#include "judge/looks.h"

namespace vioreview {
namespace {

constexpr double kStays = 0.85;  // of vehicles of one panel that show in another

// Who of the panel is the first vehicle of the known panel, which is taken a second before.
Likest found_in(const PanelFacts& panel, const PanelFacts& known) {
  return likest(panel, Time{1000}, {{&known, &known.objects[0], Time{0}}});
}
Likest found_in(const PanelFacts& panel) {
  return found_in(panel, panel_of({kKnown}));
}

// By Bayes: each of the vehicles is the target as likely as another, or it is in no panel.
float chance(const std::vector<double>& odds) {
  double all = 0;
  for (const double each : odds) all += each;
  const double before = kShown / static_cast<double>(odds.size());
  return static_cast<float>(before * odds[0] / (before * all + 1 - kShown));
}

// The same for the target's first candidate, gone through one by one: the target is one of the
// vehicles or in no panel, and so is each neighbour, no two of them the same. `neighbours`: for
// each how much likelier it is to be each of the vehicles.
float chance_among(const std::vector<double>& target,
                   const std::vector<std::vector<double>>& neighbours) {
  const std::size_t n = target.size();
  std::vector<bool> taken(n);
  std::function<double(std::size_t)> rest = [&](std::size_t i) {
    if (i == neighbours.size()) return 1.0;
    double sum = (1 - kStays) * rest(i + 1);
    for (std::size_t j = 0; j < n; ++j)
      if (!taken[j]) {
        taken[j] = true;
        sum += kStays / static_cast<double>(n) * neighbours[i][j] * rest(i + 1);
        taken[j] = false;
      }
    return sum;
  };
  std::vector<double> as(n);
  for (std::size_t j = 0; j < n; ++j) {
    taken[j] = true;
    as[j] = kShown / static_cast<double>(n) * target[j] * rest(0);
    taken[j] = false;
  }
  double all = (1 - kShown) * rest(0);
  for (const double each : as) all += each;
  return static_cast<float>(as[0] / all);
}

// A box a car high, at x.
Box at(float x, float y = 500) {
  return {x, y, x + 100, y + 100};
}

TEST(Likest, OneVehicleIsAsSureAsItsLooks) {
  EXPECT_NEAR(found_in(panel_of({looking(5)})).p, chance({5}), 1e-4);
  EXPECT_NEAR(found_in(panel_of({looking(0.1)})).p, chance({0.1}), 1e-4);
}

TEST(Likest, BelowAnEvenChanceItIsNone) {
  EXPECT_EQ(found_in(panel_of({looking(0.06)})).object, 0);
  EXPECT_EQ(found_in(panel_of({looking(0.05)})).object, -1);
  EXPECT_EQ(found_in(panel_of({})).object, -1);
}

TEST(Likest, OfSeveralTheLikestMustBeTenTimesLikelierThanARival) {
  const Likest clear = found_in(panel_of({looking(2.9), looking(30)}));
  EXPECT_EQ(clear.object, 1);
  EXPECT_NEAR(clear.p, chance({30, 2.9}), 1e-4);
  EXPECT_TRUE(found_in(panel_of({looking(3.1), looking(30)})).rivals);
  EXPECT_TRUE(found_in(panel_of({looking(30), looking(3.1)})).rivals);
  const Likest unlike = found_in(panel_of({looking(5), looking(0.9)}));
  EXPECT_FALSE(unlike.rivals) << "what is likelier another is no rival";
  EXPECT_NEAR(unlike.p, chance({5, 0.9}), 1e-4);
}

TEST(Likest, TheVeryUnlikelyAreNoCandidates) {
  EXPECT_NEAR(found_in(panel_of({looking(5), looking(0.021)})).p, chance({5, 0.021}), 1e-4);
  EXPECT_NEAR(found_in(panel_of({looking(5), looking(0.019)})).p, chance({5}), 1e-4);
}

// The neighbour looks as the vehicle does, 3.2 metres aside of where it was (100 pixels are 1.6).
TEST(Likest, WhatMayAsWellBeANeighbourIsNotSurelyTheTarget) {
  PanelFacts known = panel_of({kKnown, looking(5, at(300))});
  const double aside = std::pow(1.2 / 3.2, 1.3);
  const float p = found_in(panel_of({looking(5)}), known).p;
  EXPECT_NEAR(p, chance_among({5}, {{30 * aside}}), 1e-4);
  EXPECT_LT(p, 0.8F);
  known.objects[1].score = 0.2F;
  EXPECT_NEAR(found_in(panel_of({looking(5)}), known).p, chance({5}), 1e-4)
      << "which is hardly there";
}

// It stands where it stood: 25 times as likely as by looks, and six times as it did not move aside.
TEST(Likest, ANeighbourFoundElsewhereIsNoRival) {
  const ObjectSeen neighbour = looking(5, at(300));
  const PanelFacts known = panel_of({kKnown, neighbour});
  const Likest found = found_in(panel_of({looking(5), neighbour}), known);
  EXPECT_EQ(found.object, 0);
  EXPECT_NEAR(found.p, chance_among({5, 5}, {{30 * std::pow(1.2 / 3.2, 1.3), 30 * 25 * 6}}), 1e-4);
  EXPECT_GT(found.p, 0.95F);
}

// One of two vehicles that look alike, of which the other is seen where it drives on.
TEST(Likest, TwinsThatKeepTheirLanesAreToldApart) {
  const PanelFacts known = panel_of({kKnown, looking(30, at(700, 100))});
  const PanelFacts panel = panel_of({looking(30, at(100)), looking(30, at(700))});
  const Likest found = found_in(panel, known);
  EXPECT_EQ(found.object, 0) << "the target may be either by looks, its twin has kept to the right";
  EXPECT_NEAR(found.p, chance_among({30, 30}, {{30 * 0.125, 30 * 6}}), 1e-3);
}

// What stands broadside drives across the picture: where it is then tells nothing.
TEST(Likest, VehiclesThatDriveAcrossFollowNoLane) {
  const Box across{700, 100, 870, 200};
  const PanelFacts known = panel_of({kKnown, looking(30, across)});
  const PanelFacts panel = panel_of({looking(10, {100, 500, 270, 600})});
  const auto& seen = panel.objects[0];
  const double like = odds_of_one({{&known, &known.objects[1], Time{0}}}, {&panel, &seen, Time{1}});
  EXPECT_NEAR(found_in(panel, known).p, chance_among({10}, {{like}}), 1e-3);
}

// Neighbours that two panels show are known twice, and are one each.
TEST(Likest, ANeighbourOfTwoPanelsIsOne) {
  const ObjectSeen neighbour = looking(5, at(300));
  const PanelFacts first = panel_of({kKnown, neighbour}), second = panel_of({kKnown, neighbour}),
                   panel = panel_of({looking(5, at(300)), looking(5)});
  const auto found = [&](std::vector<Sighting> known) { return likest(panel, Time{2000}, known); };
  const Sighting one{&first, &first.objects[0], Time{0}},
      two{&second, &second.objects[0], Time{1000}};
  EXPECT_EQ(found({one, two}).object, 1);
  EXPECT_NEAR(found({one, two}).p, found({one}).p, 1e-4);
  EXPECT_NEAR(found({two, one}).p, found({one, two}).p, 1e-6) << "whatever the order of listing";
}

// One of them was hidden before; each has a place of its own, and the target is the third.
TEST(Likest, TwoVehiclesOfOnePanelAreTwoNeighbours) {
  const ObjectSeen one = looking(5, at(300)), other = looking(5, at(600));
  const PanelFacts first = panel_of({kKnown, one}), second = panel_of({kKnown, one, other}),
                   panel = panel_of({one, other, looking(5, at(450, 300))});
  const Likest found =
      likest(panel, Time{2000},
             {{&first, &first.objects[0], Time{0}}, {&second, &second.objects[0], Time{1000}}});
  EXPECT_EQ(found.object, 2);
  EXPECT_GT(found.p, 0.9F);
}

TEST(Likest, AQueueOfManyIsGoneThroughToo) {
  std::vector<ObjectSeen> queue, moved;
  for (int i = 0; i < 24; ++i) {
    queue.push_back(looking(i == 0 ? 30 : 0.5, at(static_cast<float>(40 * i))));
    moved.push_back(looking(i == 0 ? 30 : 0.5, at(static_cast<float>(40 * i), 490)));
  }
  const Likest found = found_in(panel_of(moved), panel_of(queue));
  EXPECT_EQ(found.object, 0);
}

}  // namespace
}  // namespace vioreview
