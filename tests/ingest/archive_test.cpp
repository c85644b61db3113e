// SPDX-License-Identifier: Apache-2.0
// Nights in archives: the same cases and the same bytes as in folders.
#include <map>

#include <gmock/gmock.h>

#include "core/errors.h"
#include "ingest/archive_index.h"
#include "ingest/archives.h"
#include "ingest/batches.h"
#include "ingest/paths.h"
#include "ingest/read_picture.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

constexpr const char* kEndings[] = {".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst"};

std::string bytes_of(const PictureRef& picture) {
  const auto bytes = read_picture(picture);
  return bytes ? std::string(bytes.value().begin(), bytes.value().end())
               : bytes.problem().reason + ": " + bytes.problem().detail;
}

std::vector<Packed> night() {
  return {
      {"b/record.json", R"({"case_id":"b","violation":"1625","pictures":["1.jpg","sub/2.jpg"]})"},
      {"b/1.jpg", std::string(100'000, 'p')},
      {"b/sub/2.jpg", "second"},
      {"a/record.json", R"({"case_id":"a","hphm":"云M12345","wfxw":"1352A"})"},
      {"a/1.jpg", "first of a"},
      {"a/closeup.jpg", "close"},
      {"loose.jpg", "loose"},
      {"notes.txt", "nothing"}};
}

void unpack(const std::vector<Packed>& entries, const fs::path& folder) {
  for (const Packed& packed : entries) write_file(folder / packed.name, packed.bytes);
}

// All but where the bytes lie.
Case without_places(Case c) {
  for (PictureRef& picture : c.pictures) {
    picture.path.clear();
    picture.within.reset();
  }
  return c;
}

TEST(Archives, HoldTheSameCasesAsFolders) {
  const TestDir dir;
  unpack(night(), dir / "night");
  const Batch folder = ingested(dir / "night");
  ASSERT_EQ(folder.cases.size(), 3U);
  for (const char* ending : kEndings) {
    const Batch packed = ingested(pack(dir / ("night" + std::string(ending)), night()));
    ASSERT_EQ(packed.cases.size(), folder.cases.size()) << ending;
    for (std::size_t i = 0; i < packed.cases.size(); ++i) {
      const Case &c = packed.cases[i], &expected = folder.cases[i];
      EXPECT_EQ(without_places(c), without_places(expected)) << ending << ' ' << c.id;
      for (std::size_t k = 0; k < c.pictures.size(); ++k)
        EXPECT_EQ(bytes_of(c.pictures[k]), bytes_of(expected.pictures[k])) << ending;
    }
  }
}

TEST(Archives, AFolderAroundTheNightIsPartOfTheSources) {
  const TestDir dir;
  std::vector<Packed> entries;
  for (Packed packed : night()) {
    packed.name = "20260314/" + packed.name;
    entries.push_back(packed);
  }
  const Batch batch = ingested(pack(dir / "night.tar", entries));
  EXPECT_EQ(bytes_of(case_at(batch, "20260314/b").pictures[0]), std::string(100'000, 'p'));
}

TEST(Archives, ReadPicturesInAnyOrderAndTwice) {
  const TestDir dir;
  std::vector<Packed> entries;
  for (int i = 0; i < 60; ++i)
    entries.push_back(
        {"c" + std::to_string(i) + "/1.jpg", std::string(5000, 'x') + std::to_string(i)});
  for (const char* ending : kEndings) {
    const Batch batch = ingested(pack(dir / ("night" + std::string(ending)), entries));
    ASSERT_EQ(batch.cases.size(), 60U);
    for (int round = 0; round < 2; ++round)
      for (std::size_t i = 0; i < 60; ++i) {
        const Case& c = batch.cases[(i * 37) % 60];
        EXPECT_EQ(bytes_of(c.pictures.at(0)), std::string(5000, 'x') + c.source.substr(1))
            << ending;
      }
  }
}

TEST(Archives, AnIndexFindsItsPictures) {
  const TestDir dir;
  const std::vector<Packed> entries = {
      {"pictures/1.jpg", "one"},
      {"index.csv",
       "xh,wfxw,xp1,xp2\n1,1625,pictures/1.jpg,pictures\\2.jpg\n\"2,1625\n3,1302,no.jpg,\n"},
      {"pictures/2.jpg", "two"},
      {"pictures/3.jpg", "three"}};
  for (const char* ending : kEndings) {
    const std::string name = "night" + std::string(ending);
    const Batch batch = ingested(pack(dir / name, entries));
    ASSERT_EQ(batch.cases.size(), 4U) << ending;
    const Case& first = case_at(batch, "index.csv:2");
    EXPECT_EQ(bytes_of(first.pictures[0]), "one");
    EXPECT_EQ(bytes_of(first.pictures[1]), "two");
    EXPECT_THAT(problems_of(case_at(batch, "index.csv:3")), ElementsAre("record_invalid "));
    EXPECT_THAT(problems_of(case_at(batch, "index.csv:4")), ElementsAre("picture_missing no.jpg"));
    EXPECT_THAT(files_of(case_at(batch, "pictures")), ElementsAre("3.jpg"));
  }
}

// To open a member is to unpack all that stands before it: 400 tables cost as many passes.
TEST(Archives, SmallTablesAreKeptWhilePassing) {
  const TestDir dir;
  const ArchiveIndex index(
      pack(dir / "a.tar.gz", {{"n/notes.csv", "plate,time\n"}, {"n/log.JSONL", "{}"}}));
  for (const char* name : {"n/notes.csv", "n/log.JSONL"}) {
    ASSERT_TRUE(index.find(name)->text) << name;
    const auto in = Root(std::make_shared<const ArchiveIndex>(index)).open(index.file() / name);
    ASSERT_TRUE(in);
    EXPECT_EQ(in->in_avail(), static_cast<std::streamsize>(index.find(name)->text->size()));
  }
}

TEST(Archives, NamesInGbkAreTheNamesOfTheRecord) {
  const TestDir dir;
  const std::vector<Packed> entries = {
      {to_gb18030("豫A路口/record.json"), R"({"case_id":"g","pictures":["图1.jpg"]})"},
      {to_gb18030("豫A路口/图1.jpg"), "gbk"},
      {"鲁B路口/record.json", R"({"case_id":"u","pictures":["图1.jpg"]})"},
      {"鲁B路口/图1.jpg", "utf8"}};
  for (const char* ending : {".zip", ".tar", ".tar.zst"}) {
    const Batch batch = ingested(pack(dir / ("night" + std::string(ending)), entries));
    EXPECT_EQ(bytes_of(case_at(batch, "豫A路口").pictures.at(0)), "gbk") << ending;
    EXPECT_EQ(bytes_of(case_at(batch, "鲁B路口").pictures.at(0)), "utf8") << ending;
  }
}

TEST(Archives, NothingLeadsOutAndEverythingRefusedIsNamed) {
  const TestDir dir;
  dir.write("secret.jpg", "secret");
  const std::string outside = (dir / "secret.jpg").string();
  std::vector<Packed> entries = {
      {"a/hard.jpg", "", "a/1.jpg", true},
      {"a/record.json",
       R"({"case_id":"a","pictures":["1.jpg","link.jpg","hard.jpg","../../secret.jpg"]})"},
      {"a/1.jpg", "one"},
      {"a/link.jpg", "", outside},
      {"../up.jpg", "up"},
      {"a/../../up2.jpg", "up"},
      {"/absolute.jpg", "absolute"},
      {"C:\\drive.jpg", "drive"},
      {"..\\back.jpg", "back"},
      {"a/inner.ZIP", "PK"},
      {"deep.tar.gz", "x"}};
  for (const char* ending : {".tar", ".tar.gz", ".zip"}) {
    const std::string name = "night" + std::string(ending);
    if (name.ends_with("zip")) entries.erase(entries.begin());  // it has no hard links
    const Batch batch = ingested(pack(dir / name, entries));
    const Case& a = case_at(batch, "a");
    EXPECT_EQ(bytes_of(a.pictures[0]), "one");
    for (std::size_t i = 1; i < a.pictures.size(); ++i) EXPECT_TRUE(a.pictures[i].path.empty());
    EXPECT_EQ(a.problems.size(), 3U) << ending;
    std::string all;
    for (const Problem& problem : case_at(batch, name).problems) {
      EXPECT_EQ(problem.reason, "record_missing");
      all += problem.detail + "\n";
    }
    for (const char* told : {"up.jpg", "up2.jpg", "absolute.jpg", "drive.jpg", "back.jpg",
                             "a/inner.ZIP", "deep.tar.gz", "a/link.jpg"})
      EXPECT_THAT(all, HasSubstr(told)) << ending;
    EXPECT_EQ(batch.cases.size(), 2U) << ending;
  }
}

TEST(Archives, ACutOffArchiveKeepsItsReadableCases) {
  const TestDir dir;
  std::vector<Packed> entries;
  for (char name = 'a'; name <= 'j'; ++name) {
    const std::string folder(1, name);
    std::string noise;  // that does not pack
    for (std::uint32_t i = 0, x = name; i < 100'000; ++i)
      noise += static_cast<char>((x = x * 1664525 + 1013904223) >> 24);
    entries.push_back(
        {folder + "/record.json", R"({"case_id":")" + folder + R"(","pictures":["1.jpg"]})"});
    entries.push_back({folder + "/1.jpg", noise});
  }
  for (const char* ending : kEndings) {
    const std::string name = "night" + std::string(ending);
    const fs::path path = pack(dir / name, entries);
    fs::resize_file(path, fs::file_size(path) / 2);
    const Batch batch = ingested(path);
    EXPECT_EQ(bytes_of(case_at(batch, "a").pictures.at(0)), entries[1].bytes) << ending;
    EXPECT_THAT(case_at(batch, name).problems.at(0).detail, HasSubstr("not read to its end"))
        << ending;
    EXPECT_GE(batch.cases.size(), 4U) << ending;
    EXPECT_LT(batch.cases.size(), 9U) << ending;
  }
}

TEST(Archives, ADamagedPictureIsNotTakenForWhole) {
  const TestDir dir;
  const fs::path path =
      pack(dir / "night.zip", {{"a/1.jpg", "picture one"}, {"a/2.jpg", "picture two"}},
           "zip:compression=store");
  std::string bytes = read_file(path);
  bytes[bytes.find("picture one") + 3] ^= 1;
  write_file(path, bytes);
  const Case c = case_at(ingested(path), "a");
  EXPECT_THAT(bytes_of(c.pictures[0]), HasSubstr("damaged in the archive"));
  EXPECT_EQ(bytes_of(c.pictures[1]), "picture two");
}

TEST(Archives, EncryptedEntriesSaySo) {
  const TestDir dir;
  const Batch batch =
      ingested(pack(dir / "night.zip", night(), "zip:encryption=traditional", "secret"));
  EXPECT_THAT(case_at(batch, "a").problems.at(0).detail, HasSubstr("encrypted"));
  EXPECT_THAT(case_at(batch, "a").problems.at(0).reason, "record_invalid");
}

TEST(Archives, WhatIsNoneIsAUsageError) {
  const TestDir dir;
  EXPECT_THROW(ingest(dir.write("a.zip", "")), UsageError);
  EXPECT_THROW(ingest(dir.write("b.zip", "PK, but no more of it")), UsageError);
  EXPECT_THROW(ingest(dir.write("c.tar.gz", std::string(4096, '\xFF'))), UsageError);
  EXPECT_THROW(ingest(dir / "no.zip"), IoError);
}

}  // namespace
}  // namespace vioreview
