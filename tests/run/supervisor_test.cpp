// SPDX-License-Identifier: Apache-2.0
// The supervisor against workers written in shell, each bad in its own way.
#include "run/supervisor.h"

#include <algorithm>
#include <chrono>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "testing.h"

namespace vioreview {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kReady = "echo '{\"ready\":true}'; ";

WorkerOptions shell(const std::string& script, int count = 1) {
  WorkerOptions options;
  options.command = {"/bin/sh", "-c", script};
  options.count = count;
  options.start_timeout_s = 60;
  return options;
}

// An honest worker but for what it does with a line, in $line.
WorkerOptions worker(const std::string& each, int count = 1) {
  return shell(std::string(kReady) + "while read -r line; do " + each + "; done", count);
}

struct Outcome {
  std::map<std::size_t, std::string> answers, reasons, details;
  WorkerCounters counters;
  bool told(std::size_t i) const { return answers.contains(i) || reasons.contains(i); }
};

Outcome run(const WorkerOptions& options, const std::vector<std::string>& lines) {
  Outcome outcome;
  Jobs jobs;
  jobs.count = lines.size();
  jobs.request = [&](std::size_t i) { return lines[i]; };
  jobs.answered = [&](std::size_t i, const std::string& line) {
    if (line == "nonsense") return false;
    EXPECT_FALSE(outcome.told(i)) << "told twice: " << i;
    outcome.answers[i] = line;
    return true;
  };
  jobs.failed = [&](std::size_t i, const Problem& problem) {
    EXPECT_FALSE(outcome.told(i)) << "told twice: " << i;
    outcome.reasons[i] = problem.reason;
    outcome.details[i] = problem.detail;
  };
  jobs.stopped = [] { return false; };
  outcome.counters = run_jobs(options, jobs);
  return outcome;
}

std::string setup_error(const WorkerOptions& options) {
  try {
    run(options, {"a", "b", "c", "d"});
  } catch (const SetupError& error) {
    return error.what();
  }
  return "it went well";
}

TEST(Supervisor, GivesEachJobItsAnswer) {
  for (const int count : {1, 3, 50}) {
    std::vector<std::string> lines;
    for (int i = 0; i < 20; ++i) lines.push_back("line " + std::to_string(i));
    const Outcome outcome = run(worker("echo \"seen $line\"", count), lines);
    ASSERT_EQ(outcome.answers.size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i)
      EXPECT_EQ(outcome.answers.at(i), "seen " + lines[i]);
  }
}

TEST(Supervisor, StartsNobodyForNothing) {
  EXPECT_TRUE(run(shell("exit 1"), {}).answers.empty());
}

TEST(Supervisor, PassesItsEnvironmentAndMore) {
  WorkerOptions options = worker("echo \"$OMP_NUM_THREADS $HOME_OF_TEST $PATH\"");
  setenv("OMP_NUM_THREADS", "7", 1);
  setenv("HOME_OF_TEST", "there", 1);
  options.environment = {{"OMP_NUM_THREADS", "1"}};
  EXPECT_THAT(run(options, {"x"}).answers.at(0),
              StartsWith("1 there " + std::string(std::getenv("PATH"))));
}

TEST(Supervisor, LimitsMemoryAndLeavesNoCoreFiles) {
  WorkerOptions options = worker("echo \"$(ulimit -d) $(ulimit -c)\"");
  options.memory_mb = 300;
  EXPECT_EQ(run(options, {"x"}).answers.at(0), std::to_string(300 * 1024) + " 0");
}

TEST(Supervisor, SendsAndTakesLongLines) {
  const std::string longest(3U << 20, 'x');
  const Outcome outcome = run(shell(std::string(kReady) + "exec cat"), {longest, "short"});
  EXPECT_EQ(outcome.answers.at(0), longest);
  EXPECT_EQ(outcome.answers.at(1), "short");
}

TEST(Supervisor, IsNotHeldUpByWhatWorkersPrint) {
  const Outcome outcome =
      run(worker("head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; echo ok"), {"a", "b"});
  EXPECT_EQ(outcome.answers.at(1), "ok");
}

TEST(Supervisor, TriesACaseTwiceWhenItsWorkerDies) {
  const TestDir dir;
  const std::string mark = (dir / "died").string();
  const Outcome outcome = run(worker("if [ $line = b ] && [ ! -e " + mark + " ]; then touch " +
                                     mark + "; kill -9 $$; fi; echo \"seen $line\""),
                              {"a", "b", "c"});
  EXPECT_EQ(outcome.answers.size(), 3U);
  EXPECT_EQ(outcome.answers.at(1), "seen b");
  EXPECT_EQ(outcome.counters.crashes, 1);
}

TEST(Supervisor, GivesUpACaseOnWhichTwoWorkersDied) {
  for (const int count : {1, 2}) {
    const Outcome outcome =
        run(worker("[ $line = b ] && kill -11 $$; echo \"seen $line\"", count), {"a", "b", "c"});
    EXPECT_EQ(outcome.answers.size(), 2U);
    EXPECT_EQ(outcome.reasons.at(1), "case_crashed");
    EXPECT_THAT(outcome.details.at(1), HasSubstr("signal 11"));
    EXPECT_EQ(outcome.counters.crashes, 2);
  }
}

TEST(Supervisor, GoesOnThoughEveryCaseCrashes) {
  const Outcome outcome = run(worker("exit 3", 2), {"a", "b", "c", "d", "e", "f"});
  EXPECT_EQ(outcome.reasons.size(), 6U);
  EXPECT_THAT(outcome.details.at(5), HasSubstr("exit status 3"));
  EXPECT_EQ(outcome.counters.crashes, 12);
}

TEST(Supervisor, ReplacesAWorkerThatTalksNonsense) {
  const TestDir dir;
  const std::string mark = (dir / "said").string();
  const Outcome once = run(worker("if [ $line = b ] && [ ! -e " + mark + " ]; then touch " + mark +
                                  "; echo nonsense; fi; echo \"seen $line\""),
                           {"a", "b", "c"});
  EXPECT_EQ(once.answers.at(1), "seen b");
  EXPECT_EQ(once.answers.at(2), "seen c");
  EXPECT_EQ(once.counters.crashes, 1);
  const Outcome always = run(worker("echo nonsense"), {"a", "b"});
  EXPECT_EQ(always.reasons.at(0), "case_crashed");
  EXPECT_EQ(always.reasons.at(1), "case_crashed");
}

TEST(Supervisor, EndsACaseThatTakesTooLong) {
  WorkerOptions options = worker("[ $line = b ] && exec sleep 1000; echo \"seen $line\"", 2);
  options.job_timeout_s = 1;
  const Outcome outcome = run(options, {"a", "b", "c"});
  EXPECT_EQ(outcome.answers.size(), 2U);
  EXPECT_EQ(outcome.reasons.at(1), "case_timeout");
  EXPECT_EQ(outcome.counters.timeouts, 1);
  EXPECT_EQ(outcome.counters.crashes, 0);
}

// A worker that takes nothing must not hold up the one that sends.
TEST(Supervisor, EndsAWorkerThatDoesNotRead) {
  WorkerOptions options = shell(std::string(kReady) + "exec sleep 1000");
  options.job_timeout_s = 1;
  const Outcome outcome = run(options, {std::string(3U << 20, 'x')});
  EXPECT_EQ(outcome.reasons.at(0), "case_timeout");
}

TEST(Supervisor, EndsTheRunWhenWorkersDieAtTheStart) {
  const std::string said = setup_error(shell("echo 'no such library' >&2; exit 9", 2));
  EXPECT_THAT(said, HasSubstr("exit status 9: no such library"));
  EXPECT_THAT(said, HasSubstr("doctor"));
}

TEST(Supervisor, EndsTheRunWhenTheProgramIsNotThere) {
  WorkerOptions options;
  options.command = {"/nowhere/vioreview", "worker"};
  EXPECT_THAT(setup_error(options), HasSubstr("cannot be run"));
}

TEST(Supervisor, EndsTheRunWhenWorkersNeverGetReady) {
  WorkerOptions options = shell("echo nonsense; exec sleep 1000");
  options.start_timeout_s = 0.3;
  EXPECT_THAT(setup_error(options), HasSubstr("not ready in time"));
}

// Whoever says ready and is gone before it can be given a case is no better than who never did.
TEST(Supervisor, EndsTheRunWhenWorkersDieOnceReady) {
  EXPECT_NE(setup_error(shell("exec <&-; " + std::string(kReady) + "sleep 0.1")), "it went well");
}

TEST(Supervisor, PassesOnWhyAWorkerCannotStart) {
  EXPECT_EQ(setup_error(shell("echo '{\"fatal\":\"reader.pt: another hash\"}'; exit 1", 2)),
            "reader.pt: another hash");
}

TEST(Supervisor, KeepsWhatIsFinishedWhenItIsStopped) {
  const WorkerOptions options = worker("echo \"seen $line\"");
  std::size_t finished = 0;
  Jobs jobs;
  jobs.count = 100;
  jobs.request = [](std::size_t) { return "x"; };
  jobs.answered = [&](std::size_t, const std::string&) { return ++finished > 0; };
  jobs.stopped = [&] { return finished >= 10; };
  EXPECT_THROW(run_jobs(options, jobs), StoppedError);
  EXPECT_GE(finished, 10U);
  EXPECT_LT(finished, 100U);
}

}  // namespace
}  // namespace vioreview
