// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <sstream>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "emit/emit.h"
#include "emit/example.h"
#include "emit/json_schema.h"
#include "emit/table.h"
#include "format/value.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct Given {
  Case c;
  Verdict verdict;
};

Given given(const std::string& id, Decision decision, bool proven, const char* time) {
  Given one{example_case(), example_verdict()};
  one.c.id = id;
  one.c.problems.clear();
  one.c.record.times = {at(time)};
  one.verdict.decision = decision;
  one.verdict.proven = proven;
  return one;
}

std::vector<Given> night() {
  return {given("a", Decision::manual, true, "2021-03-16T08:00:00"),
          given("b", Decision::reject, false, "2021-03-15T08:00:00"),
          given("c", Decision::accept, true, "2021-03-15T08:00:00"),
          given("d", Decision::reject, true, "2021-03-15T08:00:00"),
          given("e", Decision::manual, false, "2021-03-15T08:00:00")};
}

Catalogue catalogue() {
  Violation speed;
  speed.code = "1625";
  speed.zh = "超速20%以上未达50%";
  return {"1", {speed}, ""};
}

Summary emit_all(const fs::path& out, const std::vector<Given>& cases) {
  const auto emitter = make_emitter(out, example_versions(), catalogue());
  for (const Given& one : cases) emitter->add(one.c, example_facts(), one.verdict);
  return emitter->finish({});
}

// The first fields of a table's rows, the head left out.
std::vector<std::string> rows_of(const fs::path& csv, int fields = 2) {
  std::istringstream in(read_file(csv));
  std::vector<std::string> rows;
  for (std::string line; std::getline(in, line);) {
    std::size_t end = 0;
    for (int i = 0; i < fields; ++i) end = line.find(',', end) + 1;
    rows.push_back(line.substr(0, end - 1));
  }
  EXPECT_EQ(rows.front(),
            "\xEF\xBB\xBF"
            "case_id,verdict");
  rows.erase(rows.begin());
  return rows;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

TEST(Emitter, WritesALineForEveryCaseAndRowsByVerdict) {
  const TestDir folder;
  const fs::path out = folder.path() / "new" / "out";
  const Summary summary = emit_all(out, night());
  EXPECT_EQ(summary.cases, 5);
  EXPECT_THAT(names_in(out), ElementsAre("accept.csv", "manifest.jsonl", "manifest.schema.json",
                                         "manual.csv", "reject.csv", "summary.json"));
  std::string lines;
  for (const Given& one : night())
    lines += manifest_line(one.c, example_facts(), one.verdict, example_versions()) + "\n";
  EXPECT_EQ(read_file(out / "manifest.jsonl"), lines);
  EXPECT_EQ(read_file(out / "manifest.schema.json"), manifest_schema());
  EXPECT_THAT(rows_of(out / "accept.csv"), ElementsAre("c,accept"));
  EXPECT_THAT(rows_of(out / "reject.csv"), ElementsAre("b,reject", "d,reject"));
  // By last day; the reject of an unproven device behind all manual ones.
  EXPECT_THAT(rows_of(out / "manual.csv"), ElementsAre("e,manual", "a,manual", "b,reject"));
  EXPECT_THAT(read_file(out / "accept.csv"), HasSubstr(",1625,超速20%以上未达50%,云M12345,"));
}

TEST(Emitter, PublishesLinesThatFitThePublishedSchema) {
  const TestDir folder;
  emit_all(folder.path(), night());
  const Value schema = parse_json(read_file(folder.path() / "manifest.schema.json")).value();
  std::istringstream in(read_file(folder.path() / "manifest.jsonl"));
  int lines = 0;
  for (std::string line; std::getline(in, line); ++lines)
    EXPECT_EQ(schema_complaint(schema, parse_json(line).value()), "");
  EXPECT_EQ(lines, 5);
}

TEST(Emitter, GivesTheSameBytesEachTime) {
  const TestDir one, two;
  emit_all(one.path(), night());
  emit_all(two.path(), night());
  for (const char* name : {"manifest.jsonl", "accept.csv", "reject.csv", "manual.csv"})
    EXPECT_EQ(read_file(one.path() / name), read_file(two.path() / name)) << name;
}

TEST(Emitter, AnEmptyBatchGivesEmptyTables) {
  const TestDir folder;
  EXPECT_EQ(emit_all(folder.path(), {}).cases, 0);
  EXPECT_EQ(read_file(folder.path() / "manifest.jsonl"), "");
  EXPECT_EQ(read_file(folder.path() / "manual.csv"), case_table_head());
}

TEST(Emitter, ShowsNothingNewBeforeItIsDone) {
  const TestDir folder;
  emit_all(folder.path(), {night()[0]});
  const std::string before = read_file(folder.path() / "manifest.jsonl");
  {
    const auto emitter = make_emitter(folder.path(), {});
    for (const Given& one : night()) emitter->add(one.c, example_facts(), one.verdict);
  }
  EXPECT_EQ(read_file(folder.path() / "manifest.jsonl"), before);
  EXPECT_EQ(names_in(folder.path()).size(), 6U);
}

TEST(Emitter, KeepsFilesFromOthers) {
  const mode_t mask = umask(0);
  const TestDir folder;
  const fs::path out = folder.path() / "out";
  emit_all(out, night());
  umask(mask);
  EXPECT_EQ(fs::status(out).permissions(), fs::perms(0750));
  for (const auto& entry : fs::directory_iterator(out))
    EXPECT_EQ(entry.status().permissions(), fs::perms(0640)) << entry.path();
}

TEST(Emitter, SaysWhereItCannotWrite) {
  const TestDir folder;
  write_file(folder.path() / "plain", "");
  try {
    make_emitter(folder.path() / "plain", {});
    FAIL() << "a file was taken for a folder";
  } catch (const IoError& error) {
    EXPECT_THAT(error.what(), StartsWith((folder.path() / "plain").string() + ": "));
  }
}

}  // namespace
}  // namespace vioreview
