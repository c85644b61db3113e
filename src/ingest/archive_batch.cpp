// SPDX-License-Identifier: Apache-2.0
// An archive as a batch: the readers of folders and of indexes see its members as files.
#include <algorithm>
#include <iterator>

#include "core/errors.h"
#include "ingest/archive_index.h"
#include "ingest/assemble.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// Where an index lies: a night is often packed with the folder that it lay in.
fs::path top_of(const Root& root) {
  fs::path top = root.path();
  for (Listing listing = root.list(top); listing.record.empty() && listing.pictures.empty() &&
                                         listing.others.empty() && listing.folders.size() == 1;
       listing = root.list(top))
    top = listing.folders.front();
  return top;
}

bool holds_records(const Root& root, const fs::path& folder) {
  const Listing listing = root.list(folder);
  return !listing.record.empty() ||
         std::any_of(listing.folders.begin(), listing.folders.end(),
                     [&](const fs::path& inner) { return holds_records(root, inner); });
}

// An archive of an index and its pictures.
bool is_by_index(const Root& root) {
  const fs::path top = top_of(root);
  const std::vector<fs::path> others = root.list(top).others;
  return std::any_of(others.begin(), others.end(), is_index_name) && !holds_records(root, top);
}

}  // namespace

std::vector<Case> read_archive(const std::shared_ptr<const ArchiveIndex>& archive,
                               NamedPictures& named, std::set<std::string>* indexes) {
  const Root root(archive);
  if (named.given() && is_by_index(root))
    throw UsageError(archive->file().string() +
                     ": holds an index that says itself what its cases are: leave --template out");
  std::vector<Case> cases = read_folders(root, root.path(), named, indexes);
  std::vector<Problem> problems = archive->problems();
  if (problems.empty()) return cases;
  const std::string name = to_utf8(archive->file().filename().string());
  auto rest =
      std::find_if(cases.begin(), cases.end(), [&](const Case& c) { return c.source == name; });
  if (rest == cases.end()) {
    cases.push_back(without_record(problems.front(), {}, root, name));
    rest = std::prev(cases.end());
    rest->problems.clear();
  }
  rest->problems.insert(rest->problems.begin(), problems.begin(), problems.end());
  return cases;
}

}  // namespace vioreview
