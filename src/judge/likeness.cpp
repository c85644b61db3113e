// SPDX-License-Identifier: Apache-2.0
#include "judge/likeness.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vioreview {
namespace {

constexpr float kMinScore = 0.3F;
// Cosine at which same and different are even, and how steeply the odds change (proposals).
constexpr float kEven = 0.6F, kSteep = 14.0F;
// Vehicles of one model and colour look the same: no likeness is worth more.
constexpr double kMostOdds = 30;
// What looks the same at the same place stands there: how much more that is worth.
constexpr float kSamePlace = 0.7F;
constexpr double kStands = 10;
// How much likelier than the second the likest vehicle must be, or the two are rivals.
constexpr double kClearlyLiker = 10;

// How much likelier these views are of one vehicle than of two.
double odds(const ObjectSeen& a, const ObjectSeen& b) {
  const auto p = same_vehicle(a, b);
  if (!p) return 0;
  const double looks =
      std::min(kMostOdds, static_cast<double>(*p) / std::max(1e-4, 1 - static_cast<double>(*p)));
  return looks >= 1 && iou(a.box, b.box) > kSamePlace ? looks * kStands : looks;
}

// As the target against as whichever other vehicle of the known panels it is likest to, or a new
// one.
double weight_of(const ObjectSeen& object, const std::vector<KnownView>& known) {
  double target = 0, other = 1;
  for (const KnownView& view : known) {
    target = std::max(target, odds(*view.target, object));
    for (const ObjectSeen& neighbour : view.panel->objects)
      if (&neighbour != view.target && &neighbour != &object && is_vehicle(neighbour))
        other = std::max(other, odds(neighbour, object));
  }
  return target / other;
}

}  // namespace

bool is_vehicle(const ObjectSeen& object) {
  return object.score >= kMinScore &&
         (object.kind == ObjectKind::vehicle || object.kind == ObjectKind::two_wheeler);
}

std::optional<float> same_vehicle(const ObjectSeen& a, const ObjectSeen& b) {
  if (a.embedding.empty() || a.embedding.size() != b.embedding.size()) return std::nullopt;
  const float cosine =
      std::inner_product(a.embedding.begin(), a.embedding.end(), b.embedding.begin(), 0.0F);
  return 1 / (1 + std::exp(kSteep * (kEven - cosine)));
}

std::optional<float> likeness(const ObjectSeen& object, const std::vector<KnownView>& known) {
  std::optional<float> most;
  for (const KnownView& view : known)
    if (const auto p = same_vehicle(object, *view.target); p && &object != view.target)
      most = std::max(most.value_or(0), *p);
  return most;
}

Likest likest(const PanelFacts& panel, const std::vector<KnownView>& known) {
  double all = 0, best = 0, second = 0;
  int vehicles = 0;
  Likest found;
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    if (!is_vehicle(panel.objects[i]) || !likeness(panel.objects[i], known)) continue;
    const double weight = weight_of(panel.objects[i], known);
    ++vehicles;
    all += weight;
    second = std::max(second, std::min(weight, best));
    if (weight > best) best = weight, found.object = static_cast<int>(i);
  }
  if (best < 1) return {};
  if (second >= 1 && best < kClearlyLiker * second) return {-1, 0, true};
  const double each = kShown / vehicles;
  found.p = static_cast<float>(each * best / (each * all + 1 - kShown));
  return found;
}

}  // namespace vioreview
