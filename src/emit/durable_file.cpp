// SPDX-License-Identifier: Apache-2.0
#include "emit/durable_file.h"

#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "core/errors.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBuffer = 1 << 18;
constexpr std::string_view kSuffix = ".tmp";

// The system's words for `code`, with what to do where that is plain.
[[noreturn]] void fail(const fs::path& path, std::string_view what, int code) {
  std::string text = path.string() + ": cannot " + std::string(what) + ": " +
                     std::generic_category().message(code);
  if (code == ENOSPC || code == EDQUOT) text += "; make room and run the same command again";
  if (code == EACCES || code == EPERM || code == EROFS)
    text += "; give the user of this run write access or choose another folder";
  throw IoError(text);
}

fs::path temporary_beside(const fs::path& path) {
  static std::atomic<unsigned> count{0};
  const std::string name = "." + path.filename().string() + "." + std::to_string(getpid()) + "-" +
                           std::to_string(count++) + std::string(kSuffix);
  return path.parent_path() / name;
}

// The process in ".NAME.PID-N.tmp"; nothing for any other name.
std::optional<pid_t> process_of(std::string_view name) {
  if (!name.starts_with('.') || !name.ends_with(kSuffix)) return std::nullopt;
  name.remove_suffix(kSuffix.size());
  const std::size_t dot = name.rfind('.');
  if (dot == 0 || dot == std::string_view::npos) return std::nullopt;
  const char* const end = name.data() + name.size();
  pid_t pid = 0;
  unsigned count = 0;
  const auto first = std::from_chars(name.data() + dot + 1, end, pid);
  if (first.ec != std::errc() || pid <= 0 || first.ptr == end || *first.ptr != '-')
    return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, count);
  if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
  return pid;
}

void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail(folder, "open the folder", errno);
  const int code = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  // Some network file systems cannot sync a folder and say EINVAL; the rename itself went through.
  if (code != 0 && code != EINVAL) fail(folder, "sync the folder", code);
}

}  // namespace

DurableFile::DurableFile(fs::path path)
    : path_(std::move(path)), temporary_(temporary_beside(path_)) {
  // A temporary of that very name can only be left from a dead process with this one's id.
  fd_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640);
  if (fd_ < 0) fail(path_, "create", errno);
}

DurableFile::~DurableFile() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void DurableFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void DurableFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, "write", errno);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void DurableFile::sync() {
  if (fd_ < 0) return;
  flush();
  if (fsync(fd_) != 0) fail(path_, "sync", errno);
  if (close(std::exchange(fd_, -1)) != 0) fail(path_, "close", errno);
}

void DurableFile::commit() {
  sync();
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, "rename into place", errno);
  temporary_.clear();
  sync_folder_of(path_);
}

void write_durable(const fs::path& path, std::string_view bytes) {
  DurableFile file(path);
  file.write(bytes);
  file.commit();
}

void make_folders(const fs::path& folder) {
  fs::path so_far;
  for (const fs::path& part : folder) {
    so_far /= part;
    if (part.empty() || mkdir(so_far.c_str(), 0750) == 0) continue;
    const int code = errno;
    std::error_code ignored;
    if (!fs::is_directory(so_far, ignored)) fail(so_far, "create the folder", code);
  }
}

int sweep_temporaries(const fs::path& folder) {
  std::error_code error;
  int removed = 0;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::optional<pid_t> pid = process_of(it->path().filename().string());
    const bool gone = pid && *pid != getpid() && kill(*pid, 0) != 0 && errno == ESRCH;
    if (gone && unlink(it->path().c_str()) == 0) ++removed;
  }
  if (error) fail(folder, "list", error.value());
  return removed;
}

}  // namespace vioreview
