// SPDX-License-Identifier: Apache-2.0
#include "emit/expectations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "testing.h"

namespace vioreview {
namespace {

using testing::HasSubstr;

CaseRead got(const std::string& id, const std::string& verdict,
             const std::vector<std::string>& reasons = {}) {
  CaseRead c;
  c.id = id;
  c.verdict = verdict;
  for (const std::string& reason : reasons) c.reasons.push_back({reason, "因为", "because"});
  return c;
}

Expectation wanted(const std::string& id, Decision verdict,
                   const std::vector<std::string>& reasons = {}, bool known_miss = false) {
  Expectation e;
  e.case_id = id;
  e.verdict = verdict;
  e.reasons = reasons;
  e.known_miss = known_miss;
  e.why = "so it is";
  e.line = 7;
  return e;
}

Match match(const Expectation& expected, const CaseRead& c) {
  return check_expectations({expected}, {{c}, {}}).at(0).match;
}

TEST(ReadExpectations, ReadsEveryKey) {
  const TestDir folder;
  const auto file = folder.path() / "expected.jsonl";
  write_file(
      file,
      R"({"case_id":"a","verdict":"accept","reasons":[],"why":"a clear case"})"
      "\n\r\n"
      R"({"case_id":"b","verdict":"manual","reasons":["plate_misread"],"suggested_plate":"云M1",)"
      R"("suggested_code":"","known_miss":true,"why":"one letter wrong"})");
  const auto all = read_expectations(file);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].case_id, "a");
  EXPECT_EQ(all[0].verdict, Decision::accept);
  EXPECT_EQ(all[0].suggested_plate, std::nullopt);
  EXPECT_FALSE(all[0].known_miss);
  EXPECT_EQ(all[1].reasons, std::vector<std::string>{"plate_misread"});
  EXPECT_EQ(all[1].suggested_plate, "云M1");
  EXPECT_EQ(all[1].suggested_code, "");
  EXPECT_TRUE(all[1].known_miss);
  EXPECT_EQ(all[1].why, "one letter wrong");
  EXPECT_EQ(all[1].line, 3);
}

TEST(ReadExpectations, SaysFileAndLineOfWhatIsWrong) {
  const TestDir folder;
  const auto file = folder.path() / "expected.jsonl";
  EXPECT_THROW(read_expectations(file), UsageError);
  const std::string good = R"({"case_id":"a","verdict":"accept","reasons":[],"why":"w"})";
  const std::pair<const char*, const char*> wrong[] = {
      {R"({"case_id":"b")", ""},
      {R"(["b"])", "one JSON object a line"},
      {R"({"verdict":"accept","reasons":[],"why":"w"})", "\"case_id\" is missing"},
      {R"({"case_id":"b","verdict":"maybe","reasons":[],"why":"w"})", "\"verdict\" must be"},
      {R"({"case_id":"b","verdict":"accept","why":"w"})", "\"reasons\" must be a list"},
      {R"({"case_id":"b","verdict":"accept","reasons":["nonsense"],"why":"w"})", "no reason id"},
      {R"({"case_id":"b","verdict":"accept","reasons":[],"why":""})", "\"why\" is missing"},
      {R"({"case_id":"b","verdict":"accept","reasons":[],"why":"w","known_miss":1})",
       "\"known_miss\" must be true or false"},
      {R"({"case_id":"b","verdict":"accept","reasons":[],"why":"w","suggested_code":1211})",
       "\"suggested_code\" must be a text"},
      {R"({"case_id":"b","verdict":"accept","reasons":[],"why":"w","knwon_miss":true})",
       "unknown key \"knwon_miss\""},
      {good.c_str(), "case a stands here twice"},
  };
  for (const auto& [line, complaint] : wrong) {
    write_file(file, good + "\n" + line + "\n");
    try {
      read_expectations(file);
      ADD_FAILURE() << "accepted " << line;
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), HasSubstr(file.string() + ":2: "));
      EXPECT_THAT(error.what(), HasSubstr(complaint));
    }
  }
}

TEST(CheckExpectations, ComparesVerdictReasonsAndSuggestions) {
  const Expectation reject = wanted("a", Decision::reject, {"plate_unreadable"});
  EXPECT_EQ(match(reject, got("a", "reject", {"plate_unreadable"})), Match::right);
  EXPECT_EQ(match(reject, got("a", "reject", {"vehicle_differs", "plate_unreadable"})),
            Match::right);
  EXPECT_EQ(match(reject, got("a", "reject", {"vehicle_differs"})), Match::different);
  EXPECT_EQ(match(reject, got("a", "manual", {"plate_unreadable"})), Match::different);
  Expectation suggested = wanted("a", Decision::manual, {"plate_misread"});
  suggested.suggested_plate = "云M12345";
  CaseRead c = got("a", "manual", {"plate_misread"});
  EXPECT_EQ(match(suggested, c), Match::different);
  c.suggested_plate = "云M12346";
  EXPECT_EQ(match(suggested, c), Match::different);
  c.suggested_plate = "云M12345";
  EXPECT_EQ(match(suggested, c), Match::right);
  suggested.suggested_code = "1211";
  EXPECT_EQ(match(suggested, c), Match::different);
  c.suggested_code = "1211";
  EXPECT_EQ(match(suggested, c), Match::right);
  suggested.suggested_code = "";  // none may be suggested
  EXPECT_EQ(match(suggested, c), Match::different);
}

// For each truth and answer: a mark excuses nothing but leaving the case to people.
TEST(CheckExpectations, AMarkExcusesOnlyWhatIsLeftToPeople) {
  for (const Decision truth : {Decision::accept, Decision::reject, Decision::manual}) {
    for (const Decision answer : {Decision::accept, Decision::reject, Decision::manual}) {
      const CaseRead c = got("a", std::string(name_of(answer)));
      const Match expected = truth == answer              ? Match::mended
                             : answer == Decision::manual ? Match::known_miss
                                                          : Match::different;
      EXPECT_EQ(match(wanted("a", truth, {}, true), c), expected)
          << name_of(truth) << " " << name_of(answer);
      EXPECT_EQ(match(wanted("a", truth), c), truth == answer ? Match::right : Match::different);
    }
  }
  // The right verdict for a wrong reason.
  EXPECT_EQ(match(wanted("a", Decision::reject, {"plate_unreadable"}, true),
                  got("a", "reject", {"vehicle_moved"})),
            Match::different);
  EXPECT_EQ(match(wanted("a", Decision::manual, {"plate_misread"}, true),
                  got("a", "manual", {"plate_unsure"})),
            Match::known_miss);
}

TEST(CheckExpectations, CasesAndExpectationsMustPair) {
  const auto checked =
      check_expectations({wanted("a", Decision::accept), wanted("c", Decision::accept, {}, true)},
                         {{got("a", "accept"), got("b", "manual")}, {}});
  ASSERT_EQ(checked.size(), 3U);
  EXPECT_EQ(checked[0].match, Match::right);
  EXPECT_EQ(checked[1].match, Match::not_reviewed);
  EXPECT_EQ(checked[2].match, Match::not_expected);
  EXPECT_EQ(checked[2].case_id, "b");
}

TEST(CheckExpectations, OnlyKnownMissesPassBesideWhatIsRight) {
  const auto all = [](const Expectation& e, std::vector<CaseRead> cases) {
    return all_as_expected(check_expectations({e}, {std::move(cases), {}}));
  };
  EXPECT_TRUE(all(wanted("a", Decision::accept), {got("a", "accept")}));
  EXPECT_TRUE(all(wanted("a", Decision::accept, {}, true), {got("a", "accept")}));
  EXPECT_TRUE(all(wanted("a", Decision::accept, {}, true), {got("a", "manual")}));
  EXPECT_FALSE(all(wanted("a", Decision::accept, {}, true), {got("a", "reject")}));
  EXPECT_FALSE(all(wanted("a", Decision::accept), {}));
  EXPECT_FALSE(all(wanted("a", Decision::accept), {got("a", "accept"), got("b", "accept")}));
}

TEST(CheckExpectations, TellsWhatIsNotSimplyRight) {
  Expectation misread = wanted("b", Decision::manual, {"plate_misread"});
  misread.suggested_plate = "云M12345";
  const auto checked = check_expectations(
      {wanted("a", Decision::accept), misread, wanted("c", Decision::reject, {}, true),
       wanted("d", Decision::accept, {}, true), wanted("e", Decision::accept)},
      {{got("a", "accept"), got("b", "reject", {"plate_unreadable", "not_sure", "not_sure"}),
        got("c", "manual", {"not_sure"}), got("d", "accept"), got("f", "accept")},
       {}});
  EXPECT_EQ(expectations_text(checked, false),
            "different: b\n"
            "  - manual plate_misread; suggested plate 云M12345 (so it is)\n"
            "  + reject plate_unreadable not_sure\n"
            "      plate_unreadable: because\n"
            "      not_sure: because\n"
            "known miss: c\n"
            "  - reject (so it is)\n"
            "  + manual not_sure\n"
            "      not_sure: because\n"
            "mended: d right now: take known_miss out of line 7\n"
            "not reviewed: e\n"
            "  - accept (so it is)\n"
            "not expected: f\n"
            "  + accept\n"
            "1 right, 1 known miss, 1 mended, 1 different, 1 not reviewed, 1 not expected\n");
  EXPECT_THAT(expectations_text(checked, true),
              HasSubstr("已知遗漏: c\n  - 不通过 (so it is)\n  + 人工复核 not_sure\n"
                        "      not_sure: 因为\n"));
}

}  // namespace
}  // namespace vioreview
