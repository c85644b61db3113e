// SPDX-License-Identifier: Apache-2.0
#include "core/name_order.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

TEST(NameOrder, NumbersCountByTheirValue) {
  EXPECT_TRUE(name_before("2.jpg", "10.jpg"));
  EXPECT_FALSE(name_before("10.jpg", "2.jpg"));
  EXPECT_TRUE(name_before("d1_20260314_9.jpg", "d1_20260314_10.jpg"));
  EXPECT_TRUE(name_before("a_99999999999999999999999999.jpg", "a_100000000000000000000000000.jpg"));
}

TEST(NameOrder, ZerosInFrontAddNothing) {
  EXPECT_TRUE(name_before("002.jpg", "3.jpg"));
  EXPECT_TRUE(name_before("00.jpg", "1.jpg"));
  // One of two names has to come first, and always the same.
  EXPECT_NE(name_before("01.jpg", "1.jpg"), name_before("1.jpg", "01.jpg"));
}

TEST(NameOrder, WordsStandBehindNumbersAndShorterNamesFirst) {
  EXPECT_TRUE(name_before("a_3.jpg", "a_T.jpg"));
  EXPECT_TRUE(name_before("panel", "panel1"));
  EXPECT_TRUE(name_before("", "a"));
  EXPECT_FALSE(name_before("a", "a"));
  EXPECT_TRUE(name_before("a.jpg", "全景.jpg"));
}

TEST(NameOrder, EveryOrderIsSortedAlike) {
  std::vector<std::string> names{"",   "0", "00", "1",  "01",    "2",  "10",
                                 "1a", "a", "a0", "a1", "a1b10", "a2", "b"};
  std::mt19937 random(3);
  std::vector<std::string> first;
  for (int round = 0; round < 50; ++round) {
    std::shuffle(names.begin(), names.end(), random);
    std::sort(names.begin(), names.end(), name_before);
    if (round == 0) first = names;
    EXPECT_EQ(names, first);
  }
}

}  // namespace
}  // namespace vioreview
