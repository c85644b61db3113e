// SPDX-License-Identifier: Apache-2.0
#include "run/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/errors.h"

extern char** environ;

namespace vioreview {
namespace {

// A line longer than this is no answer of ours.
constexpr std::size_t kMaxLine = 256U << 20;

std::vector<std::string> environment_of(const WorkerOptions& options) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text = *entry;
    bool replaced = false;
    for (const auto& [name, value] : options.environment)
      replaced = replaced || (text.starts_with(name) && text.substr(name.size(), 1) == "=");
    if (!replaced) all.emplace_back(text);
  }
  for (const auto& [name, value] : options.environment) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// Between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, char* const* environment, int in, int out,
                         std::int64_t memory_mb) {
  if (memory_mb > 0) {
    const rlimit limit{static_cast<rlim_t>(memory_mb) << 20, static_cast<rlim_t>(memory_mb) << 20};
    setrlimit(RLIMIT_DATA, &limit);
  }
  if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
    execve(arguments[0], arguments, environment);
  _exit(127);
}

}  // namespace

Child::Child(const WorkerOptions& options) {
  std::array<int, 2> down{}, up{};
  if (pipe2(down.data(), O_CLOEXEC) != 0)
    throw SetupError(std::string("no pipe for a worker: ") + std::strerror(errno));
  if (pipe2(up.data(), O_CLOEXEC) != 0) {
    close(down[0]);
    close(down[1]);
    throw SetupError(std::string("no pipe for a worker: ") + std::strerror(errno));
  }
  std::vector<std::string> command = options.command, variables = environment_of(options);
  const std::vector<char*> arguments = pointers(command), environment = pointers(variables);
  pid_ = fork();
  if (pid_ == 0) become(arguments.data(), environment.data(), down[0], up[1], options.memory_mb);
  close(down[0]);
  close(up[1]);
  to_ = down[1];
  from_ = up[0];
  if (pid_ < 0)
    throw SetupError(std::string("a worker cannot be started: ") + std::strerror(errno));
  fcntl(from_, F_SETFL, O_NONBLOCK);
}

Child::~Child() {
  end();
}

bool Child::send(const std::string& line) {
  const std::string whole = line + '\n';
  std::string_view rest = whole;
  while (!rest.empty()) {
    const ssize_t wrote = write(to_, rest.data(), rest.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

bool Child::receive() {
  std::array<char, 1 << 16> block{};
  for (;;) {
    const ssize_t got = read(from_, block.data(), block.size());
    if (got > 0)
      inbox_.append(block.data(), static_cast<std::size_t>(got));
    else if (got < 0 && errno == EINTR)
      continue;
    else
      return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) && inbox_.size() <= kMaxLine;
  }
}

bool Child::take_line(std::string& line) {
  const std::size_t end = inbox_.find('\n');
  if (end == std::string::npos) return false;
  line = inbox_.substr(0, end);
  inbox_.erase(0, end + 1);
  return true;
}

std::string Child::end() {
  if (to_ >= 0) close(to_);
  if (from_ >= 0) close(from_);
  to_ = from_ = -1;
  if (pid_ <= 0) return "";
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == 0) {
    kill(pid_, SIGKILL);
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  pid_ = -1;
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace vioreview
