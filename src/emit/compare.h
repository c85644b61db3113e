// SPDX-License-Identifier: Apache-2.0
// Two manifests side by side: which verdicts and reasons changed, and which checks made it so.
// Probabilities alone are no difference.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "emit/manifest_reader.h"

namespace vioreview {

// A check whose status or reason changed; absent where a side does not have it.
struct CheckChange {
  std::optional<CheckRead> before, after;
};

// A case whose verdict, reasons (as a set), suggestions or `proven` differ, or that only one side
// has.
struct CaseChange {
  std::string id;
  std::optional<CaseRead> before, after;
  std::vector<std::string> reasons_gone, reasons_new;
  std::vector<CheckChange> checks;
};

struct VersionChange {
  std::string name, before, after;  // "" where a side has none
};

struct Comparison {
  int same = 0;
  std::vector<CaseChange> changes;  // by id
  std::vector<VersionChange> versions;
  bool equal() const { return changes.empty(); }
};

Comparison compare(const Manifest& before, const Manifest& after);

// For people: a paragraph a case, then counts.
std::string comparison_text(const Comparison& comparison, bool chinese);
// One JSON object on a line, with its newline.
std::string comparison_json(const Comparison& comparison);

}  // namespace vioreview
