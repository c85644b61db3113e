// SPDX-License-Identifier: Apache-2.0
// Ids: made, repeated, joined, ordered.
#include "ingest/ids.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sha256.h"
#include "ingest/batches.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Case given(const std::string& id, const std::string& source, const std::string& place) {
  Case c;
  c.id = id;
  c.source = source;
  c.record.place = place;
  return c;
}

TEST(Ids, AMadeIdComesFromDeviceTimeCodeAndNames) {
  Case c = given("", "folder", "");
  c.record.device_id = "D1";
  c.record.violation = "1625";
  c.record.times = {*parse_time("2021-03-14 08:25:31")};
  c.pictures = {{"2.jpg", {}, Role::panel, {}}, {"1.jpg", {}, Role::panel, {}}};
  const std::string expected =
      "auto-" +
      sha256(std::string_view("D1\n2021-03-14T08:25:31.000\n1625\n1.jpg\n2.jpg")).substr(0, 16);
  EXPECT_EQ(with_ids({c})[0].id, expected);
  // Where it lies, what else the record says and the order of the pictures do not matter.
  Case moved = c;
  moved.source = "elsewhere";
  moved.record.lane = 3;
  std::swap(moved.pictures[0], moved.pictures[1]);
  EXPECT_EQ(with_ids({moved})[0].id, expected);
  for (const auto& change : {+[](Case& other) { other.record.device_id = "D2"; },
                             +[](Case& other) { other.record.violation = "1345"; },
                             +[](Case& other) { other.record.times[0].ms += 1; },
                             +[](Case& other) { other.pictures[0].file = "3.jpg"; }}) {
    Case other = c;
    change(other);
    EXPECT_THAT(with_ids({other})[0].id, Not(expected));
  }
}

TEST(Ids, CasesThatOnlyTheirPlaceTellsApartStayApart) {
  const auto cases = with_ids({given("", "a", ""), given("", "b", "")});
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_NE(cases[0].id, cases[1].id);
  for (const Case& c : cases) EXPECT_THAT(c.problems, IsEmpty());
}

TEST(Ids, TheSameContentIsOneCase) {
  const auto cases = with_ids({given("x", "b", "p"), given("x", "a", "p"), given("x", "c", "p")});
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0].source, "a");
  EXPECT_THAT(cases[0].notes,
              ElementsAre("the same case stands again in b", "the same case stands again in c"));
  EXPECT_THAT(cases[0].problems, IsEmpty());
}

TEST(Ids, OtherContentGetsANumberInTheOrderOfSources) {
  std::vector<Case> cases = {given("x", "d", "4"), given("x", "b", "2"), given("x", "a", "1"),
                             given("x", "c", "2"), given("x", "e", "1")};
  for (int round = 0; round < 120; ++round) {  // every order of arrival ends alike
    std::next_permutation(cases.begin(), cases.end(),
                          [](const Case& a, const Case& b) { return a.source < b.source; });
    const auto kept = with_ids(cases);
    ASSERT_EQ(kept.size(), 3U);
    EXPECT_EQ(kept[0].id, "x");
    EXPECT_EQ(kept[0].source, "a");
    EXPECT_THAT(kept[0].problems, IsEmpty());
    EXPECT_THAT(kept[0].notes, ElementsAre("the same case stands again in e"));
    EXPECT_EQ(kept[1].id, "x~2");
    EXPECT_EQ(kept[1].source, "b");
    EXPECT_THAT(problems_of(kept[1]), ElementsAre("id_repeated "));
    EXPECT_THAT(kept[1].notes, ElementsAre("the same case stands again in c"));
    EXPECT_EQ(kept[2].id, "x~3");
    EXPECT_EQ(kept[2].source, "d");
  }
}

TEST(Ids, ANumberedIdThatIsTakenIsPassedOver) {
  const auto cases = with_ids({given("x", "b", "1"), given("x", "c", "2"), given("x~2", "a", "3")});
  ASSERT_EQ(cases.size(), 3U);
  EXPECT_EQ(cases[0].id, "x");
  EXPECT_EQ(cases[1].id, "x~2");
  EXPECT_EQ(cases[1].record.place, "3");
  EXPECT_THAT(cases[1].problems, IsEmpty());
  EXPECT_EQ(cases[2].id, "x~3");
  EXPECT_THAT(problems_of(cases[2]), ElementsAre("id_repeated "));
}

TEST(Ids, LinesOfAnIndexCountAsNumbers) {
  const auto cases = with_ids({given("x", "i.csv:10", "later"), given("x", "i.csv:9", "first")});
  EXPECT_EQ(cases[0].record.place, "first");
  EXPECT_EQ(cases[1].id, "x~2");
}

TEST(Ids, ContentIsRecordNamesAndSizes) {
  const TestDir dir;
  dir.write("a/record.json", R"({"case_id":"x","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "same size");
  dir.write("b/record.json", R"({"pictures": ["1.jpg"], "case_id": "x"})");
  dir.write("b/1.jpg", "SAME SIZE");
  dir.write("c/record.json", R"({"case_id":"x","pictures":["1.jpg"]})");
  dir.write("c/1.jpg", "other size");
  dir.write("d/record.json", R"({"case_id":"x","pictures":["1.jpg"],"lane":1})");
  dir.write("d/1.jpg", "same size");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(ids_of(batch), ElementsAre("x", "x~2", "x~3"));
  EXPECT_EQ(batch.cases[0].source, "a");
  EXPECT_THAT(batch.cases[0].notes, ElementsAre(HasSubstr("again in b")));
  EXPECT_EQ(batch.cases[1].source, "c");
  EXPECT_EQ(batch.cases[2].source, "d");
}

TEST(Ids, CasesAreOrderedById) {
  const auto cases = with_ids(
      {given("b", "1", ""), given("A", "2", ""), given("a", "3", ""), given("案", "0", "")});
  std::vector<std::string> ids;
  for (const Case& c : cases) ids.push_back(c.id);
  EXPECT_THAT(ids, ElementsAre("A", "a", "b", "案"));
}

}  // namespace
}  // namespace vioreview
