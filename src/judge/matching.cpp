// SPDX-License-Identifier: Apache-2.0
#include "judge/matching.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "judge/evidence.h"

namespace vioreview {
namespace {

// How often a vehicle of one panel shows in another: scripts/eval/likeness.py counts it.
constexpr double kStays = 0.85;
// How much likelier one vehicle is by how far aside it would have driven, as the same script counts
// it: (kAside / metres)^kSteep within limits. A car's height is the measure; what stands broadside
// drives across the picture, so nothing is asked of it.
constexpr double kAside = 1.2, kSteep = 1.3, kMostByWay = 6, kLeastByWay = 0.125;
constexpr double kCarHeight = 1.6, kBroadside = 1.6;  // metres; width by height of a box
// How much likelier than the second the likest vehicle must be, or the two are rivals.
constexpr double kClearlyLiker = 10;
// A vehicle this unlikely is no candidate any more.
constexpr double kSurelyAnother = 0.02;
// What replaces the target: within its lane, and no nearer to where it came from; of a colour or
// class that both views show this surely. All is told of the same pixels, so that together it is
// worth no more than this (proposals).
constexpr double kItsLane = 2.0, kSurelyDiffers = 0.85, kReplaced = 0.97;
constexpr float kNotNearer = 1.08F;
// What stands before this much of where the target was may hide it there (a proposal).
constexpr double kHides = 0.5;
// All ways in which vehicles may be these are gone through.
constexpr std::size_t kMostCandidates = 10;

using Vehicle = std::vector<Sighting>;  // all sightings of one

// Empty where one of the two stands broadside.
std::optional<double> metres_aside(const Sighting& from, const Sighting& to) {
  const Box &a = from.object->box, &b = to.object->box;
  if (std::max(a.width() / a.height(), b.width() / b.height()) > kBroadside) return std::nullopt;
  const double metre = static_cast<double>(a.height() + b.height()) / 2 / kCarHeight;
  return std::abs(static_cast<double>(a.centre().x - b.centre().x)) / metre;
}

double odds_by_way(const Sighting& from, const Sighting& to) {
  const auto aside = metres_aside(from, to);
  if (!aside) return 1;
  return std::clamp(std::pow(kAside / std::max(*aside, 1e-3), kSteep), kLeastByWay, kMostByWay);
}

// As `odds_of_one`, of a neighbour: most follow their lane. The target may have been recorded for
// its turn, so this is not asked of it.
double odds_of_neighbour(const Vehicle& vehicle, const Sighting& to) {
  double way = 0;
  for (const Sighting& from : vehicle) way = std::max(way, odds_by_way(from, to));
  return way * odds_of_one(vehicle, to);
}

// The vehicles of the known panels, the target first. A neighbour that is clearly liker to one of
// an earlier panel than to a new one is taken for it.
std::vector<Vehicle> known_vehicles(const std::vector<Sighting>& known) {
  std::vector<Vehicle> vehicles = {known};
  std::vector<Sighting> in_time = known;  // whatever order they are listed in
  std::ranges::stable_sort(in_time, {}, [](const Sighting& s) { return s.time ? s.time->ms : 0; });
  for (const Sighting& view : in_time) {
    const std::size_t before = vehicles.size();
    std::vector<bool> taken(before);
    for (const ObjectSeen& object : view.panel->objects) {
      if (&object == view.object || !is_vehicle(object) || object.embedding.empty()) continue;
      const Sighting here{view.panel, &object, view.time};
      std::size_t likest = 0;
      double most = kClearlyLiker;
      for (std::size_t i = 1; i < before; ++i)
        if (const double like = taken[i] ? 0 : odds_of_one(vehicles[i], here); like >= most)
          most = like, likest = i;
      if (likest > 0) taken[likest] = true;
      if (likest == 0) likest = vehicles.size(), vehicles.emplace_back();
      vehicles[likest].push_back({view.panel, &object, view.time});
    }
  }
  return vehicles;
}

// Sums over all ways in which the neighbours may be among the candidates, elsewhere in the panel or
// gone: of all ways, and of those that leave a candidate free. No two are one candidate.
struct Ways {
  double all = 0;
  std::vector<double> free;
};
Ways ways_of(const std::vector<Vehicle>& vehicles, const std::vector<Sighting>& candidates,
             const std::vector<Sighting>& others) {
  const std::size_t sets = std::size_t{1} << candidates.size();
  const double each = kStays / static_cast<double>(candidates.size() + others.size());
  std::vector<double> ways(sets);
  ways[0] = 1;
  for (std::size_t v = 1; v < vehicles.size(); ++v) {
    double elsewhere = 1 - kStays;
    for (const Sighting& other : others) elsewhere += each * odds_of_neighbour(vehicles[v], other);
    std::vector<double> at;
    at.reserve(candidates.size());
    for (const Sighting& candidate : candidates)
      at.push_back(each * odds_of_neighbour(vehicles[v], candidate) / elsewhere);
    for (std::size_t set = sets; set-- > 0;)
      for (std::size_t i = 0; i < at.size(); ++i)
        if (set >> i & 1) ways[set] += at[i] * ways[set ^ std::size_t{1} << i];
  }
  Ways sums{0, std::vector<double>(candidates.size())};
  for (std::size_t set = 0; set < sets; ++set) {
    sums.all += ways[set];
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (!(set >> i & 1)) sums.free[i] += ways[set];
  }
  return sums;
}

}  // namespace

Likest likest(const PanelFacts& panel, std::optional<Time> time,
              const std::vector<Sighting>& known) {
  std::vector<std::pair<double, Sighting>> all;
  for (const ObjectSeen& object : panel.objects)
    if (const Sighting here{&panel, &object, time}; is_vehicle(object) && likeness(object, known))
      all.emplace_back(odds_of_one(known, here), here);
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Sighting> candidates, others;
  for (const auto& [weight, object] : all)
    (weight >= kSurelyAnother && candidates.size() < kMostCandidates ? candidates : others)
        .push_back(object);
  const Ways ways = ways_of(known_vehicles(known), candidates, others);
  double sum = 0, best = 0, second = 0;
  Likest found;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double weight = all[i].first * ways.free[i] / ways.all;
    sum += weight;
    second = std::max(second, std::min(weight, best));
    if (weight > best)
      best = weight, found.object = static_cast<int>(candidates[i].object - panel.objects.data());
  }
  if (best == 0) return {};
  if (second >= 1 && best < kClearlyLiker * second) return {-1, 0, true};
  const double each = kShown / static_cast<double>(candidates.size());
  found.p = static_cast<float>(each * best / (each * sum + 1 - kShown));
  return found.p < 0.5F ? Likest{} : found;
}

namespace {

// How surely two views are of different colours or classes; 0 when they may be of one.
template <class T>
double differ(const std::optional<Seen<T>>& a, const std::optional<Seen<T>>& b) {
  return a && b && !alike(a->value, b->value) ? std::min(a->p, b->p) : 0;
}
double differ(const ObjectSeen& a, const ObjectSeen& b) {
  return std::max(differ(a.color, b.color), differ(a.vehicle_class, b.vehicle_class));
}

// Whether a vehicle stands about where another was, or farther on its way, and shows the same end.
bool follows(const Sighting& from, const Sighting& to) {
  const bool away = surely(from, Facing::rear);
  if (!away && !surely(from, Facing::front)) return false;
  if (!surely(to, away ? Facing::rear : Facing::front) || cut_off(from) || cut_off(to))
    return false;
  const auto aside = metres_aside(from, to);
  const float grown = to.object->box.height() / from.object->box.height();
  return aside && *aside <= kItsLane && (away ? grown : 1 / grown) <= kNotNearer;
}

}  // namespace

InItsPlace in_its_place(const PanelFacts& panel, std::optional<Time> time,
                        const std::vector<Sighting>& known) {
  const Sighting* last = nullptr;
  for (const Sighting& view : known)
    if (time && view.time && *view.time < *time && (!last || *last->time < *view.time))
      last = &view;
  if (!last) return {};
  const std::vector<Vehicle> vehicles = known_vehicles(known);
  InItsPlace found;
  for (const ObjectSeen& object : panel.objects) {
    const Sighting here{&panel, &object, time};
    if (!is_vehicle(object)) continue;
    if (object.embedding.empty()) {  // what cannot be compared may be the target, if of its kind
      if (object.kind == last->object->kind) return {};
      continue;
    }
    const double target = odds_of_one(known, here);
    const bool neighbour = std::any_of(vehicles.begin() + 1, vehicles.end(), [&](const Vehicle& v) {
      return odds_of_neighbour(v, here) >= kClearlyLiker * std::max(target, 1.0);
    });
    if (neighbour) continue;
    if (target >= kSurelyAnother) return {};
    const double differs = differ(*last->object, object);
    if (differs < kSurelyDiffers || !follows(*last, here)) continue;
    const auto p = static_cast<float>(std::min(kReplaced, agreed(differs, 1 - target)));
    if (p > found.p) found = {static_cast<int>(&object - panel.objects.data()), p};
  }
  const ObjectSeen* other =
      found.object < 0 ? nullptr : &panel.objects[static_cast<std::size_t>(found.object)];
  return covered(panel, last->object->box, other) >= kHides ? InItsPlace{} : found;
}

}  // namespace vioreview
