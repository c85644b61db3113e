// SPDX-License-Identifier: Apache-2.0
// What ends a run is an exception, one type per cause; cli/main turns each into its exit code.
// The message names the file, what is wrong and what to do.
#pragma once
#include <stdexcept>

namespace vioreview {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct UsageError : Error {  // command line: exit 2
  using Error::Error;
};
struct ConfigError : Error {  // a configuration, catalogue, policy or card file: exit 2
  using Error::Error;
};
struct SetupError : Error {  // a model or a library that does not work here: exit 1
  using Error::Error;
};
struct IoError : Error {  // disk, state, output: exit 1
  using Error::Error;
};
struct BusyError : Error {  // another run holds the lock: exit 75
  using Error::Error;
};
struct StoppedError : Error {  // a signal; resumable: exit 130
  using Error::Error;
};

}  // namespace vioreview
