// SPDX-License-Identifier: Apache-2.0
#include "emit/durable_file.h"

#include <iterator>
#include <signal.h>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

int files_in(const fs::path& folder) {
  return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

unsigned mode_of(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) throw std::runtime_error("no " + path.string());
  return status.st_mode & 0777U;
}

// The number of a process that has ended and been waited for.
pid_t dead_process() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, nullptr, 0);
  return child;
}

TEST(DurableFile, IsSeenOnlyAfterCommit) {
  const TestDir folder;
  const fs::path path = folder.path() / "manifest.jsonl";
  write_file(path, "old");
  DurableFile file(path);
  file.write("new ");
  file.write("bytes");
  file.sync();
  EXPECT_EQ(read_file(path), "old");
  file.commit();
  EXPECT_EQ(read_file(path), "new bytes");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(DurableFile, LeavesNothingWhenNotCommitted) {
  const TestDir folder;
  {
    DurableFile file(folder.path() / "accept.csv");
    file.write("half");
  }
  EXPECT_EQ(files_in(folder.path()), 0);
}

TEST(DurableFile, HoldsMoreThanItsBuffer) {
  const TestDir folder;
  std::string expected;
  DurableFile file(folder.path() / "big");
  for (int i = 0; i < 100000; ++i) {
    const std::string line = std::to_string(i) + "\n";
    file.write(line);
    expected += line;
  }
  file.commit();
  EXPECT_EQ(read_file(folder.path() / "big"), expected);
}

TEST(DurableFile, IsReadByOwnerAndGroupAlone) {
  const mode_t before = umask(0);
  const TestDir folder;
  make_folders(folder.path() / "a" / "b");
  write_durable(folder.path() / "a" / "b" / "c", "");
  umask(before);
  EXPECT_EQ(mode_of(folder.path() / "a"), 0750U);
  EXPECT_EQ(mode_of(folder.path() / "a" / "b"), 0750U);
  EXPECT_EQ(mode_of(folder.path() / "a" / "b" / "c"), 0640U);
}

TEST(DurableFile, SaysWhichFileAndWhy) {
  const TestDir folder;
  const std::string missing = (folder.path() / "none" / "x.csv").string();
  try {
    DurableFile file(missing);
    FAIL() << "a file in no folder was opened";
  } catch (const IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr(missing));
    EXPECT_THAT(error.what(), HasSubstr("No such file or directory"));
  }
  write_file(folder.path() / "plain", "");
  EXPECT_THROW(make_folders(folder.path() / "plain" / "sub"), IoError);
}

// A file size limit of the process stands for the full disk: both make write() fail half way.
TEST(DurableFile, KeepsTheOldFileWhenTheDiskIsFull) {
  const TestDir folder;
  const fs::path path = folder.path() / "manifest.jsonl";
  write_file(path, "old");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  std::string said;
  try {
    write_durable(path, std::string(5000, 'x'));
  } catch (const IoError& error) {
    said = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  EXPECT_THAT(said, HasSubstr(path.string() + ": cannot write: File too large"));
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(SweepTemporaries, RemovesOnlyWhatDeadRunsLeft) {
  const TestDir folder;
  const std::string dead = std::to_string(dead_process());
  write_file(folder.path() / (".manifest.jsonl." + dead + "-0.tmp"), "");
  write_file(folder.path() / (".a.b.csv." + dead + "-17.tmp"), "");
  const std::vector<std::string> kept = {
      ".manifest.jsonl." + std::to_string(getpid()) + "-9.tmp",   // this run's
      ".manifest.jsonl." + std::to_string(getppid()) + "-0.tmp",  // a living one's
      "manifest.jsonl." + dead + "-0.tmp",                        // not hidden: not ours
      ".manifest.jsonl." + dead + ".tmp",                         // no count
      ".manifest.jsonl." + dead + "-0x.tmp",
      "." + dead + "-0.tmp",
      ".tmp",
      "manifest.jsonl"};
  for (const std::string& name : kept) write_file(folder.path() / name, "");
  EXPECT_EQ(sweep_temporaries(folder.path()), 2);
  for (const std::string& name : kept) EXPECT_TRUE(fs::exists(folder.path() / name)) << name;
  EXPECT_EQ(files_in(folder.path()), static_cast<int>(kept.size()));
  EXPECT_THROW(sweep_temporaries(folder.path() / "none"), IoError);
}

}  // namespace
}  // namespace vioreview
