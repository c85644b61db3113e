// SPDX-License-Identifier: Apache-2.0
// Samples and the verdicts they must get: the regression test of `check`.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/verdict.h"
#include "emit/manifest_reader.h"

namespace vioreview {

// A line of expected.jsonl: the truth about a sample, not what the tool says of it.
struct Expectation {
  std::string case_id;
  Decision verdict = Decision::manual;
  std::vector<std::string> reasons;  // must be among the reasons; others may stand beside them
  std::optional<std::string> suggested_code, suggested_plate;  // "": none may be suggested
  bool known_miss = false;  // the tool is known to leave this case to people instead
  std::string why;          // for people: what makes the truth true
  int line = 0;
};

// Reads one object a line: {"case_id", "verdict", "reasons", "suggested_plate"?,
// "suggested_code"?, "known_miss"?, "why"}; blank lines are skipped. Throws UsageError when there
// is no such file, ConfigError with file and line for anything else than that.
std::vector<Expectation> read_expectations(const std::filesystem::path& file);

enum class Match {
  right,
  known_miss,  // marked, and left to people
  mended,      // marked, and right now: the mark can go
  different,   // anything else; a wrong automatic verdict is never excused by a mark
  not_reviewed,
  not_expected,
};

struct Checked {
  std::string case_id;
  Match match = Match::right;
  std::optional<Expectation> expected;
  std::optional<CaseRead> got;
};

// One entry for each expectation in their order, then the cases nothing was expected of.
std::vector<Checked> check_expectations(const std::vector<Expectation>& expected,
                                        const Manifest& manifest);

bool all_as_expected(const std::vector<Checked>& checked);

// For people: what is not simply right, then counts. Verdicts and reasons, never probabilities.
std::string expectations_text(const std::vector<Checked>& checked, bool chinese);

}  // namespace vioreview
