// SPDX-License-Identifier: Apache-2.0
#include "judge/target.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "judge/plates.h"

namespace vioreview {
namespace {

// Strings this near in characters (look-alikes half) are readings of the same plate.
constexpr double kSamePlate = 2.0;
// A reading below this says nothing about which vehicle it is.
constexpr float kLegible = 0.05F;
// Embeddings: at least this like, and clearly more like than the next candidate. Proposals, from
// rendered sequences.
constexpr float kAlike = 0.70F, kClearly = 0.08F;
constexpr float kMinScore = 0.3F;

bool is_vehicle(const ObjectSeen& object) {
  return object.score >= kMinScore &&
         (object.kind == ObjectKind::vehicle || object.kind == ObjectKind::two_wheeler);
}

// The string that names the target: of the close-up when it is legible, else of the plate nearest
// to the record, else of the most readable plate.
struct Anchor {
  std::string text;
  bool from_closeup = false;
};

Anchor anchor_of(const Case& c, const Facts& facts) {
  const PlateSeen *closeup = nullptr, *near = nullptr, *clear = nullptr;
  double nearest = kSamePlate + 0.001;
  for (const PanelFacts& panel : facts.panels) {
    for (const PlateSeen& plate : panel.plates) {
      if (plate.text.empty() || plate.readable < kLegible) continue;
      if (panel.role == Role::closeup && (!closeup || plate.readable > closeup->readable))
        closeup = &plate;
      const double distance =
          c.record.plate.empty() ? 99 : plate_distance(plate.text, c.record.plate);
      if (distance < nearest) {
        nearest = distance;
        near = &plate;
      }
      if (!clear || plate.readable > clear->readable) clear = &plate;
    }
  }
  if (near && (!closeup || plate_distance(closeup->text, c.record.plate) > kSamePlate) && !closeup)
    return {near->text, false};
  if (closeup) return {closeup->text, true};
  return {clear ? clear->text : "", false};
}

int plate_of_closeup(const PanelFacts& panel) {
  int best = -1;
  float most = 0;
  for (std::size_t i = 0; i < panel.plates.size(); ++i) {
    const float weight = panel.plates[i].box.area() *
                         panel.plates[i].score;  // the target's plate is what was enlarged
    if (best < 0 || weight > most) {
      best = static_cast<int>(i);
      most = weight;
    }
  }
  return best;
}

TargetInPanel by_plate(const PanelFacts& panel, const std::string& anchor,
                       const std::string& recorded) {
  TargetInPanel found;
  double nearest = kSamePlate + 0.001;
  for (std::size_t i = 0; i < panel.plates.size(); ++i) {
    const PlateSeen& plate = panel.plates[i];
    if (plate.text.empty() || plate.readable < kLegible) continue;
    double distance = plate_distance(plate.text, anchor);
    if (!recorded.empty()) distance = std::min(distance, plate_distance(plate.text, recorded));
    if (distance >= nearest) continue;
    nearest = distance;
    found = {FoundBy::plate, plate.object, static_cast<int>(i),
             std::min(1.0F, plate.score * (1 - static_cast<float>(distance) * 0.15F))};
  }
  return found;
}

int plate_on(const PanelFacts& panel, int object) {
  for (std::size_t i = 0; i < panel.plates.size(); ++i)
    if (panel.plates[i].object == object) return static_cast<int>(i);
  return -1;
}

TargetInPanel by_likeness(const PanelFacts& panel, const std::vector<const ObjectSeen*>& known) {
  float best = -1, second = -1;
  int object = -1;
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    if (!is_vehicle(panel.objects[i])) continue;
    float like = -1;
    for (const ObjectSeen* reference : known)
      like = std::max(like, likeness(panel.objects[i], *reference));
    if (like > best) {
      second = best;
      best = like;
      object = static_cast<int>(i);
    } else {
      second = std::max(second, like);
    }
  }
  if (object < 0 || best < kAlike) return {};
  if (best - second < kClearly) return {FoundBy::rivals, -1, -1, 0};
  return {FoundBy::likeness, object, plate_on(panel, object), best};
}

TargetInPanel alone(const PanelFacts& panel) {
  TargetInPanel found;
  int count = 0;
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    if (!is_vehicle(panel.objects[i])) continue;
    ++count;
    found = {FoundBy::alone, static_cast<int>(i), plate_on(panel, static_cast<int>(i)),
             panel.objects[i].score};
  }
  if (count == 0 && panel.plates.size() == 1) return {FoundBy::alone, -1, 0, panel.plates[0].score};
  return count > 1 ? TargetInPanel{FoundBy::rivals, -1, -1, 0} : found;
}

void find_best_view(Target& target, const Facts& facts) {
  float best = -1;
  for (std::size_t i = 0; i < target.panels.size(); ++i) {
    const PlateSeen* plate = target.plate_in(facts, static_cast<int>(i));
    if (!plate || plate->readable <= best) continue;
    best = plate->readable;
    target.best_panel = static_cast<int>(i);
    target.best_plate = target.panels[i].plate;
  }
}

}  // namespace

float likeness(const ObjectSeen& a, const ObjectSeen& b) {
  if (a.embedding.empty() || a.embedding.size() != b.embedding.size()) return 0;
  return std::inner_product(a.embedding.begin(), a.embedding.end(), b.embedding.begin(), 0.0F);
}

const PlateSeen* Target::plate(const Facts& facts) const {
  return best_panel < 0 ? nullptr : plate_in(facts, best_panel);
}

const PlateSeen* Target::plate_in(const Facts& facts, int panel) const {
  const TargetInPanel& found = panels[static_cast<std::size_t>(panel)];
  return found.plate < 0 ? nullptr
                         : &facts.panels[static_cast<std::size_t>(panel)]
                                .plates[static_cast<std::size_t>(found.plate)];
}

const ObjectSeen* Target::object_in(const Facts& facts, int panel) const {
  const TargetInPanel& found = panels[static_cast<std::size_t>(panel)];
  return found.object < 0 ? nullptr
                          : &facts.panels[static_cast<std::size_t>(panel)]
                                 .objects[static_cast<std::size_t>(found.object)];
}

Target find_target(const Case& c, const Facts& facts) {
  const Anchor anchor = anchor_of(c, facts);
  Target target;
  target.panels.resize(facts.panels.size());
  std::vector<const ObjectSeen*> known;
  for (std::size_t i = 0; i < facts.panels.size(); ++i) {
    const PanelFacts& panel = facts.panels[i];
    TargetInPanel& found = target.panels[i];
    if (panel.role == Role::closeup) {
      found.plate = plate_of_closeup(panel);
      if (found.plate >= 0) found.by = FoundBy::plate;
      found.p = found.plate >= 0 ? panel.plates[static_cast<std::size_t>(found.plate)].score : 0;
    } else if (panel.role == Role::panel || panel.role == Role::composite) {
      if (!anchor.text.empty()) found = by_plate(panel, anchor.text, c.record.plate);
      if (const ObjectSeen* object = target.object_in(facts, static_cast<int>(i)))
        known.push_back(object);
    }
  }
  for (std::size_t i = 0; i < facts.panels.size(); ++i) {
    const PanelFacts& panel = facts.panels[i];
    TargetInPanel& found = target.panels[i];
    if (panel.role == Role::closeup || panel.role == Role::driver || found.by != FoundBy::none)
      continue;
    if (!known.empty()) found = by_likeness(panel, known);
    if (found.by == FoundBy::none) found = alone(panel);
  }
  find_best_view(target, facts);
  return target;
}

}  // namespace vioreview
