// SPDX-License-Identifier: Apache-2.0
#include "judge/likeness.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "judge/plate_alike.h"
#include "judge/plates.h"
#include "judge/target.h"

namespace vioreview {
namespace {

constexpr float kMinScore = 0.3F;
// Log odds of one vehicle = a + b cosine + (c + d cosine) turned, fitted by
// scripts/eval/likeness.py on rendered sequences: what has turned looks less like itself.
constexpr double kEven = -11.06, kByCosine = 16.92, kByTurn = 3.23, kByBoth = -5.13;
// |ln| of the ratio of two boxes' aspects from which a vehicle counts as turned.
constexpr double kTurned = 0.5;
// Vehicles of one model and colour look the same: no likeness is worth more.
constexpr double kMostOdds = 30;
// What looks the same at the same place stands there: how much more that is worth, by the count of
// scripts/eval/likeness.py with the fewest that its interval allows.
constexpr float kSamePlace = 0.7F;
constexpr double kStands = 25;
// Where one vehicle would have reversed: how much less likely it is one, and from which growth,
// where both sightings show their end surely or only the earlier one (counted there, too).
constexpr double kReverses = 0.05;
constexpr float kGrown = 1.08F, kMuchGrown = 1.3F, kSureFacing = 0.95F;
// What whole readings are worth that are the same but for a character, and the least that quite
// different ones leave.
constexpr double kSameString = 20, kOtherString = 0.1, kCharacters = 1;
// Looks this unlike are not weighed further.
constexpr double kUnlike = 1e-3;

// 0 to 1: how much the shape of a vehicle's box has changed.
double turn(const Box& a, const Box& b) {
  const auto aspect = [](const Box& box) {
    return std::log(std::max(1.0F, box.width()) / std::max(1.0F, box.height()));
  };
  return std::min(1.0, std::abs(static_cast<double>(aspect(a) - aspect(b))) / kTurned);
}

// Whether one vehicle would have driven backwards from the earlier view to the later.
bool backwards(const Sighting& a, const Sighting& b) {
  if (!a.time || !b.time || *a.time == *b.time || cut_off(a) || cut_off(b)) return false;
  const Sighting &before = *a.time < *b.time ? a : b, &after = *a.time < *b.time ? b : a;
  const bool away = surely(before, Facing::rear);
  if (!away && !surely(before, Facing::front)) return false;
  if (surely(after, away ? Facing::front : Facing::rear)) return false;  // it has turned round
  const float grown = after.object->box.height() / before.object->box.height();
  return (away ? grown : 1 / grown) >
         (surely(after, away ? Facing::rear : Facing::front) ? kGrown : kMuchGrown);
}

const PlateSeen* plate_on(const Sighting& vehicle) {
  const int plate =
      plate_on(*vehicle.panel, static_cast<int>(vehicle.object - vehicle.panel->objects.data()));
  return plate < 0 ? nullptr : &vehicle.panel->plates[static_cast<std::size_t>(plate)];
}

double odds_by_strings(const PlateSeen& a, const PlateSeen& b) {
  const bool whole = plate_form(a.text) && plate_form(b.text);
  const double apart = whole ? plate_distance(a.text, b.text) : 0;
  if (whole && apart <= kCharacters) return kSameString;
  if (const auto told = odds_by_characters(a, b)) return *told;
  if (!whole || apart <= kSamePlate) return 1;
  const double both = static_cast<double>(a.readable) * static_cast<double>(b.readable);
  return std::max(kOtherString, 1 - both);
}

// By what the plates read and, where that does not tell them to be one, by their pixels. Both come
// from the same pixels: where both tell them apart, the stronger counts.
double odds_by_plates(const Sighting& a, const Sighting& b) {
  const PlateSeen *pa = plate_on(a), *pb = plate_on(b);
  if (!pa || !pb) return 1;
  const double strings = odds_by_strings(*pa, *pb);
  if (strings > 1) return strings;
  const double pixels = odds_of_one_plate(*pa, *pb).value_or(1);
  return pixels < 1 ? std::min(strings, pixels) : strings * pixels;
}

double odds_by_looks(const Sighting& a, const Sighting& b) {
  const auto p = same_vehicle(*a.object, *b.object);
  if (!p) return 0;
  const double looks =
      std::min(kMostOdds, static_cast<double>(*p) / std::max(1e-4, 1 - static_cast<double>(*p)));
  const bool stands = looks >= 1 && iou(a.object->box, b.object->box) > kSamePlace;
  return (stands ? kStands * looks : looks) * (backwards(a, b) ? kReverses : 1);
}

template <class T, std::size_t N>
bool is_pair(const std::pair<T, T> (&pairs)[N], T a, T b) {
  return std::any_of(std::begin(pairs), std::end(pairs), [&](const std::pair<T, T>& pair) {
    return pair == std::pair(a, b) || pair == std::pair(b, a);
  });
}

}  // namespace

bool cut_off(const Sighting& vehicle) {
  return cut_off(vehicle.object->box, vehicle.panel->width, vehicle.panel->height);
}

bool surely(const Sighting& vehicle, Facing facing) {
  return vehicle.object->facing && vehicle.object->facing->value == facing &&
         vehicle.object->facing->p >= kSureFacing;
}

bool alike(BodyColor a, BodyColor b) {
  using enum BodyColor;
  constexpr std::pair<BodyColor, BodyColor> kNear[] = {
      {white, grey}, {grey, black},  {red, pink},    {red, brown},   {yellow, brown},
      {blue, black}, {blue, purple}, {brown, black}, {green, black}, {purple, red},
      {blue, grey},  {green, grey},  {brown, grey},  {blue, green}};
  return a == b || is_pair(kNear, a, b);
}

bool alike(VehicleClass a, VehicleClass b) {
  using enum VehicleClass;
  constexpr std::pair<VehicleClass, VehicleClass> kNear[] = {
      {car, suv},   {suv, van},   {suv, pickup},   {van, minibus},         {minibus, bus},
      {van, truck}, {bus, truck}, {truck, pickup}, {motorcycle, tricycle}, {tricycle, truck}};
  return a == b || a == other || b == other || is_pair(kNear, a, b);
}

int plate_on(const PanelFacts& panel, int object) {
  int best = -1;
  for (std::size_t i = 0; i < panel.plates.size(); ++i)
    if (panel.plates[i].object == object &&
        (best < 0 ||
         panel.plates[i].readable > panel.plates[static_cast<std::size_t>(best)].readable))
      best = static_cast<int>(i);
  return best;
}

bool is_vehicle(const ObjectSeen& object) {
  return object.score >= kMinScore &&
         (object.kind == ObjectKind::vehicle || object.kind == ObjectKind::two_wheeler);
}

double covered(const PanelFacts& panel, const Box& place, const ObjectSeen* but) {
  double most = 0;
  for (const ObjectSeen& other : panel.objects)
    if (&other != but && is_vehicle(other) && other.box.y1 > place.y1)
      most = std::max<double>(most, share_inside(place, other.box));
  return most;
}

std::optional<float> same_vehicle(const ObjectSeen& a, const ObjectSeen& b) {
  if (a.embedding.empty() || a.embedding.size() != b.embedding.size()) return std::nullopt;
  const double cosine =
      std::inner_product(a.embedding.begin(), a.embedding.end(), b.embedding.begin(), 0.0);
  const double turned = turn(a.box, b.box);
  const double log_odds = kEven + kByCosine * cosine + (kByTurn + kByBoth * cosine) * turned;
  return static_cast<float>(1 / (1 + std::exp(-log_odds)));
}

double odds_of_one(const std::vector<Sighting>& known, const Sighting& object) {
  double looks = 0, plates = 1;
  for (const Sighting& view : known) looks = std::max(looks, odds_by_looks(view, object));
  if (looks < kUnlike) return looks;
  for (const Sighting& view : known) {
    const double told = odds_by_plates(view, object);
    if (std::abs(std::log(told)) > std::abs(std::log(plates))) plates = told;
  }
  return looks * plates;
}

std::optional<float> likeness(const ObjectSeen& object, const std::vector<Sighting>& known) {
  std::optional<float> most;
  for (const Sighting& view : known)
    if (const auto p = same_vehicle(object, *view.object); p && &object != view.object)
      most = std::max(most.value_or(0), *p);
  return most;
}

}  // namespace vioreview
