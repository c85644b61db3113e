// SPDX-License-Identifier: Apache-2.0
// vioreview check: samples against the truth about them (regression test).
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "cli/review_options.h"
#include "cli/scratch_folder.h"
#include "emit/expectations.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string samples;
  ReviewArguments review;
};

int run(const Options& options, Streams& streams) {
  const fs::path samples = options.samples;
  const std::vector<Expectation> expected = read_expectations(samples / "expected.jsonl");
  ReviewArguments arguments = options.review;
  arguments.batch = (samples / "inbox").string();
  std::optional<ScratchFolder> scratch;
  if (arguments.out.empty()) arguments.out = scratch.emplace("check").path().string();
  const auto progress = make_progress(streams);
  stop_on_signals();
  review(review_options(arguments), *progress);
  const std::vector<Checked> checked = check_expectations(expected, read_manifest(arguments.out));
  streams.out << expectations_text(checked, speaks_chinese(options.review.lang));
  return all_as_expected(checked) ? kDone : kDifferent;
}

}  // namespace

RunCommand declare_check(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("samples", options->samples,
                 "A folder with inbox/ (a batch) and expected.jsonl (the truth about it)")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("-o,--out", options->review.out, "Keep the outputs here");
  add_review_options(app, options->review);
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
