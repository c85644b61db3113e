// SPDX-License-Identifier: Apache-2.0
#include "judge/plate_alike.h"

#include <random>

#include <gtest/gtest.h>

#include "judge/drawn_plate.h"

namespace vioreview {
namespace {

TEST(PrintsCorrelate, APrintWithItself) {
  EXPECT_GT(prints_correlate(drawn(kOnePlate), 60, drawn(kOnePlate), 60), 0.99);
}

TEST(PrintsCorrelate, CornersMayBeOff) {
  EXPECT_GT(prints_correlate(drawn(kOnePlate), 60, drawn(kOnePlate, 4, -2), 60), 0.95);
  EXPECT_GT(prints_correlate(drawn(kOnePlate, -3, 2), 60, drawn(kOnePlate), 60), 0.95);
}

TEST(PrintsCorrelate, ASmallViewOfTheSamePlate) {
  const double same = prints_correlate(drawn(kOnePlate), 50, seen_by(drawn(kOnePlate), 22), 22);
  const double other = prints_correlate(drawn(kOtherPlate), 50, seen_by(drawn(kOnePlate), 22), 22);
  EXPECT_GT(same, 0.8);
  EXPECT_LT(other, same - 0.2);
}

TEST(PrintsCorrelate, TheOrderDoesNotMatter) {
  EXPECT_DOUBLE_EQ(prints_correlate(drawn(kOnePlate), 50, drawn(kOtherPlate), 22),
                   prints_correlate(drawn(kOtherPlate), 22, drawn(kOnePlate), 50));
}

TEST(PrintsCorrelate, AnEmptyPlateIsLikeNone) {
  PlatePrint flat;
  flat.cells.assign(static_cast<std::size_t>(PlatePrint::kColumns * PlatePrint::kRows), 7);
  EXPECT_EQ(prints_correlate(flat, 30, drawn(kOnePlate), 30), 0);
}

TEST(OddsOfOnePlate, SpeakForTheSameAndAgainstAnother) {
  const PlateSeen near = plate_with(drawn(kOnePlate), 50),
                  far = plate_with(seen_by(drawn(kOnePlate), 26), 26);
  EXPECT_GT(*odds_of_one_plate(near, far), 3);
  EXPECT_LT(*odds_of_one_plate(plate_with(drawn(kOtherPlate), 50), far), 0.5);
}

TEST(OddsOfOnePlate, SmallerViewsSayLess) {
  const PlateSeen near = plate_with(drawn(kOnePlate), 50);
  EXPECT_GT(*odds_of_one_plate(near, plate_with(drawn(kOnePlate), 40)),
            *odds_of_one_plate(near, plate_with(drawn(kOnePlate), 16)));
}

TEST(OddsOfOnePlate, NeverMoreThanPairsWereThereToShow) {
  std::mt19937 random(5);
  for (int i = 0; i < 50; ++i) {
    const double odds =
        *odds_of_one_plate(plate_with(drawn(random()), 60), plate_with(drawn(random()), 60));
    EXPECT_GE(odds, 1 / 50.0);
    EXPECT_LE(odds, 50);
  }
}

TEST(OddsOfOnePlate, UnknownOfNewEnergyPlates) {
  PlateSeen green = plate_with(drawn(kOnePlate), 50);
  green.look.value = PlateLook::green;
  EXPECT_FALSE(odds_of_one_plate(green, green));
}

TEST(OddsOfOnePlate, UnknownWithoutAPrintOrWithOtherRows) {
  PlateSeen two_rows = plate_with(drawn(kOnePlate), 50);
  two_rows.rows = 2;
  EXPECT_FALSE(odds_of_one_plate(plate_with({}, 50), plate_with(drawn(kOnePlate), 50)));
  EXPECT_FALSE(odds_of_one_plate(two_rows, plate_with(drawn(kOnePlate), 50)));
}

}  // namespace
}  // namespace vioreview
