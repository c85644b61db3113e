// SPDX-License-Identifier: Apache-2.0
// Which files a batch may touch: those below its root, wherever links and records point.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/case.h"

namespace vioreview {

class Root {
 public:
  explicit Root(const std::filesystem::path& path);
  const std::filesystem::path& path() const { return path_; }
  // After following links; false for what does not exist.
  bool holds(const std::filesystem::path& path) const;
  // Relative to the root, UTF-8; "." for the root.
  std::string name_of(const std::filesystem::path& path) const;

 private:
  std::filesystem::path path_, real_;
};

// The file that `name` (UTF-8 or the bytes of the disk; '/' or '\\' between parts) means in
// `folder`, or picture_missing: not there, an absolute path, "..", an address, no file, or a link
// that leaves the root.
Result<std::filesystem::path> find_picture(const std::string& name,
                                           const std::filesystem::path& folder, const Root& root);

// By its ending: a format that decode can read.
bool is_picture_name(const std::filesystem::path& path);
// Close-up by its name (closeup, 特写), else panel.
Role role_of_name(const std::string& name);

// What lies directly in `folder`, sorted; hidden names are left out.
struct Listing {
  std::filesystem::path record;  // the record.json, empty when there is none
  std::vector<std::filesystem::path> pictures, others, folders, linked_folders;
  std::error_code error;
};
Listing list_folder(const std::filesystem::path& folder);

}  // namespace vioreview
