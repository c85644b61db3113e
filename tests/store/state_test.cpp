// SPDX-License-Identifier: Apache-2.0
// The state: what is remembered, through which ends of a process, and what is said when it cannot
// be used.
#include "store/state.h"

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/errors.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const FileStamp kStamp{"/night/1.jpg", 1000, 5'000'000'007, 42};

LedgerEntry entry(const std::string& id, std::int64_t ms, const std::string& plate = "皖A28593") {
  return {id,       "content",        plate, "1636", "34010001", Time{ms}, "accept",
          "device", /*trusted=*/true, 1,     "{}"};
}

std::vector<LedgerEntry> all_entries(State& state) {
  return state.entries(Time{0}, Time{1'000'000});
}

mode_t mode_of(const fs::path& path) {
  struct stat about {};
  EXPECT_EQ(stat(path.c_str(), &about), 0) << path;
  return about.st_mode & 07777;
}

std::string message_of_opening(const fs::path& folder) {
  try {
    State::open(folder);
  } catch (const IoError& error) {
    return error.what();
  }
  return "it opened";
}

TEST(State, RemembersFromOneOpeningToTheNext) {
  const TestDir dir;
  {
    const auto state = State::open(dir / "state");
    state->remember_file(kStamp, "abc");
    state->remember_facts("key", "{\"x\":1}");
    state->record(entry("a", 7));
    state->flush();
  }
  const auto state = State::open(dir / "state");
  EXPECT_EQ(state->identity_of(kStamp), "abc");
  EXPECT_TRUE(state->has_facts("key"));
  EXPECT_EQ(state->facts("key"), "{\"x\":1}");
  EXPECT_THAT(all_entries(*state), ElementsAre(entry("a", 7)));
}

TEST(State, GivesBackWhatWasJustWritten) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  EXPECT_FALSE(state->has_facts("key"));
  EXPECT_EQ(state->facts("key"), std::nullopt);
  state->remember_facts("key", "1");
  EXPECT_TRUE(state->has_facts("key"));
  state->remember_facts("key", "2");
  EXPECT_EQ(state->facts("key"), "2");
}

TEST(State, TakesAFileThatChangedInAnyWayForAnother) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  state->remember_file(kStamp, "abc");
  for (const FileStamp& other : {FileStamp{"/night/2.jpg", 1000, 5'000'000'007, 42},
                                 FileStamp{"/night/1.jpg", 1001, 5'000'000'007, 42},
                                 FileStamp{"/night/1.jpg", 1000, 5'000'000'008, 42},
                                 FileStamp{"/night/1.jpg", 1000, 5'000'000'007, 43}})
    EXPECT_EQ(state->identity_of(other), std::nullopt) << other.path << ' ' << other.size;
  const FileStamp newer{"/night/1.jpg", 1001, 6'000'000'000, 42};
  state->remember_file(newer, "def");
  EXPECT_EQ(state->identity_of(newer), "def");
  EXPECT_EQ(state->identity_of(kStamp), std::nullopt) << "the path is known once";
}

TEST(State, KeepsTextAsItIs) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  const std::string odd = std::string("'; DROP TABLE facts; -- ") + '\0' + "云M\n\"";
  state->remember_facts(odd, odd);
  EXPECT_EQ(state->facts(odd), odd);
}

TEST(Ledger, KnowsACaseByIdAndTime) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  state->record(entry("0001", 1000, "皖A11111"));
  state->record(entry("0001", 1000, "皖A22222"));   // the plate was corrected
  state->record(entry("0001", 90000, "皖A33333"));  // the number was used again
  state->record(entry("0000", 5000));
  EXPECT_THAT(all_entries(*state), ElementsAre(entry("0000", 5000), entry("0001", 1000, "皖A22222"),
                                               entry("0001", 90000, "皖A33333")));
  EXPECT_EQ(state->entry("0001", Time{1000}), entry("0001", 1000, "皖A22222"));
  EXPECT_EQ(state->entry("0001", Time{1001}), std::nullopt);
}

TEST(Ledger, GivesTheEntriesOfATime) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  for (const std::int64_t ms : {1, 2, 3, 4}) state->record(entry("a", ms));
  EXPECT_THAT(state->entries(Time{2}, Time{3}), ElementsAre(entry("a", 2), entry("a", 3)));
}

TEST(Ledger, KeepsRevisions) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  LedgerEntry e = entry("a", 7);
  e.verdict = "manual";
  state->record(e);
  state->record(e);  // the same night again
  e.revision = 2;
  e.content = "more";
  e.verdict = "accept";
  state->record(e);
  EXPECT_EQ(state->entry("a", Time{7}), e);
  EXPECT_THAT(state->revisions("a", Time{7}), ElementsAre(LedgerRevision{1, "content", "manual"},
                                                          LedgerRevision{2, "more", "accept"}));
  EXPECT_TRUE(state->revisions("a", Time{8}).empty());
}

TEST(Ledger, SpansTheTrustedCapturesOfEachDevice) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  const auto record = [&](const char* device, std::int64_t ms, bool trusted) {
    LedgerEntry e = entry(std::string(device) + std::to_string(ms), ms);
    e.device = device;
    e.trusted = trusted;
    state->record(e);
  };
  record("a", 20, true);
  record("a", 30, true);
  record("a", 25, true);
  record("a", 99, false);
  record("b", 5, true);
  record("c", 5, false);
  record("", 5, true);   // of no known device
  record("d", 0, true);  // without a time
  EXPECT_THAT(state->trusted_spans(), ElementsAre(TrustedSpan{"a", Time{20}, Time{30}},
                                                  TrustedSpan{"b", Time{5}, Time{5}}));
}

// The first schema, as version 0.1.0 made it.
TEST(State, TakesOverWhatAnOlderProgramWrote) {
  const TestDir dir;
  {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((dir / "state.db").c_str(), &db), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(
            db,
            "CREATE TABLE files(path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT "
            "NULL, inode INTEGER NOT NULL, identity TEXT NOT NULL) WITHOUT ROWID;"
            "CREATE TABLE facts(key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;"
            "CREATE TABLE ledger(case_id TEXT NOT NULL, time_ms INTEGER NOT NULL, content TEXT NOT "
            "NULL, plate TEXT NOT NULL, code TEXT NOT NULL, place TEXT NOT NULL, verdict TEXT NOT "
            "NULL, PRIMARY KEY(case_id, time_ms)) WITHOUT ROWID;"
            "INSERT INTO facts VALUES('key', '{}');"
            "INSERT INTO ledger VALUES('a', 7, 'content', '皖A28593', '1636', '34010001', "
            "'accept');"
            "PRAGMA user_version=1",
            nullptr, nullptr, nullptr),
        SQLITE_OK);
    sqlite3_close(db);
  }
  LedgerEntry expected = entry("a", 7);
  expected.device = expected.pictures = "";
  for (int opened = 0; opened < 2; ++opened) {
    const auto state = State::open(dir.path());
    EXPECT_TRUE(state->has_facts("key"));
    EXPECT_EQ(state->entry("a", Time{7}), expected);
  }
}

// What a run leaves that is killed: everything up to the last commit, nothing after it.
TEST(State, SurvivesAKillFromTheLastCommitOn) {
  const TestDir dir;
  const pid_t child = fork();
  if (child == 0) {
    const auto state = State::open(dir.path());
    for (int i = 0; i < 100; ++i) state->remember_facts("kept" + std::to_string(i), "1");
    state->commit();
    for (int i = 0; i < 100; ++i) state->remember_facts("lost" + std::to_string(i), "1");
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto state = State::open(dir.path());
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(state->has_facts("kept" + std::to_string(i)));
    EXPECT_FALSE(state->has_facts("lost" + std::to_string(i)));
  }
}

TEST(State, MovesEverythingIntoTheOneFileOnFlush) {
  const TestDir dir;
  const auto state = State::open(dir.path());
  state->remember_facts("key", "{}");
  state->commit();
  EXPECT_GT(fs::file_size(dir / "state.db-wal"), 0U);
  state->flush();
  EXPECT_EQ(fs::file_size(dir / "state.db-wal"), 0U);
}

TEST(State, IsReadableByItsGroupAtMost) {
  const TestDir dir;
  const mode_t before = umask(0);
  const auto state = State::open(dir / "deep" / "state");
  umask(before);
  state->remember_facts("key", "{}");
  state->commit();
  EXPECT_EQ(mode_of(dir / "deep"), 0750U);
  EXPECT_EQ(mode_of(dir / "deep" / "state"), 0750U);
  for (const char* name : {"state.db", "state.db-wal"})
    EXPECT_EQ(mode_of(dir / "deep" / "state" / name), 0640U) << name;
}

TEST(State, BelongsToOneRunAtATime) {
  const TestDir dir;
  auto state = State::open(dir.path());
  EXPECT_THROW(State::open(dir.path()), BusyError);
  state.reset();
  EXPECT_NO_THROW(State::open(dir.path()));
}

TEST(State, RefusesWhatANewerProgramWrote) {
  const TestDir dir;
  State::open(dir.path())->flush();
  {
    // user_version: 4 bytes, most significant first, at offset 60 (SQLite file format 1.3.12).
    std::fstream db(dir / "state.db", std::ios::in | std::ios::out | std::ios::binary);
    db.seekp(60);
    db.write("\0\0\0\x63", 4);
  }
  const std::string said = message_of_opening(dir.path());
  EXPECT_THAT(said, HasSubstr((dir / "state.db").string()));
  EXPECT_THAT(said, HasSubstr("newer"));
  EXPECT_THAT(said, HasSubstr("schema 99"));
  EXPECT_THAT(said, HasSubstr("--state"));
}

TEST(State, SaysWhatToDoWithAFileThatIsNoDatabase) {
  const TestDir dir;
  dir.write("state.db", std::string(10000, 'x'));
  const std::string said = message_of_opening(dir.path());
  EXPECT_THAT(said, HasSubstr((dir / "state.db").string()));
  EXPECT_THAT(said, HasSubstr("move it away"));
}

TEST(State, SaysWhatToDoWithADamagedDatabase) {
  const TestDir dir;
  constexpr int kRows = 500;
  {
    const auto state = State::open(dir.path());
    for (int i = 0; i < kRows; ++i)
      state->remember_facts("key" + std::to_string(i), std::string(1000, 'x'));
    state->flush();
  }
  std::string bytes = read_file(dir / "state.db");
  const std::size_t first_page = 4096;
  ASSERT_GT(bytes.size(), 10 * first_page);
  // Every page but the first, which holds the header and the names of the tables.
  for (std::size_t i = first_page; i < bytes.size(); ++i) bytes[i] = static_cast<char>(0xA5);
  dir.write("state.db", bytes);
  std::string said = "nothing";
  try {
    const auto state = State::open(dir.path());
    for (int i = 0; i < kRows; ++i) state->facts("key" + std::to_string(i));
  } catch (const IoError& error) {
    said = error.what();
  }
  EXPECT_THAT(said, HasSubstr((dir / "state.db").string()));
  EXPECT_THAT(said, HasSubstr("move it away"));
}

TEST(State, SaysWhenItsFolderCannotBeMade) {
  const TestDir dir;
  dir.write("file", "x");
  EXPECT_THAT(message_of_opening(dir / "file" / "state"), HasSubstr("cannot be made"));
}

}  // namespace
}  // namespace vioreview
