// SPDX-License-Identifier: Apache-2.0
// All panels show the same vehicle. Rejects only when every vehicle of a panel is surely another:
// its plate is surely read and far from the target's, and it looks another vehicle too; or one of
// another colour or class that no other panel shows drives in the target's place.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/likeness.h"
#include "judge/plates.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.95, 0.5, 1, "probability of a reading that may prove another vehicle"},
    {"far", 3, 1, 8, "characters (look-alikes half) by which another plate surely differs"},
    {"unlike", 0.05, 0, 0.5, "probability of being one vehicle below which two look different"},
    {"same", 0.5, 0, 1, "probability of being one vehicle from which nothing speaks against it"}};

// Probability that no vehicle of the panel is the target; 0 unless each is surely another.
double all_others(const Evidence& e, const PanelFacts& panel, const PlateSeen& best) {
  double least = 0;
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    const ObjectSeen& object = panel.objects[i];
    if (!is_vehicle(object)) continue;
    double plate_differs = 0;
    for (const PlateSeen& plate : panel.plates)
      if (plate.object == static_cast<int>(i) &&
          plate_distance(plate.text, best.text) >= knob(e, kSameTarget, "far"))
        plate_differs = std::max(plate_differs, static_cast<double>(plate.readable));
    const auto like = likeness_to_target(e, object);
    if (plate_differs < knob(e, kSameTarget, "sure") || !like ||
        *like >= knob(e, kSameTarget, "unlike"))
      return 0;
    const double differs = std::min(plate_differs, static_cast<double>(1 - *like));
    least = least > 0 ? std::min(least, differs) : differs;
  }
  return std::min(least, static_cast<double>(best.readable));
}

// How surely the target of one panel is that of the others; empty when nothing tells.
std::optional<double> tied(const Evidence& e, int panel) {
  const TargetInPanel& found = e.target.panels[static_cast<std::size_t>(panel)];
  if (named(found.by) || found.by == FoundBy::likeness) return found.p;
  const ObjectSeen* object = e.target.object_in(e.facts, panel);
  const auto like = object ? likeness_to_target(e, *object) : std::nullopt;
  return like && *like >= knob(e, kSameTarget, "same") ? std::optional<double>(*like)
                                                       : std::nullopt;
}

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  if (panels.size() == 1) return holds(kSameTarget, 1, "there is one panel", "只有一张全景图");
  const PlateSeen* best = e.target.plate(e.facts);
  double weakest = panels.empty() ? 0 : 1;
  int untied = -1;
  for (const int i : panels) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    const bool candidate = best && best->readable >= knob(e, kSameTarget, "sure") &&
                           !named(e.target.panels[static_cast<std::size_t>(i)].by);
    if (const double p = candidate ? all_others(e, panel, *best) : 0; p > 0) {
      Finding finding = fails(kSameTarget, "target_differs_between_panels", p,
                              panel.file + " shows only vehicles with other plates than " +
                                  best->text + ", and none looks like it",
                              panel.file + " 中只有其他车辆, 无 " + best->text);
      finding.panel = i;
      return finding;
    }
    if (const InItsPlace& other = e.target.panels[static_cast<std::size_t>(i)].other;
        other.object >= 0)
      return at(fails(kSameTarget, "target_differs_between_panels", other.p,
                      "another vehicle drives in its place in " + panel.file,
                      panel.file + " 中行驶在该位置的是另一车辆"),
                i, panel.objects[static_cast<std::size_t>(other.object)].box);
    const auto p = tied(e, i);
    if (!p) untied = i;
    weakest = std::min(weakest, p.value_or(0));
  }
  if (weakest > 0)
    return holds(kSameTarget, weakest, "the panels show one vehicle", "各分图为同一车辆");
  Finding finding =
      unknown(kSameTarget, "target_ambiguous", "nothing tells that all panels show one vehicle",
              "无法确定各分图为同一车辆");
  finding.panel = untied;
  return finding;
}

}  // namespace

const Check kSameTarget{"same_target", "All panels show the same vehicle", kKnobs, check};

}  // namespace vioreview
