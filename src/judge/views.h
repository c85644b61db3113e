// SPDX-License-Identifier: Apache-2.0
// The target over the panels: all views of its plate, and the surest view of a feature.
#pragma once
#include <optional>
#include <vector>

#include "judge/evidence.h"

namespace vioreview {

struct PlateView {
  int panel = -1;
  const PlateSeen* plate = nullptr;
};

// Every view of the target's plate, close-ups too, in the order of Facts::panels.
std::vector<PlateView> plate_views(const Evidence& e);

// The colour of the target's plate: as surely seen, else as recorded.
std::optional<PlateColor> plate_color_of(const Evidence& e);

// Why no plate of the target is seen: `plate_absent` when the target was found and shows none,
// `plate_unsure` when it was not found.
std::string_view no_plate_reason(const Evidence& e);

// The strongest likeness of a vehicle to the target's views in other panels; empty when nothing can
// be compared.
std::optional<float> likeness_to_target(const Evidence& e, const ObjectSeen& object);

template <class T>
struct SeenAt {
  Seen<T> what;
  int panel = -1;
  Box box;
};

// `feature` gives an optional Seen of a vehicle; all such over the panels in which the target was
// found.
template <class Feature>
auto all_seen(const Evidence& e, Feature feature) {
  using T = std::decay_t<decltype(feature(std::declval<ObjectSeen>())->value)>;
  std::vector<SeenAt<T>> all;
  for (std::size_t i = 0; i < e.target.panels.size(); ++i)
    if (const ObjectSeen* object = e.target.object_in(e.facts, static_cast<int>(i)))
      if (const auto seen = feature(*object))
        all.push_back({*seen, static_cast<int>(i), object->box});
  return all;
}

// The surest of the views for which `which` is true. Views of one vehicle are no independent
// witnesses: they do not add up.
template <class T, class Which>
std::optional<SeenAt<T>> surest(const std::vector<SeenAt<T>>& views, Which which) {
  std::optional<SeenAt<T>> best;
  for (const SeenAt<T>& view : views)
    if (which(view.what.value) && (!best || view.what.p > best->what.p)) best = view;
  return best;
}

// How surely the surest view against the record contradicts it, the surest view for it weighed in
// by its odds; 0 when none is against.
template <class T>
double contradiction(const std::optional<SeenAt<T>>& yes, const std::optional<SeenAt<T>>& no) {
  if (!no) return 0;
  return yes ? agreed(no->what.p, 1 - static_cast<double>(yes->what.p)) : no->what.p;
}

template <class T>
Finding at(Finding finding, const SeenAt<T>& seen) {
  return at(std::move(finding), seen.panel, seen.box);
}

}  // namespace vioreview
