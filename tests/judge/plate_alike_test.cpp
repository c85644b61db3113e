// SPDX-License-Identifier: Apache-2.0
#include "judge/plate_alike.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <vector>

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

TEST(PrintsCorrelate, CornersAreOffBySixCellsAsideAndThreeUpAtMost) {
  const auto off = [](int dx, int dy) {
    return prints_correlate(drawn(kOnePlate), 60, drawn(kOnePlate, dx, dy), 60);
  };
  for (const int dx : {-6, -5, -1, 1, 5, 6}) EXPECT_GT(off(dx, 0), 0.95) << dx;
  for (const int dy : {-3, -1, 1, 3}) EXPECT_GT(off(0, dy), 0.95) << dy;
  for (const int dx : {-8, 8}) EXPECT_LT(off(dx, 0), 0.9) << dx;
  for (const int dy : {-5, 5}) EXPECT_LT(off(0, dy), 0.9) << dy;
}

// About its middle.
PlatePrint enlarged(const PlatePrint& sharp, double scale) {
  PlatePrint print = sharp;
  for (int y = 0; y < PlatePrint::kRows; ++y)
    for (int x = 0; x < PlatePrint::kColumns; ++x) {
      const auto from = [&](int i, int n) {
        const double middle = (n - 1) / 2.0;
        return std::clamp(static_cast<int>(std::lround(middle + (i - middle) / scale)), 0, n - 1);
      };
      print.cells[static_cast<std::size_t>(y * PlatePrint::kColumns + x)] =
          sharp.cells[static_cast<std::size_t>(from(y, PlatePrint::kRows) * PlatePrint::kColumns +
                                               from(x, PlatePrint::kColumns))];
    }
  return print;
}

TEST(PrintsCorrelate, OneMayBeSixPerCentLarger) {
  const PlatePrint sharp = drawn(kOnePlate);
  const auto alike = [&](double scale) {
    return prints_correlate(sharp, 60, enlarged(sharp, scale), 60);
  };
  EXPECT_GT(alike(1.06), 0.9);
  EXPECT_GT(alike(0.94), 0.9);
  EXPECT_LT(alike(1.12), 0.85);
  EXPECT_LT(alike(0.88), 0.85);
}

TEST(PrintsCorrelate, ALargerOneMayBeOffAsFarOnEitherSide) {
  for (const int dx : {-6, 6})
    EXPECT_GT(prints_correlate(drawn(kOnePlate), 60, enlarged(drawn(kOnePlate, dx), 1.06), 60),
              0.85)
        << dx;
}

TEST(PrintsCorrelate, AllOfThePlateIsCompared) {
  const auto alike_only_in = [](int x0, int x1, int y0, int y1) {
    PlatePrint print = drawn(kOtherPlate);
    const PlatePrint one = drawn(kOnePlate);
    for (int y = y0; y < y1; ++y)
      for (int x = x0; x < x1; ++x) {
        const auto cell = static_cast<std::size_t>(y * PlatePrint::kColumns + x);
        print.cells[cell] = one.cells[cell];
      }
    return prints_correlate(one, 60, print, 60);
  };
  EXPECT_LT(alike_only_in(0, 64, 10, 14), 0.9);
  EXPECT_LT(alike_only_in(18, 46, 0, 24), 0.9);
}

// A picture is as soft as a Gaussian of half a pixel: 1.1 cells of a plate 22 pixels wide.
TEST(PrintsCorrelate, TheSharperViewIsTakenAsSoftAsTheOther) {
  const PlatePrint sharp = drawn(kOnePlate);
  constexpr double kSd = 0.5 * PlatePrint::kColumns * 0.76 / 22;
  const auto level = [&](int x, int y) {
    return sharp.cells[static_cast<std::size_t>(std::clamp(y, 0, 23) * PlatePrint::kColumns +
                                                std::clamp(x, 0, 63))];
  };
  PlatePrint soft = sharp;
  for (int y = 0; y < PlatePrint::kRows; ++y)
    for (int x = 0; x < PlatePrint::kColumns; ++x) {
      double sum = 0, weight = 0;
      for (int v = -4; v <= 4; ++v)
        for (int u = -4; u <= 4; ++u) {
          const double w = std::exp(-(u * u + v * v) / (2 * kSd * kSd));
          sum += w * level(x + u, y + v), weight += w;
        }
      soft.cells[static_cast<std::size_t>(y * PlatePrint::kColumns + x)] =
          static_cast<std::uint8_t>(std::lround(sum / weight));
    }
  EXPECT_GT(prints_correlate(sharp, 1000, soft, 22), 0.98);
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

// Fitted on rendered sequences by scripts/eval/plate_print.py.
TEST(OddsOfOnePlate, FollowTheFittedCurve) {
  std::mt19937 random(7);
  int told = 0;
  for (int i = 0; i < 60; ++i) {
    const float wa = 20 + static_cast<float>(random() % 30), wb = 18 + static_cast<float>(i % 12);
    const auto name = random();
    const PlatePrint a = seen_by(drawn(name), wa),
                     b = seen_by(drawn(i % 2 ? name : random(), 1, 1), wb);
    const double r = prints_correlate(a, wa, b, wb), size = std::log(std::min(wa, wb) / 25.0);
    const double expected = -9.48 + 16.34 * r + (-18.54 + 34.13 * r) * size;
    if (std::abs(expected) >= std::log(50)) continue;
    ++told;
    EXPECT_NEAR(std::log(*odds_of_one_plate(plate_with(a, wa), plate_with(b, wb))), expected, 1e-3);
  }
  EXPECT_GT(told, 10) << "the others are at the ends of the scale";
}

TEST(OddsOfOnePlate, AreWithinWhatPairsWereThereToShow) {
  const PlateSeen one = plate_with(drawn(kOnePlate), 60),
                  other = plate_with(drawn(kOtherPlate), 60);
  EXPECT_DOUBLE_EQ(*odds_of_one_plate(one, one), 50);
  EXPECT_DOUBLE_EQ(*odds_of_one_plate(one, other), 1 / 50.0);
}

// A plate of which every character is read with probability `p`.
PlateSeen reading(const std::vector<std::string>& characters, float p, float readable,
                  float width) {
  PlateSeen plate = plate_with({}, width);
  for (const std::string& c : characters) {
    plate.text += c;
    plate.characters.push_back({c, p, {}});
  }
  plate.readable = readable;
  return plate;
}
const std::vector<std::string> kRecorded = {"沪", "J", "1", "3", "5", "3", "4"};

// The recorded plate, surely read, against one that surely shows the last `others` as others.
std::optional<double> odds_with(std::size_t others, float width, float p = 0.95F,
                                float readable = 1) {
  std::vector<std::string> characters = kRecorded;
  for (std::size_t i = characters.size() - others; i < characters.size(); ++i) characters[i] = "K";
  return odds_by_characters(reading(kRecorded, 1, readable, 140),
                            reading(characters, p, 0.4F, width));
}

// Counted on rendered sequences by scripts/eval/plate_print.py.
TEST(OddsByCharacters, AreThoseCountedForTheWidth) {
  const float widths[] = {24.9F, 25, 29.9F, 30, 39.9F, 40};
  const double none[] = {1.4, 2.7, 2.7, 17, 17, 20}, one[] = {0.4, 0.3, 0.3, 0.3, 0.3, 1},
               more[] = {0.15, 0.02, 0.02, 0.004, 0.004, 0.002};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(*odds_with(0, widths[i]), none[i], 1e-6) << widths[i];
    EXPECT_NEAR(*odds_with(1, widths[i]), one[i], 1e-6) << widths[i];
    for (const std::size_t others : {2, 3, 7})
      EXPECT_NEAR(*odds_with(others, widths[i]), more[i], 1e-6) << widths[i];
  }
}

TEST(OddsByCharacters, OnlyPlainCharactersCount) {
  EXPECT_LT(*odds_with(3, 35, 0.9F), 0.01);
  EXPECT_GT(*odds_with(3, 35, 0.89F), 1) << "none is surely another";
  // What the reader allows for the right character makes it no surely other one.
  PlateSeen other = reading(kRecorded, 0.95F, 0.4F, 35);
  for (const std::size_t i : {5, 6}) other.characters[i].text = "K";
  const auto allowing = [&](float p) {
    for (const std::size_t i : {5, 6})
      other.characters[i].others = {{"8", 0.2F}, {kRecorded[i], p}};
    return *odds_by_characters(reading(kRecorded, 1, 1, 140), other);
  };
  EXPECT_GT(allowing(0.01F), 1);
  EXPECT_LT(allowing(0.009F), 0.01);
}

TEST(OddsByCharacters, AreWorthAsMuchAsTheBetterViewIsRead) {
  EXPECT_NEAR(*odds_with(2, 35, 0.95F, 0.9F), 0.9 * 0.004 + 0.1, 1e-6);
  EXPECT_FALSE(odds_with(2, 35, 0.95F, 0.89F)) << "neither is likely read right";
  const PlateSeen one = reading(kRecorded, 1, 0.95F, 140), other = reading(kRecorded, 1, 0.3F, 35);
  EXPECT_EQ(odds_by_characters(one, other), odds_by_characters(other, one));
}

TEST(OddsByCharacters, UnknownOfFragments) {
  const PlateSeen whole = reading(kRecorded, 1, 1, 140);
  EXPECT_FALSE(odds_by_characters(whole, reading({"沪", "J", "1"}, 1, 0.2F, 35)));
  EXPECT_FALSE(odds_by_characters(reading({}, 1, 1, 140), reading({}, 1, 0.2F, 35)));
}

TEST(OddsOfOnePlate, UnknownOfNewEnergyPlates) {
  const PlateSeen blue = plate_with(drawn(kOnePlate), 50);
  for (const PlateLook look : {PlateLook::green, PlateLook::yellow_green}) {
    PlateSeen energy = blue;
    energy.look.value = look;
    EXPECT_FALSE(odds_of_one_plate(energy, blue));
    EXPECT_FALSE(odds_of_one_plate(blue, energy));
  }
}

TEST(OddsOfOnePlate, UnknownWithoutAPrintOrWithOtherRows) {
  PlateSeen two_rows = plate_with(drawn(kOnePlate), 50);
  two_rows.rows = 2;
  EXPECT_FALSE(odds_of_one_plate(plate_with({}, 50), plate_with(drawn(kOnePlate), 50)));
  EXPECT_FALSE(odds_of_one_plate(two_rows, plate_with(drawn(kOnePlate), 50)));
}

}  // namespace
}  // namespace vioreview
