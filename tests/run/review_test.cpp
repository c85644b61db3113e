// SPDX-License-Identifier: Apache-2.0
// A review with the real stages but for the look at pictures: verdicts as the cases are made, what
// is remembered, what the ledger knows, what a dry run touches.
#include "run/review.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <sstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "core/time.h"
#include "format/codecs.h"
#include "run/night.h"
#include "run/outputs.h"
#include "run/setup.h"
#include "run/trace.h"
#include "store/lock.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Review : public ::testing::Test {
 protected:
  ReviewOptions options(const std::string& out = "out", int workers = 2) const {
    ReviewOptions all =
        review_with(dir_ / "night", dir_ / out, dir_ / "state", VIOREVIEW_TEST_WORKER, workers);
    all.workers.environment = {{"VIOREVIEW_TEST_TRACE", dir_.path().string()}};
    return all;
  }
  Reviewed run(const ReviewOptions& with) {
    std::ostringstream said;
    return review(with, *make_json_progress(said));
  }
  std::size_t looks() const { return lines_of(dir_ / "looks").size(); }
  fs::path out(const std::string& name = "out") const { return dir_ / name; }

  TestDir dir_;
};

// The test worker sees two panels in the picture: they are judged as two pictures of it.
TEST_F(Review, ACompositeIsJudgedByItsPanels) {
  write_case(dir_ / "night", 0, Kind::fits);
  const fs::path folder = dir_ / "night" / id_of(0);
  PanelFacts composite;
  composite.layout = Seen<std::string>{"1x2", 0.98F};
  for (int k = 0; k < kPictures; ++k) {
    PanelFacts panel = seen_car("皖A00000");
    panel.crop = {1920.0F * static_cast<float>(k), 0, 1920.0F * static_cast<float>(k + 1), 1080};
    composite.parts.push_back(panel);
  }
  const std::string record = read_file(folder / "record.json");
  const std::string listed = R"(["1.jpg","2.jpg"])";
  ASSERT_NE(record.find(listed), std::string::npos);
  write_file(folder / "record.json",
             std::string(record).replace(record.find(listed), listed.size(), R"(["1.jpg"])"));
  write_file(folder / "1.jpg", write_json(to_value(composite)));
  fs::remove(folder / "2.jpg");
  run(options());
  EXPECT_EQ(verdicts_in(out()).at(id_of(0)), "accept");
  const Value line = parse_json(read_file(out() / "manifest.jsonl")).value();
  const Value::Array& panels = *line.find("panels")->as_array();
  ASSERT_EQ(panels.size(), 2U);
  for (const Value& panel : panels) EXPECT_EQ(*panel.find("file")->as_string(), "1.jpg");
  EXPECT_EQ(write_json(*panels[1].find("crop")), write_json(to_value(composite.parts[1].crop)));
  const std::size_t first_looks = looks();
  run(options("again"));
  EXPECT_EQ(looks(), first_looks) << "its panels are remembered";
  EXPECT_EQ(read_file(out("again") / "manifest.jsonl"), read_file(out() / "manifest.jsonl"));
}

// One case of each kind; see Kind for what makes each verdict.
TEST_F(Review, JudgesEachCaseAsItIsMade) {
  write_night(dir_ / "night", kKinds);
  const Reviewed reviewed = run(options());
  const auto verdicts = verdicts_in(out());
  ASSERT_EQ(verdicts.size(), static_cast<std::size_t>(kKinds));
  EXPECT_EQ(verdicts.at(id_of(0)), "accept");
  EXPECT_EQ(verdicts.at(id_of(1)), "reject speed_below_limit");
  // Kind 2 repeats the event of kind 1, so it is no duplicate of an accepted case only.
  EXPECT_EQ(verdicts.at(id_of(2)), "reject duplicate_case");
  EXPECT_THAT(verdicts.at(id_of(3)), HasSubstr("manual plate_misread"));
  EXPECT_THAT(verdicts.at(id_of(4)), HasSubstr("manual"));
  EXPECT_THAT(verdicts.at(id_of(4)), HasSubstr("picture_undecodable"));
  EXPECT_THAT(verdicts.at(id_of(5)), HasSubstr("manual"));
  EXPECT_THAT(verdicts.at(id_of(5)), HasSubstr("picture_missing"));
  EXPECT_THAT(verdicts.at(id_of(6)), HasSubstr("manual"));
  EXPECT_THAT(verdicts.at(id_of(6)), HasSubstr("picture_empty"));
  EXPECT_EQ(reviewed.summary.cases, kKinds);
  EXPECT_EQ(reviewed.summary.unprocessed, 3);
  EXPECT_EQ(reviewed.counters.pictures_opened, kKinds * kPictures - 1);
  EXPECT_EQ(looks(), static_cast<std::size_t>(kKinds * kPictures - 1));
}

TEST_F(Review, WritesTheSameBytesWhateverTheWorkers) {
  write_night(dir_ / "night", 40);
  std::map<std::string, std::string> first;
  for (const int workers : {1, 2, 5}) {
    const std::string name = "out-" + std::to_string(workers);
    ReviewOptions with = options(name, workers);
    with.state = dir_ / ("state-" + std::to_string(workers));
    run(with);
    if (first.empty()) first = lasting_outputs(out(name));
    EXPECT_EQ(lasting_outputs(out(name)), first) << workers << " workers";
  }
}

// A profile without geometry has no view to check: its limit alone is judged by.
TEST_F(Review, OpensNoPictureForAnotherSiteProfile) {
  write_night(dir_ / "night", kKinds);
  run(options());
  EXPECT_EQ(verdicts_in(out()).at(id_of(0)), "accept");
  const std::size_t looks_before = looks();
  Site site;
  site.device_id = "340100000000010001";
  site.facts.limit_kmh = 110;  // the record says otherwise
  ReviewOptions with = options("again");
  with.sites = SiteIndex({site});
  run(with);
  EXPECT_EQ(verdicts_in(out("again")).at(id_of(0)), "accept") << "nobody confirmed it";
  site.confirmed_by = "a person";
  with = options("confirmed");
  with.sites = SiteIndex({site});
  run(with);
  EXPECT_EQ(verdicts_in(out("confirmed")).at(id_of(0)), "manual not_sure");
  EXPECT_NE(read_file(out("confirmed") / "manifest.jsonl").find("confirmed by a person"),
            std::string::npos);
  EXPECT_EQ(looks(), looks_before);
}

TEST_F(Review, OpensNoPictureForAnotherPolicy) {
  write_night(dir_ / "night", 21);
  run(options());
  const std::size_t before = looks();
  ReviewOptions with = options("out-2");
  with.policy.groups["speed"] = {1.01, 1.01};  // a limit that no score reaches
  const Reviewed again = run(with);
  EXPECT_EQ(looks(), before);
  EXPECT_EQ(again.counters.pictures_opened, 0);
  EXPECT_EQ(again.counters.cases_remembered, 21);
  EXPECT_EQ(summary_in(out("out-2")).find("counters")->find("pictures_opened")->number(-1), 0);
  EXPECT_EQ(again.summary.by_verdict.at("manual"), 21);
}

TEST_F(Review, LooksAgainWithOtherModelsIsaOrTool) {
  write_night(dir_ / "night", 3);
  run(options());
  const std::size_t all = 3 * kPictures;
  ASSERT_EQ(looks(), all);
  ReviewOptions models = options(), isa = options(), tool = options();
  models.models_key = "models-b";
  isa.versions.isa = "avx512";
  tool.versions.tool = "0.2.0";
  std::size_t expected = all;
  for (const ReviewOptions& other : {models, isa, tool}) {
    run(other);
    EXPECT_EQ(looks(), expected += all);
  }
}

TEST_F(Review, LooksOnlyAtWhatIsNewOrChanged) {
  write_night(dir_ / "night", 4);
  run(options());
  const std::size_t before = looks();
  write_case(dir_ / "night", 7, Kind::fits);
  write_file(dir_ / "night" / id_of(0) / "2.jpg", "<html>");
  const Reviewed again = run(options());
  EXPECT_EQ(again.counters.pictures_opened, kPictures + 1);
  EXPECT_EQ(looks(), before + kPictures + 1);
  EXPECT_THAT(verdicts_in(out()).at(id_of(0)), HasSubstr("picture_undecodable"));
}

// The close-up may enlarge a part of the new panel.
TEST_F(Review, LooksAtAllPicturesAgainWhereACaseWithACloseUpHasNews) {
  write_case(dir_ / "night", 0, Kind::fits);
  const fs::path folder = dir_ / "night" / id_of(0);
  const std::string record = read_file(folder / "record.json");
  const std::string listed = R"(["1.jpg","2.jpg"])";
  ASSERT_NE(record.find(listed), std::string::npos);
  write_file(folder / "record.json",
             std::string(record).replace(record.find(listed), listed.size(),
                                         R"(["1.jpg",{"file":"2.jpg","role":"closeup"}])"));
  run(options());
  const std::size_t before = looks();
  run(options());
  EXPECT_EQ(looks(), before);
  write_file(folder / "1.jpg", "<html>");
  EXPECT_EQ(run(options()).counters.pictures_opened, kPictures);
  EXPECT_EQ(looks(), before + kPictures);
}

TEST_F(Review, FindsDuplicatesOfEarlierNights) {
  write_case(dir_ / "night", 0, Kind::fits);
  run(options());
  fs::rename(dir_ / "night", dir_ / "earlier");
  write_case(dir_ / "night", 1, Kind::repeats);  // the event of case 0, under another id
  run(options("out-2"));
  EXPECT_EQ(verdicts_in(out("out-2")).at(id_of(1)), "reject duplicate_case");
}

TEST_F(Review, LetsTheEarliestCaptureStandWhateverWasSeenFirst) {
  write_case(dir_ / "night", 1, Kind::repeats);
  run(options());
  EXPECT_EQ(verdicts_in(out()).at(id_of(1)), "accept");
  fs::rename(dir_ / "night", dir_ / "earlier");
  write_case(dir_ / "night", 0, Kind::fits);
  run(options("out-2"));
  EXPECT_EQ(verdicts_in(out("out-2")).at(id_of(0)), "accept");
}

TEST_F(Review, DoesNotCountACasesOwnEarlierRuns) {
  write_night(dir_ / "night", kKinds);
  run(options());
  const auto first = lasting_outputs(out());
  run(options("out-2"));
  EXPECT_EQ(lasting_outputs(out("out-2")), first);
}

// Late pictures: the same case with more content is not a duplicate of itself.
TEST_F(Review, TakesACaseWithALatePictureForTheSame) {
  write_case(dir_ / "night", 0, Kind::gone);
  run(options());
  EXPECT_THAT(verdicts_in(out()).at(id_of(0)), HasSubstr("picture_missing"));
  write_case(dir_ / "whole", 0, Kind::fits);
  fs::rename(dir_ / "whole" / id_of(0) / "2.jpg", dir_ / "night" / id_of(0) / "2.jpg");
  const Reviewed again = run(options());
  EXPECT_EQ(verdicts_in(out()).at(id_of(0)), "accept");
  EXPECT_EQ(again.counters.pictures_opened, 1);
}

// An office that numbers its cases from 1 every night.
TEST_F(Review, FindsDuplicatesThoughIdsAreUsedAgain) {
  const auto renumber = [&](int from, int to) {
    fs::rename(dir_ / "night" / id_of(from), dir_ / "night" / id_of(to));
    const fs::path record = dir_ / "night" / id_of(to) / "record.json";
    std::string text = read_file(record);
    text.replace(text.find(id_of(from)), id_of(from).size(), id_of(to));
    write_file(record, text);
  };
  write_case(dir_ / "night", 4, Kind::fits);
  renumber(4, 1);
  run(options());
  fs::rename(dir_ / "night", dir_ / "earlier");
  write_case(dir_ / "night", 5, Kind::repeats);  // of case 4
  write_case(dir_ / "night", 9, Kind::fits);
  renumber(5, 2);
  renumber(9, 1);  // another event under the first night's id
  run(options("out-2"));
  const auto verdicts = verdicts_in(out("out-2"));
  EXPECT_EQ(verdicts.at(id_of(1)), "accept");
  EXPECT_EQ(verdicts.at(id_of(2)), "reject duplicate_case");
}

TEST_F(Review, RefusesAnOutputOrStateInUse) {
  write_night(dir_ / "night", 1);
  for (const auto& [folder, name] : {std::pair("out", ".lock"), {"state", ".state.lock"}}) {
    const Lock held(dir_ / folder, name);
    try {
      run(options());
      ADD_FAILURE() << folder << " was not refused";
    } catch (const BusyError& error) {
      EXPECT_THAT(error.what(), HasSubstr("process " + std::to_string(getpid()) + ";"));
    }
  }
  EXPECT_FALSE(fs::exists(out() / "manifest.jsonl"));
  EXPECT_EQ(looks(), 0U);
}

TEST_F(Review, MayKeepItsStateInItsOutput) {
  write_night(dir_ / "night", 2);
  ReviewOptions with = options();
  with.state = with.out;
  EXPECT_EQ(run(with).summary.cases, 2);
}

TEST_F(Review, PlansWithoutWritingAnything) {
  write_night(dir_ / "night", 6);
  const auto untouched = everything_in(dir_.path());
  const Planned planned = plan_review(options());
  EXPECT_EQ(everything_in(dir_.path()), untouched);
  EXPECT_EQ(planned.cases, 6U);
  EXPECT_EQ(planned.pictures, 6U * kPictures);
  EXPECT_EQ(planned.remembered, 0U);
  ASSERT_EQ(planned.lines.size(), 6U);
  EXPECT_THAT(planned.lines[0], HasSubstr(id_of(0)));
  EXPECT_THAT(planned.lines[0], HasSubstr("1636"));
  EXPECT_THAT(planned.lines[5], HasSubstr("picture_missing"));
}

TEST_F(Review, PlansWithWhatIsRemembered) {
  write_night(dir_ / "night", 3);
  run(options());
  write_case(dir_ / "night", 7, Kind::fits);
  const auto untouched = everything_in(dir_.path());
  const Planned planned = plan_review(options());
  EXPECT_EQ(everything_in(dir_.path()), untouched);
  EXPECT_EQ(planned.pictures, 4U * kPictures);
  EXPECT_EQ(planned.remembered, 3U * kPictures);
}

TEST_F(Review, TellsItsProgressAndItsEnd) {
  write_night(dir_ / "night", 5);
  std::ostringstream said;
  review(options(), *make_json_progress(said));
  EXPECT_THAT(said.str(), HasSubstr("\"stage\":\"looking\",\"done\":5,\"total\":5"));
  EXPECT_THAT(said.str(), HasSubstr("\"stage\":\"judging\",\"done\":5,\"total\":5"));
  EXPECT_THAT(said.str(), HasSubstr("{\"message_type\":\"summary\",\"cases\":5"));
}

// Ten thousand cases from an index, over a hundred vehicles.
TEST_F(Review, JudgesTenThousandRememberedCases) {
  constexpr int kCases = 10000, kCars = 100;
  std::string index;
  const std::int64_t start = parse_time("2026-03-14T00:00:00")->ms;
  for (int car = 0; car < kCars; ++car) write_case(dir_ / "night", car, Kind::fits);
  for (int i = 0; i < kCases; ++i) {
    auto record = parse_json(read_file(dir_ / "night" / id_of(i % kCars) / "record.json"));
    ASSERT_TRUE(record.ok());
    Value line, times, pictures;
    for (const auto& [key, value] : *record.value().as_object())
      if (key != "case_id" && key != "times" && key != "pictures") line.set(key, value);
    line.set("case_id", "night-" + id_of(i));
    for (int k = 0; k < kPictures; ++k) {
      // The same vehicle is back after a hundred minutes, well out of the window of duplicates.
      times.push(format_time(Time{start + 60'000LL * i + 1000 * k}));
      pictures.push(id_of(i % kCars) + "/" + std::to_string(k + 1) + ".jpg");
    }
    index += write_json(line.set("times", std::move(times)).set("pictures", std::move(pictures)));
    index += "\n";
  }
  write_file(dir_ / "night" / "night.jsonl", index);
  ReviewOptions with = options();
  with.batch = dir_ / "night" / "night.jsonl";
  ASSERT_EQ(run(with).summary.by_verdict.at("accept"), kCases);
  const std::size_t before = looks();
  with.policy.groups["speed"] = {1.01, 1.01};
  const auto begun = std::chrono::steady_clock::now();
  const Reviewed again = run(with);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::cout << kCases << " remembered cases judged again in " << took.count() << " s\n";
  EXPECT_EQ(looks(), before);
  EXPECT_EQ(again.counters.pictures_opened, 0);
  EXPECT_EQ(again.summary.by_verdict.at("manual"), kCases);
}

}  // namespace
}  // namespace vioreview
