// SPDX-License-Identifier: Apache-2.0
// `ingest --dry-run`, and `review` of pictures that their names say all of, as commands.
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_codes.h"
#include "format/value.h"
#include "run.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kPattern = "{device}_{time}_{number}";

std::string samples() {
  return (fs::path(VIOREVIEW_SOURCE_DIR) / "samples/named").string();
}

TEST(IngestCommand, ShowsWhatTheSamplesParseTo) {
  const Ran ran = run({"ingest", samples(), "--dry-run"});
  EXPECT_EQ(ran.code, kDone) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("files 8, cases 3, templates 2; nothing was written"));
  EXPECT_THAT(ran.out, HasSubstr("date=20260725 device=724128988825846831 clock=153736 lane=1 "
                                 "plate=湘F7938Q color=2 code=1625 number=1"));
  EXPECT_THAT(ran.out, Not(HasSubstr("number=T"))) << "three examples of a template";
  EXPECT_THAT(run({"ingest", samples(), "--dry-run", "--all"}).out, HasSubstr("number=T"));
}

TEST(IngestCommand, ReviewTakesTheSameCases) {
  const TestDir dir;
  const Ran ran = run({"review", samples(), "-o", (dir / "out").string(), "--recorded",
                       dir.write("facts.jsonl", "").string(), "--dry-run"});
  EXPECT_EQ(ran.code, kDone) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("1625  4 pictures"), HasSubstr("1636  1 pictures"),
                             HasSubstr("3 cases, 6 pictures")));
}

// What a name lacks or spoils is told of, and the exit code says that a review would leave some.
TEST(IngestCommand, SaysWhyANameDoesNotFitAndWhatLacks) {
  const TestDir dir;
  for (const char* name :
       {"D_20260314082531_1.jpg", "D_20260314082531_3.jpg", "D_20260314082532_1.jpg",
        "D_20260314082532_2.jpg", "D_2026_1.jpg", "E_20260314082531_1.jpg", "\x1B[31mD.jpg"})
    dir.write(name, name);
  const Ran ran = run({"ingest", dir.path().string(), "--template", kPattern, "--dry-run"});
  EXPECT_EQ(ran.code, kUnprocessed);
  EXPECT_THAT(ran.out, HasSubstr("D_2026_1.jpg  ({time} at character 3 has not the form"));
  EXPECT_THAT(ran.out, HasSubstr("missing pictures: 1\n  D_20260314082531_2.jpg\n"));
  EXPECT_THAT(ran.out, HasSubstr("cases have several pictures: 1\n  E_20260314082531_1.jpg\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1B"))) << "no control characters";
  const Ran unread = run({"ingest", dir.path().string(), "--dry-run"});
  EXPECT_EQ(unread.code, kUnprocessed) << "without a template all are loose";
  EXPECT_THAT(unread.out, HasSubstr("--template '{device}_{time:yyyyMMddHHmmss}_{number}'"));
}

// As a review would say of the same folder.
TEST(IngestCommand, CasesThatNoReviewCanProcessAreCountedAndExplained) {
  const TestDir dir;
  dir.write("in/a/record.json", "{");
  dir.write("in/a/1.jpg", "x");
  dir.write("in/b/record.json", R"({"case_id":"b","pictures":["no.jpg"]})");
  dir.write("in/c/record.json", R"({"case_id":"c","pictures":["1.jpg"]})");
  dir.write("in/c/1.jpg", "x");
  dir.write("in/list.csv",
            "case_id,violation,time,pictures\nd,1625,2026-03-14T08:25:31,c/1.jpg\n\"e,1625\n");
  dir.write("in/night.7z", "x");
  const std::string in = (dir / "in").string();
  const Ran ran = run({"ingest", in, "--dry-run"});
  EXPECT_EQ(ran.code, kUnprocessed);
  EXPECT_THAT(ran.out, HasSubstr("\n4 cases could not be processed"));
  EXPECT_THAT(ran.out, HasSubstr("a/record.json  (record_invalid: "));
  EXPECT_THAT(ran.out, HasSubstr("b/record.json  (picture_missing no.jpg: the picture that"));
  EXPECT_THAT(ran.out, HasSubstr("  c/record.json\n"));
  EXPECT_THAT(ran.out, HasSubstr("list.csv  (record_invalid: line 3 has a quote"));
  EXPECT_THAT(ran.out, HasSubstr("night.7z  (record_missing: an archive of this kind is not read"));
  const Ran json = run({"ingest", in, "--dry-run", "--json"});
  EXPECT_THAT(json.out, HasSubstr("\"unprocessed\":4"));
  const Ran review = run({"review", in, "-o", (dir / "out").string(), "--recorded",
                          dir.write("facts.jsonl", "").string(), "--dry-run"});
  EXPECT_THAT(review.out, HasSubstr("(night.7z: an archive of this kind is not read"));
}

TEST(IngestCommand, JsonAccountsForEveryFile) {
  std::istringstream lines(run({"ingest", samples(), "--dry-run", "--json"}).out);
  int files = 0, named = 0;
  Value summary;
  for (std::string line; std::getline(lines, line);) {
    const auto value = parse_json(line);
    ASSERT_TRUE(value.ok()) << line;
    if (value.value().find("summary")) {
      summary = value.value();
      continue;
    }
    ++files;
    named += *value.value().find("fate")->as_string() == "named";
    EXPECT_FALSE(summary.find("files")) << "the counts stand last";
  }
  EXPECT_EQ(files, 8);
  EXPECT_EQ(named, 6);
  ASSERT_TRUE(summary.find("counts"));
  EXPECT_EQ(summary.find("files")->number(), 8);
  EXPECT_EQ(summary.find("counts")->find("named")->number(), 6);
}

// A last picture that lacks leaves no gap in the numbers.
TEST(IngestCommand, HowManyPicturesACaseHasMayBeSaid) {
  const TestDir dir;
  for (const char* name :
       {"in/D_20260314082531_1.jpg", "in/D_20260314082531_2.jpg", "in/D_20260314082531_3.jpg",
        "in/D_20260314082532_1.jpg", "in/D_20260314082532_2.jpg", "in/D_20260314082532_3.jpg",
        "in/D_20260314082533_1.jpg", "in/D_20260314082533_2.jpg", "in/E_20260314082531_1.jpg"})
    dir.write(name, name);
  const std::string in = (dir / "in").string();
  const Ran guessed = run({"ingest", in, "--template", kPattern, "--dry-run"});
  EXPECT_EQ(guessed.code, kDone) << "a hint decides nothing";
  EXPECT_THAT(guessed.out, HasSubstr("  device D: most cases have 3 pictures, these have 2: "
                                     "D_20260314082533_1.jpg\n  --pictures N"));
  EXPECT_THAT(guessed.out, Not(HasSubstr("device E")));
  EXPECT_THAT(guessed.out, Not(HasSubstr("missing pictures")));
  const std::vector<std::string> said = {"--template", kPattern, "--pictures", "3"};
  std::vector<std::string> ingest = {"ingest", in, "--dry-run"},
                           review = {"review",     in,
                                     "-o",         (dir / "out").string(),
                                     "--recorded", dir.write("facts.jsonl", "").string(),
                                     "--dry-run"};
  for (auto* arguments : {&ingest, &review})
    arguments->insert(arguments->end(), said.begin(), said.end());
  const Ran known = run(ingest);
  EXPECT_THAT(known.out, HasSubstr("missing pictures: 3\n  D_20260314082533_3.jpg\n"));
  EXPECT_THAT(known.out, Not(HasSubstr("most cases have")));
  EXPECT_THAT(run(review).out, HasSubstr("4 cases, 12 pictures"));
}

TEST(IngestCommand, MistakesAreExitTwo) {
  const TestDir dir;
  dir.write("a/D_20260314082531_1.jpg", "x");
  dir.write("b/inbox.toml", "[[template]]\npattern = '{devise}_{number}'\n");
  const std::string a = (dir / "a").string(), b = (dir / "b").string();
  const std::string index = dir.write("a.csv", "xh\n1\n").string();
  for (const auto& [arguments, message] :
       std::vector<std::pair<std::vector<std::string>, const char*>>{
           {{"ingest", a}, "--dry-run"},
           {{"ingest", a + "/none", "--dry-run"}, "none"},
           {{"ingest", index, "--dry-run"}, "neither a folder, an archive nor a listing"},
           {{"ingest", a, "--dry-run", "--template", "{lane"}, "without its '}'"},
           {{"ingest", a, "--dry-run", "--template", "none.toml"}, "neither a pattern"},
           {{"ingest", b, "--dry-run"}, "inbox.toml:2: "},
           {{"ingest", a, "--dry-run", "--pictures", "3"}, "give one, or write pictures = 3 into"},
           {{"ingest", a, "--dry-run", "--pictures", "99"}, "--pictures"},
           {{"ingest", a, "--dry-run", "--pictures", "3", "--template", "{device}_{time}"},
            "add {number}"},
           {{"ingest", a, "--dry-run", "--pictures", "3", "--template", b + "/inbox.toml"},
            "write pictures = 3 into"},
           {{"review", b, "-o", (dir / "o").string()}, "did you mean {device}"},
           {{"review", index, "-o", (dir / "o").string(), "--template", kPattern},
            "leave --template out"}}) {
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, kUsage) << testing::PrintToString(arguments);
    EXPECT_THAT(ran.err + ran.out, HasSubstr(message));
  }
  EXPECT_FALSE(fs::exists(dir / "o/manifest.jsonl"));
}

}  // namespace
}  // namespace vioreview
