// SPDX-License-Identifier: Apache-2.0
// The panels show one place: what stands or is painted there lies at the same spot in each (a
// camera does not move within a case).
#include <algorithm>
#include <cmath>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"near", 0.02, 0.001, 0.2, "share of the panel's width within which a thing is at its place"},
    {"found", 0.7, 0.3, 1, "share of the things that must be at their place"},
    {"sure", 0.97, 0.5, 1, "how surely things at their places tell one scene"}};

std::vector<std::pair<int, Point>> landmarks(const PanelFacts& panel) {
  std::vector<std::pair<int, Point>> all;
  for (const ObjectSeen& object : panel.objects)
    if (object.kind == ObjectKind::signal_head) all.push_back({-1, object.box.centre()});
  if (panel.marks)
    for (const MarkSeen& mark : *panel.marks)
      if (!mark.shape.empty() && mark.p >= 0.5F)
        all.push_back({static_cast<int>(mark.kind), mark.shape.front()});
  return all;
}

// The share of the first panel's things that the second has at the same place.
double share_found(const PanelFacts& a, const PanelFacts& b, double near) {
  const auto in_a = landmarks(a), in_b = landmarks(b);
  if (in_a.size() < 3 || in_b.size() < 3 || a.width != b.width) return -1;
  const auto found = std::count_if(in_a.begin(), in_a.end(), [&](const auto& one) {
    return std::any_of(in_b.begin(), in_b.end(), [&](const auto& other) {
      return one.first == other.first &&
             std::hypot(one.second.x - other.second.x, one.second.y - other.second.y) <=
                 near * static_cast<double>(a.width);
    });
  });
  return static_cast<double>(found) / static_cast<double>(std::min(in_a.size(), in_b.size()));
}

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  if (panels.size() == 1) return holds(kSameScene, 1, "there is one panel", "只有一张全景图");
  const double wanted = knob(e, kSameScene, "found");
  double least = panels.empty() ? -1 : 1;
  for (std::size_t i = 1; i < panels.size(); ++i)
    least = std::min(least, share_found(e.facts.panels[static_cast<std::size_t>(panels[0])],
                                        e.facts.panels[static_cast<std::size_t>(panels[i])],
                                        knob(e, kSameScene, "near")));
  if (least >= wanted)
    return measured(holds(kSameScene, knob(e, kSameScene, "sure"), "the panels show one place",
                          "各分图为同一场景"),
                    least, wanted);
  return unknown(kSameScene, "panels_differ_in_place",
                 least < 0 ? "too little is seen to tell whether the panels show one place"
                           : "markings and signals lie at other places in another panel",
                 "无法确定各分图为同一场景");
}

}  // namespace

const Check kSameScene{"same_scene", "The panels show one place", kKnobs, check};

}  // namespace vioreview
