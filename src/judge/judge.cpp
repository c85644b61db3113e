// SPDX-License-Identifier: Apache-2.0
#include "judge/judge.h"

#include <algorithm>

#include "core/reason.h"
#include "format/site_codec.h"
#include "judge/checks/checks.h"
#include "judge/decide.h"
#include "judge/evidence.h"
#include "judge/sound.h"

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
  if (check->needs_clock &&
      clock_doubt(evidence.c, evidence.facts, evidence.clocks, evidence.policy))
    finding = unknown(*check, "clock_suspect", "the device's clock is not to be trusted",
                      "设备时钟可疑, 该项不作判断");
  if (finding.status == Status::fails && !needed.when_fails.empty())
    finding.reason = needed.when_fails;
  return finding;
}

// What ingest could not understand stands against every case, whatever the catalogue asks for.
void add_problems(const Case& c, std::vector<Finding>& findings) {
  for (const Problem& problem : c.problems) {
    const std::string what = (problem.file.empty() ? "" : problem.file + ": ") + problem.detail;
    findings.push_back(fails(kRecordComplete, problem.reason, 1, what, what));
  }
}

Finding unknown_violation(const std::string& code) {
  Finding finding;
  finding.check = "violation_known";
  finding.status = Status::fails;
  finding.probability = 1;
  finding.reason = "violation_unknown";
  finding.en = code.empty() ? "the record names no violation code"
                            : "the code " + code + " is not in the catalogue";
  finding.zh = code.empty() ? "记录没有违法代码" : "目录中没有代码 " + code;
  return finding;
}

// A number that is no probability comes from a broken model: nothing that was seen counts.
Finding unsound_facts() {
  Finding finding;
  finding.check = "facts_sound";
  finding.status = Status::fails;
  finding.probability = 1;
  finding.reason = "check_missing";
  finding.en = "a model gave a number that is no probability; run vioreview doctor";
  finding.zh = "模型输出无效数值; 请运行 vioreview doctor";
  return finding;
}

TargetSeen seen_of(const Target& target) {
  TargetSeen seen{target.best_panel, target.best_plate, {}};
  for (const TargetInPanel& panel : target.panels) seen.objects.push_back(panel.object);
  return seen;
}

// A policy without provenance proves nothing. Whether its models are those in use is the caller's
// to know: it clears `proven` on a mismatch.
bool proven_for(const Policy& policy, const std::string& device, const std::string& group) {
  const auto found = policy.proven.find(device);
  return !policy.fitted_on.empty() && found != policy.proven.end() &&
         std::find(found->second.begin(), found->second.end(), group) != found->second.end();
}

// A plate is suggested only where class and colour fit: else another vehicle was read.
void take_suggestions(Verdict& verdict) {
  const auto& findings = verdict.findings;
  const bool other_vehicle = std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
    return f.status == Status::fails &&
           (f.reason == "vehicle_differs" || f.reason == "target_differs_between_panels");
  });
  for (const Finding& finding : findings) {
    if (verdict.suggested_code.empty()) verdict.suggested_code = finding.suggested_code;
    if (verdict.suggested_plate.empty() && !other_vehicle)
      verdict.suggested_plate = finding.suggested_plate;
  }
}

// Nothing fails and nothing is unknown, yet the case is manual: say why.
void explain_doubt(Verdict& verdict, const Violation& violation, double limit) {
  const bool explained = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                     [](const Finding& f) { return f.status != Status::holds; });
  if (verdict.decision != Decision::manual || explained) return;
  Finding finding;
  finding.check = "limit_reached";
  finding.reason = "not_sure";
  finding.value = verdict.accept_score;
  finding.limit = limit;
  finding.en = violation.only_manual
                   ? "every check holds, but this violation is only suggested to people"
                   : "every check holds, but the weakest is below the limit for accepting";
  finding.zh = violation.only_manual ? "各审核项均通过, 但该违法行为只建议人工复核"
                                     : "各审核项均通过, 但最弱一项未达到通过限值";
  verdict.findings.push_back(std::move(finding));
}

Verdict judge_by(const Violation& violation, const Evidence& evidence) {
  const Policy& policy = evidence.policy;
  Verdict verdict;
  verdict.violation = violation.code;
  verdict.group = violation.group;
  verdict.target = seen_of(evidence.target);
  verdict.proven = proven_for(policy, evidence.c.record.device_id, violation.group);
  add_problems(evidence.c, verdict.findings);
  const bool problems = !verdict.findings.empty();
  for (const NeededCheck& needed : violation.checks)
    if (!problems || needed.check != kRecordComplete.id)
      verdict.findings.push_back(judged(needed, evidence));
  const auto group = policy.groups.find(violation.group);
  const Limits& limits = group == policy.groups.end() ? policy.base : group->second;
  const Decided decided = decide(verdict.findings, limits, violation.only_manual);
  verdict.decision = decided.decision;
  verdict.accept_score = decided.accept_score;
  verdict.reject_score = decided.reject_score;
  take_suggestions(verdict);
  explain_doubt(verdict, violation, limits.accept);
  return verdict;
}

// A confirmed site wins over the record; one that nobody confirmed says nothing.
SiteFacts known_about(const Case& c, const SiteInUse& site) {
  const SiteFacts recorded = site_facts_from_json(c.record.site_facts_json);
  return site.site && site.site->confirmed() ? joined(site.site->facts, recorded) : recorded;
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
  Needs needs = violation ? violation->needs : Needs{};
  const auto listed = std::count_if(c.pictures.begin(), c.pictures.end(), [](const auto& picture) {
    return picture.role == Role::panel;
  });
  needs.panels = listed == 1;
  needs.layout = c.record.layout;
  return needs;
}

Verdict judge(const Case& c, const Facts& facts, const EventIndex& events,
              const Catalogue& catalogue, const Policy& policy, const Clocks& clocks,
              const SiteInUse& site) {
  const Violation* violation = find_violation(catalogue, c.record.violation);
  const bool trusted = sound(facts);
  if (violation && trusted) {
    const Target target = find_target(c, facts);
    Evidence evidence{c, facts, *violation, target, events, catalogue, policy, clocks};
    evidence.site_road = site.site && site.site->road != Road{} ? &site.road : nullptr;
    evidence.site_confirmed = site.site && site.site->confirmed();
    evidence.site_facts = known_about(c, site);
    return judge_by(*violation, evidence);
  }
  Verdict verdict;
  verdict.target.objects.assign(facts.panels.size(), -1);
  if (violation) {
    verdict.violation = violation->code;
    verdict.group = violation->group;
  } else {
    verdict.findings.push_back(unknown_violation(c.record.violation));
  }
  if (trusted)
    verdict.target = seen_of(find_target(c, facts));
  else
    verdict.findings.push_back(unsound_facts());
  add_problems(c, verdict.findings);
  return verdict;
}

std::vector<CheckInfo> built_checks() {
  std::vector<CheckInfo> built;
  for (const Check* check : all_checks())
    built.push_back({check->id, check->summary, check->knobs});
  return built;
}

}  // namespace vioreview
