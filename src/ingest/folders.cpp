// SPDX-License-Identifier: Apache-2.0
// A tree of case folders, indexes and named pictures.
#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "core/errors.h"
#include "ingest/archive.h"
#include "ingest/assemble.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// What vioreview writes, maybe into the very folder that it reads.
constexpr std::string_view kOutputFiles[] = {"manifest.jsonl", "accept.csv",
                                             "reject.csv",     "manual.csv",
                                             "summary.json",   "manifest.schema.json"};
constexpr std::string_view kOutputFolders[] = {"state", "report"};

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
  TreeReader(const Root& root, const fs::path& top, NamedPictures& named,
             std::set<std::string>* indexes)
      : root_(root), top_(top), named_(named), indexes_(indexes) {}
  std::vector<Case> read() {
    visit(top_, 0, false);
    join_rows(cases_, std::move(rows_), root_);
    std::vector<Case> named = cases_of_names(named_, root_);
    std::move(named.begin(), named.end(), std::back_inserter(cases_));
    if (cases_.empty() && seen_.any())
      add_problem({"record_missing", "",
                   "nothing here is a record, an index or a picture: " + seen_.text() +
                       "; give folders with record.json, a .csv or .jsonl, or pictures; "
                       "vioreview ingest --dry-run says what becomes of each file"},
                  top_);
    return std::move(cases_);
  }

 private:
  // `in_case`: below a folder with a record, whose pictures may lie in folders of their own.
  void visit(const fs::path& folder, int depth, bool in_case) {
    Listing listing = root_.list(folder);
    if (listing.error) return unreadable(folder, listing.error);
    if (looked_.insert(place_of(folder)).second) named_.look_for_inbox(folder, listing, root_);
    if (!listing.record.empty()) {
      add_case(folder, listing);
    } else {
      const bool output = is_output(listing);
      if (output) listing = without_output(std::move(listing));
      const Among among = depth > 0 || holds_cases(listing) ? Among::cases : Among::pictures;
      if (!in_case) add_indexes(listing, among);
      if (!in_case) add_without_record(folder, listing, depth, among, output);
    }
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

  fs::path place_of(const fs::path& path) const {
    return path.lexically_relative(root_.path()).lexically_normal();
  }

  static Listing without_output(Listing listing) {
    std::erase_if(listing.others, [](const fs::path& path) {
      return std::find(std::begin(kOutputFiles), std::end(kOutputFiles), path.filename()) !=
             std::end(kOutputFiles);
    });
    std::erase_if(listing.folders, [](const fs::path& path) {
      return std::find(std::begin(kOutputFolders), std::end(kOutputFolders), path.filename()) !=
             std::end(kOutputFolders);
    });
    return listing;
  }

  bool holds_cases(const Listing& listing) const {
    return !listing.others.empty() &&
           std::any_of(listing.folders.begin(), listing.folders.end(),
                       [&](const fs::path& inner) { return !root_.list(inner).record.empty(); });
  }

  void add_indexes(const Listing& listing, Among among) {
    for (const fs::path& file : listing.others) {
      std::optional<std::vector<Case>> rows;
      if (is_index_name(file)) rows = index_among_others(file, root_, among);
      if (!rows && file.filename() != kInboxFile) seen_.add(root_.name_of(file));
      if (!rows) continue;
      if (indexes_) indexes_->insert(root_.name_of(file));
      std::vector<fs::path> listed;
      for (const Case& row : *rows)
        for (const PictureRef& picture : row.pictures)
          if (!picture.path.empty() && !(picture.within && !picture.within->field.empty()))
            listed.push_back(lies_at(picture, root_));
      if (std::any_of(listed.begin(), listed.end(),
                      [&](const fs::path& picture) { return is_by_name(picture); })) {
        add_problem({"record_missing", to_utf8(file.filename().string()),
                     "an index of pictures whose names say what they show: the names count, the "
                     "index is not read; review it by itself, or take away the template"},
                    file);
        continue;
      }
      for (const fs::path& picture : listed) listed_.insert(picture.lexically_normal());
      std::move(rows->begin(), rows->end(), std::back_inserter(rows_));
    }
  }

  // An index stands above its pictures: an inbox.toml beside them may not have been seen yet.
  bool is_by_name(const fs::path& picture) {
    const fs::path folder = place_of(picture).parent_path();
    std::vector<fs::path> new_ones;
    for (fs::path at = folder; !at.empty() && looked_.insert(at).second; at = at.parent_path())
      new_ones.push_back(root_.path() / at);
    for (auto at = new_ones.rbegin(); at != new_ones.rend(); ++at)
      named_.look_for_inbox(*at, root_.list(*at), root_);
    return named_.meant_for(folder.empty() ? "." : to_utf8(folder.string()));
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
  void add_without_record(const fs::path& folder, const Listing& listing, int depth, Among among,
                          bool output) {
    const Problem problem{
        "record_missing", "",
        "no record.json beside the pictures; if their names say what is recorded, "
        "vioreview ingest --dry-run proposes a --template"};
    const std::size_t before = cases_.size();
    add_archives(listing);
    const std::vector<fs::path> pictures = add_records(listing, among);
    if (cases_.size() > before && pictures.empty()) return;
    if (named_.meant_for(root_.name_of(folder))) {
      for (const fs::path& picture : pictures) named_.add(picture, root_);
    } else if (depth == 0) {
      for (const fs::path& picture : pictures)
        cases_.push_back(without_record(problem, {picture}, root_, root_.name_of(picture)));
    } else if (!pictures.empty()) {
      cases_.push_back(without_record(problem, pictures, root_, root_.name_of(folder)));
    } else if (listing.pictures.empty() && listing.folders.empty() &&
               listing.linked_folders.empty() && !output && !holds_texts_only(listing)) {
      add_problem({"record_missing", "", "the folder holds no record.json and no picture"}, folder);
    }
  }

  // An archive is a batch of its own: in the middle of another nobody could say which of both a
  // case belongs to.
  void add_archives(const Listing& listing) {
    for (const fs::path& file : listing.others)
      if (is_packed_name(file))
        add_problem({"record_missing", to_utf8(file.filename().string()),
                     is_archive_name(file)
                         ? "an archive inside a folder is not read: review it by itself, or unpack "
                           "it here"
                         : "an archive of this kind is not read: unpack it here, or repack it as "
                           ".zip, .tar, .tar.gz or .tar.zst and review that"},
                    file);
  }

  // Makers' records that lie beside their pictures; gives the pictures that none of them lists,
  // and no index.
  std::vector<fs::path> add_records(const Listing& listing, Among among) {
    for (const fs::path& file : listing.others) {
      for (Case& c : records_beside_others(file, root_, listing, among)) {
        for (const PictureRef& picture : c.pictures)
          listed_.insert(lies_at(picture, root_).lexically_normal());
        cases_.push_back(std::move(c));
      }
    }
    std::vector<fs::path> rest;
    for (const fs::path& picture : listing.pictures)
      if (!listed_.contains(picture.lexically_normal())) rest.push_back(picture);
    return rest;
  }

  void add_problem(const Problem& problem, const fs::path& at) {
    // What is to be said of an archive as a whole stands under its own name.
    const std::string source = root_.is_archive() && at == root_.path()
                                   ? to_utf8(root_.path().filename().string())
                                   : root_.name_of(at);
    cases_.push_back(without_record(problem, {}, root_, source));
  }

  const Root& root_;
  const fs::path& top_;
  NamedPictures& named_;
  std::vector<Case> cases_, rows_;  // rows_: of indexes
  std::set<fs::path> listed_;       // pictures of indexes and makers' records
  std::set<fs::path> looked_;       // folders whose inbox.toml is known, below the root
  NamesToTell seen_;                // files that are neither indexes nor records nor pictures
  std::set<std::string>* indexes_;  // names of those that were read, for who asks
};

}  // namespace

std::vector<Case> read_folders(const Root& root, const fs::path& folder, NamedPictures& named,
                               std::set<std::string>* indexes) {
  return TreeReader(root, folder, named, indexes).read();
}

}  // namespace vioreview
