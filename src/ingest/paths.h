// SPDX-License-Identifier: Apache-2.0
// Which files a batch may touch: those below its root, wherever links and records point. The root
// is a folder of the disk or an archive, whose members have paths below the archive's.
#pragma once
#include <filesystem>
#include <memory>
#include <streambuf>
#include <string>
#include <vector>

#include "core/case.h"

namespace vioreview {

// What lies directly in a folder, sorted. Hidden names, files or folders, are listed and not read
// (those of an archive are not listed).
struct Listing {
  std::filesystem::path record;  // the record.json, empty when there is none
  std::vector<std::filesystem::path> pictures, others, folders, linked_folders, hidden;
  std::error_code error;
};

// Where the bytes of a file of the batch lie.
struct FilePlace {
  std::filesystem::path path;  // on the disk
  Within within;               // all of it; `member` is empty for a file of the disk
};

class ArchiveIndex;
struct ArchiveMember;

class Root {
 public:
  explicit Root(const std::filesystem::path& path);
  explicit Root(std::shared_ptr<const ArchiveIndex> archive);
  const std::filesystem::path& path() const { return path_; }
  bool is_archive() const { return archive_ != nullptr; }
  // After following links; false for what does not exist.
  bool holds(const std::filesystem::path& path) const;
  // Relative to the root, UTF-8; "." for the root.
  std::string name_of(const std::filesystem::path& path) const;
  Listing list(const std::filesystem::path& folder) const;
  // The whole file; what is wrong with it (record_invalid) when it cannot be had, is empty or has
  // more than `most` bytes.
  Result<std::string> read(const std::filesystem::path& file, std::size_t most) const;
  // Its bytes from the start; nullptr when it cannot be opened.
  std::unique_ptr<std::streambuf> open(const std::filesystem::path& file) const;
  FilePlace place_of(const std::filesystem::path& file) const;
  // The file below the root at exactly `path`; picture_missing with the reason, or an empty path
  // when there is nothing.
  Result<std::filesystem::path> picture_at(const std::filesystem::path& path) const;

 private:
  const ArchiveMember* member_at(const std::filesystem::path& path) const;

  std::filesystem::path path_, real_;
  std::shared_ptr<const ArchiveIndex> archive_;
};

// The file that `name` (UTF-8 or the bytes of the disk; '/' or '\\' between parts) means in
// `folder`, or picture_missing: not there, an absolute path, "..", an address, no file, or a link
// that leaves the root.
Result<std::filesystem::path> find_picture(const std::string& name,
                                           const std::filesystem::path& folder, const Root& root);

// What is said of a picture that is not there.
Problem not_there(const std::string& name);

// By its ending: a format that decode can read.
bool is_picture_name(const std::filesystem::path& path);
// Close-up by its name (closeup, 特写), else panel.
Role role_of_name(const std::string& name);
// Of a folder of the disk; Root::list knows archives too.
Listing list_folder(const std::filesystem::path& folder);
// Puts one file into the listing of its folder.
void sort_in(Listing& listing, const std::filesystem::path& file);
// Pictures as people read their names: "2.jpg" before "10.jpg".
void order_pictures(Listing& listing);

}  // namespace vioreview
