// SPDX-License-Identifier: Apache-2.0
#include "judge/decide.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "core/reason.h"

namespace vioreview {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A NaN is not above 0, so it never decides.
float probability_of(const Finding& finding) {
  return finding.probability > 0 ? std::min(finding.probability, 1.0F) : 0.0F;
}

// The reason of a finding that may reject, else nullptr: `manual` is binding.
const Reason* rejecting(const Finding& finding) {
  const Reason* reason = find_reason(finding.reason);
  return finding.status == Status::fails && reason && reason->effect == Effect::reject ? reason
                                                                                       : nullptr;
}

// Characters up to which another plate than the recorded one is a misread record of this vehicle:
// what its pictures do not prove they prove of no plate. More may be another vehicle.
constexpr double kMisread = 1;

// What keeps a case with a person although something else surely fails. The input is broken, not
// understood or not yet whole; or the plate, the vehicle or the clock is under suspicion - covered,
// cloned, maybe on duty - even when that is not sure: such a case is never thrown away by a
// program.
bool holds_back(const Finding& finding) {
  if (finding.status == Status::holds) return false;
  const Reason* reason = find_reason(finding.reason);
  if (!reason) return true;
  if (reason->effect == Effect::reject) return false;
  if (finding.status == Status::fails && reason->id == "plate_misread" && finding.value &&
      *finding.value <= kMisread)
    return false;
  if (finding.status == Status::fails && one_of(reason->stage, {"ingest", "decode", "run"}))
    return true;
  // Another offence is seen: it is for a person to take it up.
  if (finding.status == Status::fails &&
      one_of(reason->id, {"wrong_lane_suggested", "stopped_over_line", "vehicle_moves_through"}))
    return true;
  return one_of(reason->id,
                {"panels_waiting", "plate_covered", "plate_misread", "plate_differs_between_panels",
                 "plate_color_differs", "plate_of_other_object", "vehicle_differs",
                 "exempt_possible", "clock_suspect", "time_order_wrong"});
}

// Reasons that rest on what the target does.
bool done_by_target(const Reason& reason) {
  return one_of(reason.stage, {"signal", "line", "lane", "motion", "person"});
}

// What the target does not do is no surer than which vehicle it is, and where it stands at a line
// no surer than the line.
float sureness(const Finding& finding, const Reason& reason, const std::vector<Finding>& findings) {
  float p = probability_of(finding);
  const bool by_panels = done_by_target(reason) && !finding.this_panel;
  for (const Finding& other : findings)
    if (other.status == Status::holds &&
        ((by_panels && one_of(other.check, {"target_in_panels", "same_target"})) ||
         (reason.stage == "line" && other.check == "stop_line_visible")))
      p = std::min(p, probability_of(other));
  return p;
}

// Reasons that rest on pixels do not reject where the models are out of their depth, and those that
// rest on what the target does not reject where the target, the one place it drives through, or the
// stop line it is measured by is not surely found.
bool doubted(const Finding& rejecting, const Reason& reason, const std::vector<Finding>& findings) {
  const bool by_panels = done_by_target(reason) && !rejecting.this_panel;
  const bool seen = !one_of(reason.stage, {"evidence", "record", "speed", "time", "decode"});
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    const Reason* other = find_reason(finding.reason);
    return finding.status != Status::holds && other && other->effect == Effect::manual &&
           ((seen && other->stage == "perceive") ||
            (by_panels && (other->stage == "target" || other->id == "panels_differ_in_place")) ||
            (reason.stage == "line" && other->id == "stop_line_unreadable"));
  });
}

float accept_score_of(const std::vector<Finding>& findings) {
  float weakest = findings.empty() ? 0.0F : 1.0F;
  for (const Finding& finding : findings)
    weakest = std::min(weakest, finding.status == Status::holds ? probability_of(finding) : 0.0F);
  return weakest;
}

float reject_score_of(const std::vector<Finding>& findings) {
  if (std::any_of(findings.begin(), findings.end(), holds_back)) return 0;
  float strongest = 0;
  for (const Finding& finding : findings)
    if (const Reason* reason = rejecting(finding); reason && !doubted(finding, *reason, findings))
      strongest = std::max(strongest, sureness(finding, *reason, findings));
  return strongest;
}

bool reaches(float score, double limit) {
  return score > 0 && score >= static_cast<float>(limit);
}

}  // namespace

Decided decide(const std::vector<Finding>& findings, const Limits& limits, bool only_manual) {
  Decided decided;
  decided.accept_score = accept_score_of(findings);
  decided.reject_score = reject_score_of(findings);
  if (only_manual) return decided;
  if (reaches(decided.accept_score, limits.accept))
    decided.decision = Decision::accept;
  else if (reaches(decided.reject_score, limits.reject))
    decided.decision = Decision::reject;
  return decided;
}

}  // namespace vioreview
