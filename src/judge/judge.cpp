// SPDX-License-Identifier: Apache-2.0
#include "judge/judge.h"

#include <algorithm>

#include "core/reason.h"
#include "judge/checks/checks.h"
#include "judge/decide.h"
#include "judge/evidence.h"

namespace vioreview {
namespace {

// Classes 1 to 6 are national: the fifth character is local. 7 and 8 are provincial and city codes:
// the whole code counts.
bool national(std::string_view code) {
  return !code.empty() && code[0] >= '1' && code[0] <= '6';
}

bool has_code(const Violation& v, std::string_view code) {
  return v.code == code || std::find(v.aliases.begin(), v.aliases.end(), code) != v.aliases.end();
}

const Violation* find_exact(const Catalogue& catalogue, std::string_view code) {
  for (const Violation& v : catalogue.violations)
    if (has_code(v, code)) return &v;
  return nullptr;
}

Finding missing(const NeededCheck& needed) {
  Finding finding;
  finding.check = needed.check;
  finding.reason = "check_missing";
  finding.en = "no check is built for this yet";
  finding.zh = "该审核项尚未建立";
  return finding;
}

Finding judged(const NeededCheck& needed, const Evidence& evidence) {
  const Check* check = find_check(needed.check);
  if (!check) return missing(needed);
  Finding finding = check->judge(evidence);
  if (finding.status == Status::fails && !needed.when_fails.empty())
    finding.reason = needed.when_fails;
  return finding;
}

Verdict unknown_violation(const Case& c, const Facts& facts) {
  Verdict verdict;
  verdict.target = {-1, -1, std::vector<int>(facts.panels.size(), -1)};
  Finding finding;
  finding.check = "violation_known";
  finding.status = Status::fails;
  finding.probability = 1;
  finding.reason = "violation_unknown";
  finding.en = c.record.violation.empty()
                   ? "the record names no violation code"
                   : "the code " + c.record.violation + " is not in the catalogue";
  finding.zh =
      c.record.violation.empty() ? "记录没有违法代码" : "目录中没有代码 " + c.record.violation;
  verdict.findings.push_back(std::move(finding));
  for (const Problem& problem : c.problems)
    verdict.findings.push_back({"record_complete",
                                Status::fails,
                                1,
                                problem.reason,
                                {},
                                {},
                                -1,
                                {},
                                problem.detail,
                                problem.detail,
                                "",
                                ""});
  return verdict;
}

TargetSeen seen_of(const Target& target) {
  TargetSeen seen{target.best_panel, target.best_plate, {}};
  for (const TargetInPanel& panel : target.panels) seen.objects.push_back(panel.object);
  return seen;
}

bool proven_for(const Policy& policy, const std::string& device, const std::string& group) {
  const auto found = policy.proven.find(device);
  return !policy.fitted_on.empty() && found != policy.proven.end() &&
         std::find(found->second.begin(), found->second.end(), group) != found->second.end();
}

void take_suggestions(Verdict& verdict) {
  for (const Finding& finding : verdict.findings) {
    if (verdict.suggested_code.empty()) verdict.suggested_code = finding.suggested_code;
    if (verdict.suggested_plate.empty()) verdict.suggested_plate = finding.suggested_plate;
  }
}

// Every check ran and nothing fails, yet the limit is not reached: say so, or the case would be
// manual without a reason.
void explain_doubt(Verdict& verdict, double limit) {
  const bool explained = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                     [](const Finding& f) { return f.status != Status::holds; });
  if (verdict.decision != Decision::manual || explained) return;
  Finding finding;
  finding.check = "limit_reached";
  finding.reason = "not_sure";
  finding.value = verdict.accept_score;
  finding.limit = limit;
  finding.en = "every check holds, but the weakest is below the limit for accepting";
  finding.zh = "各审核项均通过, 但最弱一项未达到通过限值";
  verdict.findings.push_back(std::move(finding));
}

}  // namespace

const Violation* find_violation(const Catalogue& catalogue, std::string_view recorded_code) {
  if (recorded_code.empty()) return nullptr;
  if (const Violation* exact = find_exact(catalogue, recorded_code)) return exact;
  return national(recorded_code) && recorded_code.size() == 5
             ? find_exact(catalogue, recorded_code.substr(0, 4))
             : nullptr;
}

Needs needs_of(const Case& c, const Catalogue& catalogue) {
  const Violation* violation = find_violation(catalogue, c.record.violation);
  return violation ? violation->needs : Needs{};
}

Verdict judge(const Case& c, const Facts& facts, const EventIndex& events,
              const Catalogue& catalogue, const Policy& policy) {
  const Violation* violation = find_violation(catalogue, c.record.violation);
  if (!violation) return unknown_violation(c, facts);
  const Target target = find_target(c, facts);
  const Evidence evidence{c, facts, *violation, target, events, policy};
  Verdict verdict;
  verdict.violation = violation->code;
  verdict.group = violation->group;
  verdict.target = seen_of(target);
  verdict.proven = proven_for(policy, c.record.device_id, violation->group);
  for (const NeededCheck& needed : violation->checks)
    verdict.findings.push_back(judged(needed, evidence));
  const auto group = policy.groups.find(violation->group);
  const Limits& limits = group == policy.groups.end() ? policy.base : group->second;
  const Decided decided = decide(verdict.findings, limits, violation->only_manual);
  verdict.decision = decided.decision;
  verdict.accept_score = decided.accept_score;
  verdict.reject_score = decided.reject_score;
  take_suggestions(verdict);
  explain_doubt(verdict, limits.accept);
  return verdict;
}

std::vector<CheckInfo> built_checks() {
  std::vector<CheckInfo> built;
  for (const Check* check : all_checks()) built.push_back({check->id, check->summary});
  return built;
}

}  // namespace vioreview
