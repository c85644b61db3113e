// SPDX-License-Identifier: Apache-2.0
// Pictures that a record lists: where they may lie, what is missing, which time is whose.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/batches.h"
#include "ingest/paths.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A case with this record, beside 1.jpg and 2.jpg.
Case case_with(const TestDir& dir, const std::string& record) {
  dir.write("case/record.json", record);
  dir.write("case/1.jpg", "one");
  dir.write("case/2.jpg", "two");
  return case_at(ingested(dir.path()), "case");
}

struct Refused {
  const char *name, *detail;
};

TEST(Pictures, NamesThatLeaveTheBatchAreRefused) {
  const TestDir outside, dir;
  outside.write("1.jpg", "x");
  fs::create_directories(dir / "case");
  fs::create_symlink(outside / "1.jpg", dir / "case/link.jpg");
  fs::create_directory_symlink(outside.path(), dir / "case/folder");
  fs::create_symlink("nothing.jpg", dir / "case/dangling.jpg");
  fs::create_symlink("loop.jpg", dir / "case/loop.jpg");
  const std::string absolute = (outside / "1.jpg").string();
  const Refused refused[] = {
      {absolute.c_str(), "absolute path"},
      {"/etc/passwd", "absolute path"},
      {"C:\\\\pictures\\\\1.jpg", "absolute path"},
      {"d:1.jpg", "absolute path"},
      {"\\\\\\\\server\\\\share\\\\1.jpg", "absolute path"},
      {"../1.jpg", "'..'"},
      {"a/../../1.jpg", "'..'"},
      {"..\\\\1.jpg", "'..'"},
      {"..", "'..'"},
      {"http://server/1.jpg", "address"},
      {"link.jpg", "leaves the batch"},
      {"folder/1.jpg", "leaves the batch"},
      {"dangling.jpg", "link to nothing"},
      {"loop.jpg", "link to nothing"},
      {"3.jpg", "is not there"},
      {"1.jpg/", "is not there"},
      {".", "is no file"},
      {"a\\u00001.jpg", "NUL"},
  };
  for (const Refused& r : refused) {
    const Case c =
        case_with(dir, R"({"case_id":"c","pictures":["1.jpg",")" + std::string(r.name) + "\"]}");
    ASSERT_EQ(c.problems.size(), 1U) << r.name;
    EXPECT_EQ(c.problems[0].reason, "picture_missing");
    EXPECT_THAT(c.problems[0].detail, HasSubstr(r.detail)) << r.name;
    ASSERT_EQ(c.pictures.size(), 2U);
    EXPECT_FALSE(c.pictures[0].path.empty());
    EXPECT_TRUE(c.pictures[1].path.empty()) << r.name;
  }
  const Case c = case_with(dir, R"({"pictures":["1.jpg",")" + std::string(10000, 'x') + "\"]}");
  EXPECT_THAT(c.problems[0].detail, HasSubstr("is not there"));
}

TEST(Pictures, LinksInsideTheBatchAreFollowed) {
  const TestDir dir;
  dir.write("shared/9.jpg", "x");
  fs::create_directories(dir / "case");
  fs::create_symlink("../shared/9.jpg", dir / "case/9.jpg");
  const Case c = case_with(dir, R"({"pictures":["9.jpg"]})");
  EXPECT_THAT(c.problems, IsEmpty());
  EXPECT_EQ(read_file(c.pictures[0].path), "x");
}

TEST(Pictures, OddNamesAreFound) {
  const TestDir dir;
  const char* names[] = {"a b.jpg", "-rf.jpg", "=1+1.jpg",  "%41.jpg",   "图 片.jpg", "a'\"b.jpg",
                         "*.jpg",   "1.txt",   "no-ending", "sub/1.jpg", "50%.jpg"};
  Value pictures{Value::Array{}};
  for (const char* name : names) {
    dir.write(fs::path("case") / name, "x");
    pictures.push(name);
  }
  Value record;
  record.set("pictures", pictures);
  const Case c = case_with(dir, write_json(record));
  EXPECT_THAT(c.problems, IsEmpty());
  ASSERT_EQ(c.pictures.size(), std::size(names));
  for (std::size_t i = 0; i < c.pictures.size(); ++i) {
    EXPECT_EQ(c.pictures[i].file, names[i]);
    EXPECT_EQ(read_file(c.pictures[i].path), "x");
  }
}

TEST(Pictures, NamesFromWindows) {
  const TestDir dir;
  dir.write("case/sub/1.jpg", "in sub");
  dir.write("case/odd\\name.jpg", "odd");
  dir.write("case/\xCD\xBC\xC6\xAC.jpg", "in GBK");  // 图片.jpg
  const Case c = case_with(dir, R"({"pictures":["sub\\1.jpg","odd\\name.jpg","图片.jpg"]})");
  EXPECT_THAT(c.problems, IsEmpty());
  EXPECT_THAT(files_of(c), ElementsAre("sub/1.jpg", "odd/name.jpg", "图片.jpg"));
  EXPECT_EQ(read_file(c.pictures[0].path), "in sub");
  EXPECT_EQ(read_file(c.pictures[1].path), "odd");
  EXPECT_EQ(read_file(c.pictures[2].path), "in GBK");
}

TEST(Pictures, NamesInGbkOnTheDiskAreReadAsText) {
  const TestDir dir;
  dir.write("\xCC\xD8\xD0\xB4/\xCD\xBC\xC6\xAC.jpg", "in GBK");  // 特写/图片.jpg
  const Batch batch = ingested(dir.path());
  const Case& c = case_at(batch, "特写");
  EXPECT_THAT(files_of(c), ElementsAre("图片.jpg"));
  EXPECT_EQ(read_file(c.pictures[0].path), "in GBK");
}

TEST(Pictures, ARecordWithoutAListMeansAllInItsFolder) {
  const TestDir dir;
  dir.write("case/closeup.PNG", "x");
  dir.write("case/3_特写.jpg", "x");
  dir.write("case/clip.mp4", "x");
  const Case c = case_with(dir, R"({"plate":"云M12345"})");
  EXPECT_THAT(files_of(c), ElementsAre("1.jpg", "2.jpg", "3_特写.jpg", "closeup.PNG"));
  EXPECT_EQ(c.pictures[1].role, Role::panel);
  EXPECT_EQ(c.pictures[2].role, Role::closeup);
  EXPECT_EQ(c.pictures[3].role, Role::closeup);
  EXPECT_THAT(c.problems, IsEmpty());
  EXPECT_THAT(c.notes,
              ElementsAre(HasSubstr("were taken in name order"), HasSubstr("not read: clip.mp4")));
}

TEST(Pictures, ACaseWithoutPicturesIsSaid) {
  const TestDir dir;
  dir.write("none/record.json", "{}");
  dir.write("listed/record.json", R"({"pictures":[]})");
  dir.write("listed/1.jpg", "x");
  const Batch batch = ingested(dir.path());
  EXPECT_THAT(problems_of(case_at(batch, "none")), ElementsAre("picture_missing "));
  EXPECT_THAT(problems_of(case_at(batch, "listed")), ElementsAre("picture_missing "));
  EXPECT_THAT(case_at(batch, "listed").notes, ElementsAre(HasSubstr("not read: 1.jpg")));
}

TEST(Pictures, UnlistedFilesAreNamedUpToALimit) {
  const TestDir dir;
  for (int i = 0; i < 50; ++i) dir.write("case/x" + std::to_string(i) + ".txt", "x");
  const Case c = case_with(dir, R"({"pictures":["1.jpg"]})");
  ASSERT_EQ(c.notes.size(), 1U);
  EXPECT_THAT(c.notes[0],
              HasSubstr("not listed in the record and not read: 2.jpg, x0.txt, x1.txt"));
  EXPECT_THAT(c.notes[0], HasSubstr("and 31 more"));
}

TEST(Pictures, TooManyAreNotLookedUp) {
  const TestDir dir;
  std::string list = "\"1.jpg\"";
  for (int i = 0; i < 10000; ++i) list += ",\"1.jpg\"";
  const Case c = case_with(dir, "{\"pictures\":[" + list + "]}");
  EXPECT_THAT(problems_of(c), ElementsAre("record_invalid "));
  EXPECT_EQ(c.pictures.size(), 64U);
}

TEST(Pictures, TimesOfTheRecordGoToThePanels) {
  const TestDir dir;
  const auto one = parse_time("2021-03-14 08:25:31"), two = parse_time("2021-03-14 08:25:32");
  const std::string times = R"("times":["2021-03-14 08:25:31","2021-03-14 08:25:32"])";
  const Case c = case_with(
      dir, "{" + times + R"(,"pictures":["1.jpg","2.jpg",{"file":"1.jpg","role":"closeup"}]})");
  EXPECT_EQ(c.pictures[0].time, one);
  EXPECT_EQ(c.pictures[1].time, two);
  EXPECT_EQ(c.pictures[2].time, std::nullopt);
  const Case with_closeup =
      case_with(dir, "{" + times + R"(,"pictures":["1.jpg",{"file":"2.jpg","role":"closeup"}]})");
  EXPECT_EQ(with_closeup.pictures[0].time, one);
  EXPECT_EQ(with_closeup.pictures[1].time, two);
}

TEST(Pictures, TimesThatFitNoCountStayWithTheRecord) {
  const TestDir dir;
  const Case composite = case_with(
      dir,
      R"({"times":["2021-03-14 08:25:31","2021-03-14 08:25:32"],"pictures":[{"file":"1.jpg","role":"composite"}]})");
  EXPECT_EQ(composite.record.times.size(), 2U);
  EXPECT_EQ(composite.pictures[0].time, std::nullopt);
  // Two of three times were read: whose they are is not known.
  const Case left_out = case_with(
      dir,
      R"({"times":["2021-03-14 08:25:31","never","2021-03-14 08:25:32"],"pictures":["1.jpg","2.jpg"]})");
  EXPECT_EQ(left_out.pictures[0].time, std::nullopt);
  EXPECT_EQ(left_out.pictures[1].time, std::nullopt);
}

TEST(Pictures, TheirOwnTimesWinAndADifferenceIsSaid) {
  const TestDir dir;
  const Case c = case_with(
      dir,
      R"({"times":["2021-03-14 08:25:31","2021-03-14 08:25:32"],"pictures":["1.jpg",{"file":"2.jpg","time":"2021-03-14 08:25:40"}]})");
  EXPECT_EQ(c.pictures[0].time, parse_time("2021-03-14 08:25:31"));
  EXPECT_EQ(c.pictures[1].time, parse_time("2021-03-14 08:25:40"));
  EXPECT_THAT(c.notes, ElementsAre(HasSubstr("the time of 2.jpg is 2021-03-14T08:25:40.000")));
  const Case only = case_with(
      dir,
      R"({"pictures":[{"file":"1.jpg","time":"2021-03-14 08:25:31"},{"file":"2.jpg","time":"2021-03-14 08:25:40"}]})");
  EXPECT_THAT(only.record.times,
              ElementsAre(*parse_time("2021-03-14 08:25:31"), *parse_time("2021-03-14 08:25:40")));
}

}  // namespace
}  // namespace vioreview
