// SPDX-License-Identifier: Apache-2.0
// As many panels as the violation needs (GA/T 832-2014 3.3.1 and the catalogue's source per code).
// A picture may hold several panels: one that is not divided yet counts as one panel only where it
// shows one vehicle, for a composite shows the target again and again. Pictures come late: what
// lacks some is not rejected for it before its device has gone on for the grace.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/likeness.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"late_grace_h", 24, 0, 8760,
     "hours of its device's captures for which a case waits for late pictures"}};

// When a case stops to wait for pictures: its device has to go on for so long, in this batch or in
// an earlier night. Nothing when that cannot be told.
std::optional<Time> waits_until(const Evidence& e) {
  const auto own = capture_of(e.c);
  if (!own || clock_doubt(e.c, e.facts, e.clocks, e.policy)) return std::nullopt;
  const double grace_ms = knob(e, kPanelsEnough, "late_grace_h") * 3'600'000;
  return Time{own->last.ms + static_cast<std::int64_t>(grace_ms)};
}

bool waits(const Evidence& e) {
  if (knob(e, kPanelsEnough, "late_grace_h") <= 0) return false;
  const auto until = waits_until(e);
  const auto newest = e.clocks.newest(e.c.record.device_id);
  return !until || !newest || *newest < *until;
}

Finding waiting(const Evidence& e, const std::string& en, const std::string& zh) {
  const auto until = waits_until(e);
  return unknown(kPanelsEnough, "panels_waiting",
                 en + (until ? "; waited for until the device is at " + format_time(*until) : ""),
                 zh + (until ? "; 等待至该设备时间 " + format_time(*until) : ""));
}

bool may_be_composite(const PanelFacts& panel) {
  return panel.role == Role::composite || panel.failure ||
         std::count_if(panel.objects.begin(), panel.objects.end(), is_vehicle) != 1;
}

Finding check(const Evidence& e) {
  // Counted as listed: a panel that cannot be decoded is not a panel that was never taken.
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  const int count = static_cast<int>(panels.size()), needed = e.violation.min_panels;
  const std::string en = std::to_string(count) + " panels, " + std::to_string(needed) + " needed",
                    zh = "全景图 " + std::to_string(count) + " 张, 需要 " + std::to_string(needed) +
                         " 张";
  const bool waits_still = waits(e);
  const bool lacks = std::any_of(e.c.problems.begin(), e.c.problems.end(),
                                 [](const Problem& p) { return p.reason == "picture_missing"; });
  if (lacks && waits_still)
    return measured(waiting(e, "a picture of the record is still to come", "记录所列图片未到齐"),
                    count, needed);
  if (count >= needed) return measured(holds(kPanelsEnough, 1, en, zh), count, needed);
  const bool undivided =
      count == 1 && may_be_composite(e.facts.panels[static_cast<std::size_t>(panels.front())]);
  const bool composite = std::any_of(panels.begin(), panels.end(), [&](int i) {
    return e.facts.panels[static_cast<std::size_t>(i)].role == Role::composite;
  });
  if (undivided || composite)
    return measured(unknown(kPanelsEnough, "layout_unsure",
                            en + "; whether a picture holds several panels is not known",
                            zh + "; 图片是否为合成图未知"),
                    count, needed);
  if (waits_still) return measured(waiting(e, en, zh), count, needed);
  return measured(fails(kPanelsEnough, "panels_too_few", 1, en, zh), count, needed);
}

}  // namespace

const Check kPanelsEnough{"panels_enough", "There are as many panels as the violation needs",
                          kKnobs, check};

}  // namespace vioreview
