// SPDX-License-Identifier: Apache-2.0
#include "run/progress.h"

#include <chrono>
#include <ostream>
#include <string>
#include <utility>

#include "format/value.h"

namespace vioreview {
namespace {

using Clock = std::chrono::steady_clock;

// Rate and time left of the current stage; says when it is time to print again.
class Pace {
 public:
  explicit Pace(double every_s) : every_s_(every_s) {}

  bool due(std::string_view stage, std::int64_t done, std::int64_t total) {
    const auto now = Clock::now();
    if (stage != stage_) {
      stage_ = stage;
      begun_ = now;
      begun_at_ = done;
      printed_ = now - std::chrono::hours(1);
    }
    done_ = done;
    total_ = total;
    if (seconds(now - printed_) < every_s_ && done < total) return false;
    printed_ = now;
    return true;
  }
  double per_second() const {
    const double elapsed = seconds(Clock::now() - begun_);
    return elapsed > 0 ? static_cast<double>(done_ - begun_at_) / elapsed : 0;
  }
  double left() const {
    return per_second() > 0 ? static_cast<double>(total_ - done_) / per_second() : 0;
  }

 private:
  static double seconds(Clock::duration d) { return std::chrono::duration<double>(d).count(); }
  double every_s_;
  std::string stage_;
  Clock::time_point begun_, printed_;
  std::int64_t begun_at_ = 0, done_ = 0, total_ = 0;
};

std::string clock_of(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  const std::string s = std::to_string(whole % 60), m = std::to_string(whole / 60 % 60);
  return (whole >= 3600 ? std::to_string(whole / 3600) + "h" : "") + (whole >= 60 ? m + "m" : "") +
         s + "s";
}

class TerminalProgress : public Progress {
 public:
  explicit TerminalProgress(std::ostream& out) : out_(out) {}
  ~TerminalProgress() override { TerminalProgress::finish(); }  // also when the run failed
  void update(std::string_view stage, std::int64_t done, std::int64_t total) override {
    if (!pace_.due(stage, done, total)) return;
    const auto rate = static_cast<std::int64_t>(pace_.per_second() * 10);
    out_ << "\r\x1b[K" << stage << ' ' << done << '/' << total << "  " << rate / 10 << '.'
         << rate % 10 << "/s  " << clock_of(pace_.left()) << " left" << std::flush;
    drawn_ = true;
  }
  void finish() override {
    if (drawn_) out_ << "\r\x1b[K" << std::flush;
    drawn_ = false;
  }
  void summarise(const Summary&, const RunCounters&) override {}

 private:
  std::ostream& out_;
  Pace pace_{0.2};
  bool drawn_ = false;
};

class JsonProgress : public Progress {
 public:
  explicit JsonProgress(std::ostream& out) : out_(out) {}
  void update(std::string_view stage, std::int64_t done, std::int64_t total) override {
    if (!pace_.due(stage, done, total)) return;
    Value line;
    line.set("message_type", "status").set("stage", stage).set("done", done).set("total", total);
    line.set("per_second", rounded(pace_.per_second(), 2))
        .set("seconds_left", rounded(pace_.left(), 0));
    out_ << write_json(line) << std::endl;
  }
  void finish() override {}
  void summarise(const Summary& summary, const RunCounters& counters) override {
    Value verdicts{Value::Object{}};
    for (const auto& [verdict, count] : summary.by_verdict) verdicts.set(verdict, count);
    Value line;
    line.set("message_type", "summary")
        .set("cases", summary.cases)
        .set("unprocessed", summary.unprocessed)
        .set("by_verdict", std::move(verdicts))
        .set("cases_perceived", counters.cases_perceived)
        .set("cases_remembered", counters.cases_remembered)
        .set("pictures_opened", counters.pictures_opened)
        .set("worker_crashes", counters.worker_crashes)
        .set("worker_timeouts", counters.worker_timeouts)
        .set("seconds", rounded(counters.seconds, 2));
    out_ << write_json(line) << std::endl;
  }

 private:
  std::ostream& out_;
  Pace pace_{5};
};

}  // namespace

std::unique_ptr<Progress> make_terminal_progress(std::ostream& out) {
  return std::make_unique<TerminalProgress>(out);
}
std::unique_ptr<Progress> make_json_progress(std::ostream& out) {
  return std::make_unique<JsonProgress>(out);
}

}  // namespace vioreview
