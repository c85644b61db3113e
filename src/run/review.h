// SPDX-License-Identifier: Apache-2.0
// The main job: a batch in, manifests out. Pass 1 looks at pictures and remembers facts; pass 2
// judges from remembered facts.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/catalogue.h"
#include "core/policy.h"
#include "emit/emit.h"
#include "judge/sites.h"
#include "run/progress.h"
#include "run/supervisor.h"

namespace vioreview {

struct ReviewOptions {
  std::filesystem::path batch, out, state;
  std::string name_template;  // how the pictures of the batch are named, as for ingest
  int pictures = 0;           // of a case of it; 0: not said
  WorkerOptions workers;
  std::string models_key;  // hashes of the models in use: facts of others are not reused
  Versions versions;
  Catalogue catalogue;
  Policy policy;
  SiteIndex sites;
  // When the batch arrived, by somebody who knows: what was captured later comes from a wrong
  // clock, what was captured in the month before from a right one.
  std::optional<Time> received;
};

struct Reviewed {
  Summary summary;
  RunCounters counters;
};

// Resumes whatever an earlier run of the same state left. Throws UsageError, IoError, BusyError,
// SetupError, StoppedError.
Reviewed review(const ReviewOptions& options, Progress& progress);

// What review would do; writes and starts nothing. A state that does not exist is taken as empty.
struct Planned {
  std::size_t cases = 0, pictures = 0, remembered = 0;
  std::vector<std::string>
      lines;  // one a case: id, code, pictures, how many are remembered, problems
};
Planned plan_review(const ReviewOptions& options);

// The cases of the batch whose pictures are all remembered, with what was seen; opens no picture.
std::vector<std::pair<Case, Facts>> remembered_cases(const ReviewOptions& options);

// From now on SIGINT and SIGTERM end a review between two answers, resumable.
void stop_on_signals();

}  // namespace vioreview
