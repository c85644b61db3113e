// SPDX-License-Identifier: Apache-2.0
#include "emit/table.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "emit/queue.h"
#include "emit/target.h"
#include "format/value.h"

namespace vioreview {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool runs_as_formula(std::string_view field) {
  static constexpr std::array<std::string_view, 8> starts = {"=",  "+",  "-",  "@",
                                                             "＝", "＋", "－", "＠"};
  if (field.empty()) return false;
  if (field.front() == '\t' || field.front() == '\r' || field.front() == '\n') return true;
  field.remove_prefix(std::min(field.find_first_not_of(" \t\r\n"), field.size()));
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return field.starts_with(start); });
}

// Writing JSON replaces what is no UTF-8, and reading it back keeps the rest as it was.
std::string valid_utf8(const std::string& text) {
  const Result<Value> read = parse_json(write_json(Value(text)));
  return read && read.value().as_string() ? *read.value().as_string() : std::string();
}

std::string csv_field(const std::string& text) {
  std::string field = (runs_as_formula(text) ? "'" : "") + valid_utf8(text);
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

// The texts, each told once, with "; " between.
std::string joined(const std::vector<std::string>& texts) {
  std::vector<std::string> told;
  std::string all;
  for (const std::string& text : texts) {
    if (std::find(told.begin(), told.end(), text) != told.end()) continue;
    all += (told.empty() ? "" : "; ") + text;
    told.push_back(text);
  }
  return all;
}

}  // namespace

std::string csv_row(const std::vector<std::string>& fields) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) row += (i ? "," : "") + csv_field(fields[i]);
  return row + "\r\n";
}

std::string case_table_head() {
  return std::string(kBom) +
         csv_row({"case_id", "verdict", "review_by", "code", "name_zh", "plate_recorded",
                  "plate_read", "suggested_plate", "suggested_code", "reasons", "reasons_zh",
                  "device_id", "place", "time", "confidence", "proven", "pictures"});
}

std::string case_row(const Case& c, const Facts& facts, const Verdict& verdict,
                     std::string_view name_zh) {
  std::vector<std::string> ids, texts, pictures;
  for (const Finding& reason : stated_reasons(c, facts, verdict)) {
    ids.push_back(reason.reason);
    texts.push_back(reason.zh);
  }
  for (const PictureRef& picture : c.pictures) pictures.push_back(picture.file);
  const PlateSeen* plate = target_plate(facts, verdict.target);
  const std::optional<Time> captured = captured_at(c);
  return csv_row(
      {c.id, std::string(name_of(verdict.decision)), captured ? review_by(*captured) : "",
       verdict.violation.empty() ? c.record.violation : verdict.violation, std::string(name_zh),
       c.record.plate, plate ? plate->text : "", verdict.suggested_plate, verdict.suggested_code,
       joined(ids), joined(texts), c.record.device_id, c.record.place,
       captured ? format_time(*captured) : "", write_json(rounded(verdict.confidence(), 4)),
       verdict.proven ? "true" : "false", joined(pictures)});
}

}  // namespace vioreview
