// SPDX-License-Identifier: Apache-2.0
#include "run/supervisor.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <deque>
#include <memory>
#include <optional>
#include <poll.h>

#include "core/errors.h"
#include "format/value.h"
#include "run/child.h"

namespace vioreview {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kPollMs = 200;         // how soon a signal or a deadline is noticed
constexpr int kMaxFailedStarts = 3;  // in a row: then the program itself is at fault, not a case

struct Slot {
  std::unique_ptr<Child> child;
  bool ready = false;
  std::optional<std::size_t> job;
  Clock::time_point deadline;
};

class Supervisor {
 public:
  Supervisor(const WorkerOptions& options, const std::vector<std::string>& jobs,
             const std::function<void(std::size_t, Result<std::string>)>& done)
      : options_(options), jobs_(jobs), done_(done), crashes_(jobs.size(), 0) {
    for (std::size_t i = 0; i < jobs.size(); ++i) waiting_.push_back(i);
    open_ = jobs.size();
    slots_.resize(std::min(static_cast<std::size_t>(std::max(1, options.count)),
                           std::max<std::size_t>(1, jobs.size())));
  }

  WorkerCounters run(const std::function<bool()>& stopped) {
    while (open_ > 0) {
      if (stopped()) throw StoppedError("stopped; the same command resumes");
      for (Slot& slot : slots_) feed(slot);
      wait();
      for (Slot& slot : slots_) check_time(slot);
    }
    return counters_;
  }

 private:
  static Clock::time_point in(double seconds) {
    return Clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  }

  void feed(Slot& slot) {
    if (!slot.child && !waiting_.empty()) {
      slot.child = std::make_unique<Child>(options_);
      slot.ready = false;
      slot.deadline = in(options_.start_timeout_s);
    }
    if (!slot.child || !slot.ready || slot.job || waiting_.empty()) return;
    slot.job = waiting_.front();
    waiting_.pop_front();
    slot.deadline = in(options_.job_timeout_s);
    if (!slot.child->send(jobs_[*slot.job])) lost(slot);
  }

  void wait() {
    std::vector<pollfd> files;
    std::vector<Slot*> owners;
    for (Slot& slot : slots_) {
      if (!slot.child) continue;
      files.push_back({slot.child->output(), POLLIN, 0});
      owners.push_back(&slot);
    }
    if (poll(files.data(), files.size(), kPollMs) <= 0) return;
    for (std::size_t i = 0; i < files.size(); ++i)
      if (files[i].revents != 0) hear(*owners[i]);
  }

  void hear(Slot& slot) {
    const bool more = slot.child->receive();
    std::string line;
    while (slot.child && slot.child->take_line(line)) take(slot, std::move(line));
    if (!more && slot.child) lost(slot);
  }

  void take(Slot& slot, std::string line) {
    if (!slot.ready) {
      greet(slot, line);
    } else if (slot.job) {
      finish(*slot.job, Result<std::string>(std::move(line)));
      slot.job.reset();
    }
  }

  void greet(Slot& slot, const std::string& line) {
    const auto said = parse_json(line);
    const Value* why = said ? said.value().find("fatal") : nullptr;
    if (why && why->as_string()) throw SetupError(*why->as_string());
    slot.ready = said && said.value().find("ready");
    if (slot.ready) failed_starts_ = 0;
  }

  // The worker is gone. Its job gets a second try; a worker that never got ready counts against the
  // program.
  void lost(Slot& slot) {
    const std::string how = slot.child->end();
    slot.child.reset();
    if (!slot.ready && ++failed_starts_ >= kMaxFailedStarts)
      throw SetupError("workers do not start (" + how + "): `vioreview doctor` says what is wrong");
    if (!slot.job) return;
    const std::size_t job = *slot.job;
    slot.job.reset();
    ++counters_.crashes;
    if (++crashes_[job] >= 2)
      finish(job,
             Problem{"case_crashed", "",
                     "two workers died on this case (" + how + "); look at its pictures by hand"});
    else
      waiting_.push_front(job);
  }

  void check_time(Slot& slot) {
    if (!slot.child || Clock::now() < slot.deadline) return;
    if (slot.ready && !slot.job) return;
    if (!slot.ready) {
      lost(slot);
      return;
    }
    const std::size_t job = *slot.job;
    slot.job.reset();
    slot.child.reset();
    ++counters_.timeouts;
    finish(job, Problem{"case_timeout", "",
                        "no answer within the case's time; raise --case-timeout or look at its "
                        "pictures by hand"});
  }

  void finish(std::size_t job, Result<std::string> answer) {
    --open_;
    done_(job, std::move(answer));
  }

  const WorkerOptions& options_;
  const std::vector<std::string>& jobs_;
  const std::function<void(std::size_t, Result<std::string>)>& done_;
  std::vector<int> crashes_;
  std::deque<std::size_t> waiting_;
  std::vector<Slot> slots_;
  std::size_t open_ = 0;
  int failed_starts_ = 0;
  WorkerCounters counters_;
};

}  // namespace

WorkerCounters run_jobs(const WorkerOptions& options, const std::vector<std::string>& jobs,
                        const std::function<void(std::size_t, Result<std::string>)>& done,
                        const std::function<bool()>& stopped) {
  if (jobs.empty()) return {};
  signal(SIGPIPE, SIG_IGN);  // a dead worker is noticed by its output
  return Supervisor(options, jobs, done).run(stopped);
}

}  // namespace vioreview
