// SPDX-License-Identifier: Apache-2.0
// Vehicles whose looks make them liker or less like a known one.
#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/facts.h"

namespace vioreview {

// The curve that scripts/eval/likeness.py fitted: log odds of one vehicle, seen from the same side
// and after a turn, by the cosine.
inline constexpr double kSame[] = {-11.06, 16.92}, kTurned[] = {-7.83, 11.79};

inline ObjectSeen with_cosine(double cosine, Box box = {500, 500, 600, 600}) {
  ObjectSeen object;
  object.box = box;
  object.score = 0.9F;
  object.embedding = {static_cast<float>(cosine),
                      static_cast<float>(std::sqrt(std::max(0.0, 1 - cosine * cosine)))};
  return object;
}

// A vehicle whose looks make it `odds` times likelier the known one, whose box is square, than
// another.
inline ObjectSeen looking(double odds, Box box = {500, 500, 600, 600}) {
  const double turned = std::min(1.0, std::abs(std::log(box.width() / box.height())) / 0.5);
  const auto between = [&](int i) { return kSame[i] + (kTurned[i] - kSame[i]) * turned; };
  return with_cosine((std::log(odds) - between(0)) / between(1), box);
}

inline PanelFacts panel_of(std::vector<ObjectSeen> objects) {
  PanelFacts panel;
  panel.width = panel.height = 1000;
  panel.objects = std::move(objects);
  return panel;
}

inline const ObjectSeen kKnown = [] {
  ObjectSeen known;
  known.box = {100, 100, 200, 200};
  known.score = 0.9F;
  known.embedding = {1, 0};
  return known;
}();

inline void put_plate(PanelFacts& panel, int object, const std::string& text, float readable) {
  PlateSeen plate;
  plate.text = text;
  plate.readable = readable;
  plate.object = object;
  panel.plates.push_back(plate);
}

}  // namespace vioreview
