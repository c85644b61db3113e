// SPDX-License-Identifier: Apache-2.0
#include "ingest/paths.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/name_order.h"
#include "ingest/archive_index.h"
#include "ingest/read_picture.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

Problem missing(const std::string& name, std::string why) {
  return {"picture_missing", to_utf8(name), std::move(why)};
}

// As the archive's index spells it.
std::string member_name(const fs::path& path, const fs::path& archive) {
  const std::string name = path.lexically_relative(archive).lexically_normal().string();
  return name == "." ? "" : name.substr(0, name.find_last_not_of('/') + 1);
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

Root::Root(std::shared_ptr<const ArchiveIndex> archive)
    : path_(archive->file()), archive_(std::move(archive)) {}

bool Root::holds(const fs::path& path) const {
  if (archive_) return member_at(path) || archive_->has_folder(member_name(path, path_));
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error || real_.empty()) return false;
  return std::mismatch(real_.begin(), real_.end(), real.begin(), real.end()).first == real_.end();
}

std::string Root::name_of(const fs::path& path) const {
  const fs::path relative = path.lexically_relative(path_);
  return relative.empty() ? "." : to_utf8(relative.string());
}

const ArchiveMember* Root::member_at(const fs::path& path) const {
  return archive_->find(member_name(path, path_));
}

Listing Root::list(const fs::path& folder) const {
  return archive_ ? archive_->list(member_name(folder, path_)) : list_folder(folder);
}

FilePlace Root::place_of(const fs::path& file) const {
  if (archive_) {
    const ArchiveMember* member = member_at(file);
    return {path_, member ? archive_->within(*member) : Within{}};
  }
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  Within whole;
  whole.length = whole.size = error ? 0 : static_cast<std::int64_t>(size);
  whole.stamp = stamp_of_file(file);
  return {file, whole};
}

Result<std::string> Root::read(const fs::path& file, std::size_t most) const {
  const auto invalid = [](std::string why) {
    return Problem{"record_invalid", "", std::move(why)};
  };
  std::error_code error;
  if (!holds(file)) return invalid("a link to nothing, or one that leaves the batch");
  if (archive_) {
    const ArchiveMember* member = member_at(file);
    if (!member) return invalid("is no file");
    if (member->refused) return invalid(member->refused);
    if (member->text && member->text->empty()) return invalid("is empty");
    if (member->text) return *member->text;
  } else if (!fs::is_regular_file(file, error)) {
    return invalid("is no file");
  }
  const FilePlace place = place_of(file);
  if (place.within.size > static_cast<std::int64_t>(most))
    return invalid("is larger than " + std::to_string(most >> 20) + " MiB");
  const auto bytes = read_range(place.path, place.within);
  if (!bytes) return invalid(bytes.problem().detail);
  if (bytes.value().empty()) return invalid("is empty");
  return std::string(bytes.value().begin(), bytes.value().end());
}

std::unique_ptr<std::streambuf> Root::open(const fs::path& file) const {
  if (archive_) {
    const ArchiveMember* member = member_at(file);
    if (!member || member->refused) return nullptr;
    if (member->text) return std::make_unique<std::stringbuf>(*member->text, std::ios::in);
    return open_entry(path_, member->entry);
  }
  auto buffer = std::make_unique<std::filebuf>();
  return buffer->open(file, std::ios::in | std::ios::binary) ? std::move(buffer) : nullptr;
}

Result<fs::path> Root::picture_at(const fs::path& path) const {
  const auto refused = [](const char* why) { return Problem{"picture_missing", "", why}; };
  constexpr const char* kNoFile = "what the record names is no file";
  if (archive_) {
    if (archive_->has_folder(member_name(path, path_))) return refused(kNoFile);
    const ArchiveMember* member = member_at(path);
    if (!member) return fs::path();
    if (member->refused) return refused(member->refused);
    return path.lexically_normal();
  }
  std::error_code error;
  if (!fs::exists(fs::symlink_status(path, error))) return fs::path();
  if (!fs::exists(path, error)) return refused("the picture is a link to nothing");
  if (!holds(path)) return refused("the picture is a link that leaves the batch");
  if (!fs::is_regular_file(path, error)) return refused(kNoFile);
  return path;
}

Result<fs::path> find_picture(const std::string& name, const fs::path& folder, const Root& root) {
  if (const char* why = refusal(name)) return missing(name, why);
  for (const std::string& spelling : spellings(name)) {
    const Result<fs::path> path = root.picture_at(folder / spelling);
    if (!path) return missing(name, path.problem().detail);
    if (!path.value().empty()) return path;
  }
  return not_there(name);
}

Problem not_there(const std::string& name) {
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

void sort_in(Listing& listing, const fs::path& file) {
  const std::string name = file.filename().string();
  if (name == "record.json" || (lower_case(name) == "record.json" && listing.record.empty()))
    listing.record = file;
  else
    (is_picture_name(file) ? listing.pictures : listing.others).push_back(file);
}

void order_pictures(Listing& listing) {
  std::sort(listing.pictures.begin(), listing.pictures.end(),
            [](const fs::path& a, const fs::path& b) {
              return name_before(a.filename().native(), b.filename().native());
            });
}

Listing list_folder(const fs::path& folder) {
  Listing listing;
  for (fs::directory_iterator entry(folder, listing.error), end; !listing.error && entry != end;
       entry.increment(listing.error)) {
    const fs::path& path = entry->path();
    const std::string name = path.filename().string();
    std::error_code dangling;
    if (name.starts_with('.'))
      listing.hidden.push_back(path);
    else if (entry->is_directory(dangling))
      (entry->is_symlink(dangling) ? listing.linked_folders : listing.folders).push_back(path);
    else
      sort_in(listing, path);
  }
  for (auto* paths : {&listing.pictures, &listing.others, &listing.folders, &listing.linked_folders,
                      &listing.hidden})
    std::sort(paths->begin(), paths->end());
  order_pictures(listing);
  return listing;
}

}  // namespace vioreview
