// SPDX-License-Identifier: Apache-2.0
// An archive as a batch: the readers of folders and of indexes see its members as files.
#include <algorithm>
#include <set>

#include "core/errors.h"
#include "ingest/archive_index.h"
#include "ingest/assemble.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostNamed = 20;

// Where an index lies: a night is often packed with the folder that it lay in.
fs::path top_of(const Root& root) {
  fs::path top = root.path();
  for (Listing listing = root.list(top); listing.record.empty() && listing.pictures.empty() &&
                                         listing.others.empty() && listing.folders.size() == 1;
       listing = root.list(top))
    top = listing.folders.front();
  return top;
}

std::vector<fs::path> indexes_in(const Listing& listing) {
  std::vector<fs::path> indexes;
  for (const fs::path& file : listing.others) {
    const std::string extension = lower_case(file.extension().string());
    if (extension == ".jsonl" || extension == ".csv") indexes.push_back(file);
  }
  return indexes;
}

// Pictures below `folder` that no case lists.
void add_unlisted(const Root& root, const fs::path& folder, const std::set<std::string>& listed,
                  std::vector<std::string>& names) {
  const Listing listing = root.list(folder);
  for (const fs::path& picture : listing.pictures)
    if (!listed.contains(root.name_of(picture))) names.push_back(root.name_of(picture));
  for (const fs::path& inner : listing.folders) add_unlisted(root, inner, listed, names);
}

// Pictures without a line of the index are no cases of their own, but they are told of.
std::vector<Problem> unlisted(const Root& root, const fs::path& top,
                              const std::vector<Case>& cases) {
  std::set<std::string> listed;
  for (const Case& c : cases)
    for (const PictureRef& picture : c.pictures)
      if (picture.within) listed.insert(picture.within->member);
  std::vector<std::string> names;
  add_unlisted(root, top, listed, names);
  if (names.empty()) return {};
  std::string detail = "pictures that no line of the index lists: ";
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i)
    detail += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kMostNamed)
    detail += " and " + std::to_string(names.size() - kMostNamed) + " more";
  return {{"record_missing", "", std::move(detail)}};
}

bool holds_records(const Root& root, const fs::path& folder) {
  const Listing listing = root.list(folder);
  return !listing.record.empty() ||
         std::any_of(listing.folders.begin(), listing.folders.end(),
                     [&](const fs::path& inner) { return holds_records(root, inner); });
}

std::vector<Case> read_index(const fs::path& index, const Root& root) {
  const bool table = lower_case(index.extension().string()) == ".csv";
  return table ? read_csv_index(index, root) : read_jsonl_index(index, root);
}

}  // namespace

std::vector<Case> read_archive(const std::shared_ptr<const ArchiveIndex>& archive,
                               NamedPictures& named) {
  const Root root(archive);
  const fs::path top = top_of(root);
  std::vector<Problem> problems = archive->problems();
  std::vector<Case> cases;
  const std::vector<fs::path> indexes =
      holds_records(root, top) ? std::vector<fs::path>() : indexes_in(root.list(top));
  if (!indexes.empty() && named.given())
    throw UsageError(archive->file().string() +
                     ": holds an index that says itself what its cases are: leave --template out");
  for (const fs::path& file : indexes) {
    try {
      for (Case& c : read_index(file, root)) cases.push_back(std::move(c));
    } catch (const Error& error) {
      std::string why = error.what();
      if (const std::string place = file.string() + ": "; why.starts_with(place))
        why.erase(0, place.size());
      problems.push_back({"record_missing", root.name_of(file), std::move(why)});
    }
  }
  if (indexes.empty())
    cases = read_folders(root, root.path(), named);
  else
    for (Problem& problem : unlisted(root, top, cases)) problems.push_back(std::move(problem));
  if (!problems.empty()) {
    Case rest =
        without_record(problems.front(), {}, root, to_utf8(archive->file().filename().string()));
    rest.problems = std::move(problems);
    cases.push_back(std::move(rest));
  }
  return cases;
}

}  // namespace vioreview
