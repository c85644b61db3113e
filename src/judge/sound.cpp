// SPDX-License-Identifier: Apache-2.0
#include "judge/sound.h"

#include <algorithm>
#include <cmath>

namespace vioreview {
namespace {

bool probability(float p) {
  constexpr float kRounding = 1e-4F;
  return p >= -kRounding && p <= 1 + kRounding;  // false for a NaN
}

template <class T>
bool probability(const std::optional<Seen<T>>& seen) {
  return !seen || probability(seen->p);
}

bool finite(const Box& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) &&
         std::isfinite(box.y1);
}

bool sound(const CharacterSeen& character) {
  return probability(character.p) &&
         std::all_of(character.others.begin(), character.others.end(),
                     [](const Seen<std::string>& other) { return probability(other.p); });
}

bool sound(const PlateSeen& plate, int objects) {
  return finite(plate.box) && probability(plate.score) && probability(plate.look.p) &&
         probability(plate.readable) && probability(plate.covered.value_or(0)) &&
         plate.object >= -1 && plate.object < objects &&
         std::all_of(plate.characters.begin(), plate.characters.end(),
                     [](const CharacterSeen& c) { return sound(c); });
}

bool sound(const ObjectSeen& object) {
  return finite(object.box) && probability(object.score) && probability(object.vehicle_class) &&
         probability(object.color) && probability(object.special) && probability(object.facing) &&
         std::all_of(object.embedding.begin(), object.embedding.end(),
                     [](float x) { return std::isfinite(x); });
}

bool sound(const OverlaySeen& seen) {
  return finite(seen.box) && probability(seen.p);
}

bool sound(const PanelFacts& panel) {
  const int objects = static_cast<int>(panel.objects.size());
  return std::isfinite(panel.brightness.value_or(0)) &&
         std::isfinite(panel.unfamiliar.value_or(UnfamiliarSeen{}).distance) &&
         std::all_of(panel.objects.begin(), panel.objects.end(),
                     [](const ObjectSeen& o) { return sound(o); }) &&
         std::all_of(panel.plates.begin(), panel.plates.end(),
                     [&](const PlateSeen& p) { return sound(p, objects); }) &&
         (!panel.overlay || std::all_of(panel.overlay->begin(), panel.overlay->end(),
                                        [](const OverlaySeen& o) { return sound(o); }));
}

}  // namespace

bool sound(const Facts& facts) {
  return std::all_of(facts.panels.begin(), facts.panels.end(),
                     [](const PanelFacts& panel) { return sound(panel); });
}

}  // namespace vioreview
