// SPDX-License-Identifier: Apache-2.0
#include "ingest/ids.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

#include "core/sha256.h"
#include "format/codecs.h"

namespace vioreview {
namespace {

std::uintmax_t size_of(const PictureRef& picture) {
  if (picture.path.empty()) return 0;
  if (picture.within) return static_cast<std::uintmax_t>(picture.within->size);
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(picture.path, error);
  return error ? 0 : size;
}

std::string content_of(const Case& c) {
  std::string text = write_json(to_value(c.record));
  for (const PictureRef& picture : c.pictures)
    text += "\n" + picture.file + " " + std::to_string(size_of(picture));
  for (const Problem& problem : c.problems) text += "\n" + problem.reason + " " + problem.file;
  return sha256(text);
}

std::vector<std::string> names_in(const Case& c) {
  std::vector<std::string> names;
  for (const PictureRef& picture : c.pictures) names.push_back(picture.file);
  return names;
}

// index.csv:9 before index.csv:10; all else by bytes.
bool source_before(const Case& a, const Case& b) {
  const auto split = [](std::string_view source) {
    const std::size_t colon = source.rfind(':');
    int line = 0;
    if (colon != std::string_view::npos)
      std::from_chars(source.data() + colon + 1, source.data() + source.size(), line);
    return std::pair(line > 0 ? source.substr(0, colon) : source, line);
  };
  return std::pair(split(a.source), std::string_view(a.source)) <
         std::pair(split(b.source), std::string_view(b.source));
}

class Ids {
 public:
  void add(Case c) {
    c.content = content_of(c);
    if (c.id.empty()) c.id = made_id(c.record, names_in(c), c.source);
    Contents& contents = seen_[c.id];
    if (const auto same = contents.find(c.content); same != contents.end()) {
      kept_[same->second].notes.push_back("the same case stands again in " + c.source);
      return;
    }
    contents[c.content] = kept_.size();
    if (contents.size() > 1) rename(c, contents.size());
    kept_.push_back(std::move(c));
  }
  std::vector<Case> sorted() && {
    std::sort(kept_.begin(), kept_.end(), [](const Case& a, const Case& b) { return a.id < b.id; });
    return std::move(kept_);
  }

 private:
  void rename(Case& c, std::size_t number) {
    const std::string id = c.id;
    do c.id = id + "~" + std::to_string(number++);
    while (seen_.contains(c.id));
    seen_[c.id][c.content] = kept_.size();
    c.problems.push_back(
        {"id_repeated", "", "another case has the id " + id + " with other content"});
  }

  using Contents = std::map<std::string, std::size_t>;  // content -> place in kept_
  std::map<std::string, Contents> seen_;                // by id
  std::vector<Case> kept_;
};

}  // namespace

std::string made_id(const Record& record, std::vector<std::string> names,
                    const std::string& source) {
  std::sort(names.begin(), names.end());
  const std::string time = record.times.empty() ? "" : format_time(record.times.front());
  std::string text = record.device_id + "\n" + time + "\n" + record.violation;
  for (const std::string& name : names) text += "\n" + name;
  if (record.device_id.empty() || time.empty()) text += "\n\n" + source;
  return "auto-" + sha256(text).substr(0, 16);
}

std::vector<Case> with_ids(std::vector<Case> cases) {
  std::stable_sort(cases.begin(), cases.end(), source_before);
  Ids ids;
  for (Case& c : cases) ids.add(std::move(c));
  return std::move(ids).sorted();
}

}  // namespace vioreview
