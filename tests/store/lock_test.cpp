// SPDX-License-Identifier: Apache-2.0
#include "store/lock.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "testing.h"

namespace vioreview {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal(const std::filesystem::path& folder) {
  try {
    const Lock lock(folder);
  } catch (const BusyError& error) {
    return error.what();
  }
  return "it was free";
}

// A process that holds the lock until it is killed.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& folder) {
    int ready[2] = {};
    EXPECT_EQ(pipe(ready), 0);
    pid_ = fork();
    if (pid_ == 0) {
      const Lock lock(folder);
      [[maybe_unused]] const ssize_t ignored = write(ready[1], "x", 1);
      for (;;) pause();
    }
    close(ready[1]);
    char byte = 0;
    EXPECT_EQ(read(ready[0], &byte, 1), 1);
    close(ready[0]);
  }
  ~Holder() { end(); }
  void end() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    pid_ = -1;
  }
  std::string pid() const { return std::to_string(pid_); }

 private:
  pid_t pid_ = -1;
};

TEST(Lock, NamesTheProcessThatHoldsIt) {
  const TestDir dir;
  const Holder holder(dir / "out");
  EXPECT_THAT(refusal(dir / "out"), HasSubstr("process " + holder.pid() + ";"));
  EXPECT_THAT(refusal(dir / "out"), HasSubstr((dir / "out").string()));
}

TEST(Lock, IsFreeOnceItsHolderWasKilled) {
  const TestDir dir;
  Holder holder(dir.path());
  holder.end();
  EXPECT_EQ(refusal(dir.path()), "it was free");
}

TEST(Lock, IsFreeOnceLetGo) {
  const TestDir dir;
  { const Lock lock(dir.path()); }
  EXPECT_EQ(refusal(dir.path()), "it was free");
}

TEST(Lock, HoldsAgainstItsOwnProcessToo) {
  const TestDir dir;
  const Lock lock(dir.path());
  EXPECT_THAT(refusal(dir.path()), HasSubstr("process " + std::to_string(getpid()) + ";"));
}

TEST(Lock, OfAnotherNameIsAnother) {
  const TestDir dir;
  const Lock lock(dir.path());
  EXPECT_NO_THROW(Lock(dir.path(), ".state.lock"));
}

TEST(Lock, OfAFolderThatCannotBeIsAnError) {
  const TestDir dir;
  dir.write("file", "x");
  EXPECT_THROW(Lock(dir / "file"), IoError);
}

}  // namespace
}  // namespace vioreview
