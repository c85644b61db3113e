// SPDX-License-Identifier: Apache-2.0
// A table of reviewers' decisions (reviewed.h says which columns it has).
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/verdict.h"

namespace vioreview {

struct DecisionRow {
  std::string case_id;
  std::optional<Decision> decision;  // none yet
  bool blind = false;
  std::optional<double> selection_probability;
  int line = 0;
};

// UTF-8 or GBK, with comma, semicolon or tab. Throws ConfigError with file and line.
std::vector<DecisionRow> read_decisions(const std::filesystem::path& file);

// "0.5%", "0.5 %" or "0.005"; nothing for what is no number in (0, 1].
std::optional<double> share_of(const std::string& text);

}  // namespace vioreview
