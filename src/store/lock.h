// SPDX-License-Identifier: Apache-2.0
// One run at a time for an output or a state.
#pragma once
#include <filesystem>
#include <string>

namespace vioreview {

// Holds the file `name` in `folder` until it is destroyed; the kernel lets go when the process
// ends, however it ends. An output and a state in one folder have locks of different names.
class Lock {
 public:
  // Makes the folder (0750) when it is not there. Throws BusyError naming the holder, IoError.
  explicit Lock(const std::filesystem::path& folder, const std::string& name = ".lock");
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace vioreview
