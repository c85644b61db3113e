// SPDX-License-Identifier: Apache-2.0
// The outputs of one run: manifest.jsonl, accept.csv, reject.csv, manual.csv, summary.json,
// manifest.schema.json.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"
#include "core/verdict.h"

namespace vioreview {

// What a manifest line names under `versions`: the same for all lines of a run.
struct Versions {
  std::string tool, isa;                                    // "0.1.0"; "avx2", "avx512"
  std::string catalogue, policy, sites;                     // sha256 of each, "" when there is none
  std::vector<std::pair<std::string, std::string>> models;  // name, sha256
  std::string basis;  // of tool, catalogue and models: what a policy may be fitted on
};

// A device whose clock is suspect, and roughly how far it is ahead (behind: negative).
struct SuspectClock {
  std::string device;
  std::int64_t cases = 0;
  Time newest;  // of its suspect captures
  std::optional<double> offset_s;
  std::string why;
};

// A case of an earlier night that waited for pictures until its device had gone on for long enough.
struct Overdue {
  std::string case_id, device;
  Time first;  // capture
};

// What happened in a run beside the verdicts; for summary.json only (never in the manifest, whose
// bytes must not depend on it).
struct RunCounters {
  std::int64_t cases_perceived = 0, cases_remembered = 0;
  std::int64_t pictures_opened = 0;  // files read in this run
  std::int64_t worker_crashes = 0, worker_timeouts = 0;
  double seconds = 0;
  int workers = 0;
  std::int64_t revised = 0;          // cases that replace what an earlier run said of them
  std::optional<Time> received;      // when the batch arrived, where somebody said so
  std::vector<SuspectClock> clocks;  // by device
  std::vector<Overdue> overdue;      // by capture
};

struct Summary {
  std::int64_t cases = 0;
  std::int64_t unprocessed = 0;  // manual with a reason of stage ingest, decode or run (but
                                 // for panels_waiting): exit 3
  std::map<std::string, std::int64_t> by_verdict;
  std::map<std::string, std::int64_t> by_reason;
};

// Writes to temporary names and renames all at the end (durable: write, fsync, rename, fsync
// folder). Cases must be added in case order. Not thread-safe. Throws IoError.
class Emitter {
 public:
  virtual ~Emitter() = default;
  virtual void add(const Case& c, const Facts& facts, const Verdict& verdict) = 0;
  virtual Summary finish(const RunCounters& counters) = 0;
};
// Makes the folder, and sweeps temporaries of dead runs: to be called under the folder's lock. The
// tables name violations in Chinese by `catalogue`.
std::unique_ptr<Emitter> make_emitter(const std::filesystem::path& out, const Versions& versions,
                                      const Catalogue& catalogue = {});

// One manifest line without the newline.
std::string manifest_line(const Case& c, const Facts& facts, const Verdict& verdict,
                          const Versions& versions);

// JSON Schema (2020-12) of a manifest line.
std::string_view manifest_schema();

}  // namespace vioreview
