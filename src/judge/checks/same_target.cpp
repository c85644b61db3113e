// SPDX-License-Identifier: Apache-2.0
// All panels show the same vehicle. Rejects only when a panel surely shows another one: its plate
// is surely read and far from the target's, it is the panel's only vehicle, and it does not look
// alike.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.95, 0.5, 1, "probability of a reading that may prove another vehicle"},
    {"far", 3, 1, 8, "characters (look-alikes half) that prove another plate"},
    {"unlike", 0.6, 0, 1, "likeness of embeddings below which vehicles differ"}};

const PlateSeen* only_plate_of_only_vehicle(const PanelFacts& panel) {
  const auto vehicles =
      std::count_if(panel.objects.begin(), panel.objects.end(),
                    [](const ObjectSeen& o) { return o.kind == ObjectKind::vehicle; });
  return vehicles == 1 && panel.plates.size() == 1 && panel.plates[0].object >= 0 ? &panel.plates[0]
                                                                                  : nullptr;
}

bool looks_unlike(const Evidence& e, const ObjectSeen& other) {
  for (std::size_t i = 0; i < e.target.panels.size(); ++i)
    if (const ObjectSeen* target = e.target.object_in(e.facts, static_cast<int>(i));
        target && target != &other &&
        likeness(*target, other) >= static_cast<float>(knob(e, kSameTarget, "unlike")))
      return false;
  return true;
}

Finding check(const Evidence& e) {
  const double sure = knob(e, kSameTarget, "sure");
  const PlateSeen* best = e.target.plate(e.facts);
  float weakest = 1;
  for (const int i : evidence_panels(e.c, e.facts)) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    const PlateSeen* plate = only_plate_of_only_vehicle(panel);
    if (best && plate && best->readable >= sure && plate->readable >= sure &&
        plate_distance(plate->text, best->text) >= knob(e, kSameTarget, "far") &&
        looks_unlike(e, panel.objects[static_cast<std::size_t>(plate->object)])) {
      Finding finding = fails(kSameTarget, "target_differs_between_panels",
                              std::min(best->readable, plate->readable),
                              panel.file + " shows " + plate->text + ", another vehicle",
                              panel.file + " 中为另一车辆 " + plate->text);
      finding.panel = i;
      finding.box = plate->box;
      return finding;
    }
    weakest = std::min(weakest, e.target.panels[static_cast<std::size_t>(i)].p);
  }
  if (weakest <= 0)
    return unknown(kSameTarget, "target_ambiguous",
                   "whether all panels show one vehicle is not known", "无法确定各分图为同一车辆");
  return holds(kSameTarget, static_cast<double>(weakest), "the panels show one vehicle",
               "各分图为同一车辆");
}

}  // namespace

const Check kSameTarget{"same_target", "All panels show the same vehicle", kKnobs, check};

}  // namespace vioreview
