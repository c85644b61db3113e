// SPDX-License-Identifier: Apache-2.0
// Exact tails against sums of whole numbers, known bounds and each other.
#include "judge/binomial.h"

#include <cmath>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// By Pascal's rule, without logarithms: fine for few draws.
double slow_at_most(int k, int n, double p) {
  double sum = 0, choose = 1;
  for (int i = 0; i <= k && i <= n; ++i) {
    sum += choose * std::pow(p, i) * std::pow(1 - p, n - i);
    choose = choose * (n - i) / (i + 1);
  }
  return sum;
}

TEST(Binomial, IsTheSumOfItsTerms) {
  for (const int n : {1, 2, 7, 30, 60})
    for (int k = -1; k <= n; ++k)
      for (const double p : {0.001, 0.1, 0.5, 0.77, 0.999})
        ASSERT_NEAR(binomial_at_most(k, n, p), slow_at_most(k, n, p), 1e-12)
            << k << " of " << n << " at " << p;
}

TEST(Binomial, HoldsWhereTermsUnderflow) {
  EXPECT_NEAR(binomial_at_most(500000, 1000000, 0.5), 0.5004, 0.0001);
  EXPECT_EQ(binomial_at_most(10, 1000000, 0.5), 0);
  EXPECT_EQ(binomial_at_most(999990, 1000000, 0.5), 1);
  EXPECT_EQ(binomial_at_most(3, 10, 0), 1);
  EXPECT_EQ(binomial_at_most(3, 10, 1), 0);
  EXPECT_EQ(binomial_at_most(10, 10, 1), 1);
}

// 1 less all the other terms would leave nothing of it.
TEST(Binomial, ASmallTailKeepsItsDigits) {
  for (const int n : {50, 100, 900})
    EXPECT_NEAR(binomial_at_most(0, n, 0.5) / std::pow(0.5, n), 1, 1e-9) << n;
  EXPECT_NEAR(binomial_at_most(1, 100, 0.5) / (101 * std::pow(0.5, 100)), 1, 1e-9);
  EXPECT_NEAR(binomial_at_most(3, 1000, 0.1) / slow_at_most(3, 1000, 0.1), 1, 1e-9);
}

TEST(Binomial, BoundsAreThoseOfTables) {
  EXPECT_NEAR(upper_bound(0, 10, 0.95), 0.2589, 0.0001);
  EXPECT_NEAR(upper_bound(1, 10, 0.95), 0.3942, 0.0001);
  EXPECT_NEAR(upper_bound(5, 100, 0.95), 0.1023, 0.0001);
  EXPECT_EQ(upper_bound(0, 0, 0.95), 1);
  EXPECT_EQ(upper_bound(7, 7, 0.95), 1);
}

TEST(Binomial, MoreDrawsLowerTheBoundAndWrongOnesRaiseIt) {
  for (int k = 0; k < 20; ++k)
    for (int n = k + 1; n < 400; n += 13) {
      ASSERT_LT(upper_bound(k, n + 1, 0.95), upper_bound(k, n, 0.95));
      ASSERT_GT(upper_bound(k + 1, n, 0.95), upper_bound(k, n, 0.95));
      ASSERT_GT(upper_bound(k, n, 0.99), upper_bound(k, n, 0.95));
    }
}

TEST(Binomial, TheFewestDrawsAreJustEnough) {
  EXPECT_EQ(draws_needed(0, 0.005, 0.95), 598);
  EXPECT_EQ(draws_needed(0, 0.01, 0.95), 299);
  EXPECT_EQ(draws_needed(1, 0.01, 0.95), 473);
  for (const int k : {0, 1, 5, 40})
    for (const double share : {0.003, 0.05, 0.4}) {
      const std::int64_t n = draws_needed(k, share, 0.9);
      EXPECT_LE(upper_bound(k, n, 0.9), share * (1 + 1e-9));
      EXPECT_GT(upper_bound(k, n - 1, 0.9), share);
    }
}

}  // namespace
}  // namespace vioreview
