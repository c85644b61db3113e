// SPDX-License-Identifier: Apache-2.0
// Nights in a row over one state: late pictures, a night delivered again, duplicates across nights,
// and a device whose clock jumps by a year. What each manifest has to say stands here, by hand.
#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/time.h"
#include "format/codecs.h"
#include "run/night.h"
#include "run/outputs.h"
#include "run/review.h"
#include "run/setup.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Table = std::map<std::string, std::string>;  // case -> what the manifest says of it

// A case of 78 km/h where 60 is allowed, in which everything fits.
struct Shot {
  std::string id, device, time, plate;
  std::vector<std::string> listed = {"1.jpg", "2.jpg"};
  std::vector<std::string> delivered = {"1.jpg", "2.jpg"};
  std::string code = "1636";
  double speed = 78;
  int times = 2;  // a second apart
};

void write_shot(const fs::path& night, const Shot& shot) {
  Value record, times, pictures;
  record.set("case_id", shot.id)
      .set("violation", shot.code)
      .set("plate", shot.plate)
      .set("plate_kind", "02")
      .set("plate_color", "blue")
      .set("vehicle_class", "K33")
      .set("body_color", "A")
      .set("place_code", "place of " + shot.device)
      .set("device_id", shot.device)
      .set("speed_kmh", shot.speed)
      .set("limit_kmh", 60);
  for (int i = 0; i < shot.times; ++i)
    times.push(format_time(Time{parse_time(shot.time)->ms + 1000 * i}));
  for (const std::string& file : shot.listed) pictures.push(file);
  record.set("times", std::move(times));
  if (!shot.listed.empty()) record.set("pictures", std::move(pictures));
  write_file(night / shot.id / "record.json", write_json(record));
  for (const std::string& file : shot.delivered) {
    PanelFacts facts = seen_car(shot.plate);
    facts.file = shot.id + "/" + file;  // no two pictures are the same bytes
    write_file(night / shot.id / file, write_json(to_value(facts)));
  }
}

// Verdict, the reasons that this is about, and the revision where it is not the first.
std::string said(const Value& line) {
  std::string text = *line.find("verdict")->as_string();
  std::vector<std::string> reasons;
  for (const Value& reason : *line.find("reasons")->as_array())
    reasons.push_back(*reason.find("id")->as_string());
  for (const char* id : {"panels_waiting", "picture_missing", "panels_too_few", "duplicate_case",
                         "clock_suspect", "speed_below_limit"})
    if (std::find(reasons.begin(), reasons.end(), id) != reasons.end())
      text += std::string(" ") + id;
  const double revision = line.find("revision")->number();
  return revision == 1 ? text : text + " r" + std::to_string(static_cast<int>(revision));
}

class Nights : public ::testing::Test {
 protected:
  Reviewed review_night(const std::string& night, const std::string& out) {
    ReviewOptions options =
        review_with(dir_ / night, dir_ / out, dir_ / "state", VIOREVIEW_TEST_WORKER, 2);
    for (Violation& violation : options.catalogue.violations)
      if (violation.code == "1352") violation.min_panels = 2;
    options.received = received_;
    std::ostringstream ignored;
    return review(options, *make_json_progress(ignored));
  }
  std::map<std::string, Value> lines(const std::string& out) const {
    std::map<std::string, Value> by_case;
    std::istringstream manifest(read_file(dir_ / out / "manifest.jsonl"));
    for (std::string line; std::getline(manifest, line);) {
      const Value value = parse_json(line).value();
      by_case[*value.find("case_id")->as_string()] = value;
    }
    return by_case;
  }
  Table table(const std::string& out) const {
    Table all;
    for (const auto& [id, line] : lines(out)) all[id] = said(line);
    return all;
  }
  std::vector<std::string> notes(const std::string& out, const std::string& id) const {
    std::vector<std::string> all;
    const Value line = lines(out).at(id);
    for (const Value& note : *line.find("notes")->as_array()) all.push_back(*note.as_string());
    return all;
  }
  // The same folder under another name, as a second delivery would lie.
  void copy(const std::string& from, const std::string& to) const {
    fs::copy(dir_ / from, dir_ / to, fs::copy_options::recursive);
  }
  void write(const std::string& night, const std::vector<Shot>& shots) const {
    for (const Shot& shot : shots) write_shot(dir_ / night, shot);
  }

  TestDir dir_;
  std::optional<Time> received_;
};

// The nights of the devices A, B and C.
void write_first(const fs::path& night) {
  for (const Shot& shot : std::vector<Shot>{
           {"A-1", "A", "2026-03-14T20:00:00", "皖A00001"},
           {"A-2", "A", "2026-03-14T21:00:00", "皖A00002", {"1.jpg", "2.jpg"}, {"1.jpg"}},
           // One of the two panels that its code wants here.
           {"A-3", "A", "2026-03-14T22:00:00", "皖A00003", {"1.jpg"}, {"1.jpg"}, "1352", 70, 1},
           // The same below the limit: nothing is rejected that may still become another case.
           {"A-7", "A", "2026-03-14T22:30:00", "皖A00007", {"1.jpg"}, {"1.jpg"}, "1352", 58, 1},
           {"B-1", "B", "2026-03-14T21:00:00", "皖A00011", {"1.jpg", "2.jpg"}, {"1.jpg"}},
           {"B-2", "B", "2026-03-14T22:00:00", "皖A00012"},
           {"C-1", "C", "2026-03-14T22:00:00", "皖A00021"}})
    write_shot(night, shot);
}
void write_second(const fs::path& night) {
  for (const Shot& shot : std::vector<Shot>{
           // The late picture alone.
           {"A-2", "A", "2026-03-14T21:00:00", "皖A00002", {"1.jpg", "2.jpg"}, {"2.jpg"}},
           // The event of A-1 again, five seconds later, and that of B-2, five seconds earlier.
           {"A-4", "A", "2026-03-14T20:00:05", "皖A00001"},
           {"B-3", "B", "2026-03-14T21:59:55", "皖A00012"},
           {"B-4", "B", "2026-03-15T21:00:00", "皖A00013"},
           {"C-2", "C", "2026-03-15T22:00:00", "皖A00022"}})
    write_shot(night, shot);
}
void write_third(const fs::path& night) {
  for (const Shot& shot : std::vector<Shot>{
           {"A-3", "A", "2026-03-14T22:00:00", "皖A00003", {"1.jpg"}, {"1.jpg"}, "1352", 70, 1},
           {"A-5", "A", "2026-03-16T22:00:00", "皖A00005"},
           {"A-6", "A", "2026-03-16T22:30:00", "皖A00006", {"1.jpg"}, {"1.jpg"}, "1352", 70, 1},
           {"B-1", "B", "2026-03-14T21:00:00", "皖A00011", {"1.jpg", "2.jpg"}, {"1.jpg"}},
           {"B-5", "B", "2026-03-16T22:30:00", "皖A00015"},
           // The clock of C has jumped.
           {"C-3", "C", "2027-03-16T21:00:00", "皖A00023"},
           {"C-4", "C", "2027-03-16T21:00:05", "皖A00023"},  // the event of C-3
           {"C-5", "C", "2027-03-16T22:00:00", "皖A00025", {"1.jpg"}, {"1.jpg"}, "1636", 58},
           {"C-6", "C", "2027-03-16T22:29:59", "皖A00026", {"1.jpg"}, {"1.jpg"}, "1352", 70}})
    write_shot(night, shot);
}

const Table kFirst = {{"A-1", "accept"},
                      {"A-2", "manual panels_waiting picture_missing"},
                      {"A-3", "manual panels_waiting"},
                      {"A-7", "manual panels_waiting speed_below_limit"},
                      {"B-1", "manual panels_waiting picture_missing"},
                      {"B-2", "accept"},
                      {"C-1", "accept"}};
const Table kSecond = {{"A-2", "accept r2"},
                       {"A-4", "reject duplicate_case"},
                       {"B-3", "accept"},
                       {"B-4", "accept"},
                       {"C-2", "accept"}};
// A-3 and B-1 have waited for two nights, A-6 for none.
const Table kThird = {{"A-3", "reject panels_too_few"},
                      {"A-5", "accept"},
                      {"A-6", "manual panels_waiting"},
                      {"B-1", "manual picture_missing"},
                      {"B-5", "accept"},
                      {"C-3", "manual clock_suspect"},
                      {"C-4", "manual clock_suspect"},
                      {"C-5", "manual clock_suspect speed_below_limit"},
                      {"C-6", "manual panels_waiting clock_suspect"}};
// What the first night is when all that is known: A-2 has its picture, A-3 and B-1 do not, B-2 is
// the later record of the event of B-3.
const Table kFirstInTheEnd = {{"A-1", "accept"},
                              {"A-2", "accept r2"},
                              {"A-3", "reject panels_too_few"},
                              {"A-7", "reject panels_too_few speed_below_limit"},
                              {"B-1", "manual picture_missing"},
                              {"B-2", "reject duplicate_case"},
                              {"C-1", "accept"}};

TEST_F(Nights, ThreeInARow) {
  write_first(dir_ / "night-1");
  write_second(dir_ / "night-2");
  write_third(dir_ / "night-3");
  copy("night-1", "night-1-again");

  review_night("night-1", "out-1");
  EXPECT_EQ(table("out-1"), kFirst);
  review_night("night-1", "out-1b");
  review_night("night-1-again", "out-1c");
  EXPECT_EQ(lasting_outputs(dir_ / "out-1b"), lasting_outputs(dir_ / "out-1"));
  EXPECT_EQ(lasting_outputs(dir_ / "out-1c"), lasting_outputs(dir_ / "out-1"));

  const Reviewed second = review_night("night-2", "out-2");
  EXPECT_EQ(table("out-2"), kSecond);
  EXPECT_EQ(second.counters.revised, 1);
  EXPECT_EQ(summary_in(dir_ / "out-2").find("revised")->number(), 1);
  EXPECT_THAT(*summary_in(dir_ / "out-2").find("clock_suspect")->as_array(), IsEmpty());
  review_night("night-2", "out-2b");
  EXPECT_EQ(lasting_outputs(dir_ / "out-2b"), lasting_outputs(dir_ / "out-2"));

  review_night("night-3", "out-3");
  EXPECT_EQ(table("out-3"), kThird);
  review_night("night-3", "out-3b");
  EXPECT_EQ(lasting_outputs(dir_ / "out-3b"), lasting_outputs(dir_ / "out-3"));
  review_night("night-2", "out-2c");
  EXPECT_EQ(lasting_outputs(dir_ / "out-2c"), lasting_outputs(dir_ / "out-2"));
  review_night("night-1", "out-1d");
  EXPECT_EQ(table("out-1d"), kFirstInTheEnd);
}

// B-3 came after B-2, an event of which it is the earlier capture, had been told.
TEST_F(Nights, AnEarlierCaptureThatComesLaterNamesTheOneThatWasTold) {
  write_first(dir_ / "night-1");
  write_second(dir_ / "night-2");
  review_night("night-1", "out-1");
  review_night("night-2", "out-2");
  EXPECT_THAT(notes("out-2", "B-3"),
              ::testing::Contains(HasSubstr("B-2, which an earlier run suggested to accept")));
  for (const char* other : {"A-2", "A-4", "B-4", "C-2"})
    EXPECT_THAT(notes("out-2", other),
                ::testing::Not(::testing::Contains(HasSubstr("which an earlier run"))));
}

// A-7 is not delivered again: nobody would hear that its picture never came.
TEST_F(Nights, TheSummaryNamesCasesThatWaitedInVain) {
  write_first(dir_ / "night-1");
  write_second(dir_ / "night-2");
  write_third(dir_ / "night-3");
  const auto in_vain = [&](const std::string& out) {
    std::vector<std::string> ids;
    const Value summary = summary_in(dir_ / out);
    for (const Value& one : *summary.find("waited_in_vain")->as_array())
      ids.push_back(*one.find("case_id")->as_string());
    return ids;
  };
  review_night("night-1", "out-1");
  EXPECT_THAT(in_vain("out-1"), IsEmpty());
  review_night("night-2", "out-2");
  EXPECT_THAT(in_vain("out-2"), ElementsAre("B-1")) << "only B has gone on for a day by then";
  review_night("night-3", "out-3");
  EXPECT_THAT(in_vain("out-3"), ElementsAre("A-7"));
  review_night("night-1", "out-1b");
  EXPECT_THAT(in_vain("out-1b"), IsEmpty());
}

TEST_F(Nights, TheSummaryNamesTheDeviceWhoseClockJumped) {
  write_third(dir_ / "night");
  review_night("night", "out");
  const Value summary = summary_in(dir_ / "out");
  const auto& suspects = *summary.find("clock_suspect")->as_array();
  ASSERT_EQ(suspects.size(), 1U);
  EXPECT_EQ(*suspects[0].find("device_id")->as_string(), "C");
  EXPECT_EQ(suspects[0].find("cases")->number(), 4);
  EXPECT_EQ(*suspects[0].find("newest")->as_string(), "2027-03-16T22:30:00.000");
  // The others end at 22:30:01 of A and B, a year less a second before.
  EXPECT_EQ(suspects[0].find("offset_s")->number(), 365 * 86400 - 1);
  EXPECT_THAT(*suspects[0].find("why")->as_string(), HasSubstr("365 d after the newest"));
}

TEST_F(Nights, ABurnedInTimeIsHeldAgainstTheRecord) {
  write("night", {{"A-1", "A", "2026-03-14T22:00:00", "皖A00001"}});
  PanelFacts facts = seen_car("皖A00001");
  facts.overlay.emplace().push_back(
      {OverlayField::time, "2026-03-14T14:00:00.000", 0.99F, {10, 10, 400, 40}});
  write_file(dir_ / "night" / "A-1" / "1.jpg", write_json(to_value(facts)));
  review_night("night", "out");
  EXPECT_EQ(table("out"), (Table{{"A-1", "manual clock_suspect"}}));
  const Value summary = summary_in(dir_ / "out");
  const auto& suspects = *summary.find("clock_suspect")->as_array();
  ASSERT_EQ(suspects.size(), 1U);
  EXPECT_EQ(suspects[0].find("offset_s")->number(), 8 * 3600);  // the record is ahead
}

// Without its neighbours: the device's own earlier nights speak, and the time of receipt clears it.
TEST_F(Nights, ALoneDeviceIsHeldAgainstItsEarlierNights) {
  write("night-1", {{"C-1", "C", "2026-03-14T22:00:00", "皖A00021"}});
  write("night-2", {{"C-2", "C", "2027-03-15T22:00:00", "皖A00022"}});
  review_night("night-1", "out-1");
  review_night("night-2", "out-2");
  EXPECT_EQ(table("out-2"), (Table{{"C-2", "manual clock_suspect"}}));
  received_ = parse_time("2027-03-16T06:00");
  review_night("night-2", "out-3");
  EXPECT_EQ(table("out-3"), (Table{{"C-2", "accept"}}));
  EXPECT_EQ(*summary_in(dir_ / "out-3").find("received")->as_string(), "2027-03-16T06:00:00.000");
}

// A suspect capture does not stand against a later one, once the clock is right again.
TEST_F(Nights, ASuspectCaptureMakesNoDuplicates) {
  write("night-1", {{"C-1", "C", "2026-03-14T22:00:00", "皖A00021"}});
  received_ = parse_time("2026-03-14T06:00");
  review_night("night-1", "out-1");
  EXPECT_EQ(table("out-1"), (Table{{"C-1", "manual clock_suspect"}}));
  write("night-2", {{"C-2", "C", "2026-03-14T22:00:05", "皖A00021"}});
  received_ = parse_time("2026-03-15T06:00");
  review_night("night-2", "out-2");
  EXPECT_EQ(table("out-2"), (Table{{"C-2", "accept"}}));
}

// A record that lists nothing and the late picture beside it, when the first delivery is gone.
TEST_F(Nights, ALatePictureJoinsWhatIsRemembered) {
  Shot shot{"A-1", "A", "2026-03-14T22:00:00", "皖A00001", {}, {"1.jpg"}, "1352", 70};
  write("night-1", {shot});
  review_night("night-1", "out-1");
  EXPECT_EQ(table("out-1"), (Table{{"A-1", "manual panels_waiting"}}));
  copy("night-1", "kept");
  fs::remove_all(dir_ / "night-1");
  shot.delivered = {"2.jpg"};
  write("night-2", {shot});
  EXPECT_EQ(review_night("night-2", "out-2").counters.pictures_opened, 1);
  EXPECT_EQ(table("out-2"), (Table{{"A-1", "accept r2"}}));
  EXPECT_THAT(notes("out-2", "A-1"), ::testing::Contains("1.jpg arrived in an earlier run"));
  const auto files = [&](const std::string& out) {
    std::vector<std::string> all;
    const Value line = lines(out).at("A-1");
    for (const Value& panel : *line.find("panels")->as_array())
      all.push_back(*panel.find("file")->as_string());
    return all;
  };
  EXPECT_THAT(files("out-2"), ElementsAre("1.jpg", "2.jpg"));
  review_night("night-2", "out-2b");
  EXPECT_EQ(lasting_outputs(dir_ / "out-2b"), lasting_outputs(dir_ / "out-2"));
  review_night("kept", "out-3");  // the first delivery again: nothing is lost
  EXPECT_EQ(table("out-3"), (Table{{"A-1", "accept r2"}}));
  EXPECT_THAT(files("out-3"), ElementsAre("1.jpg", "2.jpg"));
}

// However three pictures are spread over two nights: in the end the case is as if all had come at
// once, and the first part delivered again changes nothing.
TEST_F(Nights, InWhicheverOrderPicturesComeTheyStandAsInOneDelivery) {
  const std::vector<std::string> all{"1.jpg", "2.jpg", "10.jpg"};
  Shot shot{"A-1", "A", "2026-03-14T22:00:00", "皖A00001", {}, all, "1352", 70, 3};
  write("whole", {shot});
  review_night("whole", "out-whole");
  const auto panels = [&](const std::string& out) {
    std::vector<std::string> seen;
    const Value line = lines(out).at("A-1");
    for (const Value& panel : *line.find("panels")->as_array())
      seen.push_back(*panel.find("file")->as_string());
    return seen;
  };
  ASSERT_EQ(panels("out-whole"), all);
  for (unsigned first = 1; first < 7; ++first) {
    SCOPED_TRACE(first);
    const std::string part = std::to_string(first);
    const auto parts = [&](bool early) {
      std::vector<std::string> delivered;
      for (unsigned i = 0; i < all.size(); ++i)
        if ((first >> i & 1U) == (early ? 1U : 0U)) delivered.push_back(all[i]);
      return delivered;
    };
    fs::remove_all(dir_ / "state");
    shot.delivered = parts(true);
    write("early-" + part, {shot});
    shot.delivered = parts(false);
    write("late-" + part, {shot});
    review_night("early-" + part, "out-early-" + part);
    review_night("late-" + part, "out-late-" + part);
    EXPECT_EQ(panels("out-late-" + part), all);
    const std::string in_the_end = table("out-late-" + part).at("A-1");
    EXPECT_EQ(in_the_end, table("out-whole").at("A-1") + " r2");
    review_night("early-" + part, "out-again-" + part);
    EXPECT_EQ(table("out-again-" + part).at("A-1"), in_the_end);
  }
}

// Two records of one case list their pictures in orders of their own: which place of the list of
// times the late picture has is not known.
TEST_F(Nights, TimesBelongToNoPictureWhoseOrderIsUnknown) {
  const std::vector<std::string> early{"b.jpg", "a.jpg"}, late{"c.jpg"};
  write("night-1", {{"A-1", "A", "2026-03-14T22:00:00", "皖A00001", early, early, "1352", 70, 3}});
  write("night-2", {{"A-1", "A", "2026-03-14T22:00:00", "皖A00001", late, late, "1352", 70, 3}});
  review_night("night-1", "out-1");
  review_night("night-2", "out-2");
  EXPECT_THAT(notes("out-2", "A-1"), ::testing::Contains(HasSubstr("in which order they belong")));
  const Value line = lines("out-2").at("A-1");
  EXPECT_EQ(line.find("panels")->as_array()->size(), 3U);
  for (const Value& panel : *line.find("panels")->as_array())
    EXPECT_TRUE(panel.find("time")->is_null()) << write_json(panel);
}

// A picture in a place where another file lies now is known by what was seen, not by its place.
TEST_F(Nights, AnInboxThatIsUsedAgainMixesNothingUp) {
  Shot shot{"A-1", "A", "2026-03-14T22:00:00", "皖A00001", {}, {"1.jpg"}, "1352", 70};
  write("inbox", {shot});
  review_night("inbox", "out-1");
  fs::remove_all(dir_ / "inbox");
  shot.delivered = {"2.jpg"};
  write("inbox", {shot});
  fs::rename(dir_ / "inbox" / "A-1", dir_ / "inbox" / "late");
  write("inbox", {{"B-1", "B", "2026-03-15T22:00:00", "皖A00009"}});
  fs::rename(dir_ / "inbox" / "B-1", dir_ / "inbox" / "A-1");  // 1.jpg lies where that of A-1 lay
  review_night("inbox", "out-2");
  EXPECT_EQ(table("out-2").at("A-1"), "accept r2");
  EXPECT_EQ(table("out-2").at("B-1"), "accept");
}

// The time that a picture file carries is a hint: copies and edits rewrite it.
TEST_F(Nights, AFilesOwnTimeIsHeldAgainstTheRecord) {
  write("night", {{"A-1", "A", "2026-03-14T22:00:00", "皖A00001"},
                  {"A-2", "A", "2026-03-14T22:30:00", "皖A00002"}});
  const auto taken_at = [&](const std::string& id, const std::string& file, const char* time) {
    PanelFacts facts = seen_car(id == "A-1" ? "皖A00001" : "皖A00002");
    facts.file = id + "/" + file;
    facts.written = parse_time(time);
    write_file(dir_ / "night" / id / file, write_json(to_value(facts)));
  };
  taken_at("A-1", "1.jpg", "2026-03-13T22:00:00");  // a day is not far
  taken_at("A-2", "2.jpg", "2025-03-14T22:30:00");
  review_night("night", "out");
  EXPECT_EQ(table("out"), (Table{{"A-1", "accept"}, {"A-2", "manual clock_suspect"}}));
  const Value summary = summary_in(dir_ / "out");
  const auto& suspects = *summary.find("clock_suspect")->as_array();
  ASSERT_EQ(suspects.size(), 1U);
  EXPECT_EQ(suspects[0].find("offset_s")->number(), 365 * 86400);
  EXPECT_THAT(*suspects[0].find("why")->as_string(),
              HasSubstr("was taken at 2025-03-14T22:30:00.000 by its own data"));
}

// Same bytes and same views are told to people and decide nothing.
TEST_F(Nights, LikenessIsAHint) {
  const Shot first{"A-1", "A", "2026-03-14T22:00:00", "皖A00001"};
  write("night-1", {first});
  review_night("night-1", "out-1");
  EXPECT_THAT(notes("out-1", "A-1"), IsEmpty());
  Shot second = first;  // the same vehicle and view ten minutes later: another event
  second.id = "A-2";
  second.time = "2026-03-14T22:10:00";
  write("night-2", {second});
  review_night("night-2", "out-2");
  EXPECT_EQ(table("out-2"), (Table{{"A-2", "accept"}}));
  EXPECT_THAT(notes("out-2", "A-2"),
              ElementsAre("1.jpg looks like 1.jpg of case A-1 (0 of 64 bits differ)"));
  for (const char* file : {"1.jpg", "2.jpg"})
    fs::copy_file(dir_ / "night-1" / "A-1" / file, dir_ / "night-2" / "A-2" / file,
                  fs::copy_options::overwrite_existing);
  review_night("night-2", "out-3");
  EXPECT_EQ(table("out-3"), (Table{{"A-2", "accept r2"}}));
  EXPECT_THAT(notes("out-3", "A-2"), ElementsAre("1.jpg is the same file as 1.jpg of case A-1"));
}

}  // namespace
}  // namespace vioreview
