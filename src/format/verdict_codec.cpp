// SPDX-License-Identifier: Apache-2.0
// Finding and Verdict: what the ledger remembers of a case.
#include "format/codecs.h"
#include "format/read.h"

namespace vioreview {
namespace {

std::optional<Status> status_named(std::string_view name) {
  for (const Status status : {Status::holds, Status::fails, Status::unknown})
    if (name_of(status) == name) return status;
  return std::nullopt;
}

void set_text(Value& value, const char* key, const std::string& text) {
  if (!text.empty()) value.set(key, text);
}

Finding finding_from(const Value& value) {
  Finding finding;
  finding.check = read::text(value, "check");
  finding.status = read::word(value, "status", status_named);
  finding.probability = read::real(value, "probability");
  finding.reason = read::text(value, "reason");
  if (value.find("value")) finding.value = read::number(value, "value");
  if (value.find("limit")) finding.limit = read::number(value, "limit");
  finding.panel = read::whole(value, "panel", -1);
  if (value.find("box")) {
    const Value::Array& n = read::list(value, "box");
    if (n.size() != 4) read::foreign("box");
    const auto at = [&](std::size_t i) { return static_cast<float>(n[i].number()); };
    finding.box = Box{at(0), at(1), at(2), at(3)};
  }
  finding.zh = read::text(value, "zh");
  finding.en = read::text(value, "en");
  finding.suggested_code = read::text(value, "suggested_code");
  finding.suggested_plate = read::text(value, "suggested_plate");
  return finding;
}

}  // namespace

Value to_value(const Finding& finding) {
  Value value;
  value.set("check", finding.check).set("status", name_of(finding.status));
  value.set("probability", rounded(finding.probability));
  set_text(value, "reason", finding.reason);
  if (finding.value) value.set("value", rounded(*finding.value));
  if (finding.limit) value.set("limit", rounded(*finding.limit));
  if (finding.panel >= 0) value.set("panel", finding.panel);
  if (finding.box) value.set("box", to_value(*finding.box));
  set_text(value, "zh", finding.zh);
  set_text(value, "en", finding.en);
  set_text(value, "suggested_code", finding.suggested_code);
  set_text(value, "suggested_plate", finding.suggested_plate);
  return value;
}

Value to_value(const Verdict& verdict) {
  Value findings{Value::Array{}}, objects{Value::Array{}};
  for (const Finding& finding : verdict.findings) findings.push(to_value(finding));
  for (const int object : verdict.target.objects) objects.push(object);
  Value target;
  target.set("panel", verdict.target.panel)
      .set("plate", verdict.target.plate)
      .set("objects", std::move(objects));
  Value value;
  value.set("verdict", name_of(verdict.decision)).set("proven", verdict.proven);
  value.set("accept_score", rounded(verdict.accept_score))
      .set("reject_score", rounded(verdict.reject_score));
  value.set("violation", verdict.violation).set("group", verdict.group);
  value.set("findings", std::move(findings)).set("target", std::move(target));
  set_text(value, "suggested_code", verdict.suggested_code);
  set_text(value, "suggested_plate", verdict.suggested_plate);
  return value;
}

Verdict verdict_from(const Value& value) {
  Verdict verdict;
  verdict.decision = read::word(value, "verdict", decision_named);
  verdict.proven = read::flag(value, "proven");
  verdict.accept_score = read::real(value, "accept_score");
  verdict.reject_score = read::real(value, "reject_score");
  verdict.violation = read::text(value, "violation");
  verdict.group = read::text(value, "group");
  for (const Value& finding : read::list(value, "findings"))
    verdict.findings.push_back(finding_from(finding));
  const Value& target = read::member(value, "target");
  verdict.target.panel = read::whole(target, "panel", -1);
  verdict.target.plate = read::whole(target, "plate", -1);
  for (const Value& object : read::list(target, "objects"))
    verdict.target.objects.push_back(static_cast<int>(object.number(-1)));
  verdict.suggested_code = read::text(value, "suggested_code");
  verdict.suggested_plate = read::text(value, "suggested_plate");
  return verdict;
}

}  // namespace vioreview
