// SPDX-License-Identifier: Apache-2.0
// From findings to a decision.
#pragma once
#include <vector>

#include "core/policy.h"
#include "core/verdict.h"

namespace vioreview {

struct Decided {
  Decision decision = Decision::manual;
  float accept_score = 0, reject_score = 0;
};

// Accept: every finding holds and the accept score reaches its limit. Reject: a failing finding
// whose reason has effect `reject` reaches its limit and no suspicion stands against it. Else
// manual. Scores: checks depend on one another, so their probabilities are never multiplied. Until
// scores are calibrated as a whole, the accept score is the weakest check and the reject score the
// strongest rejecting one. The weakest check is right when all doubts are the same doubt and too
// high when they are not: the limits leave room for that.
Decided decide(const std::vector<Finding>& findings, const Limits& limits, bool only_manual);

}  // namespace vioreview
