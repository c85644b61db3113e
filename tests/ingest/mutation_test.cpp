// SPDX-License-Identifier: Apache-2.0
// Records and tables with random damage: always a case, always clean text, never a crash. Seeds are
// fixed, so that a failure comes again.
#include <random>

#include <gtest/gtest.h>

#include "core/errors.h"
#include "ingest/batches.h"
#include "ingest/record.h"
#include "sanitized.h"

namespace vioreview {
namespace {

using namespace std::string_view_literals;

constexpr const char* kRecord =
    R"({"case_id":"530502-1","violation":"1625","plate":"云M·12345","hpzl":2,"plate_color":"蓝底白字",
"vehicle_class":"小型轿车","csys":"AB","times":["2021-03-14T08:25:31.120","20210314082532"],"wfsj":"2021/3/14 8:25",
"place":"永昌路","wfdd":"60755","lddm":"1","ddms":"0","sbbh":"53","direction":"03","lane":"2","scz":78.5,
"bzz":"60","cjfs":"7","site_facts":{"ban":["H1",{"owner":"x"}]},"xp2":"2.jpg","weather":[],
"pictures":["1.jpg",{"file":"2.jpg","role":"特写","time":"2021-03-14 08:25:32"},"a\\b.jpg"]})";

// Flips, drops, doubles or swaps a few bytes; some of them become bytes that the formats care for.
std::string damaged(std::string text, std::mt19937& random) {
  constexpr std::string_view kTelling = "\"{}[],:;|\\\n\r\t\0 -.0e\xFF\xD4\xA5\xE4~="sv;
  for (unsigned n = 1 + random() % 6; n > 0 && !text.empty(); --n) {
    const std::size_t at = random() % text.size();
    switch (random() % 5) {
      case 0:
        text[at] = static_cast<char>(random() & 0xFF);
        break;
      case 1:
        text[at] = kTelling[random() % kTelling.size()];
        break;
      case 2:
        text.erase(at, 1 + random() % 8);
        break;
      case 3:
        text.insert(at, text.substr(random() % text.size(), random() % 16));
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

TEST(Mutations, RecordsOfAnyKindPassThePipe) {
  std::mt19937 random(20210314);
  int read = 0;
  constexpr int kRounds = kSanitized ? 3000 : 20000;  // a slow build: fewer of each kind
  for (int i = 0; i < kRounds; ++i) {
    const std::string text = damaged(kRecord, random);
    const Result<ReadRecord> record = read_record(decoded(text));
    if (!record) {
      EXPECT_EQ(record.problem().reason, "record_invalid");
      EXPECT_TRUE(valid_utf8(record.problem().detail)) << text;
      EXPECT_LT(record.problem().detail.size(), 300U) << text;
      continue;
    }
    ++read;
    Case c;
    c.id = "x";
    c.record = record.value().record;
    c.notes = record.value().notes;
    const auto tree = parse_json(write_json(to_value(c)));
    ASSERT_TRUE(tree.ok() && case_from(tree.value()) == c) << text;
  }
  EXPECT_GT(read, kRounds / 20);  // the damage leaves something to read
}

TEST(Mutations, TablesAndLinesOfAnyKindMakeCases) {
  std::mt19937 random(530502);
  const TestDir dir;
  dir.write("1.jpg", "x");
  const std::string table =
      "xh,hphm,wfsj,wfdz,scz,xp1,pictures\n1,云M12345,2021-03-14 08:25:31,\"永昌路, "
      "\"\"东\"\"\",78,1.jpg,\n"
      "2,\"云M\n12346\",,,,,1.jpg;2.jpg\n3,,,,,,\n";
  const std::string lines = std::string(R"({"xh":"1","hphm":"云M12345","pictures":["1.jpg"]})") +
                            "\n" + R"({"xh":"1","lane":3})" + "\n";
  for (int i = 0; i < (kSanitized ? 100 : 300); ++i) {
    try {
      ingested(dir.write("index.csv", damaged(table, random)));
    } catch (const UsageError&) {  // a header without a known name
    }
    ingested(dir.write("index.jsonl", damaged(lines, random)));
  }
}

}  // namespace
}  // namespace vioreview
