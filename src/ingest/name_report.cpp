// SPDX-License-Identifier: Apache-2.0
#include "ingest/name_report.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/errors.h"
#include "ingest/archive_index.h"
#include "ingest/assemble.h"
#include "ingest/ids.h"
#include "ingest/lines.h"
#include "ingest/named_pictures.h"
#include "ingest/readers.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kToSecond = 19;  // "2026-03-14T08:25:31"
constexpr std::size_t kLongestName = 1024;
constexpr std::size_t kMostProblems = 3;
constexpr const char* kElsewhere = "the same case stands elsewhere";

bool without_record(const Case& c) {
  return std::any_of(c.problems.begin(), c.problems.end(),
                     [](const Problem& problem) { return problem.reason == "record_missing"; });
}

// "reason file: what is wrong; ..." of the cases in one file, of which an index may hold many.
std::string problems_of(const std::vector<const Case*>& cases, const std::string& file) {
  std::string text;
  std::size_t told = 0, left_out = 0;
  for (const Case* c : cases)
    for (const Problem& problem : c->problems) {
      if (++told > kMostProblems && ++left_out) continue;
      std::string line;
      if (c->source.starts_with(file + ":"))
        line = (is_index_name(file) ? "line " : "element ") + c->source.substr(file.size() + 1);
      if (problem.detail.starts_with(line))
        line.clear();  // says it itself
      else
        line += ": ";
      const std::string what = problem.file.empty() || file.ends_with(problem.file)
                                   ? problem.reason
                                   : problem.reason + " " + problem.file;
      text += (text.empty() ? "" : "; ") + line + what + ": " + problem.detail;
    }
  return left_out == 0 ? text : text + "; and " + std::to_string(left_out) + " more";
}

bool may_hold_records(const fs::path& path) {
  const std::string extension = lower_case(path.extension().string());
  return is_index_name(path) || extension == ".json" || extension == ".xml";
}

NameReport::File of_named(const NamedPicture& picture) {
  NameReport::File file{picture.file, FileFate::unparsed, "", "", picture.why, {}};
  if (!picture.by) return file;
  file.fate = FileFate::named;
  file.by = picture.by->name;
  file.items = picture.parsed.items;
  return file;
}

// Every file of a tree, and the case that it went into.
class Account {
 public:
  Account(const Root& root, const NamedPictures& named, const std::vector<Case>& cases,
          const std::set<std::string>& indexes)
      : root_(root), indexes_(indexes) {
    for (const Case& c : cases) {
      by_source_[c.source] = &c;
      const std::string record = c.source.substr(0, c.source.rfind(':'));  // of an index
      by_source_[record] = &c;
      in_record_[record].push_back(&c);
      for (const PictureRef& picture : c.pictures)
        if (!picture.path.empty()) by_picture_[key(lies_at(picture, root))] = &c;
    }
    for (const NamedPicture& picture : named.pictures())
      named_[key(picture.path)] = {&picture, picture.file};
    for (const NamedCase& c : named.grouped())
      for (const NamedCase::Picture& picture : c.pictures)
        if (picture.found) named_[key(picture.found->path)].second = c.first().file;
  }

  std::vector<NameReport::File> files() {
    walk(root_.path(), 0, false);
    return std::move(files_);
  }

 private:
  static std::string key(const fs::path& path) { return path.lexically_normal().native(); }

  void walk(const fs::path& folder, int depth, bool in_case) {
    const Listing listing = root_.list(folder);
    if (listing.error) return pass_over(folder, true, "the folder cannot be read");
    const bool recorded = !listing.record.empty();
    if (recorded) add(listing.record, true, in_case);
    for (const auto* paths : {&listing.pictures, &listing.others})
      for (const fs::path& path : *paths) add(path, recorded, in_case);
    std::error_code error;
    for (const fs::path& path : listing.hidden)
      pass_over(path, fs::is_directory(fs::symlink_status(path, error)), "hidden");
    for (const fs::path& path : listing.linked_folders)
      pass_over(path, true, "a link to a folder: not followed");
    for (const fs::path& path : listing.folders) {
      if (depth < kDeepestFolder)
        walk(path, depth + 1, in_case || recorded);
      else
        pass_over(path, true, "folders lie too deep below the batch");
    }
  }

  const Case* case_at(const std::string& source) const {
    const auto found = by_source_.find(source);
    return found == by_source_.end() ? nullptr : found->second;
  }

  const std::vector<const Case*>& in_record(const std::string& source) const {
    static const std::vector<const Case*> none;
    const auto found = in_record_.find(source);
    return found == in_record_.end() ? none : found->second;
  }

  void pass_over(const fs::path& path, bool folder, const char* why) {
    const std::string name = root_.name_of(path);
    const Case* c = case_at(name);
    files_.push_back({name + (folder ? "/" : ""), FileFate::unread, "", c ? c->id : "", why, {}});
  }

  void add(const fs::path& path, bool recorded, bool in_case) {
    const auto named = named_.find(key(path));
    files_.push_back(named == named_.end()
                         ? of_other(path, recorded, in_case)
                         : of_case(of_named(*named->second.first), named->second.second));
  }

  // A picture with a name, in the case that has this source.
  NameReport::File of_case(NameReport::File file, const std::string& source) const {
    const Case* c = case_at(source);
    if (!c) {
      file.fate = FileFate::repeated;
      file.why = kElsewhere;
      return file;
    }
    file.case_id = c->id;
    for (const Problem& problem : c->problems)  // a link to nothing, or out of the batch
      if (!problem.file.empty() && file.file.ends_with(problem.file)) file.why = problem.detail;
    return file;
  }

  // What the case says of a file that it cannot have.
  static const Problem* problem_of(const Case* c, const fs::path& path) {
    if (!c) return nullptr;
    const auto found = std::find_if(c->problems.begin(), c->problems.end(), [&](const Problem& p) {
      return p.file == to_utf8(path.filename().string());
    });
    return found == c->problems.end() ? nullptr : &*found;
  }

  // A file that no template had to do with.
  NameReport::File of_other(const fs::path& path, bool recorded, bool in_case) const {
    NameReport::File file{root_.name_of(path), FileFate::unread, "", "", "", {}};
    const Case* beside = case_at(root_.name_of(path.parent_path()));
    const auto listed = by_picture_.find(key(path));
    const bool record = lower_case(path.filename().string()) == "record.json";
    const Case* c = listed != by_picture_.end() ? listed->second : case_at(file.file);
    if (!c && record) c = beside;
    if (c) {
      const bool picture = is_picture_name(path);
      file.fate = record || !without_record(*c) ? FileFate::recorded
                  : picture                     ? FileFate::loose
                                                : FileFate::unread;
      file.case_id = c->id;
      if (!picture) file.why = problems_of(in_record(record ? c->source : file.file), file.file);
    } else if (path.filename() == kInboxFile) {
      file.why = "says how pictures are named";
    } else if (indexes_.contains(file.file)) {
      file.fate = FileFate::recorded;
      file.why = "an index that adds no case of its own";
    } else if (!is_picture_name(path) && !record) {
      file.why = may_hold_records(path) ? "holds no record" : "is no picture";
    } else if (record || (recorded && !beside)) {
      file.fate = FileFate::repeated;
      file.why = kElsewhere;
    } else if (const Problem* problem = problem_of(beside, path)) {
      file.why = problem->detail;
    } else {
      file.why =
          recorded || in_case ? "is not listed in the record of its case" : "is no part of a case";
    }
    return file;
  }

  const Root& root_;
  const std::set<std::string>& indexes_;
  std::map<std::string, const Case*> by_source_, by_picture_;
  std::map<std::string, std::vector<const Case*>>
      in_record_;  // by the file or folder of the record
  std::map<std::string, std::pair<const NamedPicture*, std::string>> named_;  // source of its case
  std::vector<NameReport::File> files_;
};

// The folder of the case in front of its names, "" or with a '/' at its end.
std::string above(const NamedCase& c) {
  const NamedPicture& first = c.first();
  const std::string within = to_utf8(first.path.lexically_relative(c.base).string());
  return first.file.substr(0, first.file.size() - std::min(first.file.size(), within.size()));
}

// The device of the case, or its folder.
std::string device_or_folder(const NamedPicture& first) {
  const std::string device = device_of(first);
  return device.empty() ? to_utf8(fs::path(first.file).parent_path().string()) : device;
}

// A last picture that lacks leaves no gap: only the device's other cases tell.
void add_few(const std::vector<NamedCase>& cases, NameReport& report) {
  using BySize = std::map<std::size_t, std::vector<std::string>>;
  std::map<std::pair<const NameTemplate*, std::string>, BySize> devices;
  for (const NamedCase& c : cases)
    if (c.by->pictures == 0 && c.by->pattern.holds("number"))
      devices[{c.by, device_or_folder(c.first())}][c.pictures.size()].push_back(c.first().file);
  for (auto& [key, by_size] : devices) {
    std::size_t all = 0;
    for (const auto& [size, files] : by_size) all += files.size();
    const auto usual = std::find_if(by_size.begin(), by_size.end(), [&](const auto& entry) {
      return entry.second.size() * 2 > all;
    });
    for (auto i = by_size.begin(); usual != by_size.end() && i != usual; ++i)
      report.few.push_back({key.second, usual->first, i->first, std::move(i->second)});
  }
  std::sort(report.few.begin(), report.few.end(), [](const auto& a, const auto& b) {
    return std::tie(a.device, a.pictures) < std::tie(b.device, b.pictures);
  });
}

// Counts over the cases that names make.
void add_groups(const NamedPictures& named, NameReport& report) {
  const std::vector<NamedCase> cases = named.grouped();
  std::map<const NameTemplate*, std::pair<std::size_t, std::size_t>> sizes;  // cases, with several
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> seconds;
  for (const NamedCase& c : cases) {
    const NamedPicture& first = c.first();
    sizes[c.by].first += 1;
    sizes[c.by].second += c.found() > 1;
    for (const NamedCase::Picture& picture : c.pictures)
      if (!picture.found) report.missing.push_back(above(c) + picture.file);
    if (!c.repeated.empty()) report.repeated.push_back(first.file);
    if (first.parsed.time.empty()) continue;
    seconds[{device_or_folder(first), first.parsed.time.substr(0, kToSecond)}].push_back(
        first.file);
  }
  for (const NamedCase& c : cases)
    if (c.found() == 1 && (c.by->pictures > 1 || sizes[c.by].second * 2 > sizes[c.by].first))
      report.orphans.push_back(c.first().file);
  for (auto& [key, files] : seconds)
    if (files.size() > 1) report.collisions.push_back({key.first, key.second, std::move(files)});
  add_few(cases, report);
}

NameReport finished(NameReport report, const NamedPictures& named) {
  report.templates = named.templates();
  add_groups(named, report);
  std::vector<std::string> strange;
  for (const NameReport::File& file : report.files)
    if (file.fate == FileFate::unparsed || file.fate == FileFate::loose)
      strange.push_back(file.file);
  report.proposals = propose_templates(strange);
  std::sort(report.files.begin(), report.files.end(), [](const auto& a, const auto& b) {
    return std::tie(a.file, a.fate) < std::tie(b.file, b.fate);
  });
  for (auto* names : {&report.missing, &report.repeated, &report.orphans})
    std::sort(names->begin(), names->end());
  return report;
}

// Of names that lack pictures more may come.
std::size_t unprocessed(const std::vector<Case>& cases, const NamedPictures& named) {
  std::set<std::string> of_names;
  for (const NamedCase& c : named.grouped()) of_names.insert(c.first().file);
  return static_cast<std::size_t>(std::count_if(cases.begin(), cases.end(), [&](const Case& c) {
    return std::any_of(c.problems.begin(), c.problems.end(), [&](const Problem& problem) {
      return problem.reason != "picture_missing" || !of_names.contains(c.source);
    });
  }));
}

NameReport report_tree(const Root& root, const NamedPictures& named, std::vector<Case> read,
                       const std::set<std::string>& indexes) {
  const std::vector<Case> cases = with_ids(std::move(read));
  NameReport report;
  report.cases = cases.size();
  report.unprocessed = unprocessed(cases, named);
  report.files = Account(root, named, cases, indexes).files();
  return report;
}

NameReport report_folder(const fs::path& folder, NamedPictures& named) {
  const Root root(folder);
  std::set<std::string> indexes;
  std::vector<Case> cases = read_folders(root, folder, named, &indexes);
  return finished(report_tree(root, named, std::move(cases), indexes), named);
}

NameReport report_archive(const fs::path& file, NamedPictures& named) {
  const auto archive = std::make_shared<const ArchiveIndex>(file);
  std::set<std::string> indexes;
  std::vector<Case> cases = read_archive(archive, named, &indexes);
  NameReport report = report_tree(Root(archive), named, std::move(cases), indexes);
  for (const Problem& problem : archive->problems()) report.refused.push_back(problem.detail);
  return finished(std::move(report), named);
}

// As find, dir or ls write them.
std::string name_in_line(std::string text) {
  std::string name = trimmed(text);
  if (name.find('/') == std::string::npos) std::replace(name.begin(), name.end(), '\\', '/');
  while (name.starts_with("./")) name.erase(0, 2);
  const std::size_t start = name.find_first_not_of('/');
  return start == std::string::npos ? name : name.substr(start);
}

NameReport report_listing(const fs::path& file, NamedPictures& named) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const Root root(folder);
  named.look_for_inbox(folder, root.list(folder), root);
  NameReport report;
  LineReader lines(folder / file.filename(), root, kLongestName);
  for (LineReader::Line line; lines.next(line);) {
    const std::string name = name_in_line(std::move(line.text.utf8));
    if (line.too_long)
      report.files.push_back({"line " + std::to_string(line.number),
                              FileFate::unread,
                              "",
                              "",
                              "is longer than a name can be",
                              {}});
    else if (!name.empty() && is_picture_name(name))
      named.add(name);
    else if (!name.empty())
      report.files.push_back({name, FileFate::unread, "", "", "is no picture", {}});
  }
  for (const NamedPicture& picture : named.pictures()) report.files.push_back(of_named(picture));
  report.cases = named.grouped().size() + report.count(FileFate::unparsed);
  return finished(std::move(report), named);
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

NameReport report_names(const fs::path& path, const std::string& name_template, int pictures) {
  std::error_code error;
  if (!fs::exists(path, error))
    throw IoError(path.string() + ": no such folder or file; check the path");
  NamedPictures named(name_template, pictures);
  if (fs::is_directory(path, error)) return report_folder(path, named);
  if (fs::is_regular_file(path, error)) {
    if (is_archive_name(path)) return report_archive(path, named);
    if (lower_case(path.extension().string()) == ".txt") return report_listing(path, named);
  }
  if (is_packed_name(path))
    throw UsageError(path.string() +
                     ": archives of this kind are not read; unpack it, or repack it as .zip, .tar, "
                     ".tar.gz or .tar.zst");
  throw UsageError(
      path.string() +
      ": is neither a folder, an archive nor a listing of names (.txt, one a line); "
      "an index says itself what its cases are: vioreview review --dry-run lists them");
}

}  // namespace vioreview
