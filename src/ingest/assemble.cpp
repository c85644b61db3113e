// SPDX-License-Identifier: Apache-2.0
#include "ingest/assemble.h"

#include <algorithm>
#include <map>

#include "core/sha256.h"
#include "format/codecs.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostPictures = 64;

// The file that `name` means, or why it is none.
Result<fs::path> look_up(const std::string& name, const fs::path& folder, const fs::path& root) {
  const fs::path given(name);
  if (given.is_absolute() || name.find('\0') != std::string::npos)
    return Problem{"picture_missing", name,
                   "the record names an absolute path; pictures lie below the batch"};
  for (const fs::path& part : given)
    if (part == "..")
      return Problem{"picture_missing", name,
                     "the record names a path with '..'; pictures lie below the batch"};
  std::error_code error;
  const fs::path path = folder / given;
  if (!fs::exists(path, error))
    return Problem{"picture_missing", name, "the picture that the record names is not there"};
  const fs::path real = fs::canonical(path, error), base = fs::canonical(root, error);
  const auto [end, ignored] = std::mismatch(base.begin(), base.end(), real.begin(), real.end());
  if (error || end != base.end())
    return Problem{"picture_missing", name, "the picture is a link that leaves the batch"};
  if (!fs::is_regular_file(real, error))
    return Problem{"picture_missing", name, "what the record names is no file"};
  return path;
}

std::string utf8_name(const fs::path& path) {
  return to_utf8(path.string());
}

std::vector<fs::path> pictures_in(const fs::path& folder) {
  std::vector<fs::path> pictures;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.is_regular_file(error) && is_picture_name(entry.path()))
      pictures.push_back(entry.path());
  std::sort(pictures.begin(), pictures.end());
  return pictures;
}

void note_unlisted(Case& c, const fs::path& folder) {
  std::string names;
  for (const fs::path& path : pictures_in(folder)) {
    const std::string name = utf8_name(path.filename());
    const bool listed = std::any_of(c.pictures.begin(), c.pictures.end(), [&](const PictureRef& p) {
      return p.path == path || p.file == name;
    });
    if (!listed) names += (names.empty() ? "" : ", ") + name;
  }
  if (!names.empty()) c.notes.push_back("not listed in the record and not read: " + names);
}

std::string content_of(const Case& c) {
  std::string text = write_json(to_value(c.record));
  for (const PictureRef& picture : c.pictures) {
    std::error_code error;
    const std::uintmax_t size = picture.path.empty() ? 0 : fs::file_size(picture.path, error);
    text += "\n" + picture.file + " " + std::to_string(error ? 0 : size);
  }
  for (const Problem& problem : c.problems) text += "\n" + problem.reason + " " + problem.file;
  return sha256(text);
}

std::string made_id(const Case& c) {
  std::vector<std::string> names;
  for (const PictureRef& picture : c.pictures) names.push_back(picture.file);
  std::sort(names.begin(), names.end());
  std::string text = c.record.device_id + "\n" +
                     (c.record.times.empty() ? "" : format_time(c.record.times.front())) + "\n" +
                     c.record.violation;
  for (const std::string& name : names) text += "\n" + name;
  // Pictures without a record and cases without times are told apart by where they lie.
  if (c.record.device_id.empty() || c.record.times.empty()) text += "\n" + c.source;
  return "auto-" + sha256(text).substr(0, 16);
}

}  // namespace

bool is_picture_name(const fs::path& path) {
  const std::string extension = upper_case(path.extension().string());
  constexpr std::string_view kKnown[] = {".JPG", ".JPEG", ".PNG", ".BMP", ".TIF", ".TIFF", ".WEBP"};
  return std::find(std::begin(kKnown), std::end(kKnown), extension) != std::end(kKnown);
}

Role role_of_name(const std::string& name) {
  const bool closeup = upper_case(name).find("CLOSEUP") != std::string::npos ||
                       name.find("特写") != std::string::npos;
  return closeup ? Role::closeup : Role::panel;
}

Case assemble(ReadRecord record, const fs::path& folder, const fs::path& root, std::string source) {
  Case c;
  c.id = std::move(record.id);
  c.source = std::move(source);
  c.record = std::move(record.record);
  c.notes = std::move(record.notes);
  if (!record.pictures) {
    record.pictures.emplace();
    for (const fs::path& path : pictures_in(folder))
      record.pictures->push_back({path.filename().string(), std::nullopt, std::nullopt});
    c.notes.emplace_back(
        "the record lists no pictures: those in its folder were taken in name order");
    for (ReadRecord::Picture& picture : *record.pictures) picture.role = role_of_name(picture.file);
  }
  if (record.pictures->size() > kMostPictures) {
    c.problems.push_back({"record_invalid", "",
                          "the record lists " + std::to_string(record.pictures->size()) +
                              " pictures, more than " + std::to_string(kMostPictures)});
    record.pictures->resize(kMostPictures);
  }
  for (ReadRecord::Picture& picture : *record.pictures) {
    PictureRef ref{to_utf8(picture.file), {}, picture.role.value_or(Role::panel), picture.time};
    std::replace(ref.file.begin(), ref.file.end(), '\\', '/');
    const Result<fs::path> path =
        look_up(valid_utf8(picture.file) ? ref.file : picture.file, folder, root);
    if (path)
      ref.path = path.value();
    else
      c.problems.push_back(path.problem());
    c.pictures.push_back(std::move(ref));
  }
  if (c.pictures.empty()) c.problems.push_back({"picture_missing", "", "the case has no picture"});
  if (folder != root) note_unlisted(c, folder);
  return c;
}

Case without_record(const std::vector<fs::path>& pictures, std::string source, Problem problem) {
  Case c;
  c.source = std::move(source);
  c.problems.push_back(std::move(problem));
  for (const fs::path& path : pictures) {
    const std::string name = utf8_name(path.filename());
    c.pictures.push_back({name, path, role_of_name(name), std::nullopt});
  }
  return c;
}

std::vector<Case> with_ids(std::vector<Case> cases) {
  std::stable_sort(cases.begin(), cases.end(),
                   [](const Case& a, const Case& b) { return a.source < b.source; });
  std::map<std::string, std::map<std::string, std::size_t>>
      seen;  // id -> content -> place in `kept`
  std::vector<Case> kept;
  for (Case& c : cases) {
    c.content = content_of(c);
    if (c.id.empty()) c.id = made_id(c);
    auto& contents = seen[c.id];
    if (const auto same = contents.find(c.content); same != contents.end()) {
      kept[same->second].notes.push_back("the same case stands again in " + c.source);
      continue;
    }
    if (!contents.empty()) {
      const std::string id = c.id;
      for (std::size_t n = contents.size() + 1; seen.contains(c.id); ++n)
        c.id = id + "~" + std::to_string(n);
      c.problems.push_back(
          {"id_repeated", "", "another case has the id " + id + " with other content"});
      seen[c.id];  // taken
    }
    contents[c.content] = kept.size();
    kept.push_back(std::move(c));
  }
  std::sort(kept.begin(), kept.end(), [](const Case& a, const Case& b) { return a.id < b.id; });
  return kept;
}

}  // namespace vioreview
