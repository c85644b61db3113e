// SPDX-License-Identifier: Apache-2.0
// One run at a time for an output or a state.
#pragma once
#include <filesystem>

namespace vioreview {

// Holds `folder`/.lock until it is destroyed; the kernel lets go when the process ends, however it
// ends.
class Lock {
 public:
  // Makes the folder (0750) when it is not there. Throws BusyError naming the holder, IoError.
  explicit Lock(const std::filesystem::path& folder);
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace vioreview
