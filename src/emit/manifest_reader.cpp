// SPDX-License-Identifier: Apache-2.0
#include "emit/manifest_reader.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "core/errors.h"
#include "core/verdict.h"
#include "emit/manifest.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// A member that is not there reads as null; what must be there is asked for by name.
const Value& member(const Value& object, std::string_view key) {
  static const Value absent;
  const Value* found = object.find(key);
  return found ? *found : absent;
}

std::string text(const Value& object, std::string_view key) {
  const std::string* found = member(object, key).as_string();
  return found ? *found : "";
}

std::optional<double> number(const Value& object, std::string_view key) {
  const Value& found = member(object, key);
  return found.is_number() ? std::optional(found.number()) : std::nullopt;
}

const Value::Array& list(const Value& object, std::string_view key) {
  static const Value::Array none;
  const Value::Array* found = member(object, key).as_array();
  return found ? *found : none;
}

std::optional<Time> captured_at(const Value& line) {
  std::optional<Time> first;
  const auto take = [&](const Value& value) {
    const std::optional<Time> time = parse_time(value.as_string() ? *value.as_string() : "");
    if (time && (!first || *time < *first)) first = time;
  };
  for (const Value& time : list(member(line, "record"), "times")) take(time);
  if (!first)
    for (const Value& panel : list(line, "panels")) take(member(panel, "time"));
  return first;
}

CaseRead case_of(const Value& line) {
  CaseRead c;
  c.id = text(line, "case_id");
  c.verdict = text(line, "verdict");
  c.violation = text(line, "violation");
  c.group = text(line, "group");
  c.device = text(member(line, "record"), "device_id");
  c.captured = captured_at(line);
  const bool* proven = member(line, "proven").as_bool();
  c.proven = proven && *proven;
  c.accept_score = member(member(line, "scores"), "accept").number();
  c.reject_score = member(member(line, "scores"), "reject").number();
  for (const Value& reason : list(line, "reasons"))
    c.reasons.push_back({text(reason, "id"), text(reason, "zh"), text(reason, "en")});
  for (const Value& check : list(line, "checks"))
    c.checks.push_back({text(check, "check"), text(check, "status"), text(check, "reason"),
                        member(check, "probability").number(), number(check, "value"),
                        number(check, "limit")});
  c.suggested_code = text(line, "suggested_code");
  c.suggested_plate = text(line, "suggested_plate");
  return c;
}

std::vector<std::pair<std::string, std::string>> versions_of(const Value& line) {
  std::vector<std::pair<std::string, std::string>> versions;
  const Value& all = member(line, "versions");
  for (const char* name : {"tool", "isa", "catalogue", "policy", "sites"})
    versions.emplace_back(name, text(all, name));
  if (const Value::Object* models = member(all, "models").as_object())
    for (const auto& [name, sha256] : *models)
      versions.emplace_back("model " + name, sha256.as_string() ? *sha256.as_string() : "");
  return versions;
}

}  // namespace

Manifest read_manifest(const fs::path& path) {
  const fs::path file = fs::is_directory(path) ? path / "manifest.jsonl" : path;
  if (!fs::exists(file))
    throw UsageError(file.string() + ": no such manifest; give an output folder of review");
  std::ifstream in(file, std::ios::binary);
  Manifest manifest;
  std::set<std::string> ids;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    const std::string where = file.string() + ":" + std::to_string(++number) + ": ";
    const Result<Value> read = parse_json(line);
    if (!read) throw IoError(where + read.problem().detail + "; review again");
    if (text(read.value(), "schema") != kManifestSchema)
      throw IoError(where + "not a line of schema " + std::string(kManifestSchema) +
                    "; review again with this version");
    CaseRead c = case_of(read.value());
    if (!ids.insert(c.id).second) throw IoError(where + "case " + c.id + " stands here twice");
    if (number == 1) {
      manifest.versions = versions_of(read.value());
      manifest.basis = text(member(read.value(), "versions"), "basis");
    }
    manifest.cases.push_back(std::move(c));
  }
  if (!in.eof()) throw IoError(file.string() + ": cannot be read");
  return manifest;
}

std::vector<std::string> reason_ids(const CaseRead& c) {
  std::vector<std::string> ids;
  for (const ReasonRead& reason : c.reasons)
    if (std::find(ids.begin(), ids.end(), reason.id) == ids.end()) ids.push_back(reason.id);
  return ids;
}

std::string verdict_word(std::string_view verdict, bool chinese) {
  const std::optional<Decision> decision = decision_named(verdict);
  return std::string(chinese && decision ? zh_of(*decision) : verdict);
}

}  // namespace vioreview
