// SPDX-License-Identifier: Apache-2.0
#include "ingest/name_report.h"

#include <algorithm>
#include <map>

#include "core/errors.h"
#include "ingest/ids.h"
#include "ingest/lines.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kToSecond = 19;  // "2026-03-14T08:25:31"

// Which case each picture is in.
struct CasesByPicture {
  explicit CasesByPicture(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
      for (const PictureRef& picture : c.pictures)
        if (!picture.path.empty()) of[picture.path.lexically_normal()] = &c;
      by_source[c.source] = &c;
    }
  }
  const Case* find(const fs::path& path) const {
    const auto found = of.find(path.lexically_normal());
    return found == of.end() ? nullptr : found->second;
  }
  std::map<fs::path, const Case*> of;
  std::map<std::string, const Case*> by_source;
};

bool without_record(const Case& c) {
  return std::any_of(c.problems.begin(), c.problems.end(),
                     [](const Problem& problem) { return problem.reason == "record_missing"; });
}

NameReport::File of_named(const NamedPicture& picture) {
  NameReport::File file{picture.file, FileFate::unparsed, "", "", picture.why, {}};
  if (!picture.by) return file;
  file.fate = FileFate::named;
  file.by = picture.by->name;
  file.items = picture.parsed.items;
  return file;
}

// A file that no template had to do with.
NameReport::File of_other(const fs::path& path, const Root& root, const CasesByPicture& cases) {
  NameReport::File file{root.name_of(path), FileFate::unread, "", "", "", {}};
  const std::string folder = root.name_of(path.parent_path());
  const bool record = lower_case(path.filename().string()) == "record.json";
  const auto beside = cases.by_source.find(folder);
  const Case* c = cases.find(path);
  if (!c && record && beside != cases.by_source.end()) c = beside->second;
  if (c) {
    file.fate = !record && without_record(*c) ? FileFate::loose : FileFate::recorded;
    file.case_id = c->id;
  } else if (path.filename().string().starts_with('.')) {
    file.why = "hidden";
  } else if (file.file == kInboxFile) {
    file.why = "says how pictures are named";
  } else if (!is_picture_name(path) && !record) {
    file.why = "is no picture";
  } else if (beside != cases.by_source.end()) {
    file.why = "is not listed in the record beside it";
  } else if (record || fs::exists(path.parent_path() / "record.json")) {
    file.fate = FileFate::repeated;
    file.why = "the same case stands elsewhere";
  } else {
    file.why = "is no part of a case";
  }
  return file;
}

// Counts over the cases that names make.
void add_groups(const NamedPictures& named, NameReport& report) {
  const std::vector<NamedCase> cases = named.grouped();
  std::map<const NameTemplate*, std::pair<std::size_t, std::size_t>> sizes;  // cases, with several
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> seconds;
  const auto found = [](const NamedCase& c) { return c.pictures.size() - c.missing(); };
  for (const NamedCase& c : cases) {
    sizes[c.by].first += 1;
    sizes[c.by].second += found(c) > 1;
    for (const NamedCase::Picture& picture : c.pictures)
      if (!picture.found) report.missing.push_back(picture.file);
    if (!c.repeated.empty()) report.repeated.push_back(c.first().file);
    const ParsedName& parsed = c.first().parsed;
    if (parsed.time.empty()) continue;
    const std::string device = device_in(parsed);
    const std::string where =
        device.empty() ? fs::path(c.first().file).parent_path().string() : device;
    seconds[{where, parsed.time.substr(0, kToSecond)}].push_back(c.first().file);
  }
  for (const NamedCase& c : cases)
    if (found(c) == 1 && sizes[c.by].second * 2 > sizes[c.by].first)
      report.orphans.push_back(c.first().file);
  for (auto& [key, files] : seconds)
    if (files.size() > 1) report.collisions.push_back({key.first, key.second, std::move(files)});
}

void finish(const NamedPictures& named, NameReport& report) {
  report.templates = named.templates().size();
  add_groups(named, report);
  std::vector<std::string> strange;
  for (const NameReport::File& file : report.files)
    if (file.fate == FileFate::unparsed || file.fate == FileFate::loose)
      strange.push_back(file.file);
  report.proposals = propose_templates(strange);
  std::sort(report.files.begin(), report.files.end(),
            [](const auto& a, const auto& b) { return a.file < b.file; });
}

NameReport report_folder(const fs::path& folder, const std::string& name_template) {
  NamedPictures named(name_templates(folder, name_template));
  const std::vector<Case> cases = with_ids(read_folders(folder, named));
  const CasesByPicture by_picture(cases);
  std::map<fs::path, const NamedPicture*> by_path;
  for (const NamedPicture& picture : named.pictures()) by_path[picture.path] = &picture;
  const Root root(folder);
  NameReport report;
  report.cases = cases.size();
  std::error_code error;
  for (fs::recursive_directory_iterator
           entry(folder, fs::directory_options::skip_permission_denied, error),
       end;
       !error && entry != end; entry.increment(error)) {
    std::error_code dangling;
    if (entry->is_directory(dangling)) continue;
    const auto of_name = by_path.find(entry->path());
    if (of_name == by_path.end()) {
      report.files.push_back(of_other(entry->path(), root, by_picture));
      continue;
    }
    NameReport::File file = of_named(*of_name->second);
    if (const Case* c = by_picture.find(entry->path())) {
      file.case_id = c->id;
    } else if (file.fate == FileFate::named) {
      file.fate = FileFate::repeated;
      file.why = "the same case stands elsewhere";
    }
    report.files.push_back(std::move(file));
  }
  if (error) throw IoError(folder.string() + ": cannot be read: " + error.message());
  finish(named, report);
  return report;
}

NameReport report_listing(const fs::path& listing, const std::string& name_template) {
  NamedPictures named(name_templates(listing.parent_path(), name_template));
  NameReport report;
  LineReader lines(listing);
  for (LineReader::Line line; lines.next(line);) {
    std::string name = trimmed(line.text.utf8);
    while (name.starts_with("./")) name.erase(0, 2);
    if (name.empty()) continue;
    if (is_picture_name(name))
      named.add(name, name);
    else
      report.files.push_back({name, FileFate::unread, "", "", "is no picture", {}});
  }
  for (const NamedPicture& picture : named.pictures()) report.files.push_back(of_named(picture));
  report.cases = named.grouped().size() + report.count(FileFate::unparsed);
  finish(named, report);
  return report;
}

}  // namespace

std::string_view name_of(FileFate fate) {
  constexpr std::string_view kNames[] = {"named", "unparsed", "recorded",
                                         "loose", "repeated", "unread"};
  return kNames[static_cast<std::size_t>(fate)];
}

std::size_t NameReport::count(FileFate fate) const {
  return static_cast<std::size_t>(std::count_if(
      files.begin(), files.end(), [&](const File& file) { return file.fate == fate; }));
}

NameReport report_names(const fs::path& path, const std::string& name_template) {
  std::error_code error;
  if (fs::is_directory(path, error)) return report_folder(path, name_template);
  if (lower_case(path.extension().string()) == ".txt") return report_listing(path, name_template);
  throw UsageError(path.string() +
                   ": is neither a folder nor a listing of names (.txt, one a line); an index says "
                   "itself what its cases are: vioreview review --dry-run lists them");
}

}  // namespace vioreview
