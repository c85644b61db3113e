// SPDX-License-Identifier: Apache-2.0
// Which facts are known again, and which must not be.
#include "run/memory.h"

#include <gtest/gtest.h>

#include "run/night.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;

class Memory : public ::testing::Test {
 protected:
  PictureRef picture(const std::string& name, const std::string& bytes = "bytes") const {
    return {name, dir_.write(name, bytes), Role::panel, std::nullopt};
  }
  static PanelFacts seen(const std::string& sha256 = "abc") {
    PanelFacts facts = seen_car("皖A28593");
    facts.sha256 = sha256;
    facts.file = "under another name";
    return facts;
  }
  static PanelFacts failed(const std::string& reason, const std::string& sha256) {
    PanelFacts facts;
    facts.sha256 = sha256;
    facts.failure = Problem{reason, "1.jpg", "why"};
    return facts;
  }
  FactsMemory memory(const std::string& models = "models-a") { return {*state_, models}; }

  TestDir dir_;
  std::unique_ptr<State> state_ = State::open(dir_ / "state");
  Needs needs_;
};

TEST_F(Memory, KnowsAPictureAgain) {
  const PictureRef p = picture("1.jpg");
  memory().remember(p, stamp_of(p), needs_, seen());
  EXPECT_TRUE(memory().knows(p, needs_));
  PanelFacts expected = seen();
  expected.file = "1.jpg";
  EXPECT_EQ(memory().recall(p, needs_), expected);
}

TEST_F(Memory, KnowsTheSameBytesUnderAnotherNameOnceTheyWereRead) {
  const PictureRef a = picture("a.jpg"), b = picture("b.jpg");
  memory().remember(a, stamp_of(a), needs_, seen());
  EXPECT_FALSE(memory().knows(b, needs_)) << "its bytes were never read";
}

// Pictures in one archive, or in one record, are told apart by their place.
TEST_F(Memory, KnowsPicturesWithinAFileByTheirPlace) {
  PictureRef first = picture("night.zip"), second = first, text = first;
  first.within = Within{"a/1.jpg", 1, 0, 5, "", 5, "stamp"};
  second.within = Within{"a/2.jpg", 2, 0, 5, "", 5, "stamp"};
  text.within = Within{"a/1.jpg", 1, 0, 5, "zpstr2", 3, "stamp"};
  memory().remember(first, stamp_of(first), needs_, seen("of the first"));
  EXPECT_TRUE(memory().knows(first, needs_));
  EXPECT_EQ(memory().recall(first, needs_).sha256, "of the first");
  EXPECT_FALSE(memory().knows(second, needs_));
  EXPECT_FALSE(memory().knows(text, needs_));
  dir_.write("night.zip", "another archive");
  EXPECT_FALSE(memory().knows(first, needs_));
}

TEST_F(Memory, ForgetsFactsOfOtherModelsRolesAndNeeds) {
  const PictureRef p = picture("1.jpg");
  memory().remember(p, stamp_of(p), needs_, seen());
  EXPECT_FALSE(memory("models-b").knows(p, needs_));
  PictureRef closeup = p;
  closeup.role = Role::closeup;
  EXPECT_FALSE(memory().knows(closeup, needs_));
  for (bool Needs::*need :
       {&Needs::vehicles, &Needs::plates, &Needs::signals, &Needs::markings, &Needs::overlay}) {
    Needs others = needs_;
    others.*need = !(others.*need);
    EXPECT_FALSE(memory().knows(p, others));
  }
}

TEST_F(Memory, ForgetsAPictureThatChanged) {
  PictureRef p = picture("1.jpg", "bytes");
  memory().remember(p, stamp_of(p), needs_, seen());
  dir_.write("1.jpg", "other bytes");
  EXPECT_FALSE(memory().knows(p, needs_));
}

// Same size, same time, another file in its place: what a copy tool leaves that keeps times.
TEST_F(Memory, ForgetsAPictureThatWasReplacedByOneOfItsSizeAndTime) {
  const PictureRef p = picture("1.jpg", "bytes");
  memory().remember(p, stamp_of(p), needs_, seen());
  dir_.write("new", "BYTES");
  fs::last_write_time(dir_ / "new", fs::last_write_time(p.path));
  fs::rename(dir_ / "new", p.path);
  EXPECT_FALSE(memory().knows(p, needs_));
}

TEST_F(Memory, DoesNotTakeWhatWasSeenForAPictureThatChangedMeanwhile) {
  const PictureRef p = picture("1.jpg", "bytes");
  const auto before = stamp_of(p);
  dir_.write("1.jpg", "other bytes");
  FactsMemory memory = this->memory();
  memory.remember(p, before, needs_, seen());
  EXPECT_FALSE(memory.knows(p, needs_));
  const PanelFacts recalled = memory.recall(p, needs_);
  ASSERT_TRUE(recalled.failure);
  EXPECT_EQ(recalled.failure->reason, "picture_missing");
  EXPECT_NE(recalled.failure->detail.find("changed"), std::string::npos);
}

TEST_F(Memory, RemembersThatAPictureCannotBeDecoded) {
  const PictureRef p = picture("1.jpg");
  memory().remember(p, stamp_of(p), needs_, failed("picture_undecodable", "abc"));
  EXPECT_TRUE(memory().knows(p, needs_));
  EXPECT_EQ(memory().recall(p, needs_).failure->reason, "picture_undecodable");
}

TEST_F(Memory, RemembersFilesNotWorthReadingEachByItself) {
  const PictureRef empty = picture("1.jpg", ""), large = picture("2.jpg");
  memory().remember(empty, stamp_of(empty), needs_, failed("picture_empty", ""));
  memory().remember(large, stamp_of(large), needs_, failed("picture_too_large", ""));
  EXPECT_EQ(memory().recall(empty, needs_).failure->reason, "picture_empty");
  EXPECT_EQ(memory().recall(large, needs_).failure->reason, "picture_too_large");
  dir_.write("1.jpg", "bytes");
  EXPECT_FALSE(memory().knows(empty, needs_)) << "the picture was sent again";
}

TEST_F(Memory, KeepsBadLuckForThisRunOnly) {
  for (const auto& [reason, sha256] :
       {std::pair("case_crashed", ""), {"case_timeout", ""}, {"picture_undecodable", ""}}) {
    const PictureRef p = picture("1.jpg");
    FactsMemory memory = this->memory();
    memory.remember(p, stamp_of(p), needs_, failed(reason, sha256));
    EXPECT_EQ(memory.recall(p, needs_).failure->reason, reason);
    EXPECT_FALSE(memory.knows(p, needs_)) << "the next run tries again";
    EXPECT_EQ(this->memory().recall(p, needs_).failure->reason, "picture_missing");
  }
}

TEST_F(Memory, PrefersWhatWasSeenToAnotherCasesBadLuck) {
  const PictureRef p = picture("1.jpg");
  FactsMemory memory = this->memory();
  memory.remember(p, stamp_of(p), needs_, failed("case_timeout", ""));
  memory.remember(p, stamp_of(p), needs_, seen());
  EXPECT_FALSE(memory.recall(p, needs_).failure);
}

TEST_F(Memory, TellsAPictureThatIsNotThere) {
  const PictureRef listed_only{"1.jpg", "", Role::panel, std::nullopt};
  const PictureRef vanished{"2.jpg", dir_ / "2.jpg", Role::panel, std::nullopt};
  for (const PictureRef& p : {listed_only, vanished}) {
    const PanelFacts facts = memory().recall(p, needs_);
    EXPECT_EQ(facts.file, p.file);
    ASSERT_TRUE(facts.failure);
    EXPECT_EQ(facts.failure->reason, "picture_missing");
    EXPECT_EQ(facts.failure->file, p.file);
  }
}

}  // namespace
}  // namespace vioreview
