// SPDX-License-Identifier: Apache-2.0
// One record a line.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/batches.h"
#include "ingest/lines.h"
#include "ingest/memory.h"
#include "ingest/readers.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(JsonlIndex, OneCaseALine) {
  const TestDir dir;
  dir.write("a/1.jpg", "x");
  const Batch batch =
      ingested(dir.write("index.JSONL",
                         "\xEF\xBB\xBF{\"case_id\":\"1\",\"pictures\":[\"a/1.jpg\"]}\r\n"
                         "\n"
                         "  {\"xh\":\"2\",\"hphm\":\"云M12345\",\"xp1\":\"a/1.jpg\"}\n"
                         "{broken\n"
                         "[1,2]\n"
                         "{\"case_id\":\"3\"}"));
  ASSERT_EQ(batch.cases.size(), 5U);
  EXPECT_THAT(batch.cases[0].problems, IsEmpty());
  EXPECT_EQ(case_at(batch, "index.JSONL:1").id, "1");
  EXPECT_EQ(case_at(batch, "index.JSONL:3").record.plate, "云M12345");
  EXPECT_THAT(case_at(batch, "index.JSONL:4").problems[0].detail,
              HasSubstr("line 4: no valid JSON"));
  EXPECT_THAT(case_at(batch, "index.JSONL:5").problems[0].detail,
              HasSubstr("line 5: holds no JSON object"));
  EXPECT_THAT(problems_of(case_at(batch, "index.JSONL:6")), ElementsAre("picture_missing "));
}

TEST(JsonlIndex, LinesInGbk) {
  const TestDir dir;
  dir.write("1.jpg", "x");
  const Batch batch = ingested(dir.write("index.jsonl",
                                         "{\"case_id\":\"1\",\"plate\":\"\xD4\xC6M12345\","
                                         "\"place\":\"\xC2\xB7\",\"pictures\":[\"1.jpg\"]}\n"));
  EXPECT_EQ(batch.cases[0].record.plate, "云M12345");
  EXPECT_EQ(batch.cases[0].record.place, "路");
}

TEST(JsonlIndex, TheLimitOfALine) {
  const TestDir dir;
  dir.write("1.jpg", "x");
  const std::string start = R"({"case_id":"full","pictures":["1.jpg"],"place":")", end = "\"}";
  const auto filled = [&](std::size_t size) {
    return start + std::string(size - start.size() - end.size(), 'x') + end;
  };
  const Batch batch =
      ingested(dir.write("index.jsonl", filled(kLongestRecord) + "\n" + filled(kLongestRecord + 1) +
                                            "\n" + R"({"case_id":"after","pictures":["1.jpg"]})"));
  ASSERT_EQ(batch.cases.size(), 3U);
  EXPECT_EQ(case_at(batch, "index.jsonl:1").id, "full");
  EXPECT_THAT(case_at(batch, "index.jsonl:2").problems[0].detail,
              HasSubstr("line 2 is longer than 1 MiB"));
  EXPECT_EQ(case_at(batch, "index.jsonl:3").id, "after");
}

// 128 MiB in one line is passed over without being held, here or on the disk.
TEST(JsonlIndex, AHugeLineCostsNoMemory) {
  const TestDir dir;
  dir.write("1.jpg", "x");
  const auto index = dir / "index.jsonl";
  {
    std::ofstream out(index, std::ios::binary);
    out.seekp(128 << 20);
    out << "\n{\"case_id\":\"after\",\"pictures\":[\"1.jpg\"]}\n";
  }
  const PeakMemory memory;
  const Batch batch = ingested(index);
  EXPECT_LT(memory.grown_mib(), 64);  // the longest line that is read takes 16 MiB
  ASSERT_EQ(batch.cases.size(), 2U);
  EXPECT_THAT(case_at(batch, "index.jsonl:1").problems[0].detail, HasSubstr("longer than 16 MiB"));
  EXPECT_EQ(case_at(batch, "index.jsonl:2").id, "after");
}

TEST(Lines, CanGoBack) {
  const TestDir dir;
  const Root root(dir.path());
  LineReader lines(dir.write("text", "one\ntwo\r\nthree"), root, 100);
  LineReader::Line line;
  ASSERT_TRUE(lines.next(line));
  lines.mark();
  ASSERT_TRUE(lines.next(line));
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line.text.utf8, "three");
  EXPECT_FALSE(lines.next(line));
  lines.go_back();
  lines.mark();
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line.text.utf8, "two");
  EXPECT_EQ(line.number, 2);
  lines.go_back();
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line.text.utf8, "two");
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line.text.utf8, "three");
  EXPECT_EQ(line.offset, 9);
  EXPECT_EQ(line.bytes, 5);
  EXPECT_FALSE(lines.next(line));
  EXPECT_THROW(LineReader(dir / "nothing", root, 100), IoError);
}

}  // namespace
}  // namespace vioreview
