// SPDX-License-Identifier: Apache-2.0
// Walks tests/judge/checks/CHECK/*.json: what each check has to find, written from its rule.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/reason.h"
#include "judge/example.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(std::string_view check) {
  return fs::path(VIOREVIEW_SOURCE_DIR) / "tests/judge/checks" / check;
}

std::vector<fs::path> examples_of(std::string_view check) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(check), error))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> built_ids() {
  std::vector<std::string> ids;
  for (const CheckInfo& check : built_checks()) ids.emplace_back(check.id);
  return ids;
}

// Compares a finding with one expectation; unknown expectations are failures too.
void expect_one(const Finding& finding, const std::string& key, const Value& wanted) {
  const std::string text = wanted.as_string() ? *wanted.as_string() : "";
  if (key == "status")
    EXPECT_EQ(name_of(finding.status), text);
  else if (key == "reason")
    EXPECT_EQ(finding.reason, text);
  else if (key == "at_least")
    EXPECT_GE(finding.probability, wanted.number() - 1e-6);
  else if (key == "at_most")
    EXPECT_LE(finding.probability, wanted.number() + 1e-6);
  else if (key == "value")
    EXPECT_NEAR(finding.value.value_or(-1e9), wanted.number(), 1e-6);
  else if (key == "limit")
    EXPECT_NEAR(finding.limit.value_or(-1e9), wanted.number(), 1e-6);
  else if (key == "panel")
    EXPECT_EQ(finding.panel, wanted.number());
  else if (key == "says")
    EXPECT_NE(finding.en.find(text), std::string::npos) << finding.en;
  else if (key == "says_zh")
    EXPECT_NE(finding.zh.find(text), std::string::npos) << finding.zh;
  else if (key == "suggested_code")
    EXPECT_EQ(finding.suggested_code, text);
  else if (key == "suggested_plate")
    EXPECT_EQ(finding.suggested_plate, text);
  else
    ADD_FAILURE() << "unknown expectation " << key;
}

class CheckExamples : public testing::TestWithParam<std::string> {};

TEST_P(CheckExamples, AreJudgedAsTheRuleSays) {
  const std::string check = GetParam();
  std::set<std::string> statuses;
  for (const fs::path& file : examples_of(check)) {
    SCOPED_TRACE(file.filename().string());
    const Example example = read_example(file);
    ASSERT_TRUE(example.expect.find("status"));
    const Finding finding = finding_of(example.judged(), check);
    for (const auto& [key, wanted] : *example.expect.as_object()) expect_one(finding, key, wanted);
    if (finding.status != Status::holds && !example.expect.find("reason"))
      ADD_FAILURE() << "an example that does not hold names its reason";
    EXPECT_EQ(finding.reason.empty(), finding.status == Status::holds);
    EXPECT_TRUE(finding.reason.empty() || find_reason(finding.reason)) << finding.reason;
    EXPECT_EQ(finding.probability > 0, finding.status != Status::unknown);
    EXPECT_FALSE(finding.en.empty());
    EXPECT_FALSE(finding.zh.empty());
    statuses.emplace(name_of(finding.status));
  }
  EXPECT_GE(examples_of(check).size(), 3U) << "a check has three examples or more";
  EXPECT_GE(statuses.size(), 2U) << "a check that always says the same is none";
}

INSTANTIATE_TEST_SUITE_P(Every, CheckExamples, testing::ValuesIn(built_ids()),
                         [](const auto& check) { return check.param; });

TEST(CheckExamples, BelongToABuiltCheck) {
  const std::vector<std::string> ids = built_ids();
  for (const auto& entry : fs::directory_iterator(folder_of("")))
    EXPECT_NE(std::find(ids.begin(), ids.end(), entry.path().filename().string()), ids.end())
        << entry.path();
}

}  // namespace
}  // namespace vioreview
