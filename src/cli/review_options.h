// SPDX-License-Identifier: Apache-2.0
// How `review` and `check` set up a run alike.
#pragma once
#include <memory>
#include <string>

#include "cli/commands.h"
#include "run/progress.h"
#include "run/review.h"

namespace vioreview {

// What the command line says; empty strings and zeros are defaults.
struct ReviewArguments {
  std::string batch, out, state, models, recorded, policy, catalogue, sites, isa, lang, received,
      name_template;
  int pictures = 0;  // of a case of name_template; 0: not said
  int workers = 0;   // 0: as many as cores
  double case_timeout_s = 60;
  int worker_memory_mb = 4096;
};

// Adds the options that both commands have.
void add_review_options(CLI::App& app, ReviewArguments& arguments);

// Reads cards, catalogue and policy. Throws ConfigError, SetupError, IoError.
ReviewOptions review_options(const ReviewArguments& arguments);

std::unique_ptr<Progress> make_progress(Streams& streams);

}  // namespace vioreview
