// SPDX-License-Identifier: Apache-2.0
// How far a panel lies from the training data, by what the detector's card calls familiar.
#include <algorithm>
#include <cmath>

#include "perceive/adapters.h"

namespace vioreview {
namespace {

// 0 in the middle of the range, 1 at either end.
UnfamiliarSeen within(double value, const std::vector<double>& range, Oddity below, Oddity above) {
  const double middle = (range[0] + range[1]) / 2, half = (range[1] - range[0]) / 2;
  return {static_cast<float>(std::abs(value - middle) / half), value < middle ? below : above};
}

}  // namespace

std::optional<UnfamiliarSeen> unfamiliar_by(const Net& detector, const PanelFacts& facts,
                                            std::optional<float> distance) {
  const ModelCard& card = detector.card();
  const auto stated = [&](const char* name) {
    const auto found = card.calibration.find(name);
    return found == card.calibration.end() ? nullptr : &found->second;
  };
  std::vector<UnfamiliarSeen> seen;
  if (const auto* most = stated("familiar_distance"); most && distance)
    seen.push_back({*distance / static_cast<float>(most->front()), Oddity::strange});
  if (const auto* range = stated("familiar_brightness"); range && facts.brightness)
    seen.push_back(within(*facts.brightness, *range, Oddity::dark, Oddity::bright));
  if (const auto* range = stated("familiar_chroma"); range && facts.chroma)
    seen.push_back(within(*facts.chroma, *range, Oddity::colourless, Oddity::colourful));
  if (const auto* most = stated("familiar_enlarged"); most && facts.width > 0 && facts.height > 0) {
    const double scale = std::min(static_cast<double>(card.width) / facts.width,
                                  static_cast<double>(card.height) / facts.height);
    seen.push_back({static_cast<float>(scale / most->front()), Oddity::small});
  }
  const auto farthest =
      std::max_element(seen.begin(), seen.end(),
                       [](const auto& a, const auto& b) { return a.distance < b.distance; });
  return farthest == seen.end() ? std::nullopt : std::optional(*farthest);
}

}  // namespace vioreview
