// SPDX-License-Identifier: Apache-2.0
#include "judge/decide.h"

#include <algorithm>
#include <string_view>

#include "core/reason.h"

namespace vioreview {
namespace {

bool may_reject(const Finding& finding) {
  const Reason* reason = find_reason(finding.reason);
  return finding.status == Status::fails && reason && reason->effect == Effect::reject;
}

// What keeps a case with a person even when something else surely fails: the input is broken or not
// surely understood, or the plate or vehicle is under suspicion (covered, cloned, maybe on duty):
// such a case is never thrown away by a program.
bool holds_back(const Finding& finding) {
  if (finding.status != Status::fails) return false;
  const Reason* reason = find_reason(finding.reason);
  if (!reason) return true;
  if (reason->effect == Effect::reject) return false;
  constexpr std::string_view kStages[] = {"ingest", "decode", "run", "plate", "vehicle"};
  return std::find(std::begin(kStages), std::end(kStages), reason->stage) != std::end(kStages);
}

float accept_score_of(const std::vector<Finding>& findings) {
  float weakest = findings.empty() ? 0.0F : 1.0F;
  for (const Finding& finding : findings)
    weakest = std::min(weakest, finding.status == Status::holds ? finding.probability : 0.0F);
  return weakest;
}

float reject_score_of(const std::vector<Finding>& findings) {
  float strongest = 0;
  for (const Finding& finding : findings)
    if (may_reject(finding)) strongest = std::max(strongest, finding.probability);
  return strongest;
}

}  // namespace

Decided decide(const std::vector<Finding>& findings, const Limits& limits, bool only_manual) {
  Decided decided;
  decided.accept_score = accept_score_of(findings);
  decided.reject_score = reject_score_of(findings);
  if (only_manual) return decided;
  const bool held_back = std::any_of(findings.begin(), findings.end(), holds_back);
  if (decided.accept_score > 0 && static_cast<double>(decided.accept_score) >= limits.accept)
    decided.decision = Decision::accept;
  else if (!held_back && decided.reject_score > 0 &&
           static_cast<double>(decided.reject_score) >= limits.reject)
    decided.decision = Decision::reject;
  return decided;
}

}  // namespace vioreview
