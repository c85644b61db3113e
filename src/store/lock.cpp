// SPDX-License-Identifier: Apache-2.0
#include "store/lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/errors.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

void make_folders(const fs::path& folder) {
  std::error_code error;
  const mode_t before = umask(0027);  // what lies in it names plates
  fs::create_directories(folder, error);
  umask(before);
  if (error)
    throw IoError(folder.string() + ": cannot be made: " + error.message() +
                  "; name a folder that can");
}

std::string holder_of(int file) {
  std::array<char, 32> text{};
  const ssize_t got = pread(file, text.data(), text.size() - 1, 0);
  return got > 0 ? "process " + std::string(text.data(), static_cast<std::size_t>(got))
                 : "another process";
}

// Only for the message of another run: the lock itself is the kernel's.
bool sign(int file) {
  const std::string pid = std::to_string(getpid());
  return ftruncate(file, 0) == 0 && pwrite(file, pid.data(), pid.size(), 0) > 0;
}

}  // namespace

Lock::Lock(const fs::path& folder, const std::string& name) {
  make_folders(folder);
  const fs::path path = folder / name;
  file_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (file_ < 0)
    throw IoError(path.string() + ": " + std::strerror(errno) + "; check the folder's rights");
  const bool held = flock(file_, LOCK_EX | LOCK_NB) == 0;
  if (held && sign(file_)) return;
  const int why = errno;
  const std::string holder = holder_of(file_);
  close(file_);
  if (!held && why == EWOULDBLOCK)
    throw BusyError(folder.string() + ": in use by " + holder +
                    "; wait for it, or name another folder");
  throw IoError(path.string() + ": cannot be locked: " + std::strerror(why));
}

Lock::~Lock() {
  // The next holder may be asked about before it has signed: better no name than a stale one.
  [[maybe_unused]] const int ignored = ftruncate(file_, 0);
  close(file_);
}

}  // namespace vioreview
