// SPDX-License-Identifier: Apache-2.0
// What people decided on the cases of reviewed nights, joined with what the tool had said of them.
//
// A night is an output folder of `review` into which its reviewers put a decisions.csv: a table
// with the columns case_id, decision (accept, reject, manual), blind (true: the verdict was not
// shown) and selection_probability (of the case to be given to people, in (0, 1]; 5% is 0.05).
// Other columns are passed over, so that a copy of manual.csv with these columns added is one. A
// row without a decision is not decided yet.
//
// Only decisions that the verdict cannot have led count: blind ones, and those of cases that were
// chosen with a known probability. A blind one without a probability stands for itself alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/calibration.h"
#include "core/catalogue.h"
#include "core/policy.h"

namespace vioreview {

struct ReviewedNights {
  std::vector<ReviewedCase> cases;  // all of a violation group, decided or not
  std::int64_t led = 0;        // decided, but neither blind nor chosen with a known probability
  std::int64_t undecided = 0;  // rows without a decision
  std::string basis;           // of the manifests, all alike
  std::vector<std::filesystem::path> files;  // all that were read
};

// Each folder: a night, or a folder of nights. Throws UsageError when there is none, ConfigError
// with file and line for a wrong table and where nights were judged by other models, another
// catalogue or policy than each other or than given.
ReviewedNights read_reviewed(const std::vector<std::string>& folders, const Catalogue& catalogue,
                             const Policy& policy);

}  // namespace vioreview
