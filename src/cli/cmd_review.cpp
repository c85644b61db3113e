// SPDX-License-Identifier: Apache-2.0
// vioreview review: the main job.
#include <algorithm>
#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "cli/inspect_text.h"
#include "cli/review_options.h"
#include "core/reason.h"
#include "ingest/inbox.h"

namespace vioreview {
namespace {

struct Options {
  ReviewArguments review;
  bool dry_run = false;
};

void print_counts(const std::map<std::string, std::int64_t>& by_verdict, bool chinese,
                  std::ostream& out) {
  for (const Decision decision : {Decision::accept, Decision::reject, Decision::manual}) {
    const auto found = by_verdict.find(std::string(name_of(decision)));
    const std::int64_t count = found == by_verdict.end() ? 0 : found->second;
    out << "  " << padded(std::string(chinese ? zh_of(decision) : name_of(decision)), 34) << count
        << '\n';
  }
}

void print_reasons(const std::map<std::string, std::int64_t>& by_reason, bool chinese,
                   std::ostream& out) {
  std::vector<std::pair<std::int64_t, std::string>> rows;
  for (const auto& [id, count] : by_reason) rows.emplace_back(-count, id);
  std::sort(rows.begin(), rows.end());
  for (const auto& [count, id] : rows) {
    const Reason* reason = find_reason(id);
    out << "  " << padded(id, 34) << padded(std::to_string(-count), 7)
        << (reason ? (chinese ? reason->zh : reason->en) : "") << '\n';
  }
}

void print_summary(const Reviewed& reviewed, const ReviewOptions& options, bool chinese,
                   std::ostream& out) {
  const Summary& s = reviewed.summary;
  out << (chinese ? "案件 " : "cases ") << s.cases
      << (chinese ? ", 查看图片 " : ", pictures looked at ") << reviewed.counters.pictures_opened
      << '\n';
  print_counts(s.by_verdict, chinese, out);
  out << (chinese ? "原因\n" : "reasons\n");
  print_reasons(s.by_reason, chinese, out);
  if (s.unprocessed > 0)
    out << s.unprocessed
        << (chinese ? " 个案件未能处理, 已转人工\n"
                    : " cases could not be processed; they are manual, with their reason\n");
  for (const char* name :
       {"manifest.jsonl", "accept.csv", "reject.csv", "manual.csv", "summary.json"})
    out << (options.out / name).string() << '\n';
}

// An inbox may be empty of a night; that nothing arrived is said all the same. What holds files and
// no case comes from ingest as a case.
void say_empty(const ReviewOptions& options, std::ostream& err) {
  err << "vioreview: " << options.batch.string()
      << ": no capture was delivered: it holds no record, no row of an index and no picture; where "
         "some were due, check the path and the transfer\n";
}

int dry_run(const ReviewOptions& options, Streams& streams) {
  const Planned planned = plan_review(options);
  if (planned.cases == 0) say_empty(options, streams.err);
  for (const std::string& line : planned.lines) streams.out << line << '\n';
  streams.out << planned.cases << " cases, " << planned.pictures << " pictures, "
              << planned.remembered << " of them remembered; nothing was written\n";
  return kDone;
}

int run(const Options& options, Streams& streams) {
  const ReviewOptions review_with = review_options(options.review);
  if (options.dry_run) return dry_run(review_with, streams);
  stop_on_signals();
  const auto progress = make_progress(streams);
  const Reviewed reviewed = review(review_with, *progress);
  if (reviewed.summary.cases == 0) say_empty(review_with, streams.err);
  print_summary(reviewed, review_with, speaks_chinese(options.review.lang), streams.out);
  return reviewed.summary.unprocessed > 0 ? kUnprocessed : kDone;
}

}  // namespace

RunCommand declare_review(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("batch", options->review.batch,
                 "A folder of cases or of named pictures, an index (.csv, .jsonl) or an archive")
      ->required()
      ->check(CLI::ExistingPath);
  app.add_option("-o,--out", options->review.out, "Where the manifests go")->required();
  app.add_option("--template", options->review.name_template, kTemplateHelp);
  app.add_option("--pictures", options->review.pictures, kPicturesHelp)
      ->check(CLI::Range(1, kMostPicturesOfName));
  app.add_option("--state", options->review.state, "What outlives the run (default: OUT/state)");
  app.add_option("--received", options->review.received,
                 "When the batch arrived: a time, or now. Later captures are of a wrong clock");
  app.add_flag("--dry-run", options->dry_run, "Only list what would be reviewed");
  add_review_options(app, options->review);
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
