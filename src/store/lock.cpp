// SPDX-License-Identifier: Apache-2.0
#include "store/lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/errors.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

std::string holder_of(int file) {
  std::array<char, 32> text{};
  const ssize_t got = pread(file, text.data(), text.size() - 1, 0);
  return got > 0 ? "process " + std::string(text.data(), static_cast<std::size_t>(got))
                 : "another process";
}

}  // namespace

Lock::Lock(const fs::path& folder) {
  std::error_code error;
  if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms(0750), error);
  if (error) throw IoError(folder.string() + ": cannot be made: " + error.message());
  const fs::path path = folder / ".lock";
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (file_ < 0) throw IoError(path.string() + ": " + std::strerror(errno));
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = holder_of(file_);
    close(file_);
    throw BusyError(folder.string() + ": in use by " + holder +
                    "; wait for it, or name another folder");
  }
  const std::string pid = std::to_string(getpid());
  // Only for the message of another run: the lock itself is the kernel's.
  if (ftruncate(file_, 0) != 0 || pwrite(file_, pid.data(), pid.size(), 0) < 0) {
    close(file_);
    throw IoError(path.string() + ": cannot be written: " + std::strerror(errno));
  }
}

Lock::~Lock() {
  close(file_);
}

}  // namespace vioreview
