// SPDX-License-Identifier: Apache-2.0
// Tables of records: quoting, separators, encodings, headers, and rows that cannot be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/batches.h"
#include "ingest/csv.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Batch table(const TestDir& dir, const std::string& text) {
  dir.write("1.jpg", "one");
  dir.write("2.jpg", "two");
  return ingested(dir.write("index.csv", text));
}

struct Row {
  const char* line;
  std::vector<std::string> cells;
};

TEST(CsvRow, QuotingOfRfc4180) {
  const Row rows[] = {{"a,b,c", {"a", "b", "c"}},
                      {"", {""}},
                      {",", {"", ""}},
                      {R"("a","b")", {"a", "b"}},
                      {R"("a,b",c)", {"a,b", "c"}},
                      {R"("say ""hi""",c)", {"say \"hi\"", "c"}},
                      {R"("")", {""}},
                      {R"("""")", {"\""}},
                      {R"(a"b,c)", {"a\"b", "c"}},
                      {R"("a"b,c)", {"ab", "c"}},
                      {"a;b", {"a;b"}}};
  for (const Row& expected : rows) {
    CsvRow row(',');
    EXPECT_TRUE(row.add(expected.line)) << expected.line;
    EXPECT_EQ(row.cells(), expected.cells) << expected.line;
  }
}

TEST(CsvRow, ACellMayHoldLineEnds) {
  CsvRow row(';');
  EXPECT_FALSE(row.add("a;\"one"));
  EXPECT_FALSE(row.add(""));
  EXPECT_TRUE(row.add("two\";b"));
  EXPECT_THAT(row.cells(), ElementsAre("a", "one\n\ntwo", "b"));
}

TEST(CsvIndex, SeparatorsAreFoundInTheHeader) {
  for (const char* text :
       {"case_id,plate,pictures\nx,云M12345,1.jpg|2.jpg\n",
        "case_id;plate;pictures\nx;云M12345;1.jpg|2.jpg\n",
        "case_id\tplate\tpictures\nx\t云M12345\t1.jpg;2.jpg\n",
        "\xEF\xBB\xBF"
        "case_id,plate,pictures\r\nx,云M12345,1.jpg;2.jpg\r\n",
        "\xEF\xBB\xBF\"case_id\",\"plate\",\"pictures\"\n\"x\",\"云M12345\",\"1.jpg;2.jpg\"",
        "sep=;\ncase_id;plate;pictures\nx;云M12345;1.jpg|2.jpg"}) {
    const TestDir dir;
    const Batch batch = table(dir, text);
    ASSERT_EQ(batch.cases.size(), 1U) << text;
    EXPECT_EQ(batch.root, dir.path());
    const Case& c = batch.cases[0];
    EXPECT_EQ(c.id, "x") << text;
    EXPECT_EQ(c.record.plate, "云M12345") << text;
    EXPECT_THAT(files_of(c), ElementsAre("1.jpg", "2.jpg")) << text;
    EXPECT_THAT(c.problems, IsEmpty());
    EXPECT_THAT(c.notes, IsEmpty());
  }
}

TEST(CsvIndex, SixInOneHeaderWithPictureColumnsInGbk) {
  const TestDir dir;
  // xh,HPHM,wfdz,fx,JDCSYR,xp1,xp2 with 云M12345, 隆阳区永昌路, 由南向北 and an owner in GBK; the
  // place of the second row, 路, would by itself be valid UTF-8.
  const Batch batch = table(dir,
                            "xh,HPHM,wfdz,fx,JDCSYR,xp1,xp2,xp3\n"
                            "1,\xD4\xC6M12345,\xC2\xA1\xD1\xF4\xC7\xF8\xD3\xC0\xB2\xFD\xC2\xB7,"
                            "\xD3\xC9\xC4\xCF\xCF\xF2\xB1\xB1,\xD5\xC5\xC8\xFD,1.jpg,2.jpg,\n"
                            "2,\xD4\xC6M12346,\xC2\xB7,,,2.jpg,1.jpg,\n");
  ASSERT_EQ(batch.cases.size(), 2U);
  const Case& c = batch.cases[0];
  EXPECT_EQ(c.source, "index.csv:2");
  EXPECT_EQ(c.record.plate, "云M12345");
  EXPECT_EQ(c.record.place, "隆阳区永昌路");
  EXPECT_EQ(c.record.direction, "由南向北");
  EXPECT_THAT(files_of(c), ElementsAre("1.jpg", "2.jpg"));
  EXPECT_THAT(c.notes, ElementsAre("data of owners and officers were dropped"));
  EXPECT_EQ(batch.cases[1].record.place, "路");
  EXPECT_THAT(files_of(batch.cases[1]), ElementsAre("2.jpg", "1.jpg"));
  EXPECT_THAT(batch.cases[1].notes, IsEmpty());
}

TEST(CsvIndex, ChineseHeaderInGbk) {
  const TestDir dir;
  // 号牌号码,图片
  const Batch batch =
      table(dir, "\xBA\xC5\xC5\xC6\xBA\xC5\xC2\xEB,\xCD\xBC\xC6\xAC\n\xD4\xC6M12345,1.jpg\n");
  ASSERT_EQ(batch.cases.size(), 1U);
  EXPECT_EQ(batch.cases[0].record.plate, "云M12345");
  EXPECT_THAT(batch.cases[0].problems, IsEmpty());
}

TEST(CsvIndex, DamagedBytesAreSaid) {
  const TestDir dir;
  const Batch batch =
      table(dir, "case_id,place,pictures\na,隆阳区永昌路,1.jpg\nb,永昌\xFF路,1.jpg\n");
  EXPECT_THAT(batch.cases[0].notes, IsEmpty());
  EXPECT_EQ(batch.cases[1].record.place, "永昌\xEF\xBF\xBD路");
  EXPECT_THAT(batch.cases[1].notes, ElementsAre(HasSubstr("neither UTF-8 nor GBK")));
}

TEST(CsvIndex, RowsThatCannotBeReadAreSaidAndTheRestGoesOn) {
  const TestDir dir;
  const std::string huge(3 << 20, 'x');
  const Batch batch = table(dir,
                            "case_id,place,pictures\n"
                            "ok1,a,1.jpg\n"
                            "extra,a,1.jpg,surplus\n"
                            "trailing,a,1.jpg,,\n"
                            "short\n"
                            "\n"
                            "   \n"
                            "open,\"a,1.jpg\n"
                            "ok2,a,1.jpg\n" +
                                huge + "\nok3,a,1.jpg\n");
  EXPECT_THAT(problems_of(case_at(batch, "index.csv:3")), ElementsAre("record_invalid "));
  EXPECT_THAT(case_at(batch, "index.csv:3").problems[0].detail,
              HasSubstr("line 3 has 4 cells, the header has 3"));
  EXPECT_EQ(case_at(batch, "index.csv:4").id, "trailing");
  EXPECT_THAT(problems_of(case_at(batch, "index.csv:4")), IsEmpty());
  EXPECT_EQ(case_at(batch, "index.csv:5").id, "short");
  EXPECT_THAT(problems_of(case_at(batch, "index.csv:5")), ElementsAre("picture_missing "));
  EXPECT_THAT(case_at(batch, "index.csv:8").problems[0].detail, HasSubstr("quote"));
  EXPECT_EQ(case_at(batch, "index.csv:9").id, "ok2");  // not swallowed by the open quote
  EXPECT_THAT(case_at(batch, "index.csv:10").problems[0].detail, HasSubstr("longer than 1 MiB"));
  EXPECT_EQ(case_at(batch, "index.csv:11").id, "ok3");
  EXPECT_EQ(batch.cases.size(), 8U);
}

TEST(CsvIndex, OpenQuotesCostLittle) {
  const TestDir dir;
  std::string text = "case_id,place,pictures\n";
  for (int i = 0; i < 500; ++i)
    text += "c" + std::to_string(i) + ",\"open,1.jpg\nd" + std::to_string(i) + ",x,1.jpg\n";
  const Batch batch = table(dir, text);
  EXPECT_EQ(batch.cases.size(), 1000U);
}

TEST(CsvIndex, TwoOpenQuotesDoNotHideTheRowsBetween) {
  const TestDir dir;
  const Batch batch =
      table(dir, "case_id,place,pictures\na,\"open,1.jpg\nb,x,1.jpg\nc,\"open,1.jpg\n");
  ASSERT_EQ(batch.cases.size(), 3U);
  EXPECT_THAT(problems_of(case_at(batch, "index.csv:2")), ElementsAre("record_invalid "));
  EXPECT_EQ(case_at(batch, "index.csv:3").id, "b");
  EXPECT_THAT(problems_of(case_at(batch, "index.csv:4")), ElementsAre("record_invalid "));
}

TEST(CsvIndex, QuotedCellsOverLines) {
  const TestDir dir;
  const Batch batch = table(dir, "case_id,place,pictures\na,\"first\nsecond\",1.jpg\nb,x,1.jpg\n");
  ASSERT_EQ(batch.cases.size(), 2U);
  EXPECT_EQ(batch.cases[0].record.place, "first\nsecond");
  EXPECT_EQ(batch.cases[1].source, "index.csv:4");
}

TEST(CsvIndex, FormulasStayText) {
  const TestDir dir;
  const Batch batch = table(dir,
                            "case_id,place,device_id,pictures\n=1+1,\"=HYPERLINK(\"\"http://"
                            "x\"\",\"\"y\"\")\",@SUM(A1),1.jpg\n");
  ASSERT_EQ(batch.cases.size(), 1U);
  EXPECT_EQ(batch.cases[0].id, "=1+1");
  EXPECT_EQ(batch.cases[0].record.place, "=HYPERLINK(\"http://x\",\"y\")");
  EXPECT_EQ(batch.cases[0].record.device_id, "@SUM(A1)");
}

TEST(CsvIndex, PicturesLieBelowTheIndex) {
  const TestDir dir;
  dir.write("secret.jpg", "x");
  dir.write("batch/day/1.jpg", "x");
  const Batch batch = ingested(dir.write(
      "batch/index.csv", "case_id,pictures\na,day/1.jpg\nb,../secret.jpg\nc,/etc/passwd\n"));
  EXPECT_THAT(batch.cases[0].problems, IsEmpty());
  EXPECT_THAT(problems_of(batch.cases[1]), ElementsAre("picture_missing ../secret.jpg"));
  EXPECT_THAT(problems_of(batch.cases[2]), ElementsAre("picture_missing /etc/passwd"));
}

TEST(CsvIndex, AHeaderWithoutAKnownNameEndsTheRun) {
  const TestDir dir;
  EXPECT_THROW(table(dir, "1,云M12345,1.jpg\n"), UsageError);
  EXPECT_THROW(table(dir,
                     "\xFF\xFE"
                     "c\0a\0"),
               UsageError);  // UTF-16
  EXPECT_THROW(table(dir, std::string(3 << 20, 'x')), UsageError);
}

TEST(CsvIndex, EmptyTablesHaveNoCases) {
  const TestDir dir;
  EXPECT_THAT(table(dir, "").cases, IsEmpty());
  EXPECT_THAT(table(dir, "case_id,plate\n").cases, IsEmpty());
  EXPECT_THAT(table(dir, "case_id,plate\n\n\r\n").cases, IsEmpty());
}

TEST(CsvIndex, UnknownColumnsAreNamedOnceACase) {
  const TestDir dir;
  const Batch batch = table(dir, "case_id,weather,wind,pictures\na,rain,,1.jpg\n");
  EXPECT_THAT(batch.cases[0].notes, ElementsAre("unknown fields: weather"));
}

}  // namespace
}  // namespace vioreview
