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

// The target, red and seen from behind, 200 px high; what a panel of a second later shows.
struct Place {
  PanelFacts known = panel_of({seen(1, {400, 500, 600, 700})}), panel = panel_of({intruder()});

  static ObjectSeen seen(double cosine, Box box) {
    ObjectSeen object = with_cosine(cosine, box);
    object.color = {BodyColor::red, 0.95F};
    object.vehicle_class = {VehicleClass::car, 0.95F};
    object.facing = {Facing::rear, 0.99F};
    return object;
  }
  static ObjectSeen intruder() {
    ObjectSeen object = seen(0, {420, 400, 580, 560});
    object.color = {BodyColor::white, 0.93F};
    return object;
  }
  ObjectSeen& there() { return panel.objects[0]; }
  InItsPlace found(std::optional<Time> time = Time{1000}) const {
    return in_its_place(panel, time, {{&known, &known.objects[0], Time{0}}});
  }
};

TEST(InItsPlace, IsAVehicleOfAnotherColourWhereTheTargetWouldBe) {
  EXPECT_EQ(Place().found().object, 0);
  EXPECT_NEAR(Place().found().p, 0.97F, 1e-6);
  Place unsure;
  unsure.there().color->p = 0.84F;
  EXPECT_EQ(unsure.found().object, -1);
  Place shade;  // what light makes of red
  shade.there().color->value = BodyColor::brown;
  EXPECT_EQ(shade.found().object, -1);
  Place van;
  van.there().color = van.known.objects[0].color;
  van.there().vehicle_class = {VehicleClass::van, 0.86F};
  EXPECT_EQ(van.found().object, 0) << "or of another class";
  van.there().vehicle_class->value = VehicleClass::suv;
  EXPECT_EQ(van.found().object, -1) << "for which a car may pass";
}

TEST(InItsPlace, IsNoneWhileAnyVehicleMayBeTheTarget) {
  Place place;
  place.panel.objects.push_back(looking(0.03, {800, 500, 900, 600}));
  EXPECT_EQ(place.found().object, -1);
  place.panel.objects.back() = looking(0.01, {800, 500, 900, 600});
  EXPECT_EQ(place.found().object, 0);
  place.panel.objects.back().embedding.clear();
  EXPECT_EQ(place.found().object, -1) << "what cannot be compared may be";
  place.panel.objects.back().kind = ObjectKind::two_wheeler;
  EXPECT_EQ(place.found().object, 0) << "but no motorcycle is a car";
  place.panel.objects.back().kind = ObjectKind::person;
  EXPECT_EQ(place.found().object, 0);
}

TEST(InItsPlace, IsNoneWhereSomethingStandsBeforeItsPlace) {
  const auto beside = [](Box box) {
    Place place;
    place.panel.objects.push_back(looking(0.01, box));
    return place.found().object;
  };
  EXPECT_EQ(beside({380, 300, 640, 900}), -1)
      << "a bus before where it was, 400 to 600 by 500 to 700";
  EXPECT_EQ(beside({500, 300, 760, 900}), -1) << "before half of it";
  EXPECT_EQ(beside({502, 300, 760, 900}), 0) << "before less than half";
  EXPECT_EQ(beside({380, 300, 640, 700}), 0) << "no nearer than it was";
}

TEST(InItsPlace, DrivesInItsLaneTheSameWay) {
  const auto at_box = [](Box box) {
    Place place;
    place.there().box = box;
    return place.found().object;
  };
  EXPECT_EQ(at_box({400, 486, 600, 700}), 0) << "as near as it was";
  EXPECT_EQ(at_box({400, 480, 600, 700}), -1) << "nearer: it follows";
  EXPECT_EQ(at_box({630, 500, 830, 700}), 0) << "1.84 m aside";
  EXPECT_EQ(at_box({660, 500, 860, 700}), -1) << "2.08 m aside: in another lane";
  EXPECT_EQ(at_box({400, 600, 600, 700}), -1) << "broadside: it crosses";
  EXPECT_EQ(at_box({420, 840, 580, 1000}), -1) << "cut off";
  Place comes;
  comes.there().facing->value = Facing::front;
  EXPECT_EQ(comes.found().object, -1);
  comes.known.objects[0].facing->value = Facing::front;
  EXPECT_EQ(comes.found().object, -1) << "one that comes would be nearer";
  comes.there().box = {380, 540, 620, 780};
  EXPECT_EQ(comes.found().object, 0);
  comes.known.objects[0].facing->p = 0.9F;
  EXPECT_EQ(comes.found().object, -1) << "which way the target drives is not sure";
}

TEST(InItsPlace, WasInNoEarlierPanel) {
  Place place;
  place.known.objects.push_back(place.there());
  EXPECT_EQ(place.found().object, -1);
}

TEST(InItsPlace, IsToldOfALaterPanelAlone) {
  const Place place;
  EXPECT_EQ(place.found(Time{-1000}).object, -1);
  EXPECT_EQ(place.found(std::nullopt).object, -1);
  // Of two earlier panels the later counts: there the target is farther aside.
  PanelFacts second = place.known;
  second.objects[0].box = {800, 450, 960, 610};
  const Sighting first{&place.known, &place.known.objects[0], Time{0}},
      later{&second, &second.objects[0], Time{500}};
  EXPECT_EQ(in_its_place(place.panel, Time{1000}, {first, later}).object, -1);
  EXPECT_EQ(in_its_place(place.panel, Time{1000}, {later, first}).object, -1);
}

}  // namespace
}  // namespace vioreview
