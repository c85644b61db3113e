// SPDX-License-Identifier: Apache-2.0
// The target's vehicle over the panels: the surest view of one of its features.
#pragma once
#include <optional>

#include "judge/evidence.h"

namespace vioreview {

template <class T>
struct SeenAt {
  Seen<T> what;
  int panel = -1;
  Box box;
};

// `feature` gives an optional Seen of a vehicle; the surest over all panels in which the target was
// found.
template <class Feature>
auto best_seen(const Evidence& e, Feature feature)
    -> std::optional<SeenAt<std::decay_t<decltype(feature(std::declval<ObjectSeen>())->value)>>> {
  using T = std::decay_t<decltype(feature(std::declval<ObjectSeen>())->value)>;
  std::optional<SeenAt<T>> best;
  for (std::size_t i = 0; i < e.target.panels.size(); ++i) {
    const ObjectSeen* object = e.target.object_in(e.facts, static_cast<int>(i));
    if (!object) continue;
    const auto seen = feature(*object);
    if (seen && (!best || seen->p > best->what.p))
      best = SeenAt<T>{*seen, static_cast<int>(i), object->box};
  }
  return best;
}

template <class T>
Finding at(Finding finding, const SeenAt<T>& seen) {
  finding.panel = seen.panel;
  finding.box = seen.box;
  return finding;
}

}  // namespace vioreview
