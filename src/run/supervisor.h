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

// What there is to do, by number, and what becomes of it: each job is answered or failed once, in
// the order of finishing.
struct Jobs {
  std::size_t count = 0;
  // The line to send, without the newline: asked for when a worker takes the job, and again when
  // that worker died.
  std::function<std::string(std::size_t)> request;
  // Takes the answer line; false when it is none, which counts as the worker's death.
  std::function<bool(std::size_t, const std::string&)> answered;
  // case_timeout after job_timeout_s, case_crashed after two workers died on the job.
  std::function<void(std::size_t, const Problem&)> failed;
  std::function<bool()> stopped;
};

// Throws SetupError when workers cannot start, with what the last one said, and StoppedError when
// `stopped` says so. No worker is left when it returns or throws.
WorkerCounters run_jobs(const WorkerOptions& options, const Jobs& jobs);

}  // namespace vioreview
