// SPDX-License-Identifier: Apache-2.0
// Greedy CTC and its probabilities, against sums written out by hand.
#include "perceive/ctc.h"

#include <cmath>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// Frames of probabilities (class 0 is the blank) as log probabilities.
std::vector<float> logs(const std::vector<std::vector<double>>& frames) {
  std::vector<float> out;
  for (const auto& frame : frames)
    for (const double p : frame) out.push_back(static_cast<float>(std::log(p)));
  return out;
}

ReadString read(const std::vector<std::vector<double>>& frames, double temperature = 1) {
  static const std::vector<std::string> charset = {"皖", "A"};
  const std::vector<float> log_probs = logs(frames);
  return read_string(log_probs.data(), static_cast<int>(frames.size()), 3, charset, temperature);
}

TEST(Ctc, RepeatsMergeUnlessABlankLiesBetween) {
  EXPECT_EQ(read({{.1, .8, .1}, {.1, .7, .2}, {.1, .2, .7}}).text, "皖A");
  EXPECT_EQ(read({{.1, .1, .8}, {.8, .1, .1}, {.1, .1, .8}}).text, "AA");
  EXPECT_EQ(read({{.9, .05, .05}, {.9, .05, .05}}).text, "");
}

TEST(Ctc, ACharacterIsAsSureAsItsSurestFrame) {
  const ReadString r = read({{.3, .6, .1}, {.05, .9, .05}, {.2, .1, .7}});
  ASSERT_EQ(r.characters.size(), 2U);
  EXPECT_NEAR(r.characters[0].p, 0.9, 1e-5);
  EXPECT_NEAR(r.characters[1].p, 0.7, 1e-5);
  EXPECT_NEAR(r.p_weakest, 0.7, 1e-5);
  ASSERT_EQ(r.characters[1].others.size(), 1U);  // the blank is no runner-up
  EXPECT_EQ(r.characters[1].others[0].value, "皖");
  EXPECT_NEAR(r.characters[1].others[0].p, 0.1, 1e-5);
}

TEST(Ctc, TheStringsProbabilityIsTheSumOverItsAlignments) {
  // Two frames, text "A": A A, A -, - A.
  const ReadString one = read({{.2, .1, .7}, {.3, .1, .6}});
  EXPECT_EQ(one.text, "A");
  EXPECT_NEAR(one.p_string, .7 * .6 + .7 * .3 + .2 * .6, 1e-5);
  // Three frames, text "AA": only A - A.
  EXPECT_NEAR(read({{.1, .1, .8}, {.7, .1, .2}, {.1, .1, .8}}).p_string, .8 * .7 * .8, 1e-5);
  // Nothing read: all blanks.
  EXPECT_NEAR(read({{.9, .05, .05}, {.8, .1, .1}}).p_string, .9 * .8, 1e-5);
}

TEST(Ctc, ATemperatureAboveOneMakesItLessSure) {
  const std::vector<std::vector<double>> frames = {{.05, .9, .05}, {.05, .05, .9}};
  EXPECT_LT(read(frames, 2).p_string, read(frames, 1).p_string);
  EXPECT_LT(read(frames, 2).p_weakest, read(frames, 1).p_weakest);
  EXPECT_EQ(read(frames, 2).text, read(frames, 1).text);
}

TEST(Readability, IsTheLogisticOfTheCard) {
  ReadString r;
  r.text = "皖A";
  r.p_string = 0.8;
  r.p_weakest = 0.9;
  const double z = 0.5 + 2 * std::log(0.8 / 0.2) + 3 * std::log(0.9 / 0.1);
  EXPECT_NEAR(readability(r, {0.5, 2, 3}), 1 / (1 + std::exp(-z)), 1e-9);
  EXPECT_DOUBLE_EQ(readability(r, {}), 0.8)
      << "without calibration no more than the weakest evidence";
  EXPECT_DOUBLE_EQ(readability(ReadString{}, {5, 1, 1}), 0) << "an empty string is never readable";
}

TEST(Charset, SplitsByCharacterNotByByte) {
  EXPECT_EQ(split_charset("京A学"), (std::vector<std::string>{"京", "A", "学"}));
  EXPECT_TRUE(split_charset("").empty());
}

}  // namespace
}  // namespace vioreview
