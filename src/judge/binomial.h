// SPDX-License-Identifier: Apache-2.0
// Exact binomial tails.
#pragma once
#include <cstdint>

namespace vioreview {

// P(X <= k) for X ~ Bin(n, p).
double binomial_at_most(std::int64_t k, std::int64_t n, double p);

// Clopper-Pearson: the share p for which k or fewer wrong ones of n have probability
// 1 - confidence. 1 when n is 0 or all are wrong.
double upper_bound(std::int64_t k, std::int64_t n, double confidence);

// The fewest draws of which k may be wrong while the upper bound is at most `share`.
std::int64_t draws_needed(std::int64_t k, double share, double confidence);

}  // namespace vioreview
