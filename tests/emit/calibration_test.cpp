// SPDX-License-Identifier: Apache-2.0
// What calibration found, told: limits with what they rest on, or what is missing.
#include "emit/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vioreview {
namespace {

using testing::HasSubstr;

LimitStep step(double limit, double coverage, std::int64_t draws, std::int64_t wrong, double bound,
               Tested tested) {
  return {limit, coverage, draws * 2, draws, 0.001, draws, wrong, bound, tested};
}

GroupFit example() {
  GroupFit fit;
  fit.group = "=line";
  fit.cases = 9000;
  fit.reviewed = 3000;
  fit.nights = 1400;
  fit.devices = {"a", "b"};
  fit.accept.steps = {step(0.99, 0.2, 1310, 2, 0.0048, Tested::kept),
                      step(0.98, 0.3, 1320, 9, 0.0118, Tested::broken)};
  fit.accept.chosen = 0;
  fit.reject.steps = {step(0.99, 0.1, 412, 0, 0.0072, Tested::too_few)};
  fit.reject.missing = 186;
  fit.limits = {0.99, 0.98};
  fit.rates = {0.25, {0.8, 0.0005, 0.1995}, {0.01, 0.39, 0.6}, 0.002, 0.001};
  return fit;
}

TEST(CalibrationText, TellsWhatLimitsRestOnAndWhatIsMissing) {
  const std::string text = calibration_text(std::vector{example()}, Promises());
  EXPECT_THAT(text, HasSubstr("=line: not fitted on 3000 decisions that count, of 9000 cases, 1400 "
                              "device nights and 2 devices\n"));
  EXPECT_THAT(text, HasSubstr("accept 0.99: 2 of 1310 independent draws wrong (from 2620 decisions "
                              "of 1310 device nights), at most 0.48 % wrong at 95 % confidence; "
                              "decides 20 % of the cases\n"));
  EXPECT_THAT(text, HasSubstr("reject: 186 independent draws are missing: at 0.99, 0 of 412 "));
  EXPECT_THAT(text, HasSubstr("needs 598 with no more wrong ones\n"));
  EXPECT_THAT(text, HasSubstr("site's own share of good cases, 25 %:\n"));
  EXPECT_THAT(text, HasSubstr("    good                  80 %      0.05 %        20 %\n"));
}

TEST(CalibrationText, TheCurveIsATable) {
  const std::string table = curve_table(std::vector{example()});
  EXPECT_THAT(table, testing::StartsWith("group,side,limit,coverage,decisions,"));
  EXPECT_THAT(table,
              HasSubstr("'=line,accept,0.99,0.2,2620,1310,0.001,1310,2,0.0048,kept,true\r\n"));
  EXPECT_THAT(table, HasSubstr("reject,0.99,0.1,824,412,0.001,412,0,0.0072,too_few,false\r\n"));
}

}  // namespace
}  // namespace vioreview
