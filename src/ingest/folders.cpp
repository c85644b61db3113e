// SPDX-License-Identifier: Apache-2.0
// A tree of case folders.
#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "core/errors.h"
#include "ingest/assemble.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

Problem invalid(std::string why) {
  return {"record_invalid", "record.json", std::move(why)};
}

Result<ReadRecord> record_of_file(const fs::path& file, const Root& root) {
  const Result<std::string> bytes = root.read(file, kLongestUpload);
  if (!bytes) return invalid(bytes.problem().detail);
  Result<ReadRecord> record = read_record_bytes(bytes.value());
  if (!record) return invalid(record.problem().detail);
  return record;
}

class TreeReader {
 public:
  TreeReader(const Root& root, const fs::path& top, NamedPictures& named)
      : root_(root), top_(top), named_(named) {}
  std::vector<Case> read() {
    visit(top_, 0, false);
    std::vector<Case> named = cases_of_names(named_, root_);
    std::move(named.begin(), named.end(), std::back_inserter(cases_));
    return std::move(cases_);
  }

 private:
  // `in_case`: below a folder with a record, whose pictures may lie in folders of their own.
  void visit(const fs::path& folder, int depth, bool in_case) {
    const Listing listing = root_.list(folder);
    if (listing.error) return unreadable(folder, listing.error);
    named_.look_for_inbox(folder, listing, root_);
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
      if (depth < kDeepestFolder)
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
    if (folder == top_) throw IoError(folder.string() + ": cannot be read: " + error.message());
    add_problem({"record_missing", "", "the folder cannot be read: " + error.message()}, folder);
  }

  void add_case(const fs::path& folder, const Listing& listing) {
    const std::string source = root_.name_of(folder);
    Result<ReadRecord> record = record_of_file(listing.record, root_);
    if (record)
      cases_.push_back(assemble_folder(std::move(record).value(), folder, listing, root_, source,
                                       root_.place_of(listing.record)));
    else
      cases_.push_back(without_record(record.problem(), listing.pictures, root_, source));
  }

  // Where names count, each picture is by its name. In the root each picture may be of another
  // event; in a folder of its own they belong together.
  void add_without_record(const fs::path& folder, const Listing& listing, int depth) {
    const Problem problem{"record_missing", "", "no record.json beside the pictures"};
    const std::size_t before = cases_.size();
    const std::vector<fs::path> pictures = add_records(listing);
    if (cases_.size() > before && pictures.empty()) return;
    if (named_.meant_for(root_.name_of(folder))) {
      for (const fs::path& picture : pictures) named_.add(picture, root_);
    } else if (depth == 0) {
      for (const fs::path& picture : pictures)
        cases_.push_back(without_record(problem, {picture}, root_, root_.name_of(picture)));
    } else if (!pictures.empty()) {
      cases_.push_back(without_record(problem, pictures, root_, root_.name_of(folder)));
    } else if (listing.folders.empty() && listing.linked_folders.empty() &&
               !holds_texts_only(listing)) {
      add_problem({"record_missing", "", "the folder holds no record.json and no picture"}, folder);
    }
  }

  // Makers' records that lie beside their pictures; gives the pictures that none of them lists.
  std::vector<fs::path> add_records(const Listing& listing) {
    std::set<fs::path> listed;
    for (const fs::path& file : listing.others) {
      std::optional<Case> c = record_beside_others(file, root_, listing);
      if (!c) continue;
      for (const PictureRef& picture : c->pictures)
        listed.insert(lies_at(picture, root_).lexically_normal());
      cases_.push_back(std::move(*c));
    }
    std::vector<fs::path> rest;
    for (const fs::path& picture : listing.pictures)
      if (!listed.contains(picture.lexically_normal())) rest.push_back(picture);
    return rest;
  }

  void add_problem(const Problem& problem, const fs::path& at) {
    cases_.push_back(without_record(problem, {}, root_, root_.name_of(at)));
  }

  const Root& root_;
  const fs::path& top_;
  NamedPictures& named_;
  std::vector<Case> cases_;
};

}  // namespace

std::vector<Case> read_folders(const Root& root, const fs::path& folder, NamedPictures& named) {
  return TreeReader(root, folder, named).read();
}

}  // namespace vioreview
