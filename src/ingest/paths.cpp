// SPDX-License-Identifier: Apache-2.0
#include "ingest/paths.h"

#include <algorithm>

#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

Problem missing(const std::string& name, const char* why) {
  return {"picture_missing", to_utf8(name), why};
}

bool starts_with_drive(const std::string& name) {  // C:\pictures
  const std::string start = upper_case(std::string_view(name).substr(0, 2));
  return start.size() == 2 && start[0] >= 'A' && start[0] <= 'Z' && start[1] == ':';
}

// Why `name` may not be looked up, or nullptr.
const char* refusal(const std::string& name) {
  if (name.find('\0') != std::string::npos) return "the record names no file: the name holds NUL";
  if (name.find("://") != std::string::npos)
    return "the record names an address; fetch the picture and name the file";
  std::string slashes = name;
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  if (slashes.starts_with('/') || starts_with_drive(slashes))
    return "the record names an absolute path; pictures lie below the batch";
  for (const fs::path& part : fs::path(slashes))
    if (part == "..") return "the record names a path with '..'; pictures lie below the batch";
  return nullptr;
}

// The ways the name may stand on the disk: as given, with the other separator, in GBK.
std::vector<std::string> spellings(const std::string& name) {
  std::vector<std::string> all = {name};
  const auto add = [&](std::string other) {
    if (!other.empty() && std::find(all.begin(), all.end(), other) == all.end())
      all.push_back(std::move(other));
  };
  std::string slashes = name;
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  add(slashes);
  if (valid_utf8(slashes)) add(to_gb18030(slashes));
  return all;
}

}  // namespace

Root::Root(const fs::path& path) : path_(path) {
  std::error_code error;
  real_ = fs::canonical(path, error);
}

bool Root::holds(const fs::path& path) const {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error || real_.empty()) return false;
  return std::mismatch(real_.begin(), real_.end(), real.begin(), real.end()).first == real_.end();
}

std::string Root::name_of(const fs::path& path) const {
  const fs::path relative = path.lexically_relative(path_);
  return relative.empty() ? "." : to_utf8(relative.string());
}

Result<fs::path> find_picture(const std::string& name, const fs::path& folder, const Root& root) {
  if (const char* why = refusal(name)) return missing(name, why);
  for (const std::string& spelling : spellings(name)) {
    const fs::path path = folder / spelling;
    std::error_code error;
    const fs::file_status link = fs::symlink_status(path, error);
    if (!fs::exists(link)) continue;
    if (!fs::exists(path, error)) return missing(name, "the picture is a link to nothing");
    if (!root.holds(path)) return missing(name, "the picture is a link that leaves the batch");
    if (!fs::is_regular_file(path, error)) return missing(name, "what the record names is no file");
    return path;
  }
  return missing(name, "the picture that the record names is not there");
}

bool is_picture_name(const fs::path& path) {
  const std::string extension = lower_case(path.extension().string());
  constexpr std::string_view kKnown[] = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp"};
  return std::find(std::begin(kKnown), std::end(kKnown), extension) != std::end(kKnown);
}

Role role_of_name(const std::string& name) {
  const bool closeup = lower_case(name).find("closeup") != std::string::npos ||
                       name.find("特写") != std::string::npos;
  return closeup ? Role::closeup : Role::panel;
}

Listing list_folder(const fs::path& folder) {
  Listing listing;
  for (fs::directory_iterator entry(folder, listing.error), end; !listing.error && entry != end;
       entry.increment(listing.error)) {
    const fs::path& path = entry->path();
    const std::string name = path.filename().string();
    if (name.starts_with('.')) continue;
    std::error_code dangling;
    if (entry->is_directory(dangling))
      (entry->is_symlink(dangling) ? listing.linked_folders : listing.folders).push_back(path);
    else if (name == "record.json" || (lower_case(name) == "record.json" && listing.record.empty()))
      listing.record = path;
    else
      (is_picture_name(path) ? listing.pictures : listing.others).push_back(path);
  }
  for (auto* paths :
       {&listing.pictures, &listing.others, &listing.folders, &listing.linked_folders})
    std::sort(paths->begin(), paths->end());
  return listing;
}

}  // namespace vioreview
