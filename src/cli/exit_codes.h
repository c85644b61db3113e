// SPDX-License-Identifier: Apache-2.0
// What the program's exit status says. A verdict is never an exit code. Unknown codes must be
// treated as failure.
#pragma once

namespace vioreview {

enum ExitCode : int {
  kDone = 0,    // whatever the verdicts
  kFailed = 1,  // the run failed: disk, model, state
  kUsage = 2,   // command line, configuration, or too little data
  kUnprocessed =
      3,           // done, but some cases could not be processed; they are manual with their reason
  kDifferent = 4,  // a comparison found a difference
  kBusy = 75,      // another run holds the output or the state; try again
  kStopped = 130,  // by a signal; resumable
};

}  // namespace vioreview
