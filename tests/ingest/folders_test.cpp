// SPDX-License-Identifier: Apache-2.0
// Folders of cases: every folder and picture becomes a case or is named in one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/batches.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Folders, CaseFoldersAtAnyDepth) {
  const TestDir dir;
  dir.write("a/record.json", R"({"case_id":"2","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  dir.write("2021-03-14/device7/b/record.json", R"({"case_id":"1","pictures":["1.jpg"]})");
  dir.write("2021-03-14/device7/b/1.jpg", "x");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(ids_of(batch), ElementsAre("1", "2"));
  EXPECT_EQ(batch.cases[0].source, "2021-03-14/device7/b");
  EXPECT_EQ(batch.cases[1].source, "a");
  EXPECT_EQ(batch.cases[1].pictures[0].path, dir / "a/1.jpg");
  for (const Case& c : batch.cases) {
    EXPECT_THAT(c.problems, IsEmpty());
    EXPECT_THAT(c.notes, IsEmpty());
  }
}

TEST(Folders, HowTheRootIsWrittenDoesNotMatter) {
  const TestDir dir;
  dir.write("a/record.json", R"({"pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  const Batch plain = ingested(dir.path());
  const Batch slash = ingested(dir.path().string() + "/");
  EXPECT_EQ(plain.cases[0].id, slash.cases[0].id);
  EXPECT_EQ(slash.cases[0].source, "a");
  const fs::path before = fs::current_path();
  fs::current_path(dir.path());
  const Batch here = ingested(".");
  fs::current_path(before);
  EXPECT_EQ(here.cases[0].id, plain.cases[0].id);
  EXPECT_EQ(here.cases[0].content, plain.cases[0].content);
  fs::create_directory_symlink(dir.path(), dir.path().string() + "-link");
  const Batch link = ingested(dir.path().string() + "-link");
  fs::remove(dir.path().string() + "-link");
  EXPECT_EQ(link.cases[0].id, plain.cases[0].id);
}

TEST(Folders, AFolderMayItselfBeACase) {
  const TestDir dir;
  dir.write("record.json", R"({"case_id":"one","pictures":["sub/1.jpg"]})");
  dir.write("sub/1.jpg", "x");
  dir.write("video.mp4", "x");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 1U);
  EXPECT_EQ(batch.cases[0].source, ".");
  EXPECT_THAT(batch.cases[0].problems, IsEmpty());
  EXPECT_THAT(batch.cases[0].notes,
              ElementsAre("not listed in the record and not read: video.mp4"));
}

TEST(Folders, CasesBelowACaseAreCases) {
  const TestDir dir;
  dir.write("record.json", R"({"case_id":"outer","pictures":["1.jpg"]})");
  dir.write("1.jpg", "x");
  dir.write("inner/record.json", R"({"case_id":"inner","pictures":["1.jpg"]})");
  dir.write("inner/1.jpg", "x");
  dir.write("more/2.jpg", "x");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(ids_of(batch), ElementsAre("inner", "outer"));
  EXPECT_THAT(batch.cases[1].notes, ElementsAre("not listed in the record and not read: more/"));
}

TEST(Folders, PicturesWithoutARecord) {
  const TestDir dir;
  dir.write("day/a/2.JPG", "x");
  dir.write("day/a/1.jpg", "x");
  dir.write("day/a/1_特写.png", "x");
  dir.write("day/loose.jpg", "x");
  dir.write("root.webp", "x");
  dir.write("other.tif", "x");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 4U);
  const Case& a = case_at(batch, "day/a");
  EXPECT_THAT(files_of(a), ElementsAre("1.jpg", "1_特写.png", "2.JPG"));
  EXPECT_EQ(a.pictures[1].role, Role::closeup);
  EXPECT_EQ(a.pictures[2].role, Role::panel);
  for (const char* source : {"day/a", "day", "root.webp", "other.tif"})
    EXPECT_THAT(problems_of(case_at(batch, source)), ElementsAre("record_missing ")) << source;
  EXPECT_THAT(a.problems[0].detail, HasSubstr("vioreview ingest --dry-run proposes a --template"));
  EXPECT_THAT(files_of(case_at(batch, "root.webp")), ElementsAre("root.webp"));
}

TEST(Folders, FoldersWithoutRecordAndPictureAreSaid) {
  const TestDir dir;
  fs::create_directories(dir / "day/empty");
  dir.write("film/clip.mp4", "x");
  dir.write("film/readme.txt", "x");
  dir.write("sites/a.json", "{}");  // texts alone: no case folder
  dir.write("sites/list.csv", "x");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 2U);
  for (const char* source : {"day/empty", "film"}) {
    const Case& c = case_at(batch, source);
    EXPECT_THAT(problems_of(c), ElementsAre("record_missing "));
    EXPECT_EQ(c.problems[0].detail, "the folder holds no record.json and no picture");
  }
}

TEST(Folders, AnEmptyBatchHasNoCases) {
  const TestDir dir;
  EXPECT_THAT(ingested(dir.path()).cases, IsEmpty());
}

struct BrokenRecord {
  const char* bytes;
  const char* detail;
};

TEST(Folders, RecordsThatCannotBeRead) {
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  const std::string large = R"({"place":")" + std::string(1 << 20, 'x') + "\"}";
  const BrokenRecord broken[] = {{"", "is empty"},
                                 {"{", "byte"},
                                 {R"({"plate": "云M12345",)", "byte"},
                                 {R"({"plate": "云M12345\x")", "byte"},
                                 {R"({"plate": NaN})", "byte"},
                                 {"<html>404</html>", "XML of no known form"},
                                 {"<html>404</body>", "line 1"},
                                 {"\xFF\xD8\xFF\xE0 JFIF", "byte"},
                                 {"[]", "holds no JSON object but an array: give one record a"},
                                 {"\"text\"", "holds no JSON object"},
                                 {"null", "holds no JSON object"},
                                 {deep.c_str(), "levels deep"},
                                 {large.c_str(), "larger than 1 MiB"}};
  const TestDir dir;
  int n = 0;
  for (const BrokenRecord& b : broken) {
    const std::string folder = "case" + std::to_string(n++);
    dir.write(folder + "/record.json", b.bytes);
    dir.write(folder + "/1.jpg", "x");
  }
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), std::size(broken));
  n = 0;
  for (const BrokenRecord& b : broken) {
    const Case& c = case_at(batch, "case" + std::to_string(n++));
    EXPECT_THAT(problems_of(c), ElementsAre("record_invalid record.json")) << b.detail;
    EXPECT_THAT(c.problems[0].detail, HasSubstr(b.detail));
    EXPECT_THAT(c.problems[0].detail, testing::Not(HasSubstr("12345")));
    EXPECT_THAT(files_of(c), ElementsAre("1.jpg"));  // for the reviewer
    EXPECT_TRUE(c.id.starts_with("auto-")) << c.id;
  }
}

TEST(Folders, RecordsOfARecordJustBelowTheLimitAreRead) {
  const TestDir dir;
  std::string record = R"({"case_id":"full","pictures":["1.jpg"],"place":""})";
  record.insert(record.size() - 2, std::string((1 << 20) - record.size(), 'x'));
  ASSERT_EQ(record.size(), 1U << 20);
  dir.write("a/record.json", record);
  dir.write("a/1.jpg", "x");
  EXPECT_THAT(ids_of(ingested(dir.path())), ElementsAre("full"));
}

TEST(Folders, RecordsInGbkAndWithAByteOrderMark) {
  const TestDir dir;
  dir.write("gbk/record.json",
            "{\"case_id\":\"gbk\",\"plate\":\"\xD4\xC6M12345\",\"pictures\":[\"1.jpg\"]}");
  dir.write("bom/record.json",
            "\xEF\xBB\xBF{\"case_id\":\"bom\",\"plate\":\"云M12345\",\"pictures\":[\"1.jpg\"]}");
  dir.write("bad/record.json",
            "{\"case_id\":\"bad\",\"plate\":\"云M12345\",\"place\":\"永昌路\xFF\",\"pictures\":["
            "\"1.jpg\"]}");
  for (const char* name : {"gbk/1.jpg", "bom/1.jpg", "bad/1.jpg"}) dir.write(name, "x");
  const Batch batch = ingested(dir.path());
  for (const Case& c : batch.cases) {
    EXPECT_EQ(c.record.plate, "云M12345") << c.id;
    EXPECT_THAT(c.problems, IsEmpty());
  }
  EXPECT_THAT(case_at(batch, "gbk").notes, IsEmpty());
  EXPECT_THAT(case_at(batch, "bad").notes, ElementsAre(HasSubstr("neither UTF-8 nor GBK")));
  EXPECT_EQ(case_at(batch, "bad").record.place, "永昌路\xEF\xBF\xBD");
}

TEST(Folders, ARecordNameInCapitals) {
  const TestDir dir;
  dir.write("a/RECORD.JSON", R"({"case_id":"caps","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  EXPECT_THAT(ids_of(ingested(dir.path())), ElementsAre("caps"));
}

TEST(Folders, LinksAreNotFollowedOutOfTheBatch) {
  const TestDir outside, dir;
  outside.write("secret/record.json", R"({"case_id":"secret","pictures":["1.jpg"]})");
  outside.write("secret/1.jpg", "x");
  dir.write("a/record.json", R"({"case_id":"a","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  fs::create_directory_symlink(outside.path(), dir / "out");
  fs::create_directory_symlink(dir / "a", dir / "again");  // inside: read at its own place
  fs::create_directory_symlink(dir.path(), dir / "a/loop");
  dir.write("b/1.jpg", "x");
  fs::create_symlink(outside / "secret/record.json", dir / "b/record.json");
  dir.write("c/2.jpg", "x");
  fs::create_symlink(outside / "secret/1.jpg", dir / "c/1.jpg");
  fs::create_symlink("nowhere", dir / "c/record.json");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 4U);
  EXPECT_THAT(problems_of(case_at(batch, "a")), IsEmpty());
  EXPECT_THAT(case_at(batch, "out").problems[0].detail, HasSubstr("outside of the batch"));
  EXPECT_THAT(problems_of(case_at(batch, "b")), ElementsAre("record_invalid record.json"));
  EXPECT_THAT(problems_of(case_at(batch, "c")),
              ElementsAre("record_invalid record.json", "picture_missing 1.jpg"));
  EXPECT_TRUE(case_at(batch, "c").pictures[0].path.empty());
}

TEST(Folders, WhatLooksLikeARecordOrAPictureButIsAFolder) {
  const TestDir dir;
  dir.write("a/record.json/x.bin", "x");
  dir.write("b/record.json", R"({"case_id":"b","pictures":["1.jpg"]})");
  fs::create_directories(dir / "b/1.jpg");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(problems_of(case_at(batch, "b")), ElementsAre("picture_missing 1.jpg"));
  EXPECT_THAT(problems_of(case_at(batch, "a/record.json")), ElementsAre("record_missing "));
}

TEST(Folders, FormerOutputAndHiddenNamesAreNoCases) {
  const TestDir dir;
  dir.write("a/record.json", R"({"case_id":"a","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  dir.write("a/.thumbs.jpg", "x");
  dir.write(".trash/record.json", "{}");
  dir.write("out/manifest.jsonl", "{}");
  dir.write("out/summary.json", "{}");
  dir.write("out/state/state.db", "x");
  dir.write("out/report/1.png", "x");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(ids_of(batch), ElementsAre("a"));
  EXPECT_THAT(batch.cases[0].notes, IsEmpty());
}

TEST(Folders, AManifestBesideTheCasesHidesNone) {
  const TestDir dir;
  dir.write("manifest.jsonl", "{}");
  dir.write("summary.json", "{}");
  dir.write("day/manifest.jsonl", "{}");
  dir.write("a/record.json", R"({"case_id":"a","pictures":["1.jpg"]})");
  dir.write("a/1.jpg", "x");
  dir.write("day/b/record.json", R"({"case_id":"b","pictures":["1.jpg"]})");
  dir.write("day/b/1.jpg", "x");
  EXPECT_THAT(ids_of(ingested(dir.path())), ElementsAre("a", "b"));
}

TEST(Folders, FoldersTooDeepAreSaid) {
  const TestDir dir;
  fs::path deep = "d";
  for (int i = 0; i < 30; ++i) deep /= "d";
  dir.write(deep / "record.json", R"({"case_id":"deep"})");
  const Batch batch = ingested(dir.path());
  ASSERT_EQ(batch.cases.size(), 1U);
  EXPECT_THAT(batch.cases[0].problems[0].detail, HasSubstr("too deep"));
}

TEST(Folders, WhatCannotBeIngestedIsSaid) {
  const TestDir dir;
  const auto message_of = [](const fs::path& path) -> std::string {
    try {
      ingest(path);
    } catch (const IoError& error) {
      return std::string("io: ") + error.what();
    } catch (const UsageError& error) {
      return std::string("usage: ") + error.what();
    }
    return "none";
  };
  EXPECT_THAT(message_of(dir / "nothing"), testing::StartsWith("io: "));
  EXPECT_THAT(message_of(dir / "nothing"), HasSubstr("nothing"));
  EXPECT_THAT(message_of(dir.write("a.xlsx", "PK")), testing::StartsWith("usage: "));
  EXPECT_THAT(message_of(dir.write("1.jpg", "x")), HasSubstr("1.jpg"));
  EXPECT_THAT(message_of(dir.write("a.pdf", "x")), HasSubstr(".zip, .tar, .tar.gz or .tar.zst"));
  for (const char* name : {"a.tar.xz", "a.rar", "a.7z"})
    EXPECT_THAT(message_of(dir.write(name, "x")),
                HasSubstr("not read; unpack it, or repack it as .zip, .tar, .tar.gz or .tar.zst"));
  fs::create_symlink("/dev/null", dir / "null.jsonl");
  EXPECT_THAT(message_of(dir / "null.jsonl"), testing::StartsWith("usage: "));
}

}  // namespace
}  // namespace vioreview
