// SPDX-License-Identifier: Apache-2.0
// What fitted limits promise, case by case; over many simulated offices: promise_test.cpp.
#include "judge/fit_limits.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "judge/binomial.h"
#include "judge/reviewed_night.h"

namespace vioreview {
namespace {

using Cases = std::vector<ReviewedCase>;
constexpr Promise kHalfPercent{0.005, 0.95};

Cases all_right(int count, double score = 0.9995) {
  Cases cases;
  for (int i = 0; i < count; ++i) cases.push_back(reviewed(i, Decision::accept, score, true));
  return cases;
}

LimitFit fitted(const Cases& cases, const Promise& promise = kHalfPercent) {
  return fit_limit(cases, Decision::accept, promise);
}

// No limit is stricter than any of the grid.
double limit_of(const LimitFit& fit) {
  return fit.chosen ? fit.steps[*fit.chosen].limit : 2;
}

TEST(FitLimits, TellsHowManyAreMissing) {
  const LimitFit few = fitted(all_right(597));
  EXPECT_FALSE(few.chosen);
  EXPECT_EQ(few.missing, 1);
  EXPECT_EQ(few.steps[few.told].draws, 597);
  EXPECT_TRUE(fitted(all_right(598)).chosen);
  EXPECT_EQ(fitted(all_right(100)).missing, 498);
  EXPECT_EQ(fitted({}).missing, 598);
}

TEST(FitLimits, AWrongOneNeedsMoreRightOnes) {
  Cases cases = all_right(700);
  cases[0].truth = Decision::reject;
  const LimitFit fit = fitted(cases);
  EXPECT_FALSE(fit.chosen);
  EXPECT_EQ(fit.missing, draws_needed(1, 0.005, 0.95) - 700);
  cases = all_right(700 + static_cast<int>(fit.missing));
  cases[0].truth = Decision::reject;
  EXPECT_TRUE(fitted(cases).chosen);
}

// What ended the test is told of, though looser limits that were never tested decide more.
TEST(FitLimits, TellsOfTheLimitThatEndedTheTest) {
  Cases cases = all_right(400);
  cases[0].truth = Decision::reject;
  for (int i = 400; i < 1400; ++i) cases.push_back(reviewed(i, Decision::accept, 0.55, true));
  const LimitFit fit = fitted(cases);
  EXPECT_FALSE(fit.chosen);
  EXPECT_EQ(fit.steps[fit.told].tested, Tested::broken);
  EXPECT_EQ(fit.steps[fit.told].limit, 0.999);
  EXPECT_EQ(fit.missing, draws_needed(1, 0.005, 0.95) - 400);
}

TEST(FitLimits, TellsOfTheLimitWithMostDrawsWhereAllHaveTooFew) {
  Cases cases = all_right(100);
  for (int i = 100; i < 300; ++i) cases.push_back(reviewed(i, Decision::accept, 0.95, true));
  for (int i = 300; i < 500; ++i) cases.push_back(reviewed(i, Decision::accept, 0.55, true));
  const LimitFit fit = fitted(cases);
  EXPECT_EQ(fit.steps.front().tested, Tested::too_strict);
  EXPECT_EQ(fit.steps[fit.told].tested, Tested::too_few);
  EXPECT_EQ(fit.steps[fit.told].limit, 0.5);
  EXPECT_EQ(fit.missing, 98);
}

TEST(FitLimits, AnOpenDecisionIsRightForNeitherSide) {
  Cases cases = all_right(598);
  cases[0].truth = Decision::manual;
  EXPECT_FALSE(fitted(cases).chosen);
}

TEST(FitLimits, ANightIsOneDraw) {
  Cases cases = all_right(5980);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    cases[i].device = "one";
    cases[i].night = std::to_string(i / 10);
  }
  EXPECT_TRUE(fitted(cases).chosen);
  EXPECT_EQ(fitted(cases).steps.back().draws, 598);
  cases.resize(5970);
  EXPECT_EQ(fitted(cases).missing, 1);
}

TEST(FitLimits, AHeavyNightTakesItsShareOfTheDraws) {
  // 1000 nights of one case, and one that stands for a hundred.
  Cases cases = all_right(1001);
  cases.back().weight = 100;
  const LimitFit fit = fitted(cases);
  EXPECT_GE(fit.steps.back().draws, 1);
  EXPECT_LE(fit.steps.back().draws, 30);
  EXPECT_NEAR(fit.steps.back().coverage, 1, 1e-12);
}

TEST(FitLimits, ItIsCasesThatCountNotNights) {
  // Every other night has nine wrong ones, every other one right one: nine in ten are wrong,
  // however the nights look.
  Cases cases;
  for (int night = 0; night < 4000; ++night)
    for (int i = 0; i < (night % 2 ? 9 : 1); ++i) {
      cases.push_back(reviewed(night, Decision::accept, 0.9995, night % 2 == 0));
      cases.back().id += "-" + std::to_string(i);
    }
  const LimitStep step = fitted(cases).steps.back();
  EXPECT_NEAR(static_cast<double>(step.wrong) / static_cast<double>(step.draws), 0.9, 0.03);
  EXPECT_NEAR(step.error, 0.9, 1e-12);
}

TEST(FitLimits, StopsAtTheFirstLimitThatFails) {
  Cases cases;
  for (int i = 0; i < 1000; ++i) cases.push_back(reviewed(i, Decision::accept, 0.9995, true));
  for (int i = 1000; i < 1100; ++i) cases.push_back(reviewed(i, Decision::accept, 0.982, false));
  for (int i = 1100; i < 3000; ++i) cases.push_back(reviewed(i, Decision::accept, 0.55, true));
  const LimitFit fit = fitted(cases);
  EXPECT_DOUBLE_EQ(limit_of(fit), 0.985);
  EXPECT_EQ(fit.steps[*fit.chosen + 1].tested, Tested::broken);
  EXPECT_EQ(fit.steps.back().tested, Tested::not_reached);
}

TEST(FitLimits, BeginsWhereAQuarterIsDecided) {
  // One wrong case among the surest would else end it, whatever follows.
  Cases cases;
  for (int i = 0; i < 300; ++i) cases.push_back(reviewed(i, Decision::accept, 0.9995, i > 0));
  for (int i = 300; i < 1500; ++i) cases.push_back(reviewed(i, Decision::accept, 0.992, true));
  const LimitFit fit = fitted(cases);
  EXPECT_EQ(fit.steps.front().tested, Tested::too_strict);
  EXPECT_TRUE(fit.chosen);
  // Cases that nobody was asked about say where it begins as well.
  for (int i = 1500; i < 9000; ++i) {
    cases.push_back(reviewed(i, Decision::accept, 0.92, true));
    cases.back().weight = 0;
  }
  EXPECT_EQ(fitted(cases).steps[4].limit, 0.99);
  EXPECT_EQ(fitted(cases).steps[4].tested, Tested::too_strict);
  EXPECT_EQ(fitted(cases).steps.back().draws, 1500);
}

TEST(FitLimits, WhatOnlySuggestsIsNeverDecided) {
  Cases cases = all_right(700);
  for (ReviewedCase& c : cases) c.may_decide = false;
  EXPECT_EQ(fitted(cases).missing, 598);
}

TEST(FitLimits, SidesDoNotMix) {
  Cases cases = all_right(700);
  for (int i = 700; i < 1400; ++i) cases.push_back(reviewed(i, Decision::reject, 0.992, true));
  const std::vector<GroupFit> fits = fit_groups(cases, kHalfPercent, kHalfPercent, Policy());
  ASSERT_EQ(fits.size(), 1U);
  EXPECT_TRUE(fits[0].fitted());
  EXPECT_EQ(fits[0].reviewed, 1400);
  EXPECT_EQ(fits[0].nights, 1400);
  EXPECT_EQ(fits[0].devices.size(), 40U);
  EXPECT_NEAR(fits[0].rates.good, 0.5, 1e-12);
  EXPECT_NEAR(fits[0].rates.of_good[0], 1, 1e-12);
  EXPECT_NEAR(fits[0].rates.of_others[1], 1, 1e-12);
}

TEST(FitLimits, RatesAreThoseOfTheSiteNotOfTheSample) {
  // Of good cases one in ten was looked at, of the others all.
  Cases cases = all_right(100);
  for (ReviewedCase& c : cases) c.weight = 10;
  for (int i = 100; i < 1100; ++i) cases.push_back(reviewed(i, Decision::reject, 0.3, true));
  cases.push_back(reviewed(2000, Decision::reject, 0.99, false));
  const std::vector<GroupFit> fits = fit_groups(cases, kHalfPercent, kHalfPercent, Policy());
  EXPECT_FALSE(fits[0].fitted());
  EXPECT_DOUBLE_EQ(fits[0].limits.accept, 0.95);  // the policy's
  EXPECT_NEAR(fits[0].rates.good, 0.5, 0.001);
  EXPECT_NEAR(fits[0].rates.of_good[1], 1 / 1001., 1e-9);
  EXPECT_NEAR(fits[0].rates.of_others[2], 1, 1e-9);
  EXPECT_NEAR(fits[0].rates.wrong_rejects, 1, 1e-9);
}

TEST(FitLimits, ThePolicyHoldsWhatIsFittedAndProvesItsDevices) {
  Cases cases = all_right(700);
  for (int i = 700; i < 1400; ++i) cases.push_back(reviewed(i, Decision::reject, 0.992, true));
  cases.push_back(reviewed(9999, Decision::accept, 0.992, true));
  cases.back().group = "line";
  Policy before;
  before.fitted_on = "other models";
  before.proven["old"] = {"speed"};
  before.groups["line"] = {0.9, 0.91};
  before.knobs["interval.slack_s"] = 2;
  const std::vector<GroupFit> fits = fit_groups(cases, kHalfPercent, kHalfPercent, before);
  const Policy after = calibrated(before, fits, "these models");
  EXPECT_EQ(after.fitted_on, "these models");
  EXPECT_DOUBLE_EQ(after.groups.at("speed").accept, 0.5);
  EXPECT_DOUBLE_EQ(after.groups.at("line").accept, 0.9);
  EXPECT_EQ(after.knobs, before.knobs);
  EXPECT_EQ(after.proven.size(), 40U);
  EXPECT_EQ(after.proven.at("device-7"), std::vector<std::string>{"speed"});
  const Policy again = calibrated(after, fits, "these models");
  EXPECT_EQ(again.proven, after.proven);
}

// --- properties over random offices ---

Cases any_cases(std::mt19937& random) {
  std::uniform_real_distribution<double> uniform;
  const int nights = 200 + static_cast<int>(random() % 1200);
  const double error = uniform(random) * 0.05;
  Cases cases;
  for (int night = 0; night < nights; ++night)
    for (int i = static_cast<int>(random() % 4); i >= 0; --i) {
      const double score = 1 - std::pow(uniform(random), 3) * 0.6;
      const bool right = uniform(random) > error + (1 - score) * 0.1;
      cases.push_back(reviewed(night, Decision::accept, score, right));
      cases.back().id += "-" + std::to_string(i);
      cases.back().weight = random() % 3 ? 1 : 2;
    }
  return cases;
}

Promise any_promise(std::mt19937& random) {
  std::uniform_real_distribution<double> uniform;
  return {0.01 + uniform(random) * 0.08, 0.8 + uniform(random) * 0.19};
}

TEST(FitLimits, StricterPromisesNeverLoosenALimit) {
  std::mt19937 random(1);
  int tightened = 0;
  for (int round = 0; round < 100; ++round) {
    const Cases cases = any_cases(random);
    const Promise promise = any_promise(random);
    const double limit = limit_of(fitted(cases, promise));
    const double fewer_wrong =
        limit_of(fitted(cases, {promise.max_wrong * 0.7, promise.confidence}));
    const double surer =
        limit_of(fitted(cases, {promise.max_wrong, 1 - (1 - promise.confidence) / 2}));
    ASSERT_GE(fewer_wrong, limit) << round;
    ASSERT_GE(surer, limit) << round;
    tightened += fewer_wrong > limit;
  }
  EXPECT_GT(tightened, 10);
}

TEST(FitLimits, FewerRightCasesNeverLoosenALimit) {
  std::mt19937 random(2);
  int tightened = 0;
  for (int round = 0; round < 100; ++round) {
    Cases cases = any_cases(random);
    const Promise promise = any_promise(random);
    for (ReviewedCase& c : cases) c.weight = 1, c.night += c.id;  // a draw each
    const LimitFit before = fitted(cases, promise);
    for (ReviewedCase& c : cases)
      if (c.truth == Decision::accept && random() % 4 == 0) c.weight = 0;  // nobody was asked
    const LimitFit after = fitted(cases, promise);
    for (std::size_t i = 0; i < after.steps.size(); ++i)
      ASSERT_GE(after.steps[i].bound, before.steps[i].bound) << round;
    ASSERT_GE(limit_of(after), limit_of(before)) << round;
    tightened += limit_of(after) > limit_of(before);
  }
  EXPECT_GT(tightened, 10);
}

TEST(FitLimits, OrderDoesNotMatter) {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    Cases cases = any_cases(random);
    const LimitFit before = fitted(cases, {0.05, 0.9});
    std::shuffle(cases.begin(), cases.end(), random);
    const LimitFit after = fitted(cases, {0.05, 0.9});
    for (std::size_t i = 0; i < after.steps.size(); ++i) {
      ASSERT_EQ(after.steps[i].draws, before.steps[i].draws);
      ASSERT_EQ(after.steps[i].wrong, before.steps[i].wrong);
    }
  }
}

}  // namespace
}  // namespace vioreview
