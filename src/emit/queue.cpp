// SPDX-License-Identifier: Apache-2.0
#include "emit/queue.h"

#include <algorithm>
#include <chrono>

#include "core/reason.h"

namespace vioreview {
namespace {

bool rejects(const Finding& finding) {
  const Reason* reason = find_reason(finding.reason);
  return finding.status == Status::fails && reason && reason->effect == Effect::reject;
}

// A problem told as a reason; nothing where one with its id is told already.
void add_problem(const Problem& problem, int panel, std::vector<Finding>& reasons) {
  const auto same = [&](const Finding& f) { return f.reason == problem.reason; };
  if (std::any_of(reasons.begin(), reasons.end(), same)) return;
  const Reason* reason = find_reason(problem.reason);
  Finding finding;
  finding.reason = problem.reason;
  finding.panel = panel;
  if (reason) finding.check = reason->stage;
  finding.en = (problem.file.empty() ? "" : problem.file + ": ") + problem.detail;
  reasons.push_back(std::move(finding));
}

// What was seen is told in both languages. A technical detail that exists in English only stands
// behind the Chinese name of the reason.
void complete_texts(Finding& finding) {
  const Reason* reason = find_reason(finding.reason);
  const std::string zh(reason ? reason->zh : finding.reason);
  if (finding.zh.empty() || finding.zh == finding.en)
    finding.zh = finding.en.empty() ? zh : zh + "：" + finding.en;
  if (finding.en.empty()) finding.en = reason ? reason->en : finding.reason;
}

}  // namespace

std::vector<Finding> stated_reasons(const Case& c, const Facts& facts, const Verdict& verdict) {
  std::vector<Finding> reasons;
  for (const Finding& finding : verdict.findings)
    if (finding.status != Status::holds) reasons.push_back(finding);
  const bool rejected = verdict.decision == Decision::reject;
  const auto weight = [&](const Finding& f) {
    const int rank = f.status == Status::unknown ? 2 : rejected && rejects(f) ? 0 : 1;
    return std::pair(rank, -f.probability);
  };
  std::stable_sort(reasons.begin(), reasons.end(),
                   [&](const Finding& a, const Finding& b) { return weight(a) < weight(b); });
  for (const Problem& problem : c.problems) add_problem(problem, -1, reasons);
  for (std::size_t i = 0; i < facts.panels.size(); ++i)
    if (const auto& failure = facts.panels[i].failure)
      add_problem(*failure, static_cast<int>(i), reasons);
  for (Finding& finding : reasons) complete_texts(finding);
  return reasons;
}

std::optional<Time> captured_at(const Case& c) {
  std::vector<Time> times = c.record.times;
  if (times.empty())
    for (const PictureRef& picture : c.pictures)
      if (picture.time) times.push_back(*picture.time);
  if (times.empty()) return std::nullopt;
  return *std::min_element(times.begin(), times.end());
}

std::string review_by(Time captured) {
  namespace chrono = std::chrono;
  constexpr int kWorkingDays = 5;
  const chrono::sys_time<chrono::milliseconds> local{chrono::milliseconds(captured.ms) +
                                                     chrono::hours(8)};
  auto day = chrono::floor<chrono::days>(local);
  for (int left = kWorkingDays; left > 0;) {
    day += chrono::days(1);
    const chrono::weekday weekday(day);
    if (weekday != chrono::Saturday && weekday != chrono::Sunday) --left;
  }
  // format_time gives UTC+8, so the day's midnight there is its midnight UTC less eight hours.
  const auto midnight = day.time_since_epoch() - chrono::hours(8);
  return format_time(Time{chrono::duration_cast<chrono::milliseconds>(midnight).count()})
      .substr(0, 10);
}

QueuePlace queue_place(const Case& c, const Verdict& verdict) {
  const std::optional<Time> captured = captured_at(c);
  const auto missing =
      std::count_if(verdict.findings.begin(), verdict.findings.end(),
                    [](const Finding& finding) { return finding.status != Status::holds; });
  return {verdict.decision != Decision::manual,
          !captured,
          captured ? review_by(*captured) : "",
          missing,
          -verdict.accept_score,
          c.id};
}

}  // namespace vioreview
