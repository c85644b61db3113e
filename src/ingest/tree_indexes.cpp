// SPDX-License-Identifier: Apache-2.0
// Indexes between the folders of a tree.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "core/errors.h"
#include "format/codecs.h"
#include "ingest/assemble.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

// Messages name the file by themselves; beside the case's source that says it twice.
std::string without_place(std::string why, const fs::path& file) {
  const std::string place = file.string() + ": ";
  if (why.starts_with(place)) why.erase(0, place.size());
  return why;
}

// Where the pictures lie; of one that is not there the name alone, as the index and the record give
// it from different folders.
std::multiset<fs::path> places_of(const Case& c, const Root& root) {
  std::multiset<fs::path> places;
  for (const PictureRef& picture : c.pictures)
    places.insert(picture.path.empty() ? fs::path(picture.file).filename()
                                       : lies_at(picture, root).lexically_normal());
  return places;
}

// Whether the row claims nothing but what the record in the case's folder claims: whatever it says
// more or otherwise may decide the case, and nobody could tell which of both is right.
bool says_the_same(const Case& row, const Case& recorded, const Root& root) {
  if (!row.id.empty() && row.id != recorded.id) return false;
  const Value said = to_value(row.record), known = to_value(recorded.record);
  for (const auto& [name, value] : *said.as_object()) {
    const Value* same = known.find(name);
    if (!same || write_json(*same) != write_json(value)) return false;
  }
  return places_of(row, root) == places_of(recorded, root);
}

}  // namespace

bool is_index_name(const fs::path& file) {
  const std::string extension = lower_case(file.extension().string());
  return extension == ".csv" || extension == ".jsonl";
}

std::optional<std::vector<Case>> index_among_others(const fs::path& file, const Root& root,
                                                    Among among) {
  const bool table = lower_case(file.extension().string()) == ".csv";
  try {
    if (!(table ? is_csv_index(file, root, among) : is_jsonl_index(file, root, among)))
      return std::nullopt;
    return table ? read_csv_index(file, root) : read_jsonl_index(file, root);
  } catch (const Error& error) {
    if (!is_meant_as_index(file)) return std::nullopt;
    const Problem problem{"record_missing", to_utf8(file.filename().string()),
                          without_place(error.what(), file)};
    return std::vector{without_record(problem, {}, root, root.name_of(file))};
  }
}

void join_rows(std::vector<Case>& cases, std::vector<Case> rows, const Root& root) {
  std::map<std::string, std::size_t> by_id;
  std::map<fs::path, std::size_t> by_picture;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (!cases[i].id.empty()) by_id.emplace(cases[i].id, i);
    for (const PictureRef& picture : cases[i].pictures)
      if (!picture.path.empty()) by_picture.emplace(lies_at(picture, root).lexically_normal(), i);
  }
  const auto recorded_as = [&](const Case& row) -> Case* {
    if (const auto found = by_id.find(row.id); found != by_id.end()) return &cases[found->second];
    for (const PictureRef& picture : row.pictures)
      if (const auto found = by_picture.find(lies_at(picture, root).lexically_normal());
          !picture.path.empty() && found != by_picture.end())
        return &cases[found->second];
    return nullptr;
  };
  std::vector<Case> others;
  for (Case& row : rows) {
    Case* recorded = recorded_as(row);
    if (recorded && says_the_same(row, *recorded, root))
      recorded->notes.push_back("stands also in " + row.source +
                                ": the record in its folder counts");
    else
      others.push_back(std::move(row));
  }
  std::move(others.begin(), others.end(), std::back_inserter(cases));
}

}  // namespace vioreview
