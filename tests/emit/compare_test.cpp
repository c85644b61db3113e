// SPDX-License-Identifier: Apache-2.0
#include "emit/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "emit/emit.h"
#include "emit/example.h"
#include "format/value.h"
#include "testing.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

CaseRead case_read(const std::string& id, const std::string& verdict,
                   const std::vector<std::string>& reasons) {
  CaseRead c;
  c.id = id;
  c.verdict = verdict;
  for (const std::string& reason : reasons) c.reasons.push_back({reason, "", ""});
  return c;
}

CheckRead check_read(const std::string& check, const std::string& status, const std::string& reason,
                     double value) {
  CheckRead c;
  c.check = check;
  c.status = status;
  c.reason = reason;
  c.value = value;
  c.limit = 0.9;
  return c;
}

Manifest manifest(std::vector<CaseRead> cases) {
  return {std::move(cases), {}};
}

TEST(ReadManifest, ReadsBackWhatWasWritten) {
  const TestDir folder;
  Verdict verdict = example_verdict();
  verdict.suggested_code = "1211";
  const std::string line =
      manifest_line(example_case(), example_facts(), verdict, example_versions());
  write_file(folder.path() / "manifest.jsonl", line + "\n");
  for (const auto& path : {folder.path(), folder.path() / "manifest.jsonl"}) {
    const Manifest read = read_manifest(path);
    ASSERT_EQ(read.cases.size(), 1U);
    const CaseRead& c = read.cases[0];
    EXPECT_EQ(c.id, "530502-1");
    EXPECT_EQ(c.verdict, "reject");
    EXPECT_EQ(c.device, "530502000000012345");
    ASSERT_TRUE(c.captured);
    EXPECT_EQ(format_time(*c.captured), "2021-03-14T08:25:31.120");
    EXPECT_EQ(read.basis, std::string(64, 'f'));
    EXPECT_FALSE(c.proven);
    EXPECT_EQ(c.reject_score, 0.9877);
    ASSERT_EQ(c.reasons.size(), 4U);
    EXPECT_EQ(c.reasons[0].id, "plate_unreadable");
    EXPECT_EQ(c.reasons[0].zh, "号牌可辨认概率 0.12");
    ASSERT_EQ(c.checks.size(), 4U);
    EXPECT_EQ(c.checks[2].check, "plate_readable");
    EXPECT_EQ(c.checks[2].status, "fails");
    EXPECT_EQ(c.checks[2].value, 0.1235);
    EXPECT_EQ(c.checks[3].reason, "");
    EXPECT_EQ(c.checks[3].limit, std::nullopt);
    EXPECT_EQ(c.suggested_code, "1211");
    EXPECT_EQ(c.suggested_plate, "");
    EXPECT_THAT(read.versions,
                testing::Contains(testing::Pair("model reader", std::string(64, 'e'))));
  }
}

TEST(ReadManifest, SaysFileAndLineOfWhatIsNoManifest) {
  const TestDir folder;
  EXPECT_THROW(read_manifest(folder.path()), UsageError);
  const std::string line = manifest_line({}, {}, {}, {});
  const auto file = folder.path() / "manifest.jsonl";
  for (const std::string& second : {std::string("{"), std::string(R"({"schema":"other/1"})"), line,
                                    std::string("[]"), std::string()}) {
    write_file(file, line + "\n" + second + "\n");
    try {
      read_manifest(file);
      ADD_FAILURE() << "accepted " << second;
    } catch (const IoError& error) {
      EXPECT_THAT(error.what(), HasSubstr(file.string() + ":2: "));
    }
  }
}

TEST(Compare, ProbabilitiesAndOrderAloneAreNoDifference) {
  CaseRead before = case_read("a", "manual", {"plate_unsure", "not_sure"});
  CaseRead after = case_read("a", "manual", {"not_sure", "plate_unsure"});
  before.checks = {check_read("plate", "unknown", "plate_unsure", 0.5)};
  after.checks = {check_read("plate", "unknown", "plate_unsure", 0.7)};
  after.accept_score = 0.3;
  const Comparison result = compare(manifest({before}), manifest({after}));
  EXPECT_TRUE(result.equal());
  EXPECT_EQ(result.same, 1);
  EXPECT_EQ(comparison_text(result, false), "1 the same, 0 changed, 0 only on one side\n");
}

TEST(Compare, EachPartOfTheOutcomeIsADifference) {
  const CaseRead base = case_read("a", "manual", {"plate_unsure"});
  std::vector<CaseRead> others(5, base);
  others[0].verdict = "reject";
  others[1].reasons = {};
  others[2].suggested_code = "1211";
  others[3].suggested_plate = "云M12345";
  others[4].proven = true;
  for (const CaseRead& other : others) {
    EXPECT_FALSE(compare(manifest({base}), manifest({other})).equal());
    EXPECT_FALSE(compare(manifest({other}), manifest({base})).equal());
  }
  EXPECT_FALSE(compare(manifest({base}), manifest({})).equal());
  EXPECT_FALSE(compare(manifest({}), manifest({base})).equal());
}

TEST(Compare, FindsWhichChecksMadeTheChange) {
  CaseRead before = case_read("a", "manual", {"plate_unsure", "check_missing"});
  CaseRead after = case_read("a", "reject", {"plate_unreadable", "check_missing"});
  before.checks = {check_read("plate", "unknown", "plate_unsure", 0.5),
                   check_read("speed", "holds", "", 78), check_read("light", "unknown", "x", 1)};
  after.checks = {check_read("plate", "fails", "plate_unreadable", 0.1),
                  check_read("speed", "holds", "", 79), check_read("line", "holds", "", 1)};
  const Comparison result = compare(manifest({before}), manifest({after}));
  ASSERT_EQ(result.changes.size(), 1U);
  const CaseChange& change = result.changes[0];
  EXPECT_THAT(change.reasons_gone, ElementsAre("plate_unsure"));
  EXPECT_THAT(change.reasons_new, ElementsAre("plate_unreadable"));
  ASSERT_EQ(change.checks.size(), 3U);  // by name: light, line, plate
  EXPECT_EQ(change.checks[0].before->check, "light");
  EXPECT_FALSE(change.checks[0].after);
  EXPECT_FALSE(change.checks[1].before);
  EXPECT_EQ(change.checks[1].after->check, "line");
  EXPECT_EQ(change.checks[2].before->status, "unknown");
  EXPECT_EQ(change.checks[2].after->status, "fails");
}

TEST(Compare, TellsApartTurnsOfOneCheck) {
  CaseRead before = case_read("a", "manual", {"plate_unsure"});
  CaseRead after = case_read("a", "manual", {});
  before.checks = {check_read("plate", "holds", "", 1),
                   check_read("plate", "unknown", "plate_unsure", 1)};
  after.checks = {check_read("plate", "holds", "", 1), check_read("plate", "holds", "", 1)};
  const Comparison result = compare(manifest({before}), manifest({after}));
  ASSERT_EQ(result.changes.size(), 1U);
  ASSERT_EQ(result.changes[0].checks.size(), 1U);
  EXPECT_EQ(result.changes[0].checks[0].before->status, "unknown");
}

Comparison telling_comparison() {
  CaseRead before = case_read("a", "accept", {});
  CaseRead after = case_read("a", "manual", {"plate_unsure"});
  before.accept_score = 0.97;
  after.accept_score = 0.2;
  before.checks = {check_read("plate_readable", "holds", "", 0.95)};
  after.checks = {check_read("plate_readable", "unknown", "plate_unsure", 0.72)};
  after.suggested_plate = "云M12345";
  Manifest one = manifest(
      {before, case_read("b", "manual", {"not_sure", "not_sure"}), case_read("d", "accept", {})});
  Manifest two = manifest(
      {after, case_read("c", "reject", {"plate_unreadable"}), case_read("d", "accept", {})});
  one.versions = {{"tool", "0.1.0"}, {"policy", std::string(64, 'a')}, {"model old", "1"}};
  two.versions = {{"tool", "0.1.0"}, {"policy", std::string(64, 'b')}, {"model new", "2"}};
  return compare(one, two);
}

TEST(Compare, TellsWhatChangedAndWhy) {
  EXPECT_EQ(comparison_text(telling_comparison(), false),
            "policy: aaaaaaaaaaaa -> bbbbbbbbbbbb\n"
            "model old: 1 -> absent\n"
            "model new: absent -> 2\n"
            "a  accept -> manual  +plate_unsure\n"
            "  plate_readable: holds -> unknown (plate_unsure); value 0.95 -> 0.72; limit 0.9\n"
            "  scores: 0.97 / 0.0 -> 0.2 / 0.0\n"
            "  suggested plate: absent -> 云M12345\n"
            "b  only in the first: manual not_sure\n"
            "c  only in the second: reject plate_unreadable\n"
            "1 the same, 1 changed (accept -> manual 1), 2 only on one side\n");
  EXPECT_THAT(comparison_text(telling_comparison(), true),
              HasSubstr("c  仅见于后者: 不通过 plate_unreadable\n"
                        "1 件一致, 1 件有变化 (通过 -> 人工复核 1), 2 件仅一方有\n"));
}

TEST(Compare, TellsMachinesTheSame) {
  const std::string text = comparison_json(telling_comparison());
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const Value value = parse_json(text).value();
  EXPECT_EQ(*value.find("equal"), Value(false));
  EXPECT_EQ(*value.find("same"), Value(1));
  EXPECT_EQ(value.find("versions")->as_array()->size(), 3U);
  const Value::Array& changes = *value.find("changes")->as_array();
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(write_json(changes[0]),
            R"({"case_id":"a","before":{"verdict":"accept","proven":false,"reasons":[],)"
            R"("accept_score":0.97,"reject_score":0.0,"suggested_code":"","suggested_plate":""},)"
            R"("after":{"verdict":"manual","proven":false,"reasons":["plate_unsure"],)"
            R"("accept_score":0.2,"reject_score":0.0,"suggested_code":"",)"
            R"("suggested_plate":"云M12345"},"checks":[{"check":"plate_readable",)"
            R"("before":{"status":"holds","reason":"","probability":0.0,"value":0.95,"limit":0.9},)"
            R"("after":{"status":"unknown","reason":"plate_unsure","probability":0.0,)"
            R"("value":0.72,"limit":0.9}}]})");
  EXPECT_TRUE(changes[1].find("after")->is_null());
  EXPECT_EQ(write_json(*value.find("verdicts")), R"([{"from":"accept","to":"manual","cases":1}])");
}

TEST(Compare, NamesNoVersionsOfAnEmptyManifest) {
  Manifest one = manifest({case_read("a", "accept", {})});
  one.versions = {{"tool", "0.1.0"}};
  EXPECT_THAT(compare(one, {}).versions, IsEmpty());
}

}  // namespace
}  // namespace vioreview
