// SPDX-License-Identifier: Apache-2.0
// What an archive holds, as a tree of folders that never leaves it.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ingest/archive.h"
#include "ingest/paths.h"

namespace vioreview {

struct ArchiveMember {
  std::string name;  // UTF-8, '/' between parts
  std::int64_t entry = 0, size = 0, stored_at = -1;
  const char* refused = nullptr;    // why its bytes are not to be had
  std::optional<std::string> text;  // small records and indexes, kept while passing
};

class ArchiveIndex {
 public:
  // Reads the archive once. Throws IoError when the file cannot be read and UsageError when it is
  // no archive or holds nothing; damage further on, and entries that are not taken, become
  // problems().
  explicit ArchiveIndex(const std::filesystem::path& file);

  const std::filesystem::path& file() const { return file_; }
  // The last one of a name counts, as it would when unpacked.
  const ArchiveMember* find(const std::string& name) const;
  bool has_folder(const std::string& name) const { return folders_.contains(name); }
  Listing list(const std::string& folder) const;
  Within within(const ArchiveMember& member) const;
  // What was not read and why, record_missing: names up to twenty entries of each kind.
  std::vector<Problem> problems() const;

 private:
  void take(const ArchiveStream::Entry& entry, ArchiveStream& stream);
  void refuse(const std::string& name, const char* why);

  struct Refused {
    std::vector<std::string> names;  // the first of them
    std::size_t count = 0;
  };
  struct Folder {
    std::set<std::string> folders, files;
  };
  std::filesystem::path file_;
  std::string stamp_, damage_;
  std::map<std::string, ArchiveMember> members_;
  std::map<std::string, Folder> folders_;  // "" is the archive itself
  std::map<std::string, Refused> refused_;
  std::size_t kept_ = 0, name_bytes_ = 0;
};

}  // namespace vioreview
