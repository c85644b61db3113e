// SPDX-License-Identifier: Apache-2.0
// Facts that no perception can have seen; those of whole cases: adversarial_test.cpp.
#include "judge/sound.h"

#include <limits>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

bool sound_with_score(float score) {
  Facts facts;
  facts.panels.resize(1);
  facts.panels[0].objects.resize(1);
  facts.panels[0].objects[0].score = score;
  return sound(facts);
}

// Sums of floats are off by a little: a softmax may exceed 1 by some ten-thousandth.
TEST(Sound, ProbabilitiesLieFromNoneToOneButForRounding) {
  for (const float p : {0.0F, 1.0F, -0.00005F, 1.00005F}) EXPECT_TRUE(sound_with_score(p)) << p;
  for (const float p : {-0.00015F, 1.00015F, 2.0F, std::numeric_limits<float>::quiet_NaN()})
    EXPECT_FALSE(sound_with_score(p)) << p;
}

TEST(Sound, APlateIsOfAVehicleOfItsPanelOrOfNone) {
  Facts facts;
  facts.panels.resize(1);
  facts.panels[0].objects.resize(2);
  facts.panels[0].plates.resize(1);
  const auto with = [&](int object) {
    facts.panels[0].plates[0].object = object;
    return sound(facts);
  };
  for (const int object : {-1, 0, 1}) EXPECT_TRUE(with(object)) << object;
  for (const int object : {-2, 2}) EXPECT_FALSE(with(object)) << object;
}

}  // namespace
}  // namespace vioreview
