// SPDX-License-Identifier: Apache-2.0
#include "run/child.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include "core/errors.h"

namespace vioreview {
namespace {

// A line longer than this is no answer of ours.
constexpr std::size_t kMaxLine = 256U << 20;
constexpr std::size_t kLastWords = 2000;
// How long a killed child may take to go: one that hangs in the kernel (a dead network disk) is
// left behind.
constexpr int kDeathTries = 200;
constexpr std::chrono::milliseconds kDeathPause{10};

std::vector<std::string> environment_of(const WorkerOptions& options) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text = *entry;
    bool replaced = false;
    for (const auto& [name, value] : options.environment)
      replaced = replaced || (text.starts_with(name) && text.substr(name.size(), 1) == "=");
    if (!replaced) all.emplace_back(text);
  }
  for (const auto& [name, value] : options.environment) all.emplace_back(name).append("=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

struct Pipe {
  int read = -1, write = -1;
};

Pipe make_pipe(int parents_end) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  fcntl(ends[static_cast<std::size_t>(parents_end)], F_SETFL, O_NONBLOCK);
  return {ends[0], ends[1]};
}

void close_one(int& file) {
  if (file >= 0) close(file);
  file = -1;
}

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(resource, &both);
}

// Between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, char* const* environment,
                         const std::array<int, 3>& standard, std::int64_t memory_mb) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // a worker never outlives its supervisor
  signal(SIGINT, SIG_IGN);           // what a Ctrl-C or a service's stop means, the supervisor says
  signal(SIGTERM, SIG_IGN);
  limit(RLIMIT_CORE, 0);  // a core file would hold pictures
  if (memory_mb > 0) limit(RLIMIT_DATA, static_cast<rlim_t>(memory_mb) << 20);
  for (int i = 0; i < 3; ++i)
    if (dup2(standard[static_cast<std::size_t>(i)], i) < 0) _exit(127);
  execve(arguments[0], arguments, environment);
  constexpr std::string_view kWhy = "the program cannot be run\n";
  [[maybe_unused]] const ssize_t ignored = write(STDERR_FILENO, kWhy.data(), kWhy.size());
  _exit(127);
}

bool try_again_later(ssize_t got) {
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

}  // namespace

Child::Child(const WorkerOptions& options) {
  std::vector<std::string> command = options.command, variables = environment_of(options);
  const std::vector<char*> arguments = pointers(command), environment = pointers(variables);
  Pipe in = make_pipe(1), out = make_pipe(0), errors = make_pipe(0);
  const bool piped = in.read >= 0 && out.read >= 0 && errors.read >= 0;
  if (piped) pid_ = fork();
  if (pid_ == 0)
    become(arguments.data(), environment.data(), {in.read, out.write, errors.write},
           options.memory_mb);
  const int why = errno;
  close_one(in.read);
  close_one(out.write);
  close_one(errors.write);
  to_ = in.write;
  from_ = out.read;
  errors_ = errors.read;
  if (pid_ > 0) return;
  close_all();
  throw SetupError(std::string("a worker cannot be started: ") + std::strerror(why) +
                   "; use fewer --workers");
}

Child::~Child() {
  end();
}

std::array<pollfd, 3> Child::events() const {
  return {pollfd{delivered() ? -1 : to_, POLLOUT, 0}, pollfd{from_, POLLIN, 0},
          pollfd{errors_, POLLIN, 0}};
}

void Child::send(std::string_view line) {
  outbox_.append(line);
  outbox_ += '\n';
  push();
}

// A child that is gone is noticed by its output: what it did not take stays undelivered.
void Child::push() {
  while (!outbox_.empty()) {
    const ssize_t wrote = write(to_, outbox_.data(), outbox_.size());
    if (wrote <= 0) return;
    outbox_.erase(0, static_cast<std::size_t>(wrote));
  }
}

bool Child::receive() {
  std::array<char, 1 << 16> block{};
  while (inbox_.size() <= kMaxLine) {
    const ssize_t got = read(from_, block.data(), block.size());
    if (got <= 0) return try_again_later(got);
    inbox_.append(block.data(), static_cast<std::size_t>(got));
  }
  return false;
}

void Child::listen() {
  std::array<char, 4096> block{};
  while (errors_ >= 0) {
    const ssize_t got = read(errors_, block.data(), block.size());
    if (try_again_later(got)) return;
    if (got <= 0) {
      close_one(errors_);
      return;
    }
    said_.append(block.data(), static_cast<std::size_t>(got));
    if (said_.size() > kLastWords) said_.erase(0, said_.size() - kLastWords);
  }
}

bool Child::exchange() {
  push();
  listen();
  return receive();
}

bool Child::take_line(std::string& line) {
  const std::size_t end = inbox_.find('\n');
  if (end == std::string::npos) return false;
  line = inbox_.substr(0, end);
  inbox_.erase(0, end + 1);
  return true;
}

void Child::close_all() {
  for (int* file : {&to_, &from_, &errors_}) close_one(*file);
}

std::string Child::end() {
  if (pid_ <= 0) return "";
  listen();
  close_all();
  int status = 0;
  pid_t gone = waitpid(pid_, &status, WNOHANG);
  if (gone == 0) kill(pid_, SIGKILL);
  for (int i = 0; gone == 0 && i < kDeathTries; ++i) {
    gone = waitpid(pid_, &status, WNOHANG);
    if (gone == 0) std::this_thread::sleep_for(kDeathPause);
  }
  pid_ = -1;
  if (gone == 0) return "cannot be ended";
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

std::string Child::last_words() const {
  std::string_view text = said_;
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  const std::size_t end = text.rfind('\n');
  return std::string(end == std::string_view::npos ? text : text.substr(end + 1));
}

}  // namespace vioreview
