// SPDX-License-Identifier: Apache-2.0
// A tree of case folders.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/readers.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr int kDeepest = 16;

Problem invalid(std::string why) {
  return {"record_invalid", "record.json", std::move(why)};
}

Result<Text> text_of_file(const fs::path& file, const Root& root) {
  std::error_code error;
  if (!root.holds(file)) return invalid("a link to nothing, or one that leaves the batch");
  if (!fs::is_regular_file(file, error)) return invalid("is no file");
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) return invalid("cannot be read: " + error.message());
  if (size > kLongestRecord) return invalid("is larger than 1 MiB");
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) return invalid("cannot be read");
  if (bytes.empty()) return invalid("is empty");
  return decoded(without_byte_order_mark(bytes));
}

Result<ReadRecord> record_of_file(const fs::path& file, const Root& root) {
  const Result<Text> text = text_of_file(file, root);
  if (!text) return text.problem();
  Result<ReadRecord> record = read_record(text.value());
  if (!record) return invalid(record.problem().detail);
  return record;
}

class TreeReader {
 public:
  explicit TreeReader(const fs::path& path) : root_(path) {}
  std::vector<Case> read() {
    visit(root_.path(), 0, false);
    return std::move(cases_);
  }

 private:
  // `in_case`: below a folder with a record, whose pictures may lie in folders of their own.
  void visit(const fs::path& folder, int depth, bool in_case) {
    const Listing listing = list_folder(folder);
    if (listing.error) return unreadable(folder, listing.error);
    if (!listing.record.empty())
      add_case(folder, listing);
    else if (depth > 0 && is_output(listing))
      return;
    else if (!in_case)
      add_without_record(folder, listing, depth);
    for (const fs::path& link : listing.linked_folders)
      if (!root_.holds(link))
        add_problem({"record_missing", "", "a link to a folder outside of the batch: not followed"},
                    link);
    for (const fs::path& inner : listing.folders) {
      if (depth < kDeepest)
        visit(inner, depth + 1, in_case || !listing.record.empty());
      else
        add_problem({"record_missing", "", "folders lie too deep below the batch: not read"},
                    inner);
    }
  }

  // What a former run wrote into the folder that it read.
  static bool is_output(const Listing& listing) {
    const auto holds = [&](std::string_view name) {
      return std::any_of(listing.others.begin(), listing.others.end(),
                         [&](const fs::path& path) { return path.filename() == name; });
    };
    return holds("manifest.jsonl") && holds("summary.json");
  }

  // Site profiles, notes and lists between the cases. An empty folder, or one with a film alone, is
  // a case that did not arrive whole.
  static bool holds_texts_only(const Listing& listing) {
    constexpr std::string_view kTexts[] = {".json", ".jsonl", ".toml", ".csv",
                                           ".md",   ".txt",   ".log"};
    const auto is_text = [&](const fs::path& path) {
      const std::string extension = lower_case(path.extension().string());
      return std::find(std::begin(kTexts), std::end(kTexts), extension) != std::end(kTexts);
    };
    return !listing.others.empty() &&
           std::all_of(listing.others.begin(), listing.others.end(), is_text);
  }

  void unreadable(const fs::path& folder, const std::error_code& error) {
    if (folder == root_.path())
      throw IoError(folder.string() + ": cannot be read: " + error.message());
    add_problem({"record_missing", "", "the folder cannot be read: " + error.message()}, folder);
  }

  void add_case(const fs::path& folder, const Listing& listing) {
    const std::string source = root_.name_of(folder);
    Result<ReadRecord> record = record_of_file(listing.record, root_);
    if (record)
      cases_.push_back(assemble_folder(std::move(record).value(), folder, listing, root_, source));
    else
      cases_.push_back(without_record(record.problem(), listing.pictures, root_, source));
  }

  // In the root each picture may be of another event; in a folder of its own they belong together.
  void add_without_record(const fs::path& folder, const Listing& listing, int depth) {
    const Problem problem{"record_missing", "", "no record.json beside the pictures"};
    const std::vector<fs::path>& pictures = listing.pictures;
    if (depth == 0) {
      for (const fs::path& picture : pictures)
        cases_.push_back(without_record(problem, {picture}, root_, root_.name_of(picture)));
    } else if (!pictures.empty()) {
      cases_.push_back(without_record(problem, pictures, root_, root_.name_of(folder)));
    } else if (listing.folders.empty() && listing.linked_folders.empty() &&
               !holds_texts_only(listing)) {
      add_problem({"record_missing", "", "the folder holds no record.json and no picture"}, folder);
    }
  }

  void add_problem(const Problem& problem, const fs::path& at) {
    cases_.push_back(without_record(problem, {}, root_, root_.name_of(at)));
  }

  Root root_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> read_folders(const fs::path& root) {
  return TreeReader(root).read();
}

}  // namespace vioreview
