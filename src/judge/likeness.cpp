// SPDX-License-Identifier: Apache-2.0
#include "judge/likeness.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "judge/plate_alike.h"
#include "judge/plates.h"
#include "judge/target.h"

namespace vioreview {
namespace {

constexpr float kMinScore = 0.3F;
// Log odds of one vehicle = a + b cosine + (c + d cosine) turned, fitted by
// scripts/eval/likeness.py on rendered sequences: what has turned looks less like itself.
constexpr double kEven = -12.18, kByCosine = 16.71, kByTurn = 6.14, kByBoth = -5.71;
// |ln| of the ratio of two boxes' aspects from which a vehicle counts as turned.
constexpr double kTurned = 0.5;
// Vehicles of one model and colour look the same: no likeness is worth more.
constexpr double kMostOdds = 30;
// What looks the same at the same place stands there: how much more that is worth.
constexpr float kSamePlace = 0.7F;
constexpr double kStands = 10;
// Where one vehicle would have reversed: how much less likely it is one, and from which growth.
constexpr double kReverses = 0.05;
constexpr float kGrown = 1.08F, kSureFacing = 0.95F;
// What whole readings are worth that are the same but for a character, and the least that quite
// different ones leave.
constexpr double kSameString = 20, kOtherString = 0.1, kCharacters = 1;
// How much likelier than the second the likest vehicle must be, or the two are rivals.
constexpr double kClearlyLiker = 10;
// Looks this unlike are not weighed further.
constexpr double kUnlike = 1e-3;
// A vehicle this unlikely is no candidate any more.
constexpr double kSurelyAnother = 0.02;

// A vehicle of a panel; the object is one of the panel's.
struct In {
  const PanelFacts* panel;
  const ObjectSeen* object;
  std::optional<Time> time;
};

bool cut_off(const In& vehicle) {
  return cut_off(vehicle.object->box, vehicle.panel->width, vehicle.panel->height);
}

// 0 to 1: how much the shape of a vehicle's box has changed.
double turn(const Box& a, const Box& b) {
  const auto aspect = [](const Box& box) {
    return std::log(std::max(1.0F, box.width()) / std::max(1.0F, box.height()));
  };
  return std::min(1.0, std::abs(static_cast<double>(aspect(a) - aspect(b))) / kTurned);
}

// Whether one vehicle would have driven backwards from the earlier view to the later.
bool backwards(const In& a, const In& b) {
  if (!a.time || !b.time || *a.time == *b.time || cut_off(a) || cut_off(b)) return false;
  const auto &fa = a.object->facing, &fb = b.object->facing;
  if (!fa || !fb || fa->value != fb->value || std::min(fa->p, fb->p) < kSureFacing) return false;
  const bool a_first = *a.time < *b.time;
  const float before = (a_first ? a : b).object->box.height(),
              after = (a_first ? b : a).object->box.height();
  return fa->value == Facing::rear ? after > kGrown * before : before > kGrown * after;
}

const PlateSeen* plate_on(const In& vehicle) {
  const int plate =
      plate_on(*vehicle.panel, static_cast<int>(vehicle.object - vehicle.panel->objects.data()));
  return plate < 0 ? nullptr : &vehicle.panel->plates[static_cast<std::size_t>(plate)];
}

double odds_by_strings(const PlateSeen& a, const PlateSeen& b) {
  if (!plate_form(a.text) || !plate_form(b.text)) return 1;
  const double apart = plate_distance(a.text, b.text);
  if (apart <= kCharacters) return kSameString;
  if (apart <= kSamePlate) return 1;
  const double both = static_cast<double>(a.readable) * static_cast<double>(b.readable);
  return std::max(kOtherString, 1 - both);
}

// By what the plates read and, where that does not tell them to be one, by their pixels. Both come
// from the same pixels: where both tell them apart, the stronger counts.
double odds_by_plates(const In& a, const In& b) {
  const PlateSeen *pa = plate_on(a), *pb = plate_on(b);
  if (!pa || !pb) return 1;
  const double strings = odds_by_strings(*pa, *pb);
  if (strings > 1) return strings;
  const double pixels = odds_of_one_plate(*pa, *pb).value_or(1);
  return pixels < 1 ? std::min(strings, pixels) : strings * pixels;
}

double odds_by_looks(const In& a, const In& b) {
  const auto p = same_vehicle(*a.object, *b.object);
  if (!p) return 0;
  const double looks =
      std::min(kMostOdds, static_cast<double>(*p) / std::max(1e-4, 1 - static_cast<double>(*p)));
  const bool stands = looks >= 1 && iou(a.object->box, b.object->box) > kSamePlace;
  return (stands ? kStands * looks : looks) * (backwards(a, b) ? kReverses : 1);
}

// How much likelier these views are of one vehicle than of two.
double odds(const In& a, const In& b) {
  const double looks = odds_by_looks(a, b);
  return looks < kUnlike ? looks : looks * odds_by_plates(a, b);
}

// The same for several views of one vehicle: it looks most like itself as it is turned, and its
// plates tell most where they show best. They are no independent witnesses, so the strongest
// counts.
double odds_of_target(const std::vector<KnownView>& known, const In& object) {
  double looks = 0, plates = 1;
  for (const KnownView& view : known)
    looks = std::max(looks, odds_by_looks({view.panel, view.target, view.time}, object));
  if (looks < kUnlike) return looks;
  for (const KnownView& view : known) {
    const double told = odds_by_plates({view.panel, view.target, view.time}, object);
    if (std::abs(std::log(told)) > std::abs(std::log(plates))) plates = told;
  }
  return looks * plates;
}

// Whether another vehicle of the panel is clearly likelier to be this neighbour than `object`.
bool found_elsewhere(const In& neighbour, const In& object) {
  const double here = odds(neighbour, object);
  return std::any_of(
      object.panel->objects.begin(), object.panel->objects.end(), [&](const ObjectSeen& other) {
        return &other != object.object && is_vehicle(other) &&
               odds(neighbour, {object.panel, &other, object.time}) >= kClearlyLiker * here;
      });
}

// As the target against as whichever other vehicle of the known panels it is likest to, or a new
// one; 0 when it is liker to another.
double weight_of(const In& object, const std::vector<KnownView>& known) {
  const double target = odds_of_target(known, object);
  double other = 1;
  for (const KnownView& view : known)
    for (const ObjectSeen& neighbour : view.panel->objects) {
      const In there{view.panel, &neighbour, view.time};
      if (&neighbour == view.target || !is_vehicle(neighbour) || found_elsewhere(there, object))
        continue;
      other = std::max(other, odds(there, object));
    }
  return other > 1 && other > target ? 0 : target / other;
}

}  // namespace

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

std::optional<float> same_vehicle(const ObjectSeen& a, const ObjectSeen& b) {
  if (a.embedding.empty() || a.embedding.size() != b.embedding.size()) return std::nullopt;
  const double cosine =
      std::inner_product(a.embedding.begin(), a.embedding.end(), b.embedding.begin(), 0.0);
  const double turned = turn(a.box, b.box);
  const double log_odds = kEven + kByCosine * cosine + (kByTurn + kByBoth * cosine) * turned;
  return static_cast<float>(1 / (1 + std::exp(-log_odds)));
}

std::optional<float> likeness(const ObjectSeen& object, const std::vector<KnownView>& known) {
  std::optional<float> most;
  for (const KnownView& view : known)
    if (const auto p = same_vehicle(object, *view.target); p && &object != view.target)
      most = std::max(most.value_or(0), *p);
  return most;
}

Likest likest(const PanelFacts& panel, std::optional<Time> time,
              const std::vector<KnownView>& known) {
  double all = 0, best = 0, second = 0;
  int vehicles = 0;
  Likest found;
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    if (!is_vehicle(panel.objects[i]) || !likeness(panel.objects[i], known)) continue;
    const double weight = weight_of({&panel, &panel.objects[i], time}, known);
    if (weight < kSurelyAnother) continue;
    ++vehicles;
    all += weight;
    second = std::max(second, std::min(weight, best));
    if (weight > best) best = weight, found.object = static_cast<int>(i);
  }
  if (best == 0) return {};
  if (second >= 1 && best < kClearlyLiker * second) return {-1, 0, true};
  const double each = kShown / vehicles;
  found.p = static_cast<float>(each * best / (each * all + 1 - kShown));
  return found.p < 0.5F ? Likest{} : found;
}

}  // namespace vioreview
