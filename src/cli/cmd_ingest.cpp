// SPDX-License-Identifier: Apache-2.0
// vioreview ingest --dry-run: what the names of a batch parse to.
#include <memory>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/ingest_text.h"
#include "core/errors.h"
#include "ingest/inbox.h"

namespace vioreview {
namespace {

struct Options {
  std::string path, name_template;
  int pictures = 0;
  bool dry_run = false, json = false, all = false;
};

int run(const Options& options, Streams& streams) {
  if (!options.dry_run)
    throw UsageError("ingest only shows how names are read: add --dry-run, or use review");
  const NameReport report = report_names(options.path, options.name_template, options.pictures);
  streams.out << (options.json ? report_json(report) : report_text(report, options.all));
  const bool all_read = report.count(FileFate::unparsed) + report.count(FileFate::loose) == 0;
  return all_read && report.refused.empty() && report.unprocessed == 0 ? kDone : kUnprocessed;
}

}  // namespace

RunCommand declare_ingest(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("path", options->path,
                 "A folder or archive of pictures, or a listing of names (.txt, one a line)")
      ->required()
      ->check(CLI::ExistingPath);
  app.add_option("--template", options->name_template, kTemplateHelp);
  app.add_option("--pictures", options->pictures, kPicturesHelp)
      ->check(CLI::Range(1, kMostPicturesOfName));
  app.add_flag("--dry-run", options->dry_run, "Write nothing: the only way that ingest works");
  app.add_flag("--all", options->all, "List every file, not some of each kind");
  app.add_flag("--json", options->json, "One JSON object a file, and one with the counts");
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
