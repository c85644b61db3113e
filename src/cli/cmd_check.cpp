// SPDX-License-Identifier: Apache-2.0
// vioreview check: samples against the truth about them (regression test).
#include <filesystem>
#include <memory>
#include <ostream>
#include <sstream>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "cli/review_options.h"
#include "core/errors.h"
#include "emit/expectations.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string samples;
  ReviewArguments review;
};

// A folder for the outputs that is gone afterwards, unless the user named one.
class Outputs {
 public:
  explicit Outputs(const std::string& named) : path_(named), keep_(!named.empty()) {
    if (keep_) return;
    std::string pattern = (fs::temp_directory_path() / "vioreview-check-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
      throw IoError(pattern + ": cannot be made; is the temporary folder writable?");
    path_ = pattern;
  }
  ~Outputs() {
    std::error_code ignored;
    if (!keep_) fs::remove_all(path_, ignored);
  }
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  bool keep_;
};

int run(const Options& options, Streams& streams) {
  const fs::path samples = options.samples;
  const std::vector<Expectation> expected = read_expectations(samples / "expected.jsonl");
  const Outputs outputs(options.review.out);
  ReviewArguments arguments = options.review;
  arguments.batch = (samples / "inbox").string();
  arguments.out = outputs.path().string();
  const auto progress = make_progress(streams);
  stop_on_signals();
  review(review_options(arguments), *progress);
  const std::vector<Checked> checked = check_expectations(expected, read_manifest(outputs.path()));
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
