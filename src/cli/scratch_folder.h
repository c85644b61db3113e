// SPDX-License-Identifier: Apache-2.0
// A folder for what a command needs only while it runs.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/errors.h"

namespace vioreview {

// Made in the system's temporary folder, readable by this user alone; gone with this object. Throws
// IoError.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& purpose) {
    const std::string name = "vioreview-" + purpose + "-XXXXXX";
    std::string pattern = (std::filesystem::temp_directory_path() / name).string();
    if (!mkdtemp(pattern.data()))
      throw IoError(pattern + ": cannot be made; name a writable folder with $TMPDIR");
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace vioreview
