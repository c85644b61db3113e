// SPDX-License-Identifier: Apache-2.0
// The target's plate can be read in at least one view. Rejects only when a plate is surely there,
// surely uncovered and surely illegible in every view; a covered or absent plate may be another
// offence and is for a person.
#include <algorithm>

#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"readable", 0.5, 0, 1, "probability of the whole string from which a plate counts as read"},
    {"illegible", 0.02, 0, 1, "probability of the whole string below which a view is illegible"},
    {"clear", 0.1, 0, 1, "probability of being covered below which a plate is surely uncovered"},
    {"there", 0.9, 0, 1, "score from which a plate is surely there"}};

struct Views {
  int plates = 0;
  double readable = 0, covered = 0, there = 0;
  bool covered_known = true;
};

Views views_of(const Evidence& e) {
  Views views;
  for (std::size_t i = 0; i < e.target.panels.size(); ++i) {
    const PlateSeen* plate = e.target.plate_in(e.facts, static_cast<int>(i));
    if (!plate) continue;
    ++views.plates;
    views.readable = std::max(views.readable, static_cast<double>(plate->readable));
    views.there = std::max(views.there, static_cast<double>(plate->score));
    views.covered = std::max(views.covered, static_cast<double>(plate->covered.value_or(0)));
    views.covered_known = views.covered_known && plate->covered.has_value();
  }
  return views;
}

Finding check(const Evidence& e) {
  const Views views = views_of(e);
  const std::string p = shown(100 * views.readable) + " %";
  if (views.plates == 0)
    return unknown(kPlateReadable, "plate_absent", "no plate of the target is seen",
                   "未见目标车辆号牌");
  if (views.readable >= knob(e, kPlateReadable, "readable")) {
    Finding finding = holds(kPlateReadable, views.readable, "the plate is read (" + p + " sure)",
                            "号牌可辨认 (" + p + ")");
    finding.panel = e.target.best_panel;
    finding.box = e.target.plate(e.facts)->box;
    return finding;
  }
  const bool surely_illegible = views.readable < knob(e, kPlateReadable, "illegible") &&
                                views.covered_known &&
                                views.covered < knob(e, kPlateReadable, "clear") &&
                                views.there >= knob(e, kPlateReadable, "there");
  Finding finding =
      surely_illegible
          ? fails(kPlateReadable, "plate_unreadable",
                  (1 - views.readable) * (1 - views.covered) * views.there,
                  "the plate is illegible in every view", "各分图号牌均无法辨认")
          : unknown(kPlateReadable, "plate_unsure", "the plate is read, but not surely (" + p + ")",
                    "号牌识别不确定 (" + p + ")");
  finding.value = views.readable;
  finding.limit = knob(e, kPlateReadable, "readable");
  return finding;
}

}  // namespace

const Check kPlateReadable{"plate_readable", "The target's plate can be read in at least one view",
                           kKnobs, check};

}  // namespace vioreview
