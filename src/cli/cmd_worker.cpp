// SPDX-License-Identifier: Apache-2.0
// vioreview worker (private): what review starts. Looks at the pictures that it is sent, one JSON
// line a case.
#include <exception>
#include <memory>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/environment.h"
#include "cli/exit_codes.h"
#include "cli/look.h"
#include "perceive/torch/torch_perceiver.h"
#include "run/worker.h"

namespace vioreview {
namespace {

struct Options {
  std::string models, recorded;
};

int run(const Options& options) {
  const int answers = take_stdout();
  try {
    const auto perceiver = options.recorded.empty()
                               ? make_torch_perceiver(read_model_cards(options.models))
                               : make_recorded_perceiver(options.recorded);
    return run_worker(STDIN_FILENO, answers, [&](const LookRequest& request) {
      return look_at_case(request.pictures, request.needs, *perceiver);
    });
  } catch (const std::exception& error) {
    const std::string line = fatal_line(error.what());
    return write(answers, line.data(), line.size()) < 0 ? kFailed : kFailed;
  }
}

}  // namespace

RunCommand declare_worker(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("--models", options->models, "The models folder");
  app.add_option("--recorded", options->recorded, "Facts recorded elsewhere, instead of models");
  return [options](Streams&) { return run(*options); };
}

}  // namespace vioreview
