// SPDX-License-Identifier: Apache-2.0
// How far a run is: one line that redraws itself on a terminal, JSON lines otherwise.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string_view>

#include "emit/emit.h"

namespace vioreview {

class Progress {
 public:
  virtual ~Progress() = default;
  // A stage of the run and how much of it is done. Called often; prints seldom.
  virtual void update(std::string_view stage, std::int64_t done, std::int64_t total) = 0;
  // The stage is over.
  virtual void finish() = 0;
  // The run is over; the program tells people itself.
  virtual void summarise(const Summary& summary, const RunCounters& counters) = 0;
};

std::unique_ptr<Progress> make_terminal_progress(std::ostream& out);
// {"message_type": "status", "stage", "done", "total", "per_second", "seconds_left"} every few
// seconds and {"message_type": "summary", "cases", "unprocessed", "by_verdict", "cases_perceived",
// "cases_remembered", "pictures_opened", "worker_crashes", "worker_timeouts", "seconds"} at the
// end: fields may be added, never changed.
std::unique_ptr<Progress> make_json_progress(std::ostream& out);

}  // namespace vioreview
