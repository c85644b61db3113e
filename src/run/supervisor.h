// SPDX-License-Identifier: Apache-2.0
// Worker processes: started, fed, watched and replaced. A crash, a hang or runaway memory costs one
// worker, not the night.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"

namespace vioreview {

struct WorkerOptions {
  std::vector<std::string> command;                              // program and arguments
  std::vector<std::pair<std::string, std::string>> environment;  // set beside the supervisor's own
  int count = 1;
  double start_timeout_s = 120;  // until a worker says that it is ready
  double job_timeout_s = 60;
  std::int64_t memory_mb = 0;  // of a worker's data (RLIMIT_DATA); 0: no limit
};

struct WorkerCounters {
  std::int64_t crashes = 0, timeouts = 0;
};

// Sends each of `jobs` (one line each, without the newline) to a worker and calls `done` with its
// index and the answer line, or a problem: case_timeout after job_timeout_s, case_crashed after two
// workers died on it. `done` is called in the order of finishing. Throws SetupError when workers
// cannot start, StoppedError when `stopped` says so.
WorkerCounters run_jobs(const WorkerOptions& options, const std::vector<std::string>& jobs,
                        const std::function<void(std::size_t, Result<std::string>)>& done,
                        const std::function<bool()>& stopped);

}  // namespace vioreview
