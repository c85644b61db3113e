// SPDX-License-Identifier: Apache-2.0
// Which recorded classes a class covers that a person wrote into a rule (GA/T 16.4: H1 to H3 are
// heavy, medium and light goods vehicles, K1 large passenger vehicles).
#include "judge/rules.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

bool covers(const char* listed, const char* recorded) {
  return covers_class(listed, *parse_vehicle_class(recorded));
}

TEST(CoversClass, AGroupCoversItsCodes) {
  for (const char* truck : {"H11", "H21", "H31", "H11"}) EXPECT_TRUE(covers("truck", truck));
  EXPECT_TRUE(covers("heavy_truck", "H11"));
  EXPECT_FALSE(covers("heavy_truck", "H21"));
  EXPECT_FALSE(covers("heavy_truck", "H31"));
  EXPECT_TRUE(covers("medium_truck", "H21"));
  EXPECT_FALSE(covers("medium_truck", "H11"));
  EXPECT_TRUE(covers("light_truck", "H31"));
  EXPECT_FALSE(covers("light_truck", "H11"));
  EXPECT_TRUE(covers("bus", "K11"));
  EXPECT_FALSE(covers("bus", "K33"));
  EXPECT_FALSE(covers("truck", "K33"));
}

TEST(CoversClass, ACodeCoversItselfAndThoseThatBeginWithIt) {
  EXPECT_TRUE(covers("H31", "H31"));
  EXPECT_FALSE(covers("H31", "H32"));
  EXPECT_TRUE(covers("K33", "K33"));
}

TEST(CoversClass, AWordForAllTrucksCoversTheWordsForSome) {
  for (const char* all : {"truck", "lorry"}) {
    EXPECT_TRUE(covers(all, "heavy_truck")) << all;
    EXPECT_TRUE(covers(all, "light_truck")) << all;
    EXPECT_FALSE(covers(all, "pickup_truck")) << all;
    EXPECT_FALSE(covers(all, "bus")) << all;
  }
  EXPECT_FALSE(covers("heavy_truck", "light_truck"));
  EXPECT_FALSE(covers("light_truck", "heavy_truck"));
  EXPECT_TRUE(covers("light_truck", "light_truck"));
  EXPECT_FALSE(covers("heavy_truck", "truck")) << "which may be a light one";
}

}  // namespace
}  // namespace vioreview
