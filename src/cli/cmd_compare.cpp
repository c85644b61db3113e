// SPDX-License-Identifier: Apache-2.0
// vioreview compare: what changed between two outputs, and why.
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "emit/compare.h"

namespace vioreview {
namespace {

struct Options {
  std::string before, after, lang;
  bool json = false;
};

int run(const Options& options, Streams& streams) {
  const Comparison comparison =
      compare(read_manifest(options.before), read_manifest(options.after));
  streams.out << (options.json ? comparison_json(comparison)
                               : comparison_text(comparison, speaks_chinese(options.lang)));
  return comparison.equal() ? kDone : kDifferent;
}

}  // namespace

RunCommand declare_compare(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("before", options->before, "An output folder of review, or its manifest.jsonl")
      ->required();
  app.add_option("after", options->after, "The other one")->required();
  app.add_flag("--json", options->json, "One JSON object with every change");
  app.add_option("--lang", options->lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
