// SPDX-License-Identifier: Apache-2.0
// What people and the program itself leave between records and indexes makes no case and hides
// none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/archives.h"
#include "ingest/batches.h"
#include "ingest/name_report.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using namespace std::string_literals;

constexpr const char* kRecord =
    R"({"case_id":"a","plate":"豫A12345","violation":"1625","time":"2026-03-14T08:00:00",)"
    R"("pictures":["1.jpg"]})";
constexpr const char* kHead = "case_id,plate,violation,time,pictures\n";

void write_case(const TestDir& dir) {
  dir.write("a/record.json", kRecord);
  dir.write("a/1.jpg", "x");
}

TEST(MixedTrees, NotesAndListsAreNoCases) {
  const TestDir dir;
  write_case(dir);
  dir.write("notes.csv", "plate,time,comment\n豫A12345,2026-03-14,seen twice\n");
  dir.write("more.csv", "time,violation,comment\n2026-03-14,1625,seen twice\n");
  dir.write("号牌.csv", "号牌号码,违法行为,备注\n豫A12345,1625,x\n");
  dir.write("wide.csv", "\xFF\xFEp\0l\0"s);
  dir.write("site/site.json", R"({"plate":"x","violation":"1625","note":"closed"})");
  dir.write("site/beats.jsonl",
            R"({"time":"2026-03-14T08:00:00","device_id":"1","picture":"live.jpg"})");
  EXPECT_THAT(ids_of(ingested(dir.path())), ElementsAre("a"));
}

TEST(MixedTrees, TheOutputHidesOnlyItself) {
  const TestDir dir;
  const auto read = [&] { return ids_of(ingested(dir.path())); };
  dir.write("n/index.csv", kHead + "k,豫A12345,1625,2026-03-14,1.jpg\n"s);
  dir.write("n/2.json", R"({"case_id":"j","plate":"豫A12345","violation":"1625",)"
                        R"("time":"2026-03-14","pictures":["2.jpg"]})");
  for (const char* name : {"1.jpg", "2.jpg"}) dir.write("n/"s + name, name);
  const auto before = read();
  EXPECT_THAT(before, ElementsAre("j", "k"));
  const char* head =
      "\xEF\xBB\xBF"
      "case_id,verdict,review_by,code,name_zh,plate_recorded,plate_read,suggested_plate,"
      "suggested_code,reasons,reasons_zh,device_id,place,time,confidence,proven,pictures\r\n";
  for (const char* folder : {"n/", ""}) {
    const std::string at = folder;
    dir.write(at + "manifest.jsonl",
              R"({"schema":"vioreview/manifest/1","case_id":"k","verdict":"manual"})");
    dir.write(at + "summary.json", "{}");
    dir.write(at + "manifest.schema.json", "{}");
    for (const char* name : {"accept.csv", "reject.csv", "manual.csv"}) dir.write(at + name, head);
    dir.write(at + "state/state.db", "x");
    EXPECT_EQ(read(), before) << at;
  }
}

TEST(MixedTrees, ARowThatSaysMoreThanTheRecordIsNotSwallowed) {
  for (const char* table : {"case_id,plate,violation,time,speed_kmh,pictures\n"
                            "a,豫A12345,1625,2026-03-14T08:00:00,120,a/1.jpg\n",
                            "case_id,plate,violation,time,pictures\n"
                            "a,豫A12345,1625,2026-03-15T20:00:00,a/1.jpg\n",
                            "case_id,plate,violation,time,pictures\n"
                            "a,豫A12345,1625,2026-03-14T08:00:00,a/1.jpg;a/2.jpg\n"}) {
    const TestDir dir;
    write_case(dir);
    dir.write("a/2.jpg", "y");
    dir.write("list.csv", table);
    const Batch batch = ingested(dir.path());
    ASSERT_THAT(ids_of(batch), ElementsAre("a", "a~2")) << table;
    EXPECT_THAT(problems_of(batch.cases[1]), ElementsAre("id_repeated "));
  }
}

TEST(MixedTrees, AnIndexAccountsOnlyForWhatItLists) {
  const TestDir dir;
  dir.write("index.csv", kHead + "k,豫A12345,1625,2026-03-14,dev1/1.jpg\n"s);
  for (const char* name : {"0.jpg", "dev1/1.jpg", "dev2/1.jpg", "dev2/2.jpg"}) dir.write(name, "x");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 3U);
  EXPECT_THAT(case_at(batch, "index.csv:2").problems, IsEmpty());
  EXPECT_THAT(files_of(case_at(batch, "0.jpg")), ElementsAre("0.jpg"));
  EXPECT_THAT(files_of(case_at(batch, "dev2")), ElementsAre("1.jpg", "2.jpg"));
}

TEST(MixedTrees, AnIndexAboveNamedPicturesIsRefused) {
  const TestDir dir;
  dir.write("dev1/inbox.toml", "[[template]]\npattern = \"{device}_{time}_{number}\"\n");
  const std::string name = "dev1/x/D_20260314082531_";
  for (const char* number : {"1.jpg", "2.jpg", "3.jpg"}) dir.write(name + number, number);
  dir.write("list.csv", kHead + "k,豫A12345,1625,2026-03-14,"s + name + "1.jpg\n");
  const Batch batch = ingested(dir.path() / "");
  ASSERT_EQ(batch.cases.size(), 2U);
  EXPECT_THAT(case_at(batch, "list.csv").problems.at(0).detail, HasSubstr("the names count"));
  EXPECT_EQ(case_at(batch, name + "1.jpg").pictures.size(), 3U);
}

TEST(MixedTrees, TheDryRunTellsIndexesFromOtherTexts) {
  const TestDir dir;
  write_case(dir);
  dir.write("none.csv", kHead);
  dir.write("same.csv", kHead + "a,豫A12345,1625,2026-03-14T08:00:00,a/1.jpg\n"s);
  for (const char* name : {"notes.csv", "notes.json", "notes.xml", "notes.jsonl", "notes.txt"})
    dir.write(name, "");
  const NameReport report = report_names(dir.path(), "");
  std::map<std::string, std::string> why;
  for (const NameReport::File& file : report.files) why[file.file] = file.why;
  for (const char* name : {"none.csv", "same.csv"})
    EXPECT_EQ(why[name], "an index that adds no case of its own");
  for (const char* name : {"notes.csv", "notes.json", "notes.xml", "notes.jsonl"})
    EXPECT_EQ(why[name], "holds no record") << name;
  EXPECT_EQ(why["notes.txt"], "is no picture");
}

TEST(MixedTrees, ManyStrangeFilesAreCounted) {
  const TestDir dir;
  for (int i = 0; i < 30; ++i) dir.write("n" + std::to_string(i) + ".csv", "a\n");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 1U);
  EXPECT_THAT(batch.cases[0].problems.at(0).detail, HasSubstr(" and 10 more;"));
}

}  // namespace
}  // namespace vioreview
