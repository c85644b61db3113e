// SPDX-License-Identifier: Apache-2.0
// Indexes, makers' records and archives between the folders of a tree: each is read or told of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/archives.h"
#include "ingest/batches.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::string_literals;

constexpr const char* kUpload = R"({"xh":"U","hphm":"云M12345","wfxw":"1625","zpstr1":"Zm9v"})";

// The same tree as a folder and as an archive.
std::vector<Batch> both_ways(const TestDir& dir, const std::vector<Packed>& entries) {
  for (const Packed& packed : entries) write_file(dir / "night" / packed.name, packed.bytes);
  return {ingested(dir / "night"), ingested(pack(dir / "night.zip", entries))};
}

TEST(Trees, IndexesAreReadAtAnyDepth) {
  const TestDir dir;
  const std::vector<Packed> entries = {
      {"list.csv", "xh,wfxw,wfsj,xp1\nA,1625,2026-03-14,p/1.jpg\nB,1302,2026-03-14,p/2.jpg\n"},
      {"p/1.jpg", "one"},
      {"p/2.jpg", "two"},
      {"dev1/upload.jsonl", kUpload + "\n"s},
      {"dev2/20260314/index.jsonl",
       R"({"case_id":"C","plate":"x","time":"2026-03-14","pictures":["3.jpg"]})"},
      {"dev2/20260314/3.jpg", "three"},
      {"case/record.json", R"({"case_id":"D","pictures":["4.jpg"]})"},
      {"case/4.jpg", "four"}};
  for (const Batch& batch : both_ways(dir, entries)) {
    EXPECT_THAT(ids_of(batch), ElementsAre("A", "B", "C", "D", "U"));
    for (const Case& c : batch.cases) {
      EXPECT_THAT(c.problems, IsEmpty()) << c.id;
      EXPECT_EQ(c.pictures.size(), 1U) << c.id;
    }
    EXPECT_EQ(case_at(batch, "list.csv:3").id, "B");
    EXPECT_EQ(case_at(batch, "dev2/20260314/index.jsonl:1").id, "C");
  }
}

TEST(Trees, PicturesThatAnIndexLeavesOutStayWhatTheyWere) {
  const TestDir dir;
  const std::vector<Packed> entries = {
      {"d/list.csv", "xh,wfxw,wfsj,xp1\nA,1625,2026-03-14,p/1.jpg\n"},
      {"d/p/1.jpg", "one"},
      {"d/p/2.jpg", "two"},
      {"e/3.jpg", "three"}};
  for (const Batch& batch : both_ways(dir, entries)) {
    ASSERT_EQ(batch.cases.size(), 3U);
    EXPECT_THAT(files_of(case_at(batch, "d/p")), ElementsAre("2.jpg"));
    EXPECT_THAT(problems_of(case_at(batch, "d/p")), ElementsAre("record_missing "));
    EXPECT_THAT(files_of(case_at(batch, "e")), ElementsAre("3.jpg"));
  }
}

TEST(Trees, TextsThatAreNoIndexStayTexts) {
  const TestDir dir;
  dir.write("a/record.json", R"({"case_id":"a","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  dir.write("devices.csv", "sbbh,wfdd\n1,2\n");
  dir.write("empty.jsonl", "");
  dir.write("log.jsonl", R"({"event":"start","time":"2026-03-14T08:25:31"})");
  dir.write("expected.jsonl",
            R"({"case_id":"a","plate":"x","violation":"1625","verdict":"accept"})");
  dir.write("more/decisions.csv", "case_id,violation,plate,decision\na,1625,x,accept\n");
  dir.write("more/status.json",
            R"({"event":"start","time":"2026-03-14T08:25:31","device_id":"1"})");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(ids_of(batch), ElementsAre("a"));
}

// An office exports the list of a night beside the folders of its cases.
TEST(Trees, ARowThatAFolderSaysTooIsThatCase) {
  const TestDir dir;
  dir.write(
      "a/record.json",
      R"({"case_id":"a","violation":"1625","times":["2026-03-14T08:00:00"],"pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  dir.write("list.csv",
            "case_id,violation,time,pictures\na,1625,2026-03-14T08:00:00,a/"
            "1.jpg\n,1625,2026-03-14T08:00:00,a/1.jpg\n"
            "a,1302,2026-03-14T08:00:00,a/1.jpg\n");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(ids_of(batch), ElementsAre("a", "a~2"));
  EXPECT_THAT(batch.cases[0].notes,
              ElementsAre("stands also in list.csv:2: the record in its folder counts",
                          "stands also in list.csv:3: the record in its folder counts"));
  EXPECT_EQ(batch.cases[1].source, "list.csv:4") << "another violation is another case";
}

TEST(Trees, IndexesThatCannotBeReadAreCases) {
  const TestDir dir;
  const std::vector<Packed> entries = {{"a/record.json", R"({"case_id":"a","pictures":["1.jpg"]})"},
                                       {"a/1.jpg", "x"},
                                       {"index.csv", "\xFF\xFEx\0h\0"s},
                                       {"torn.jsonl", R"({"xh":"1","xp1":"1.jpg","wfxw":"16)"},
                                       {"n/index.jsonl", "<html>\n404\n"},
                                       {"notes.csv", "\xFF\xFEx\0h\0"s},
                                       {"noise.jsonl", "<html>\n404\n"}};
  for (const Batch& batch : both_ways(dir, entries)) {
    ASSERT_EQ(batch.cases.size(), 5U);
    EXPECT_EQ(case_at(batch, "index.csv").problems.at(0).detail,
              "is UTF-16; save it as UTF-8 or GBK");
    EXPECT_EQ(case_at(batch, "torn.jsonl:1").problems.at(0).reason, "record_invalid");
    EXPECT_THAT(problems_of(case_at(batch, "n/index.jsonl:1")), ElementsAre("record_invalid "));
  }
}

TEST(Trees, ArchivesInsideAreToldOf) {
  const TestDir dir;
  dir.write("night.zip", "PK");
  for (const char* name : {"dev1/a.7z", "dev2/b.tar.xz", "dev3/c.rar", "dev4/d.tar.bz2",
                           "dev5/index.csv.gz", "dev6/e.tar"})
    dir.write(name, "x");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 7U);
  for (const Case& c : batch.cases)
    EXPECT_EQ(c.problems.at(0).reason, "record_missing") << c.source;
  EXPECT_THAT(case_at(batch, "night.zip").problems[0].detail,
              HasSubstr("review it by itself, or unpack it here"));
  EXPECT_THAT(case_at(batch, "dev1/a.7z").problems[0].detail, HasSubstr("repack it as .zip"));
  const fs::path packed = pack(dir / "all.tar", {{"dev1.7z", "x"}, {"d/dev2.tar.xz", "x"}});
  const Batch inside = ingested(packed);
  ASSERT_EQ(inside.cases.size(), 1U);
  EXPECT_THAT(inside.cases[0].problems.at(0).detail,
              AllOf(HasSubstr("unpack them first"), HasSubstr("dev1.7z, d/dev2.tar.xz")));
}

TEST(Trees, ADeliveryOfNothingThatIsKnownIsACase) {
  const TestDir dir;
  const std::vector<Packed> entries = {{"readme.txt", "x"}, {"sub/devices.csv", "a,b\n1,2\n"}};
  const std::vector<Batch> batches = both_ways(dir, entries);
  for (const Batch& batch : batches) {
    ASSERT_EQ(batch.cases.size(), 1U);
    EXPECT_THAT(problems_of(batch.cases[0]), ElementsAre("record_missing "));
    EXPECT_THAT(batch.cases[0].problems[0].detail,
                AllOf(HasSubstr("readme.txt, sub/devices.csv"), HasSubstr("ingest --dry-run")));
  }
  EXPECT_EQ(batches[0].cases[0].source, ".");
  EXPECT_EQ(batches[1].cases[0].source, "night.zip");
}

TEST(Trees, AnEmptyInboxHasNoCase) {
  const TestDir dir;
  dir.write("inbox.toml", "[[template]]\npattern = \"{device}_{time}_{number}\"\n");
  dir.write(".keep", "");
  dir.write("out/manifest.jsonl", "{}");
  dir.write("out/summary.json", "{}");
  dir.write("index.csv", "case_id,violation,pictures\n");
  EXPECT_THAT(ingested(dir.path()).cases, IsEmpty());
}

// What a run wrote into the folder that it read is no index.
TEST(Trees, TheOutputOfTheFolderItselfIsPassedOver) {
  const TestDir dir;
  dir.write("manifest.jsonl", R"({"case_id":"a","violation":"1625","plate":"x"})");
  dir.write("summary.json", "{}");
  dir.write("accept.csv", "case_id,violation,plate\na,1625,x\n");
  dir.write("a/record.json", R"({"case_id":"a","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  EXPECT_THAT(ids_of(ingested(dir.path())), ElementsAre("a"));
}

TEST(Trees, RecordsOfAnyNameBesideTheirPictures) {
  const TestDir dir;
  dir.write("d/001.json", R"({"case_id":"e","maker":"dahua","event":"0x106","plate":"冀FT2619",)"
                          R"("time":"2026-03-14 08:10:10","pictures":["1.jpg"]})");
  dir.write("d/1.jpg", "x");
  dir.write("p/plain.json",
            R"({"case_id":"p","violation":"1625","time":"2026-03-14","pictures":["2.jpg"]})");
  dir.write("p/2.jpg", "x");
  dir.write("t/torn.json", R"({"case_id":"t","violation":"1625","pictures":["2.)");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 3U);
  EXPECT_THAT(case_at(batch, "d/001.json").problems, IsEmpty());
  EXPECT_THAT(case_at(batch, "p/plain.json").problems, IsEmpty());
  EXPECT_THAT(problems_of(case_at(batch, "t/torn.json")), ElementsAre("record_invalid torn.json"));
}

TEST(Trees, WhereNamesCountAnIndexOfTheSamePicturesIsRefused) {
  const TestDir dir;
  dir.write("inbox.toml", "[[template]]\npattern = \"{device}_{time}_{number}\"\n");
  dir.write("D_20260314082531_1.jpg", "x");
  dir.write("list.csv", "xh,wfxw,xp1\nA,1625,D_20260314082531_1.jpg\n");
  dir.write("upload.jsonl", kUpload);  // carries its own
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 3U);
  EXPECT_THAT(case_at(batch, "list.csv").problems.at(0).detail, HasSubstr("the names count"));
  EXPECT_THAT(case_at(batch, "D_20260314082531_1.jpg").problems, IsEmpty());
  EXPECT_THAT(case_at(batch, "upload.jsonl:1").problems, IsEmpty());
}

}  // namespace
}  // namespace vioreview
