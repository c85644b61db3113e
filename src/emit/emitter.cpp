// SPDX-License-Identifier: Apache-2.0
// The files of one run, written together.
#include <algorithm>
#include <chrono>
#include <utility>

#include "emit/durable_file.h"
#include "emit/emit.h"
#include "emit/queue.h"
#include "emit/summary.h"
#include "emit/table.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

class FileEmitter final : public Emitter {
 public:
  FileEmitter(const fs::path& out, Versions versions, const Catalogue& catalogue)
      : out_(out),
        versions_(std::move(versions)),
        schema_(out / "manifest.schema.json"),
        accept_(out / "accept.csv"),
        reject_(out / "reject.csv"),
        manual_(out / "manual.csv"),
        manifest_(out / "manifest.jsonl") {
    for (const Violation& violation : catalogue.violations) names_[violation.code] = violation.zh;
    for (DurableFile* table : {&accept_, &reject_, &manual_}) table->write(case_table_head());
    schema_.write(manifest_schema());
  }

  void add(const Case& c, const Facts& facts, const Verdict& verdict) override {
    manifest_.write(manifest_line(c, facts, verdict, versions_) + "\n");
    tally_.add(c, verdict, stated_reasons(c, facts, verdict));
    const auto name = names_.find(verdict.violation);
    std::string row = case_row(c, facts, verdict, name == names_.end() ? "" : name->second);
    if (verdict.decision == Decision::accept) accept_.write(row);
    if (verdict.decision == Decision::reject) reject_.write(row);
    if (verdict.decision == Decision::manual ||
        (verdict.decision == Decision::reject && !verdict.proven))
      queue_.emplace_back(queue_place(c, verdict), std::move(row));
  }

  Summary finish(const RunCounters& counters) override {
    std::sort(queue_.begin(), queue_.end());
    for (const auto& [place, row] : queue_) manual_.write(row);
    DurableFile summary(out_ / "summary.json");
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    summary.write(
        tally_.text(counters, versions_,
                    Time{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()}));
    // The summary goes last: a summary newer than the rest says that all of them belong together.
    const auto files = {&schema_, &accept_, &reject_, &manual_, &manifest_, &summary};
    for (DurableFile* file : files) file->sync();
    for (DurableFile* file : files) file->commit();
    return tally_.summary();
  }

 private:
  fs::path out_;
  Versions versions_;
  std::map<std::string, std::string> names_;  // code -> Chinese name
  DurableFile schema_, accept_, reject_, manual_, manifest_;
  Tally tally_;
  std::vector<std::pair<QueuePlace, std::string>> queue_;  // rows of manual.csv
};

}  // namespace

std::unique_ptr<Emitter> make_emitter(const fs::path& out, const Versions& versions,
                                      const Catalogue& catalogue) {
  make_folders(out);
  sweep_temporaries(out);
  return std::make_unique<FileEmitter>(out, versions, catalogue);
}

}  // namespace vioreview
