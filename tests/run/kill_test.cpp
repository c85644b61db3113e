// SPDX-License-Identifier: Apache-2.0
// Runs that are killed or stopped at random moments and started again: same bytes as undisturbed,
// nothing looked at twice but what was in the workers' hands, no worker left behind.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <iostream>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "run/night.h"
#include "run/outputs.h"
#include "run/trace.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr int kCases = 35, kWorkers = 2;
constexpr int kDone = 3;  // done, but some cases could not be processed: the night has broken ones

void sleep_ms(std::int64_t milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

// A review as a process of its own, leader of its process group.
class ReviewProcess {
 public:
  ReviewProcess(const TestDir& dir, const std::string& name, int workers = kWorkers) {
    trace_ = dir / ("trace-" + name);
    fs::create_directories(trace_);
    said_ = trace_ / "stderr";
    const std::string batch = dir / "night", out = dir / ("out-" + name),
                      state = dir / ("state-" + name), count = std::to_string(workers);
    pid_ = fork();
    if (pid_ != 0) return;
    setpgid(0, 0);
    setenv("VIOREVIEW_TEST_TRACE", trace_.c_str(), 1);
    setenv("VIOREVIEW_TEST_SLOW_MS", "3", 1);
    const int err = open(said_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0640);
    dup2(err, STDERR_FILENO);
    execl(VIOREVIEW_TEST_REVIEW, VIOREVIEW_TEST_REVIEW, batch.c_str(), out.c_str(), state.c_str(),
          VIOREVIEW_TEST_WORKER, count.c_str(), nullptr);
    _exit(127);
  }
  ~ReviewProcess() {
    send(SIGKILL);
    wait();
  }
  ReviewProcess(const ReviewProcess&) = delete;
  ReviewProcess& operator=(const ReviewProcess&) = delete;

  void send(int signal) const {
    if (pid_ > 0) kill(pid_, signal);
  }
  void send_to_group(int signal) const {
    if (pid_ > 0) kill(-pid_, signal);
  }
  // The exit code, or minus the signal that ended it.
  int wait() {
    if (pid_ <= 0) return code_;
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  bool ended() {
    int status = 0;
    if (pid_ > 0 && waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    return pid_ <= 0;
  }
  std::size_t looks() const { return lines_of(trace_ / "looks").size(); }
  // Waits until workers have begun this many looks in all runs of this name, or the run ended.
  void wait_for_looks(std::size_t count) {
    while (looks() < count && !ended()) sleep_ms(1);
  }
  std::string said() const { return read_file(said_); }
  const fs::path& trace() const { return trace_; }

 private:
  pid_t pid_ = -1;
  int code_ = 0;
  fs::path trace_, said_;
};

class Kill : public ::testing::Test {
 protected:
  void SetUp() override {
    write_night(dir_ / "night", kCases);
    ReviewProcess undisturbed(dir_, "undisturbed");
    ASSERT_EQ(undisturbed.wait(), kDone) << undisturbed.said();
    all_looks_ = undisturbed.looks();
    expected_ = lasting_outputs(dir_ / "out-undisturbed");
    ASSERT_GT(expected_.at("manifest.jsonl").size(), 10000U);
  }

  // Runs to the end and compares. `stops`: how often the run was cut short before.
  void expect_the_same_after_resuming(const std::string& name, std::size_t stops) {
    ReviewProcess resumed(dir_, name);
    EXPECT_EQ(resumed.wait(), kDone) << resumed.said();
    EXPECT_EQ(lasting_outputs(dir_ / ("out-" + name)), expected_);
    EXPECT_LE(resumed.looks(), all_looks_ + stops * kWorkers * kPictures)
        << "more was looked at again than the workers had in hand";
    for (const auto& entry : fs::directory_iterator(dir_ / ("out-" + name)))
      EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
    EXPECT_TRUE(workers_are_gone(resumed.trace()));
  }

  TestDir dir_;
  std::size_t all_looks_ = 0;
  std::map<std::string, std::string> expected_;
};

TEST_F(Kill, OneWorkerWritesTheSame) {
  ReviewProcess one(dir_, "one", 1);
  EXPECT_EQ(one.wait(), kDone);
  EXPECT_EQ(lasting_outputs(dir_ / "out-one"), expected_);
}

TEST_F(Kill, AtTwentyRandomMoments) {
  std::mt19937 random(20260314);
  int while_looking = 0, later = 0, after = 0;
  for (int moment = 0; moment < 20; ++moment) {
    const std::string name = std::to_string(moment);
    // A quarter of the moments lies behind the last look: judging, writing, the ledger.
    const bool late = moment % 4 == 3;
    const std::size_t count = late ? all_looks_ : 1 + random() % all_looks_;
    const auto delay = static_cast<std::int64_t>(random() % (late ? 60 : 10));
    {
      ReviewProcess killed(dir_, name);
      killed.wait_for_looks(count);
      sleep_ms(delay);
      killed.send(SIGKILL);
      const int code = killed.wait();
      ++(code == kDone ? after : late ? later : while_looking);
      EXPECT_TRUE(code == -SIGKILL || code == kDone) << code << ' ' << killed.said();
      EXPECT_TRUE(workers_are_gone(killed.trace())) << "a worker outlived its supervisor";
      if (fs::exists(dir_ / ("out-" + name) / "summary.json")) {  // written last
        EXPECT_EQ(lasting_outputs(dir_ / ("out-" + name)), expected_);
      }
    }
    expect_the_same_after_resuming(name, 1);
  }
  std::cout << "killed " << while_looking << " times while looking, " << later
            << " times while judging and writing, " << after << " times when all was done\n";
  EXPECT_GE(while_looking, 10);
}

TEST_F(Kill, AgainAndAgain) {
  std::mt19937 random(7);
  std::size_t kills = 0, seen = 0;
  while (seen < all_looks_) {
    ReviewProcess killed(dir_, "chain");
    killed.wait_for_looks(seen + 1 + random() % 12);
    killed.send(SIGKILL);
    killed.wait();
    ASSERT_TRUE(workers_are_gone(killed.trace()));
    ++kills;
    ASSERT_LT(kills, 100U) << "no headway";
    seen = killed.looks();
  }
  EXPECT_GE(kills, 4U);
  expect_the_same_after_resuming("chain", kills);
}

TEST_F(Kill, AStopIsResumed) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const std::string name = "stop-" + std::to_string(signal);
    {
      ReviewProcess stopped(dir_, name);
      stopped.wait_for_looks(all_looks_ / 2);
      // As a terminal or a service manager does it: to the workers as well.
      stopped.send_to_group(signal);
      EXPECT_EQ(stopped.wait(), 130) << stopped.said();
      EXPECT_THAT(stopped.said(), HasSubstr("the same command resumes"));
      EXPECT_TRUE(workers_are_gone(stopped.trace()));
      EXPECT_FALSE(fs::exists(dir_ / ("out-" + name) / "manifest.jsonl"));
    }
    expect_the_same_after_resuming(name, 1);
  }
}

TEST_F(Kill, AStopWhileWorkersStartIsAStop) {
  setenv("VIOREVIEW_TEST_START", "slow", 1);
  ReviewProcess stopped(dir_, "start", 5);
  unsetenv("VIOREVIEW_TEST_START");
  while (lines_of(stopped.trace() / "pids").size() < 5 && !stopped.ended()) sleep_ms(1);
  stopped.send_to_group(SIGINT);
  EXPECT_EQ(stopped.wait(), 130) << stopped.said();
  EXPECT_TRUE(workers_are_gone(stopped.trace()));
}

TEST_F(Kill, ASecondRunIsToldWhoIsFirst) {
  ReviewProcess first(dir_, "same");
  first.wait_for_looks(1);
  const std::string holder = read_file(dir_ / "out-same" / ".lock");
  ReviewProcess second(dir_, "same");
  EXPECT_EQ(second.wait(), 75);
  EXPECT_THAT(second.said(), HasSubstr("in use by process " + holder + ";"));
  EXPECT_EQ(first.wait(), kDone);
  EXPECT_EQ(lasting_outputs(dir_ / "out-same"), expected_);
}

}  // namespace
}  // namespace vioreview
