// SPDX-License-Identifier: Apache-2.0
#include "run/supervisor.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <poll.h>

#include "core/errors.h"
#include "format/value.h"
#include "run/child.h"

namespace vioreview {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kPollMs = 200;  // how soon a signal or a deadline is noticed
// In a row, beside one of each worker: then the program itself is at fault, not a case.
constexpr std::size_t kMaxFailedStarts = 2;

struct Slot {
  std::unique_ptr<Child> child;
  bool ready = false;
  std::optional<std::size_t> job;
  Clock::time_point deadline;
};

class Supervisor {
 public:
  Supervisor(const WorkerOptions& options, const Jobs& jobs)
      : options_(options), jobs_(jobs), crashes_(jobs.count, 0), open_(jobs.count) {
    slots_.resize(std::min(static_cast<std::size_t>(std::max(1, options.count)), jobs.count));
  }

  WorkerCounters run() {
    while (open_ > 0) {
      if (jobs_.stopped()) {
        wait(0);  // what is finished is kept
        throw StoppedError("stopped; the same command resumes");
      }
      for (Slot& slot : slots_) feed(slot);
      wait(kPollMs);
      for (Slot& slot : slots_) check_time(slot);
    }
    return counters_;
  }

 private:
  static Clock::time_point in(double seconds) {
    return Clock::now() + std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  }

  bool waiting() const { return !again_.empty() || next_ < jobs_.count; }
  std::size_t take_job() {
    if (again_.empty()) return next_++;
    const std::size_t job = again_.back();
    again_.pop_back();
    return job;
  }

  void feed(Slot& slot) {
    if (!slot.child && waiting()) {
      slot.child = std::make_unique<Child>(options_);
      slot.ready = false;
      slot.deadline = in(options_.start_timeout_s);
    }
    if (!slot.child || !slot.ready || slot.job || !waiting()) return;
    slot.job = take_job();
    slot.deadline = in(options_.job_timeout_s);
    slot.child->send(jobs_.request(*slot.job));
  }

  void wait(int milliseconds) {
    std::vector<pollfd> files;
    for (const Slot& slot : slots_)
      if (slot.child)
        for (const pollfd& file : slot.child->events()) files.push_back(file);
    if (poll(files.data(), files.size(), milliseconds) <= 0) return;
    for (Slot& slot : slots_)
      if (slot.child) hear(slot);
  }

  void hear(Slot& slot) {
    const bool more = slot.child->exchange();
    std::string line;
    while (slot.child && slot.child->take_line(line)) take(slot, line);
    if (slot.child && !more) lost(slot);
  }

  void take(Slot& slot, const std::string& line) {
    if (!slot.ready) return greet(slot, line);
    if (!slot.job) return;
    const std::size_t job = *std::exchange(slot.job, std::nullopt);
    if (jobs_.answered(job, line)) {
      failed_starts_ = 0;
      --open_;
    } else {
      slot.child.reset();  // who knows what it would say to the next case
      crashed(job, "no sense in the answer");
    }
  }

  static void greet(Slot& slot, const std::string& line) {
    const auto said = parse_json(line);
    const Value* why = said ? said.value().find("fatal") : nullptr;
    if (why && why->as_string()) throw SetupError(*why->as_string());
    slot.ready = said && said.value().find("ready");
  }

  // The worker is gone. A job that it had gets a second try; a worker that was wanted and never got
  // as far counts against the program.
  void lost(Slot& slot) {
    const bool had_job = slot.job && slot.child->delivered();
    const bool wanted = slot.job || !slot.ready || waiting();
    const auto job = std::exchange(slot.job, std::nullopt);
    const std::string how = slot.child->end();
    const std::string words = slot.child->last_words();
    slot.child.reset();
    if (had_job)
      crashed(*job, how);
    else if (job)
      again_.push_back(*job);
    if (!had_job && wanted) failed_start(words.empty() ? how : how + ": " + words);
  }

  void crashed(std::size_t job, const std::string& how) {
    ++counters_.crashes;
    if (++crashes_[job] < 2)
      again_.push_back(job);
    else
      fail(job, {"case_crashed", "",
                 "two workers died on this case (" + how + "); look at its pictures by hand"});
  }

  void failed_start(const std::string& why) {
    if (++failed_starts_ > kMaxFailedStarts + slots_.size())
      throw SetupError("workers do not start (" + why + "); `vioreview doctor` says what is wrong");
  }

  void check_time(Slot& slot) {
    if (!slot.child || (slot.ready && !slot.job) || Clock::now() < slot.deadline) return;
    if (!slot.ready) {
      slot.child.reset();
      failed_start("not ready in time");
      return;
    }
    slot.child.reset();
    ++counters_.timeouts;
    fail(*std::exchange(slot.job, std::nullopt),
         {"case_timeout", "",
          "no answer within the case's time; raise --case-timeout or look at its pictures by "
          "hand"});
  }

  void fail(std::size_t job, const Problem& problem) {
    --open_;
    jobs_.failed(job, problem);
  }

  const WorkerOptions& options_;
  const Jobs& jobs_;
  std::vector<unsigned char> crashes_;  // by job
  std::size_t next_ = 0, open_ = 0;     // the first job never handed out; jobs without an answer
  std::vector<std::size_t> again_;      // to be handed out again
  std::vector<Slot> slots_;
  std::size_t failed_starts_ = 0;
  WorkerCounters counters_;
};

}  // namespace

WorkerCounters run_jobs(const WorkerOptions& options, const Jobs& jobs) {
  if (jobs.count == 0) return {};
  signal(SIGPIPE, SIG_IGN);  // a dead worker is noticed by its output
  return Supervisor(options, jobs).run();
}

}  // namespace vioreview
