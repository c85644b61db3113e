// SPDX-License-Identifier: Apache-2.0
#include "ingest/signs.h"

#include <algorithm>
#include <set>

#include "ingest/fields.h"
#include "ingest/makers.h"

namespace vioreview {
namespace {

constexpr std::string_view kSigns[] = {
    "hphm", "wfxw",         "zpstr",        "licensePlate", "plateCharBelieve",
    "gcsj", "\"pictures\"", "\"violation\""};

// Columns of a manifest, of expected verdicts and of what people decided: about cases, not cases.
bool is_about_cases(const Value& fields) {
  return has_any(fields, {"verdict", "decision"});
}

}  // namespace

bool says_a_case(const Value& fields) {
  if (!fields.as_object() || is_about_cases(fields)) return false;
  if (claims_isapi(fields)) return true;
  std::set<Field> known;
  for (const auto& [name, value] : *fields.as_object())
    if (!value.is_null()) known.insert(field_named(name));
  const auto any = [&](std::initializer_list<Field> wanted) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](Field field) { return known.contains(field); });
  };
  const bool event = claims_events(fields), time = any({Field::time, Field::times});
  const bool pictures = any({Field::pictures, Field::picture, Field::closeup_picture}) ||
                        has_any(fields, {"zpstr1", "zpstr2", "zpstr3", "strPicLocalPath1"});
  const bool violation = known.contains(Field::violation), plate = known.contains(Field::plate);
  if (pictures)
    return event || time || violation || plate || any({Field::case_id, Field::device_id});
  return (plate && (event || time || violation)) || (violation && time);
}

bool may_be_record(std::string_view text) {
  return std::any_of(std::begin(kSigns), std::end(kSigns), [&](std::string_view sign) {
    return text.find(sign) != std::string_view::npos;
  });
}

}  // namespace vioreview
