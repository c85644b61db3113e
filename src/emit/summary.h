// SPDX-License-Identifier: Apache-2.0
// summary.json: counts of a run, and the only place for its times and counters.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/case.h"
#include "core/verdict.h"
#include "emit/emit.h"

namespace vioreview {

struct VerdictCounts {
  std::int64_t cases = 0, accept = 0, reject = 0, manual = 0;
  std::int64_t unproven = 0;  // of all cases: the device is not proven for the group
};

class Tally {
 public:
  // `reasons`: what stated_reasons gives for the case.
  void add(const Case& c, const Verdict& verdict, const std::vector<Finding>& reasons);
  const Summary& summary() const { return summary_; }
  // The text of summary.json for a run that ended at `finished`.
  std::string text(const RunCounters& counters, const Versions& versions, Time finished) const;

 private:
  Summary summary_;
  std::int64_t unproven_ = 0;
  std::map<std::string, VerdictCounts> by_code_, by_device_;  // "" where the record does not say
};

}  // namespace vioreview
