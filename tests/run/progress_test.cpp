// SPDX-License-Identifier: Apache-2.0
#include "run/progress.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "format/value.h"

namespace vioreview {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

std::vector<Value> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<Value> values;
  for (std::string line; std::getline(in, line);) {
    const auto value = parse_json(line);
    EXPECT_TRUE(value.ok()) << line;
    if (value) values.push_back(value.value());
  }
  return values;
}

double number(const Value& object, const char* key) {
  const Value* member = object.find(key);
  EXPECT_TRUE(member && member->is_number()) << key;
  return member ? member->number() : -1;
}

std::string text(const Value& object, const char* key) {
  const Value* member = object.find(key);
  return member && member->as_string() ? *member->as_string() : "";
}

TEST(JsonProgress, SaysTheFirstAndTheLastAtOnceAndFewBetween) {
  std::ostringstream out;
  const auto progress = make_json_progress(out);
  for (int done = 1; done <= 1000; ++done) progress->update("looking", done, 1000);
  const std::vector<Value> lines = lines_of(out.str());
  ASSERT_GE(lines.size(), 2U);
  EXPECT_LT(lines.size(), 10U);
  EXPECT_EQ(text(lines.front(), "message_type"), "status");
  EXPECT_EQ(text(lines.front(), "stage"), "looking");
  EXPECT_EQ(number(lines.front(), "done"), 1);
  EXPECT_EQ(number(lines.front(), "total"), 1000);
  EXPECT_EQ(number(lines.back(), "done"), 1000);
  EXPECT_GT(number(lines.back(), "per_second"), 0);
  EXPECT_EQ(number(lines.back(), "seconds_left"), 0);
}

TEST(JsonProgress, EndsWithASummary) {
  std::ostringstream out;
  Summary summary;
  summary.cases = 7;
  summary.unprocessed = 1;
  summary.by_verdict = {{"accept", 5}, {"manual", 2}};
  RunCounters counters;
  counters.pictures_opened = 12;
  counters.worker_crashes = 2;
  make_json_progress(out)->summarise(summary, counters);
  const std::vector<Value> lines = lines_of(out.str());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(text(lines[0], "message_type"), "summary");
  EXPECT_EQ(number(lines[0], "cases"), 7);
  EXPECT_EQ(number(lines[0], "unprocessed"), 1);
  EXPECT_EQ(number(lines[0], "pictures_opened"), 12);
  EXPECT_EQ(number(lines[0], "worker_crashes"), 2);
  ASSERT_TRUE(lines[0].find("by_verdict"));
  EXPECT_EQ(number(*lines[0].find("by_verdict"), "accept"), 5);
}

TEST(TerminalProgress, RedrawsOneLineAndLeavesNone) {
  std::ostringstream out;
  {
    const auto progress = make_terminal_progress(out);
    progress->update("looking", 1, 20);
    EXPECT_THAT(out.str(), HasSubstr("looking 1/20"));
    EXPECT_THAT(out.str(), HasSubstr("left"));
    progress->update("looking", 20, 20);
    EXPECT_THAT(out.str(), HasSubstr("looking 20/20"));
    EXPECT_EQ(out.str().find('\n'), std::string::npos);
  }
  EXPECT_THAT(out.str(), EndsWith("\r\x1b[K")) << "also when the run ends by an exception";
}

TEST(TerminalProgress, DrawsNothingWhenNothingIsDone) {
  std::ostringstream out;
  make_terminal_progress(out)->finish();
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace vioreview
