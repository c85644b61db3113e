// SPDX-License-Identifier: Apache-2.0
// Reading what a review wrote.
#pragma once
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "format/value.h"
#include "testing.h"

namespace vioreview {

// The files whose bytes must not depend on workers, kills and resumes.
inline std::map<std::string, std::string> lasting_outputs(const std::filesystem::path& out) {
  std::map<std::string, std::string> bytes;
  for (const char* name : {"manifest.jsonl", "accept.csv", "reject.csv", "manual.csv"})
    bytes[name] = read_file(out / name);
  return bytes;
}

// What a manifest says of each case: verdict and ids of reasons, "reject duplicate_case".
inline std::map<std::string, std::string> verdicts_in(const std::filesystem::path& out) {
  std::map<std::string, std::string> verdicts;
  std::istringstream lines(read_file(out / "manifest.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const auto parsed = parse_json(line);
    if (!parsed) throw std::runtime_error("no JSON: " + line);
    const Value& value = parsed.value();
    std::string said = *value.find("verdict")->as_string();
    for (const Value& reason : *value.find("reasons")->as_array())
      said += " " + *reason.find("id")->as_string();
    const std::string id = *value.find("case_id")->as_string();
    EXPECT_FALSE(verdicts.contains(id)) << id << " has two lines";
    verdicts[id] = said;
  }
  return verdicts;
}

inline Value summary_in(const std::filesystem::path& out) {
  const auto parsed = parse_json(read_file(out / "summary.json"));
  if (!parsed) throw std::runtime_error("summary.json: " + parsed.problem().detail);
  return parsed.value();
}

// Every path below `folder` with its bytes.
inline std::map<std::string, std::string> everything_in(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    files[entry.path().string()] = entry.is_regular_file() ? read_file(entry.path()) : "";
  return files;
}

}  // namespace vioreview
