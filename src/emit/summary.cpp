// SPDX-License-Identifier: Apache-2.0
#include "emit/summary.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/reason.h"
#include "emit/manifest.h"

namespace vioreview {
namespace {

constexpr std::string_view kSummarySchema = "vioreview/summary/1";

// Stages whose reasons say that a manual case was not looked at as a whole. To wait for pictures is
// no failure.
bool keeps_from_processing(std::string_view reason_id) {
  const Reason* reason = find_reason(reason_id);
  return reason && reason_id != "panels_waiting" &&
         (reason->stage == "ingest" || reason->stage == "decode" || reason->stage == "run");
}

void count(const Verdict& verdict, VerdictCounts& counts) {
  ++counts.cases;
  ++(verdict.decision == Decision::accept   ? counts.accept
     : verdict.decision == Decision::reject ? counts.reject
                                            : counts.manual);
  if (!verdict.proven) ++counts.unproven;
}

Value to_value(const std::map<std::string, std::int64_t>& counts) {
  Value value{Value::Object{}};
  for (const auto& [key, number] : counts) value.set(key, number);
  return value;
}

Value to_value(const std::map<std::string, VerdictCounts>& by_key) {
  Value value{Value::Object{}};
  for (const auto& [key, counts] : by_key)
    value.set(key.empty() ? "unknown" : key, Value()
                                                 .set("cases", counts.cases)
                                                 .set("accept", counts.accept)
                                                 .set("reject", counts.reject)
                                                 .set("manual", counts.manual)
                                                 .set("unproven", counts.unproven));
  return value;
}

Value to_value(const RunCounters& counters) {
  return Value()
      .set("cases_perceived", counters.cases_perceived)
      .set("cases_remembered", counters.cases_remembered)
      .set("pictures_opened", counters.pictures_opened)
      .set("worker_crashes", counters.worker_crashes)
      .set("worker_timeouts", counters.worker_timeouts);
}

Value to_value(const std::vector<SuspectClock>& clocks) {
  Value list{Value::Array{}};
  for (const SuspectClock& clock : clocks)
    list.push(Value()
                  .set("device_id", clock.device)
                  .set("cases", clock.cases)
                  .set("newest", format_time(clock.newest))
                  .set("offset_s", clock.offset_s ? rounded(*clock.offset_s, 3) : Value())
                  .set("why", clock.why));
  return list;
}

Value to_value(const std::vector<Overdue>& cases) {
  Value list{Value::Array{}};
  for (const Overdue& overdue : cases)
    list.push(Value()
                  .set("case_id", overdue.case_id)
                  .set("device_id", overdue.device)
                  .set("first", format_time(overdue.first)));
  return list;
}

}  // namespace

void Tally::add(const Case& c, const Verdict& verdict, const std::vector<Finding>& reasons) {
  ++summary_.cases;
  ++summary_.by_verdict[std::string(name_of(verdict.decision))];
  if (!verdict.proven) ++unproven_;
  std::set<std::string> ids;
  for (const Finding& reason : reasons) ids.insert(reason.reason);
  for (const std::string& id : ids) ++summary_.by_reason[id];
  if (verdict.decision == Decision::manual &&
      std::any_of(ids.begin(), ids.end(), keeps_from_processing))
    ++summary_.unprocessed;
  count(verdict, by_code_[verdict.violation.empty() ? c.record.violation : verdict.violation]);
  count(verdict, by_device_[c.record.device_id]);
}

std::string Tally::text(const RunCounters& counters, const Versions& versions,
                        Time finished) const {
  const Time started{finished.ms - std::llround(counters.seconds * 1000)};
  std::map<std::string, std::int64_t> by_verdict = summary_.by_verdict;
  for (const Decision decision : {Decision::accept, Decision::reject, Decision::manual})
    by_verdict[std::string(name_of(decision))];  // a verdict that no case got is counted as 0
  Value value;
  value.set("schema", kSummarySchema).set("cases", summary_.cases);
  value.set("unprocessed", summary_.unprocessed).set("unproven", unproven_);
  value.set("by_verdict", to_value(by_verdict)).set("by_reason", to_value(summary_.by_reason));
  value.set("by_code", to_value(by_code_)).set("by_device", to_value(by_device_));
  value.set("clock_suspect", to_value(counters.clocks)).set("revised", counters.revised);
  value.set("waited_in_vain", to_value(counters.overdue));
  value.set("received", counters.received ? Value(format_time(*counters.received)) : Value());
  value.set("counters", to_value(counters)).set("workers", counters.workers);
  value.set("started", format_time(started)).set("finished", format_time(finished));
  value.set("seconds", rounded(counters.seconds, 3)).set("versions", versions_value(versions));
  return write_json_pretty(value) + "\n";
}

}  // namespace vioreview
