// SPDX-License-Identifier: Apache-2.0
// `check` and `compare` as commands: what they print and how they exit. The samples have no
// pictures, so that no model is needed.
#include <array>
#include <cstdio>
#include <string>
#include <sys/wait.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing.h"

namespace vioreview {
namespace {

using testing::HasSubstr;

struct Ran {
  int code = -1;
  std::string out;
};

Ran run(const std::string& arguments) {
  const std::string command = std::string(VIOREVIEW_PROGRAM) + " " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return {};
  Ran ran;
  std::array<char, 4096> part{};
  for (std::size_t got = 0; (got = fread(part.data(), 1, part.size(), pipe)) > 0;)
    ran.out.append(part.data(), got);
  const int status = pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

constexpr const char* kRight =
    R"({"case_id":"one","verdict":"manual","reasons":["picture_missing"],"why":"it has no picture"})"
    "\n";

class Samples : public testing::Test {
 protected:
  Samples() {
    folder.write("inbox/one/record.json",
                 R"({"case_id":"one","violation":"1636","pictures":["gone.jpg"]})");
    folder.write("recorded.jsonl", "");
    folder.write("expected.jsonl", kRight);
  }
  Ran check(const std::string& more = "") const {
    return run("check " + folder.path().string() + " --lang en --recorded " +
               (folder / "recorded.jsonl").string() + " " + more);
  }
  TestDir folder;
};

TEST_F(Samples, AsExpectedGiveZero) {
  const Ran ran = check();
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("1 right, 0 known miss, 0 mended, 0 different"));
}

TEST_F(Samples, AChangedExpectationGivesFourAndADiff) {
  folder.write("expected.jsonl",
               R"({"case_id":"one","verdict":"accept","reasons":[],"why":"it has no picture"})");
  const Ran ran = check();
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.out, HasSubstr("different: one\n  - accept (it has no picture)\n  + manual "));
  EXPECT_THAT(ran.out, HasSubstr("\n      picture_missing: gone.jpg: "));
}

TEST_F(Samples, ACaseNobodyExpectsGivesFour) {
  folder.write("inbox/two/record.json",
               R"({"case_id":"two","violation":"1636","pictures":["gone.jpg"]})");
  const Ran ran = check();
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.out, HasSubstr("not expected: two\n"));
}

TEST_F(Samples, AFaultyExpectationIsAUsageError) {
  folder.write("expected.jsonl", R"({"case_id":"one","verdict":"perhaps"})");
  const Ran ran = check();
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.out, HasSubstr("expected.jsonl:1: "));
}

TEST_F(Samples, OutputsCompareByVerdictAndReason) {
  const std::string a = (folder / "a").string();
  ASSERT_EQ(check("-o " + a).code, 0);
  EXPECT_EQ(run("compare " + a + " " + a + " --lang en").code, 0);
  std::string changed = read_file(folder / "a/manifest.jsonl");
  const std::string verdict = R"("verdict":"manual")";
  changed.replace(changed.find(verdict), verdict.size(), R"("verdict":"reject")");
  const std::string b = folder.write("b.jsonl", changed).string();
  const Ran ran = run("compare " + a + " " + b + " --lang en");
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.out, HasSubstr("one  manual -> reject\n"));
  EXPECT_THAT(ran.out, HasSubstr("0 the same, 1 changed (manual -> reject 1)"));
  EXPECT_THAT(run("compare --json " + a + " " + b).out, HasSubstr(R"({"equal":false,"same":0,)"));
  EXPECT_EQ(run("compare " + a + " " + (folder / "none").string()).code, 2);
}

}  // namespace
}  // namespace vioreview
