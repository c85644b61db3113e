// SPDX-License-Identifier: Apache-2.0
// The program's shell, in process: help, usage errors, commands that need no picture.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/inspect_text.h"
#include "run.h"
#include "testing.h"

namespace vioreview {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Program, EveryCommandsHelpStartsWithTwoExamples) {
  for (const Command& command : commands()) {
    if (command.hidden) continue;
    const Ran ran = run({command.name, "--help"});
    EXPECT_EQ(ran.code, kDone) << command.name;
    EXPECT_THAT(ran.out, StartsWith("Examples:\n  vioreview " + std::string(command.name)))
        << command.name;
    const std::string examples = ran.out.substr(0, ran.out.find("\n\n"));
    EXPECT_EQ(std::count(examples.begin(), examples.end(), '\n'), 2) << examples;
  }
}

TEST(Program, HelpListsCommandsAndExitCodes) {
  const Ran ran = run({"--help"});
  EXPECT_EQ(ran.code, kDone);
  for (const char* word : {"review", "ingest", "inspect", "check", "compare", "calibrate",
                           "catalogue", "models", "doctor", "130 stopped"})
    EXPECT_THAT(ran.out, HasSubstr(word));
  EXPECT_THAT(ran.out, testing::Not(HasSubstr("worker"))) << "private commands are not shown";
}

TEST(Program, UsageErrorsAreExitTwo) {
  const TestDir dir;
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {},
           {"reviwe"},
           {"review"},
           {"review", "/no/such/batch", "-o", dir.path().string()},
           {"review", dir.path().string()},
           {"catalogue", "--lang", "fr"},
           {"review", dir.path().string(), "-o", "x", "--received", "yesterday"},
           {"review", dir.path().string(), "-o", "x", "--workers", "0"}}) {
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, kUsage) << testing::PrintToString(arguments);
    EXPECT_FALSE(ran.out.empty() && ran.err.empty());
  }
}

TEST(Program, ABrokenPolicyIsNamedWithItsLine) {
  const TestDir dir;
  const auto policy = dir.write("policy.toml", "[limits]\naccept = 2\n");
  std::filesystem::create_directory(dir / "batch");
  const Ran ran = run({"review", (dir / "batch").string(), "-o", (dir / "out").string(), "--policy",
                       policy.string()});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err, HasSubstr("policy.toml:2"));
  EXPECT_FALSE(std::filesystem::exists(dir / "out")) << "nothing was started";
}

TEST(Catalogue, ShowsWhatAViolationNeedsAndWhatIsNotBuilt) {
  const Ran ran = run({"catalogue", "16250", "--lang", "zh"});
  EXPECT_EQ(ran.code, kDone);
  EXPECT_THAT(ran.out, HasSubstr("驾驶机动车违反道路交通信号灯通行"));
  EXPECT_THAT(ran.out, HasSubstr("+ signal_red_in_all_panels"));
  EXPECT_THAT(ran.out, HasSubstr("+ plate_readable"));
  EXPECT_THAT(run({"catalogue", "1223", "--lang", "zh"}).out, HasSubstr("- phone_in_hand"))
      << "no model looks into cabins";
}

TEST(Catalogue, AnUnknownCodeIsAUsageError) {
  const Ran ran = run({"catalogue", "9999"});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err, HasSubstr("9999"));
}

TEST(Review, DryRunListsAndWritesNothing) {
  const TestDir dir;
  dir.write("batch/a/record.json", R"({"case_id":"A-1","violation":"1636","pictures":["1.jpg"]})");
  dir.write("batch/a/1.jpg", "x");
  dir.write("facts.jsonl", "");
  const Ran ran = run({"review", (dir / "batch").string(), "-o", (dir / "out").string(),
                       "--recorded", (dir / "facts.jsonl").string(), "--dry-run"});
  EXPECT_EQ(ran.code, kDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("A-1  1636  1 pictures, 0 remembered"));
  EXPECT_FALSE(std::filesystem::exists(dir / "out"));
}

// A nightly job meets empty inboxes; one with files in it that are no captures is another matter.
TEST(Review, ANightWithoutCapturesIsSaid) {
  const TestDir dir;
  dir.write("facts.jsonl", "");
  std::filesystem::create_directories(dir / "inbox");
  const auto review = [&](bool dry) {
    std::vector<std::string> arguments = {"review",     (dir / "inbox").string(),
                                          "-o",         (dir / "out").string(),
                                          "--recorded", (dir / "facts.jsonl").string()};
    if (dry) arguments.emplace_back("--dry-run");
    return run(arguments);
  };
  for (const bool dry : {true, false}) {
    const Ran empty = review(dry);
    EXPECT_EQ(empty.code, kDone) << empty.err;
    EXPECT_THAT(empty.err, HasSubstr("inbox: no capture was delivered"));
  }
  dir.write("inbox/readme.txt", "x");
  EXPECT_THAT(review(true).out, HasSubstr("or a picture: readme.txt;"));
  const Ran texts = review(false);
  EXPECT_EQ(texts.code, kUnprocessed) << texts.err;
  EXPECT_THAT(read_file(dir / "out/manual.csv"), HasSubstr("readme.txt"));
}

TEST(Padded, CountsChineseCharactersTwice) {
  EXPECT_EQ(padded("ab", 4), "ab  ");
  EXPECT_EQ(padded("皖A", 5), "皖A  ");
  EXPECT_EQ(padded("abcdef", 4), "abcdef ") << "always one blank";
}

}  // namespace
}  // namespace vioreview
