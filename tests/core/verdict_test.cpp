// SPDX-License-Identifier: Apache-2.0
// Names of decisions and states, as manifests spell them.
#include "core/verdict.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

TEST(Verdict, NamesAreThoseOfTheManifest) {
  EXPECT_EQ(name_of(Decision::accept), "accept");
  EXPECT_EQ(name_of(Decision::reject), "reject");
  EXPECT_EQ(name_of(Decision::manual), "manual");
  EXPECT_EQ(name_of(Status::holds), "holds");
  EXPECT_EQ(name_of(Status::fails), "fails");
  EXPECT_EQ(name_of(Status::unknown), "unknown");
  for (const Decision decision : {Decision::accept, Decision::reject, Decision::manual}) {
    EXPECT_EQ(decision_named(name_of(decision)), decision);
    EXPECT_FALSE(zh_of(decision).empty());
  }
  EXPECT_FALSE(decision_named("Accept"));
  EXPECT_FALSE(decision_named(""));
}

TEST(Verdict, ConfidenceIsTheScoreOfTheDecision) {
  Verdict verdict;
  verdict.accept_score = 0.75F;
  verdict.reject_score = 0.25F;
  EXPECT_EQ(verdict.confidence(), 0);
  verdict.decision = Decision::accept;
  EXPECT_EQ(verdict.confidence(), 0.75F);
  verdict.decision = Decision::reject;
  EXPECT_EQ(verdict.confidence(), 0.25F);
}

}  // namespace
}  // namespace vioreview
