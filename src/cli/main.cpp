// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

#include "cli/commands.h"
#include "cli/environment.h"

int main(int argc, char** argv) {
  vioreview::restart_with_environment(argv);
  vioreview::Streams streams{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
  return vioreview::run_program(std::vector<std::string>(argv + 1, argv + argc), streams);
}
