// SPDX-License-Identifier: Apache-2.0
// One case on which a worker crashes, hangs, outgrows its memory or talks nonsense: that case is
// manual with its reason, all others are judged as if it were not there.
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "run/night.h"
#include "run/outputs.h"
#include "run/setup.h"
#include "run/trace.h"

namespace vioreview {
namespace {

using ::testing::HasSubstr;

constexpr int kCases = 12;
constexpr int kBad = 7;  // of kind `fits`

class Faults : public ::testing::Test {
 protected:
  void SetUp() override { write_night(dir_ / "night", kCases); }

  ReviewOptions options(const std::string& out, int workers = 2) const {
    ReviewOptions all = review_with(dir_ / "night", dir_ / out, dir_ / ("state-" + out),
                                    VIOREVIEW_TEST_WORKER, workers);
    all.workers.environment = {{"VIOREVIEW_TEST_TRACE", dir_.path().string()}};
    return all;
  }
  static Reviewed run(const ReviewOptions& with) {
    std::ostringstream said;
    return review(with, *make_json_progress(said));
  }
  static void tell(ReviewOptions& options, const std::string& fault) {
    options.workers.environment.emplace_back("VIOREVIEW_TEST_FAULT", fault + ":" + id_of(kBad));
  }
  // The verdicts of a run in which the bad case is told apart.
  void expect_only_the_bad_one(const std::string& out, const std::string& reason) {
    auto verdicts = verdicts_in(dir_ / out);
    EXPECT_THAT(verdicts.at(id_of(kBad)), HasSubstr("manual"));
    EXPECT_THAT(verdicts.at(id_of(kBad)), HasSubstr(reason));
    run(options("undisturbed"));
    auto expected = verdicts_in(dir_ / "undisturbed");
    EXPECT_EQ(expected.at(id_of(kBad)), "accept");
    verdicts.erase(id_of(kBad));
    expected.erase(id_of(kBad));
    EXPECT_EQ(verdicts, expected);
    EXPECT_TRUE(workers_are_gone(dir_.path()));
  }

  TestDir dir_;
};

TEST_F(Faults, ACrash) {
  for (const int workers : {1, 2}) {
    const std::string out = "out-" + std::to_string(workers);
    ReviewOptions with = options(out, workers);
    tell(with, "crash");
    const Reviewed reviewed = run(with);
    EXPECT_EQ(reviewed.counters.worker_crashes, 2);
    expect_only_the_bad_one(out, "case_crashed");
  }
}

TEST_F(Faults, ACrashThatDoesNotComeBack) {
  ReviewOptions with = options("out");
  tell(with, "crash_once");
  const Reviewed reviewed = run(with);
  EXPECT_EQ(reviewed.counters.worker_crashes, 1);
  run(options("undisturbed"));
  EXPECT_EQ(lasting_outputs(dir_ / "out"), lasting_outputs(dir_ / "undisturbed"));
}

TEST_F(Faults, AHang) {
  ReviewOptions with = options("out");
  with.workers.job_timeout_s = 2;
  tell(with, "hang");
  const Reviewed reviewed = run(with);
  EXPECT_EQ(reviewed.counters.worker_timeouts, 1);
  EXPECT_EQ(reviewed.counters.worker_crashes, 0);
  expect_only_the_bad_one("out", "case_timeout");
}

TEST_F(Faults, RunawayMemory) {
  ReviewOptions with = options("out");
#ifdef __SANITIZE_ADDRESS__
  // Its shadow memory counts as data; its own limit stands in.
  with.workers.environment.emplace_back("ASAN_OPTIONS", "hard_rss_limit_mb=512");
#else
  with.workers.memory_mb = 512;
#endif
  tell(with, "memory");
  const Reviewed reviewed = run(with);
  EXPECT_EQ(reviewed.counters.worker_crashes, 2);
  expect_only_the_bad_one("out", "case_crashed");
}

TEST_F(Faults, ALookThatThrows) {
  ReviewOptions with = options("out");
  tell(with, "throw");
  EXPECT_EQ(run(with).counters.worker_crashes, 2);
  expect_only_the_bad_one("out", "case_crashed");
}

TEST_F(Faults, AnAnswerThatIsNone) {
  ReviewOptions with = options("out");
  tell(with, "garbage");
  run(with);
  expect_only_the_bad_one("out", "case_crashed");
}

TEST_F(Faults, AreNotRemembered) {
  ReviewOptions with = options("out");
  tell(with, "crash");
  run(with);
  const Reviewed again = run(options("out"));
  EXPECT_EQ(again.counters.pictures_opened, kPictures);
  EXPECT_EQ(verdicts_in(dir_ / "out").at(id_of(kBad)), "accept");
}

TEST_F(Faults, AWorkerThatCannotStartEndsTheRun) {
  for (const auto& [how, said] : {std::pair("die", "libmissing.so: cannot be found"),
                                  {"fatal", "reader.pt: has another hash than its card says"}}) {
    ReviewOptions with = options("out");
    with.workers.environment.emplace_back("VIOREVIEW_TEST_START", how);
    try {
      run(with);
      ADD_FAILURE() << how;
    } catch (const SetupError& error) {
      EXPECT_THAT(error.what(), HasSubstr(said));
    }
    EXPECT_FALSE(std::filesystem::exists(dir_ / "out" / "manifest.jsonl"));
    EXPECT_TRUE(workers_are_gone(dir_.path()));
  }
}

}  // namespace
}  // namespace vioreview
