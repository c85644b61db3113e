// SPDX-License-Identifier: Apache-2.0
// The target's plate can be read in at least one view. Rejects only when a plate is surely there,
// surely uncovered and surely illegible in every view; a covered or absent plate may be another
// offence and is for a person.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/plates.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"readable", 0.9, 0, 1, "probability of the whole string from which a plate counts as read"},
    {"illegible", 0.05, 0, 1, "probability of the whole string below which a view is illegible"},
    {"clear", 0.1, 0, 1, "probability of being covered below which a plate is surely uncovered"},
    {"mounted", 0.98, 0.5, 1, "how often a vehicle carries a plate"},
    {"found", 0.9, 0, 1, "probability from which the target is surely found in a panel"}};

// How surely no view can be read although the plate is there and open to view; 0 when some view
// might show it, or when it is not known whether the plate is covered.
double illegible(const Evidence& e, const std::vector<PlateView>& views) {
  double readable = 0, covered = 0, there = 0, found = 1;
  for (const PlateView& view : views) {
    if (!view.plate->covered) return 0;
    readable = std::max(readable, static_cast<double>(view.plate->readable));
    covered = std::max(covered, static_cast<double>(*view.plate->covered));
    there = std::max(there, agreed(view.plate->score, knob(e, kPlateReadable, "mounted")));
  }
  const bool closeup = std::any_of(views.begin(), views.end(), [&](const PlateView& view) {
    return e.facts.panels[static_cast<std::size_t>(view.panel)].role == Role::closeup;
  });
  bool on_vehicle = closeup;
  for (const int i : evidence_panels(e.c, e.facts)) {
    const auto k = static_cast<std::size_t>(i);
    const double p = e.target.panels[k].p;
    if (!closeup) found = std::min(found, p);
    on_vehicle = on_vehicle || e.target.panels[k].object >= 0;
    if (p >= knob(e, kPlateReadable, "found")) continue;
    // The target may be any vehicle here, and a legible plate its own; unless a close-up shows what
    // the device took for the target's plate, and the legible one is far from the recorded.
    for (const PlateSeen& plate : e.facts.panels[k].plates)
      if (!closeup || e.c.record.plate.empty() ||
          plate_distance(plate.text, e.c.record.plate) <= kSamePlate)
        readable = std::max(readable, static_cast<double>(plate.readable));
  }
  // A plate without a vehicle may be anything that looks like one.
  if (!on_vehicle || readable >= knob(e, kPlateReadable, "illegible") ||
      covered >= knob(e, kPlateReadable, "clear") || found < knob(e, kPlateReadable, "found"))
    return 0;
  return std::min({1 - readable, 1 - covered, there, found});
}

Finding check(const Evidence& e) {
  const std::vector<PlateView> views = plate_views(e);
  const PlateSeen* best = e.target.plate(e.facts);
  if (!best)
    return unknown(kPlateReadable, no_plate_reason(e), "no plate of the target is seen",
                   "未见目标车辆号牌");
  const double readable = best->readable, limit = knob(e, kPlateReadable, "readable");
  const std::string p = shown(100 * readable) + " %";
  const auto said = [&](Finding finding) {
    return measured(at(std::move(finding), e.target.best_panel, best->box), readable, limit);
  };
  if (readable >= limit)
    return said(holds(kPlateReadable, readable, "the plate is read (" + p + " sure)",
                      "号牌可辨认 (" + p + ")"));
  if (const double surely = illegible(e, views); surely > 0)
    return said(fails(kPlateReadable, "plate_unreadable", surely,
                      "the plate is illegible in every view", "各分图号牌均无法辨认"));
  return said(unknown(kPlateReadable, "plate_unsure", "the plate is not surely read (" + p + ")",
                      "号牌识别不确定 (" + p + ")"));
}

}  // namespace

const Check kPlateReadable{"plate_readable", "The target's plate can be read in at least one view",
                           kKnobs, check};

}  // namespace vioreview
