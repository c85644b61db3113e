// SPDX-License-Identifier: Apache-2.0
// A tree of case folders, indexes and named pictures.
#include <algorithm>
#include <deque>
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

constexpr std::size_t kMostNamed = 20;

// "a, b and 7 more".
std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i)
    text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kMostNamed)
    text += " and " + std::to_string(names.size() - kMostNamed) + " more";
  return text;
}

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
    visit(top_, 0, false, nullptr);
    join_rows(cases_, std::move(rows_), root_);
    std::vector<Case> named = cases_of_names(named_, root_);
    std::move(named.begin(), named.end(), std::back_inserter(cases_));
    for (const Indexed& indexed : indexed_)
      if (!indexed.unlisted.empty())
        add_problem({"record_missing", "",
                     "pictures that no line of the index lists: " + list_of(indexed.unlisted)},
                    indexed.folder);
    if (cases_.empty() && !seen_.empty())
      add_problem({"record_missing", "",
                   "nothing here is a record, an index or a picture: " + list_of(seen_) +
                       "; give folders with record.json, a .csv or .jsonl, or pictures; "
                       "vioreview ingest --dry-run says what becomes of each file"},
                  top_);
    return std::move(cases_);
  }

 private:
  // A folder with an index that lists pictures: those below that it leaves out are told of.
  struct Indexed {
    fs::path folder;
    std::vector<std::string> unlisted;
  };

  // `in_case`: below a folder with a record, whose pictures may lie in folders of their own.
  // `indexed`: the nearest folder above with an index of pictures.
  void visit(const fs::path& folder, int depth, bool in_case, Indexed* indexed) {
    const Listing listing = root_.list(folder);
    if (listing.error) return unreadable(folder, listing.error);
    named_.look_for_inbox(folder, listing, root_);
    if (!listing.record.empty()) {
      add_case(folder, listing);
    } else if (is_output(listing)) {
      if (depth > 0) return;
      add_without_record(folder, without_texts(listing), depth, indexed);
    } else if (!in_case) {
      note_seen(listing);
      indexed = add_indexes(folder, listing, indexed);
      add_without_record(folder, listing, depth, indexed);
    }
    for (const fs::path& link : listing.linked_folders)
      if (!root_.holds(link))
        add_problem({"record_missing", "", "a link to a folder outside of the batch: not followed"},
                    link);
    for (const fs::path& inner : listing.folders) {
      if (depth < kDeepestFolder)
        visit(inner, depth + 1, in_case || !listing.record.empty(), indexed);
      else
        add_problem({"record_missing", "", "folders lie too deep below the batch: not read"},
                    inner);
    }
  }

  void note_seen(const Listing& listing) {
    for (const fs::path& file : listing.others)
      if (file.filename() != kInboxFile) seen_.push_back(root_.name_of(file));
  }

  // The reviewed folder itself may hold what a former run wrote.
  static Listing without_texts(Listing listing) {
    listing.others.clear();
    return listing;
  }

  // Gives the folder that accounts for pictures from here on.
  Indexed* add_indexes(const fs::path& folder, const Listing& listing, Indexed* indexed) {
    for (const fs::path& file : listing.others) {
      if (!is_index_name(file)) continue;
      std::optional<std::vector<Case>> rows = index_among_others(file, root_);
      if (!rows) continue;
      std::erase(seen_, root_.name_of(file));  // of a night without captures it is all there is
      std::vector<fs::path> listed;
      for (const Case& row : *rows)
        for (const PictureRef& picture : row.pictures)
          if (!picture.path.empty() && !(picture.within && !picture.within->field.empty()))
            listed.push_back(lies_at(picture, root_).lexically_normal());
      if (!listed.empty() && named_.meant_for(root_.name_of(folder))) {
        add_problem({"record_missing", to_utf8(file.filename().string()),
                     "an index of pictures whose names say what they show: the names count, the "
                     "index is not read; review it by itself, or take away the template"},
                    file);
        continue;
      }
      if (!listed.empty() && (!indexed || indexed->folder != folder))
        indexed = &indexed_.emplace_back(Indexed{folder, {}});
      listed_.insert(listed.begin(), listed.end());
      std::move(rows->begin(), rows->end(), std::back_inserter(rows_));
    }
    return indexed;
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
  void add_without_record(const fs::path& folder, const Listing& listing, int depth,
                          Indexed* indexed) {
    const Problem problem{
        "record_missing", "",
        "no record.json beside the pictures; if their names say what is recorded, "
        "vioreview ingest --dry-run proposes a --template"};
    const std::size_t before = cases_.size();
    add_archives(listing);
    const std::vector<fs::path> pictures = add_records(listing);
    if (cases_.size() > before && pictures.empty()) return;
    if (named_.meant_for(root_.name_of(folder))) {
      for (const fs::path& picture : pictures) named_.add(picture, root_);
    } else if (indexed) {
      for (const fs::path& picture : pictures) indexed->unlisted.push_back(root_.name_of(picture));
    } else if (depth == 0) {
      for (const fs::path& picture : pictures)
        cases_.push_back(without_record(problem, {picture}, root_, root_.name_of(picture)));
    } else if (!pictures.empty()) {
      cases_.push_back(without_record(problem, pictures, root_, root_.name_of(folder)));
    } else if (listing.pictures.empty() && listing.folders.empty() &&
               listing.linked_folders.empty() && !holds_texts_only(listing)) {
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
  std::vector<fs::path> add_records(const Listing& listing) {
    for (const fs::path& file : listing.others) {
      for (Case& c : records_beside_others(file, root_, listing)) {
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
  std::deque<Indexed> indexed_;
  std::vector<std::string> seen_;  // files that are neither records nor pictures
};

}  // namespace

std::vector<Case> read_folders(const Root& root, const fs::path& folder, NamedPictures& named) {
  return TreeReader(root, folder, named).read();
}

}  // namespace vioreview
