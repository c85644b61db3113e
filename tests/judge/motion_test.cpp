// SPDX-License-Identifier: Apache-2.0
// From the shift of a box to whether its vehicle stood still.
#include "judge/motion.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// A car is some 1.8 m wide, at most places a box is off by a hundredth of that or two.
TEST(Stayed, IsEvenAtTwentyCentimetresAndToldAtTenAndThirty) {
  EXPECT_NEAR(stayed(0.09), 0.5, 1e-9);
  EXPECT_GT(stayed(0), 0.99);
  EXPECT_GT(stayed(0.05), 0.95);
  EXPECT_LT(stayed(0.13), 0.05);
  EXPECT_LT(stayed(0.5), 0.01);
}

}  // namespace
}  // namespace vioreview
