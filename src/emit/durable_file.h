// SPDX-License-Identifier: Apache-2.0
// Files that appear whole or not at all: written beside their place, synced, renamed, the folder
// synced.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace vioreview {

// Writes to ".NAME.PID-N.tmp" in the folder of `path` (mode 0640); nothing is seen under `path`
// before commit. Not committed, the temporary is removed. Every member throws IoError with the file
// and the system's words; the folder must exist.
class DurableFile {
 public:
  explicit DurableFile(std::filesystem::path path);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  void write(std::string_view bytes);
  // All bytes on the disk, still under the temporary name. Several files that belong together are
  // all synced before the first is renamed.
  void sync();
  // sync() where not yet done, then the rename and the sync of the folder.
  void commit();

 private:
  void flush();

  std::filesystem::path path_, temporary_;
  std::string buffer_;
  int fd_ = -1;
};

// The whole file at once.
void write_durable(const std::filesystem::path& path, std::string_view bytes);

// The folder and its parents, each new one with mode 0750. Throws IoError.
void make_folders(const std::filesystem::path& folder);

// Removes what dead runs left behind: temporaries of DurableFile whose process is gone. Gives their
// number. To be called under the lock of the folder. Throws IoError.
int sweep_temporaries(const std::filesystem::path& folder);

}  // namespace vioreview
