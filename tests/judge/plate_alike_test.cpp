// SPDX-License-Identifier: Apache-2.0
// Plates drawn as blocks: seven characters, each a column pattern of its own.
#include "judge/plate_alike.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

constexpr int kWide = PlatePrint::kColumns, kHigh = PlatePrint::kRows;

// Seven characters of 2 x 4 blocks, light or dark by the bits of `name`, on a dark plate; laid flat
// with its corners off by dx, dy cells.
PlatePrint drawn(std::uint64_t name, int dx = 0, int dy = 0) {
  PlatePrint print;
  for (int y = 0; y < kHigh; ++y)
    for (int x = 0; x < kWide; ++x) {
      const int px = x - dx - 9, py = y - dy - 4;
      const bool inside = px >= 0 && px < 46 && py >= 0 && py < 16;
      const int character = px / 7, column = px % 7 / 3, row = py / 4;
      const bool gap = px % 7 == 6 || character > 6;
      const bool light = inside && !gap &&
                         (name >> ((character * 8 + row * 2 + column) % 64) & 1U) != 0;
      print.cells.push_back(light ? 14 : inside ? 3 : 6);
    }
  return print;
}

// As a camera with `pixels` across the plate would show it: averaged over its pixels.
PlatePrint seen_by(const PlatePrint& sharp, double pixels) {
  const double size = kWide * 0.76 / pixels;  // of a pixel, in cells
  PlatePrint print;
  for (int y = 0; y < kHigh; ++y)
    for (int x = 0; x < kWide; ++x) {
      const int x0 = static_cast<int>(std::floor(x / size) * size),
                y0 = static_cast<int>(std::floor(y / size) * size);
      double sum = 0;
      int n = 0;
      for (int v = y0; v < std::min<double>(kHigh, y0 + size); ++v)
        for (int u = x0; u < std::min<double>(kWide, x0 + size); ++u, ++n)
          sum += sharp.cells[static_cast<std::size_t>(v * kWide + u)];
      print.cells.push_back(static_cast<std::uint8_t>(std::lround(sum / n)));
    }
  return print;
}

PlateSeen plate(PlatePrint print, float pixels) {
  PlateSeen seen;
  seen.corners = {Point{0, 0}, Point{pixels, 0}, Point{pixels, pixels / 3}, Point{0, pixels / 3}};
  seen.print = std::move(print);
  return seen;
}

constexpr std::uint64_t kOne = 0x9e3779b97f4a7c15, kOther = 0x2545f4914f6cdd1d;

TEST(PrintsCorrelate, APrintWithItself) {
  EXPECT_GT(prints_correlate(drawn(kOne), 60, drawn(kOne), 60), 0.99);
}

TEST(PrintsCorrelate, CornersMayBeOff) {
  EXPECT_GT(prints_correlate(drawn(kOne), 60, drawn(kOne, 4, -2), 60), 0.95);
  EXPECT_GT(prints_correlate(drawn(kOne, -3, 2), 60, drawn(kOne), 60), 0.95);
}

TEST(PrintsCorrelate, ASmallViewOfTheSamePlate) {
  const double same = prints_correlate(drawn(kOne), 50, seen_by(drawn(kOne), 22), 22);
  const double other = prints_correlate(drawn(kOther), 50, seen_by(drawn(kOne), 22), 22);
  EXPECT_GT(same, 0.8);
  EXPECT_LT(other, same - 0.2);
}

TEST(PrintsCorrelate, TheOrderDoesNotMatter) {
  EXPECT_DOUBLE_EQ(prints_correlate(drawn(kOne), 50, drawn(kOther), 22),
                   prints_correlate(drawn(kOther), 22, drawn(kOne), 50));
}

TEST(PrintsCorrelate, AnEmptyPlateIsLikeNone) {
  PlatePrint flat;
  flat.cells.assign(static_cast<std::size_t>(kWide * kHigh), 7);
  EXPECT_EQ(prints_correlate(flat, 30, drawn(kOne), 30), 0);
}

TEST(OddsOfOnePlate, SpeakForTheSameAndAgainstAnother) {
  const PlateSeen near = plate(drawn(kOne), 50), far = plate(seen_by(drawn(kOne), 26), 26);
  EXPECT_GT(*odds_of_one_plate(near, far), 3);
  EXPECT_LT(*odds_of_one_plate(plate(drawn(kOther), 50), far), 0.5);
}

TEST(OddsOfOnePlate, SmallerViewsSayLess) {
  const PlateSeen near = plate(drawn(kOne), 50);
  EXPECT_GT(*odds_of_one_plate(near, plate(drawn(kOne), 40)),
            *odds_of_one_plate(near, plate(drawn(kOne), 16)));
}

TEST(OddsOfOnePlate, NeverMoreThanPairsWereThereToShow) {
  std::mt19937 random(5);
  for (int i = 0; i < 50; ++i) {
    const double odds =
        *odds_of_one_plate(plate(drawn(random()), 60), plate(drawn(random()), 60));
    EXPECT_GE(odds, 1 / 50.0);
    EXPECT_LE(odds, 50);
  }
}

TEST(OddsOfOnePlate, UnknownOfNewEnergyPlates) {
  PlateSeen green = plate(drawn(kOne), 50);
  green.look.value = PlateLook::green;
  EXPECT_FALSE(odds_of_one_plate(green, green));
}

TEST(OddsOfOnePlate, UnknownWithoutAPrintOrWithOtherRows) {
  PlateSeen two_rows = plate(drawn(kOne), 50);
  two_rows.rows = 2;
  EXPECT_FALSE(odds_of_one_plate(plate({}, 50), plate(drawn(kOne), 50)));
  EXPECT_FALSE(odds_of_one_plate(two_rows, plate(drawn(kOne), 50)));
}

}  // namespace
}  // namespace vioreview
