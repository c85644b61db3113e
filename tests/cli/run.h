// SPDX-License-Identifier: Apache-2.0
// Runs the program in this process.
#pragma once
#include <sstream>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace vioreview {

struct Ran {
  int code = -1;
  std::string out, err;
};

inline Ran run(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  Streams streams{out, err, false};
  Ran ran;
  ran.code = run_program(arguments, streams);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

}  // namespace vioreview
