// SPDX-License-Identifier: Apache-2.0
#include "ingest/assemble.h"

#include <algorithm>

#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostPictures = 64;

PictureRef looked_up(const ReadRecord::Picture& picture, const fs::path& folder, const Root& root,
                     std::vector<Problem>& problems) {
  PictureRef ref;
  ref.file = to_utf8(picture.file);
  ref.role = picture.role.value_or(role_of_name(picture.file));
  ref.time = picture.time;
  std::replace(ref.file.begin(), ref.file.end(), '\\', '/');
  const Result<fs::path> path =
      picture.absent ? not_there(picture.file) : find_picture(picture.file, folder, root);
  if (!path) {
    problems.push_back(path.problem());
  } else if (root.is_archive()) {
    FilePlace place = root.place_of(path.value());
    ref.path = std::move(place.path);
    ref.within = std::move(place.within);
  } else {
    ref.path = path.value();
  }
  return ref;
}

// `text`: where the record lies; nowhere for a row of a table.
PictureRef carried(const ReadRecord::Picture& picture, const FilePlace& text,
                   std::vector<Problem>& problems) {
  if (text.path.empty())
    problems.push_back({"picture_missing", picture.file,
                        "a picture as text in a table is not read: give JSON records"});
  PictureRef ref{picture.file, text.path, picture.role.value_or(role_of_name(picture.file)),
                 picture.time, text.within};
  if (text.path.empty()) ref.within.reset();
  if (!ref.within) return ref;
  ref.within->field = picture.field;
  ref.within->size = std::max<std::int64_t>(picture.size, 0);
  return ref;
}

// Times of the record to pictures that have none, when it is plain which belongs to which: one for
// each panel, or one for each picture.
void share_times(Case& c, bool times_whole) {
  std::vector<Time>& times = c.record.times;
  std::vector<PictureRef*> panels, all;
  for (PictureRef& picture : c.pictures) {
    all.push_back(&picture);
    if (picture.role == Role::panel) panels.push_back(&picture);
  }
  if (times.empty()) {
    for (const PictureRef* panel : panels)
      if (panel->time) times.push_back(*panel->time);
    return;
  }
  const auto& owners = panels.size() == times.size() ? panels : all;
  if (!times_whole || owners.size() != times.size()) return;
  for (std::size_t i = 0; i < owners.size(); ++i) {
    if (!owners[i]->time)
      owners[i]->time = times[i];
    else if (*owners[i]->time != times[i])
      c.notes.push_back("the time of " + owners[i]->file + " is " + format_time(*owners[i]->time) +
                        ", in the record's list it is " + format_time(times[i]));
  }
}

bool lists(const Case& c, const fs::path& path, const Root& root) {
  const fs::path wanted = path.lexically_normal();
  return std::any_of(c.pictures.begin(), c.pictures.end(), [&](const PictureRef& picture) {
    const fs::path listed = lies_at(picture, root).lexically_normal();
    return std::mismatch(wanted.begin(), wanted.end(), listed.begin(), listed.end()).first ==
           wanted.end();
  });
}

// A folder inside counts as one name, unless it is a case of its own.
void note_unlisted(Case& c, const Listing& listing, const Root& root) {
  std::vector<std::string> names;
  for (const auto* paths : {&listing.pictures, &listing.others})
    for (const fs::path& path : *paths)
      if (!lists(c, path, root)) names.push_back(to_utf8(path.filename().string()));
  for (const fs::path& path : listing.folders)
    if (!lists(c, path, root) && root.list(path).record.empty())
      names.push_back(to_utf8(path.filename().string()) + "/");
  if (names.empty()) return;
  std::sort(names.begin(), names.end());
  NamesToTell told;
  for (const std::string& name : names) told.add(name);
  c.notes.push_back("not listed in the record and not read: " + told.text());
}

}  // namespace

fs::path lies_at(const PictureRef& picture, const Root& root) {
  return root.is_archive() && picture.within ? root.path() / picture.within->member : picture.path;
}

bool carries_pictures(const ReadRecord& record) {
  return record.pictures &&
         std::any_of(record.pictures->begin(), record.pictures->end(),
                     [](const ReadRecord::Picture& picture) { return !picture.field.empty(); });
}

Case assemble(ReadRecord record, const fs::path& folder, const Root& root, std::string source,
              const FilePlace& text) {
  Case c;
  c.id = std::move(record.id);
  c.source = std::move(source);
  c.record = std::move(record.record);
  c.notes = std::move(record.notes);
  c.problems = std::move(record.problems);
  if (!record.pictures) record.pictures.emplace();
  if (record.pictures->size() > kMostPictures) {
    c.problems.push_back({"record_invalid", "",
                          "the record lists " + std::to_string(record.pictures->size()) +
                              " pictures, more than " + std::to_string(kMostPictures)});
    record.pictures->resize(kMostPictures);
  }
  for (const ReadRecord::Picture& picture : *record.pictures)
    c.pictures.push_back(picture.field.empty() ? looked_up(picture, folder, root, c.problems)
                                               : carried(picture, text, c.problems));
  if (c.pictures.empty())
    c.problems.push_back({"picture_missing", "", "the record lists no picture"});
  share_times(c, record.times_whole);
  return c;
}

Case assemble_folder(ReadRecord record, const fs::path& folder, const Listing& listing,
                     const Root& root, std::string source, const FilePlace& text) {
  if (!record.pictures && !listing.pictures.empty()) {
    record.pictures.emplace();
    for (const fs::path& path : listing.pictures)
      record.pictures->push_back({path.filename().string(), {}, {}});
    record.notes.emplace_back(
        "the record lists no pictures: those in its folder were taken in name order");
  }
  Case c = assemble(std::move(record), folder, root, std::move(source), text);
  note_unlisted(c, listing, root);
  return c;
}

Case without_record(Problem problem, const std::vector<fs::path>& pictures, const Root& root,
                    std::string source) {
  Case c;
  c.source = std::move(source);
  c.problems.push_back(std::move(problem));
  for (const fs::path& path : pictures)
    c.pictures.push_back(
        looked_up({path.filename().string(), {}, {}}, path.parent_path(), root, c.problems));
  return c;
}

}  // namespace vioreview
