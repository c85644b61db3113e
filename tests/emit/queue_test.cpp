// SPDX-License-Identifier: Apache-2.0
#include "emit/queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emit/example.h"

namespace vioreview {
namespace {

using testing::ElementsAre;

std::vector<std::string> ids(const std::vector<Finding>& reasons) {
  std::vector<std::string> all;
  for (const Finding& reason : reasons) all.push_back(reason.reason);
  return all;
}

Verdict verdict_of(Decision decision, std::vector<Finding> findings) {
  Verdict verdict;
  verdict.decision = decision;
  verdict.findings = std::move(findings);
  return verdict;
}

// Five working days, the day of capture not counted. 2021-03-15 was a Monday.
TEST(ReviewBy, IsTheFifthWorkingDayAfterTheCapture) {
  EXPECT_EQ(review_by(at("2021-03-15T00:00:00")), "2021-03-22");  // Monday
  EXPECT_EQ(review_by(at("2021-03-15T23:59:59.999")), "2021-03-22");
  EXPECT_EQ(review_by(at("2021-03-16T12:00:00")), "2021-03-23");
  EXPECT_EQ(review_by(at("2021-03-17T12:00:00")), "2021-03-24");
  EXPECT_EQ(review_by(at("2021-03-18T12:00:00")), "2021-03-25");
  EXPECT_EQ(review_by(at("2021-03-19T12:00:00")), "2021-03-26");  // Friday
  EXPECT_EQ(review_by(at("2021-03-20T12:00:00")), "2021-03-26");  // Saturday
  EXPECT_EQ(review_by(at("2021-03-21T12:00:00")), "2021-03-26");  // Sunday
  EXPECT_EQ(review_by(at("2024-02-26T12:00:00")), "2024-03-04");  // over a leap day
  EXPECT_EQ(review_by(at("2020-12-31T12:00:00")), "2021-01-07");  // Thursday, over the new year
}

TEST(ReviewBy, CountsDaysInChinaWhateverTheZoneOfTheText) {
  // Sunday 16:30 UTC is Monday 00:30 in China.
  EXPECT_EQ(review_by(at("2021-03-14T16:30:00Z")), "2021-03-22");
  EXPECT_EQ(review_by(at("2021-03-14T15:30:00Z")), "2021-03-19");
}

TEST(CapturedAt, IsTheEarliestTimeOfTheRecordElseOfThePictures) {
  Case c = example_case();
  c.record.times = {at("2021-03-14T09:00:00"), at("2021-03-14T08:00:00")};
  EXPECT_EQ(captured_at(c), at("2021-03-14T08:00:00"));
  c.record.times.clear();
  EXPECT_EQ(captured_at(c), at("2021-03-14T08:25:31.120"));
  c.pictures.clear();
  EXPECT_EQ(captured_at(c), std::nullopt);
}

TEST(StatedReasons, GoesFromTheStrongestToTheUnknown) {
  const std::vector<Finding> findings = {finding("a", Status::unknown, 0, "check_missing"),
                                         finding("b", Status::fails, 0.7F, "plate_misread"),
                                         finding("c", Status::holds, 0.99F),
                                         finding("d", Status::fails, 0.6F, "plate_unreadable"),
                                         finding("e", Status::fails, 0.9F, "vehicle_differs"),
                                         finding("f", Status::unknown, 0, "speed_missing")};
  EXPECT_THAT(ids(stated_reasons({}, {}, verdict_of(Decision::manual, findings))),
              ElementsAre("vehicle_differs", "plate_misread", "plate_unreadable", "check_missing",
                          "speed_missing"));
  EXPECT_THAT(ids(stated_reasons({}, {}, verdict_of(Decision::reject, findings))),
              ElementsAre("plate_unreadable", "vehicle_differs", "plate_misread", "check_missing",
                          "speed_missing"));
}

TEST(StatedReasons, TellsProblemsThatNoCheckTold) {
  Case c;
  c.problems = {{"record_invalid", "", "the record is no JSON"}, {"picture_missing", "b", "gone"}};
  Facts facts;
  facts.panels.resize(3);
  facts.panels[1].failure = Problem{"picture_truncated", "b", "cut off at row 7"};
  facts.panels[2].failure = Problem{"picture_empty", "c", "no bytes"};
  const auto reasons = stated_reasons(
      c, facts,
      verdict_of(Decision::manual, {finding("decodable", Status::unknown, 0, "picture_empty"),
                                    finding("x", Status::unknown, 0, "record_invalid")}));
  EXPECT_THAT(ids(reasons), ElementsAre("picture_empty", "record_invalid", "picture_missing",
                                        "picture_truncated"));
  EXPECT_EQ(reasons[3].check, "decode");
  EXPECT_EQ(reasons[3].panel, 1);
  EXPECT_EQ(reasons[3].zh, "图片被截断：b: cut off at row 7");
  EXPECT_EQ(reasons[3].en, "b: cut off at row 7");
  EXPECT_EQ(reasons[2].panel, -1);
}

TEST(StatedReasons, AreToldInBothLanguages) {
  Finding both = finding("a", Status::fails, 0.9F, "plate_misread");
  both.zh = "图片为 云M1";
  both.en = "the picture shows 云M1";
  Finding untranslated = finding("b", Status::fails, 0.8F, "picture_empty");
  untranslated.zh = untranslated.en = "1.jpg: no bytes";
  const Finding silent = finding("c", Status::fails, 0.7F, "panels_duplicate");
  const auto reasons =
      stated_reasons({}, {}, verdict_of(Decision::manual, {both, untranslated, silent}));
  EXPECT_EQ(reasons[0].zh, "图片为 云M1");
  EXPECT_EQ(reasons[0].en, "the picture shows 云M1");
  EXPECT_EQ(reasons[1].zh, "图片为空文件：1.jpg: no bytes");
  EXPECT_EQ(reasons[1].en, "1.jpg: no bytes");
  EXPECT_EQ(reasons[2].zh, "分图重复");
  EXPECT_EQ(reasons[2].en, "two panels are the same picture");
}

TEST(QueuePlace, OrdersTheWorkOfReviewers) {
  const std::vector<Finding> one = {finding("a", Status::unknown, 0, "not_sure")};
  const std::vector<Finding> two = {finding("a", Status::fails, 1, "plate_misread"),
                                    finding("b", Status::unknown, 0, "not_sure")};
  const auto place = [](const std::string& id, const char* time, Verdict verdict, float accept) {
    Case c;
    c.id = id;
    if (*time) c.record.times = {at(time)};
    verdict.accept_score = accept;
    return queue_place(c, verdict);
  };
  // In the order in which they must stand; ids run against it, so that only the last pair goes by
  // id.
  const std::vector<QueuePlace> in_order = {
      place("9", "2021-03-12T08:00:00", verdict_of(Decision::manual, two), 0.1F),
      place("8", "2021-03-15T08:00:00", verdict_of(Decision::manual, one), 0.9F),
      place("7", "2021-03-15T09:00:00", verdict_of(Decision::manual, one), 0.8F),
      place("6", "2021-03-15T08:00:00", verdict_of(Decision::manual, two), 0.95F),
      place("5", "", verdict_of(Decision::manual, one), 0.99F),
      place("3", "2021-03-01T08:00:00", verdict_of(Decision::reject, one), 0.5F),
      place("4", "2021-03-01T08:00:00", verdict_of(Decision::reject, one), 0.5F)};
  for (std::size_t i = 1; i < in_order.size(); ++i)
    EXPECT_LT(in_order[i - 1], in_order[i]) << "places " << i - 1 << " and " << i;
}

}  // namespace
}  // namespace vioreview
