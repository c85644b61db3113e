// SPDX-License-Identifier: Apache-2.0
#include "ingest/archive_index.h"

#include <algorithm>

#include "core/errors.h"
#include "ingest/readers.h"
#include "ingest/text.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostKept = 64U << 20, kMostNameBytes = 32U << 20;
constexpr std::size_t kLongestName = 1024, kMostNamed = 20;

constexpr const char* kLeaves = "names that lead out of the archive";
constexpr const char* kHidden = "";  // left out without a word, as in folders

// Why an entry's name cannot be a place in the archive; nullptr when it can. `name` becomes that
// place.
const char* normalised(std::string& name) {
  std::replace(name.begin(), name.end(), '\\', '/');
  if (name.size() > kLongestName) return "names of more than 1024 bytes";
  const bool drive = name.size() > 1 && name[1] == ':';
  if (name.starts_with('/') || drive) return kLeaves;
  std::string place;
  for (const fs::path& path : fs::path(name)) {
    const std::string part = path.string();
    if (part == "..") return kLeaves;
    if (part.empty() || part == ".") continue;
    if (part.starts_with('.') || part == "__MACOSX") return kHidden;
    place += (place.empty() ? "" : "/") + part;
  }
  name = std::move(place);
  return nullptr;
}

// Records and indexes are looked into more than once, and each time an archive is unpacked from its
// start: small ones are kept.
bool is_small_record(const ArchiveStream::Entry& entry, const std::string& name) {
  const std::string lower = lower_case(name);
  const bool text = lower.ends_with(".json") || lower.ends_with(".xml") ||
                    lower.ends_with(".csv") || lower.ends_with(".jsonl");
  return text && entry.size >= 0 && entry.size <= static_cast<std::int64_t>(kLongestRecord);
}

std::string folder_of(const std::string& name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string::npos ? "" : name.substr(0, slash);
}

// All of the entry's bytes, or nothing when they are damaged.
std::optional<std::string> text_of(ArchiveStream& stream, std::int64_t size) {
  std::string text(static_cast<std::size_t>(size), '\0');
  std::size_t at = 0;
  for (std::size_t got = 1; got > 0 && at < text.size(); at += got)
    got = stream.read(text.data() + at, text.size() - at);
  char beyond = 0;
  const bool whole = at == text.size() && stream.read(&beyond, 1) == 0 && stream.error().empty();
  return whole ? std::optional(std::move(text)) : std::nullopt;
}

// Of an entry whose size the archive does not tell.
std::int64_t counted(ArchiveStream& stream) {
  std::vector<char> block(64U << 10);
  std::int64_t size = 0;
  while (const std::size_t got = stream.read(block.data(), block.size()))
    size += static_cast<std::int64_t>(got);
  return size;
}

}  // namespace

ArchiveIndex::ArchiveIndex(const fs::path& file) : file_(file), stamp_(stamp_of_file(file)) {
  ArchiveStream stream(file);
  folders_[""];
  ArchiveStream::Entry entry;
  bool any = false;
  while (name_bytes_ <= kMostNameBytes && stream.next(entry)) {
    any = true;
    take(entry, stream);
  }
  damage_ = name_bytes_ > kMostNameBytes ? "its names take more than 32 MiB" : stream.error();
  if (!any)
    throw UsageError(file.string() + ": is no .zip or .tar that can be read (" +
                     (damage_.empty() ? "it holds nothing" : damage_) +
                     "); fetch it again, or give a folder");
}

void ArchiveIndex::take(const ArchiveStream::Entry& entry, ArchiveStream& stream) {
  std::string name = to_utf8(entry.name);
  name_bytes_ += name.size() + 32;
  const char* why = normalised(name);
  if (why == kHidden) return;
  if (why) return refuse(name, why);
  using Kind = ArchiveStream::Kind;
  if (name.empty()) return;
  if (entry.kind == Kind::other) return refuse(name, "what is neither file nor folder");
  if (entry.kind == Kind::file && is_packed_name(name))
    return refuse(name, "archives inside the archive: unpack them first");
  std::string folder = name;
  if (entry.kind != Kind::folder) {
    folder = folder_of(name);
    ArchiveMember member{name, entry.index, entry.size, entry.stored_at, nullptr, std::nullopt};
    if (entry.kind == Kind::link) {
      refuse(name, "links");
      member.refused = "is a link in the archive: links are not followed";
    } else if (entry.encrypted) {
      member.refused = "is encrypted in the archive; deliver it without a password";
    } else if (is_small_record(entry, name) && kept_ + kLongestRecord < kMostKept) {
      member.text = text_of(stream, entry.size);
      kept_ += member.text ? member.text->size() : 0;
    } else if (entry.size < 0) {
      member.size = counted(stream);
    }
    folders_[folder].files.insert(name);
    members_[name] = std::move(member);
  }
  for (; !folder.empty(); folder = folder_of(folder)) {
    folders_[folder];
    folders_[folder_of(folder)].folders.insert(folder);
  }
}

void ArchiveIndex::refuse(const std::string& name, const char* why) {
  Refused& refused = refused_[why];
  if (++refused.count <= kMostNamed) refused.names.emplace_back(cut(name, 100));
}

const ArchiveMember* ArchiveIndex::find(const std::string& name) const {
  const auto found = members_.find(name);
  return found == members_.end() ? nullptr : &found->second;
}

Listing ArchiveIndex::list(const std::string& folder) const {
  Listing listing;
  const auto found = folders_.find(folder);
  if (found == folders_.end()) {
    listing.error = std::make_error_code(std::errc::no_such_file_or_directory);
    return listing;
  }
  for (const std::string& name : found->second.files) sort_in(listing, file_ / name);
  order_pictures(listing);
  for (const std::string& name : found->second.folders) listing.folders.push_back(file_ / name);
  return listing;
}

Within ArchiveIndex::within(const ArchiveMember& member) const {
  const bool stored = member.stored_at >= 0;
  return {member.name,
          stored ? -1 : member.entry,
          stored ? member.stored_at : 0,
          member.size,
          "",
          member.size,
          stamp_};
}

std::vector<Problem> ArchiveIndex::problems() const {
  std::vector<Problem> problems;
  if (!damage_.empty())
    problems.push_back({"record_missing", "",
                        "the archive is not read to its end: " + damage_ + "; fetch it again"});
  for (const auto& [why, refused] : refused_) {
    std::string detail = "not read: " + why + ": ";
    for (std::size_t i = 0; i < refused.names.size(); ++i)
      detail += (i > 0 ? ", " : "") + refused.names[i];
    if (refused.count > refused.names.size())
      detail += " and " + std::to_string(refused.count - refused.names.size()) + " more";
    problems.push_back({"record_missing", "", std::move(detail)});
  }
  return problems;
}

}  // namespace vioreview
