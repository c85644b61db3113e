// SPDX-License-Identifier: Apache-2.0
#include "emit/expectations.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "core/errors.h"
#include "core/reason.h"
#include "format/value.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// One line of the file, read member by member; every complaint names file and line.
class Line {
 public:
  Line(const Value& object, std::string where) : object_(object), where_(std::move(where)) {
    static const std::set<std::string_view> known = {
        "case_id", "verdict", "reasons", "suggested_code", "suggested_plate", "known_miss", "why"};
    if (!object.as_object()) fail("one JSON object a line is expected");
    for (const auto& [key, value] : *object.as_object())
      if (!known.contains(key)) fail("unknown key \"" + key + "\"");
  }

  [[noreturn]] void fail(const std::string& what) const { throw ConfigError(where_ + what); }

  std::optional<std::string> text(std::string_view key) const {
    const Value* value = object_.find(key);
    if (!value) return std::nullopt;
    if (!value->as_string()) fail("\"" + std::string(key) + "\" must be a text");
    return *value->as_string();
  }

  std::string need_text(std::string_view key) const {
    const std::optional<std::string> found = text(key);
    if (!found || found->empty()) fail("\"" + std::string(key) + "\" is missing");
    return *found;
  }

  std::vector<std::string> reasons() const {
    const Value* value = object_.find("reasons");
    if (!value || !value->as_array()) fail("\"reasons\" must be a list of reason ids");
    std::vector<std::string> ids;
    for (const Value& id : *value->as_array()) {
      if (!id.as_string() || !find_reason(*id.as_string()))
        fail("\"reasons\" holds something that is no reason id; `vioreview catalogue` lists them");
      ids.push_back(*id.as_string());
    }
    return ids;
  }

  bool flag(std::string_view key) const {
    const Value* value = object_.find(key);
    if (value && !value->as_bool()) fail("\"" + std::string(key) + "\" must be true or false");
    return value && *value->as_bool();
  }

 private:
  const Value& object_;
  std::string where_;
};

Expectation expectation_of(const Line& line) {
  Expectation expected;
  expected.case_id = line.need_text("case_id");
  const std::optional<Decision> verdict = decision_named(line.need_text("verdict"));
  if (!verdict) line.fail("\"verdict\" must be accept, reject or manual");
  expected.verdict = *verdict;
  expected.reasons = line.reasons();
  expected.suggested_code = line.text("suggested_code");
  expected.suggested_plate = line.text("suggested_plate");
  expected.known_miss = line.flag("known_miss");
  expected.why = line.need_text("why");
  return expected;
}

bool is_right(const Expectation& expected, const CaseRead& got) {
  const auto stated = [&](const std::string& id) {
    return std::any_of(got.reasons.begin(), got.reasons.end(),
                       [&](const ReasonRead& reason) { return reason.id == id; });
  };
  return got.verdict == name_of(expected.verdict) &&
         std::all_of(expected.reasons.begin(), expected.reasons.end(), stated) &&
         expected.suggested_code.value_or(got.suggested_code) == got.suggested_code &&
         expected.suggested_plate.value_or(got.suggested_plate) == got.suggested_plate;
}

Match match_of(const Expectation& expected, const CaseRead& got) {
  if (is_right(expected, got)) return expected.known_miss ? Match::mended : Match::right;
  const bool left_to_people = got.verdict == name_of(Decision::manual);
  return expected.known_miss && left_to_people ? Match::known_miss : Match::different;
}

}  // namespace

std::vector<Expectation> read_expectations(const fs::path& file) {
  if (!fs::is_regular_file(file))
    throw UsageError(file.string() + ": no such file; it states what each sample must get");
  std::ifstream in(file, std::ios::binary);
  std::vector<Expectation> all;
  std::set<std::string> ids;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    const std::string where = file.string() + ":" + std::to_string(++number) + ": ";
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Result<Value> read = parse_json(text);
    if (!read) throw ConfigError(where + read.problem().detail);
    all.push_back(expectation_of(Line(read.value(), where)));
    all.back().line = number;
    if (!ids.insert(all.back().case_id).second)
      throw ConfigError(where + "case " + all.back().case_id + " stands here twice");
  }
  if (!in.eof()) throw IoError(file.string() + ": cannot be read");
  return all;
}

std::vector<Checked> check_expectations(const std::vector<Expectation>& expected,
                                        const Manifest& manifest) {
  std::map<std::string, const CaseRead*> reviewed;
  for (const CaseRead& c : manifest.cases) reviewed[c.id] = &c;
  std::vector<Checked> all;
  for (const Expectation& expectation : expected) {
    const auto found = reviewed.find(expectation.case_id);
    if (found == reviewed.end()) {
      all.push_back({expectation.case_id, Match::not_reviewed, expectation, std::nullopt});
      continue;
    }
    const CaseRead& got = *found->second;
    all.push_back({expectation.case_id, match_of(expectation, got), expectation, got});
    reviewed.erase(found);
  }
  for (const CaseRead& c : manifest.cases)
    if (reviewed.contains(c.id)) all.push_back({c.id, Match::not_expected, std::nullopt, c});
  return all;
}

bool all_as_expected(const std::vector<Checked>& checked) {
  return std::none_of(checked.begin(), checked.end(), [](const Checked& one) {
    return one.match == Match::different || one.match == Match::not_reviewed ||
           one.match == Match::not_expected;
  });
}

}  // namespace vioreview
