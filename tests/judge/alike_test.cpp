// SPDX-License-Identifier: Apache-2.0
// Which pictures are named as looking like those of another case.
#include "judge/alike.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "judge/example.h"

namespace vioreview {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kHash = "0f1e2d3c4b5a6978";
constexpr const char* kThreeBitsOff = "0f1e2d3c4b5a697f";  // 8 = 1000, f = 1111
constexpr const char* kFourBitsOff = "0f1e2d3c4b5a6977";   // 7 = 0111

KnownPicture picture(const std::string& case_id, const std::string& sha256,
                     const std::string& hash = kHash) {
  return {case_id, "云M12345", "device", parse_time("2026-03-14T08:00:00"), "1.jpg", sha256, hash};
}

std::vector<std::string> hints(const KnownPicture& own, std::vector<KnownPicture> others) {
  others.push_back(own);
  return PictureIndex(std::move(others)).hints({own}, shipped_policy());
}

TEST(BitsApart, CountsBits) {
  EXPECT_EQ(bits_apart(kHash, kHash), 0);
  EXPECT_EQ(bits_apart(kHash, kThreeBitsOff), 3);
  EXPECT_EQ(bits_apart(kHash, kFourBitsOff), 4);
  EXPECT_FALSE(bits_apart(kHash, ""));
  EXPECT_FALSE(bits_apart("no hash", kHash));
}

TEST(Alike, TheSameFileOfAnyCaseIsNamed) {
  KnownPicture other = picture("b", "same");
  other.plate = "皖A00001";
  other.device = "elsewhere";
  EXPECT_THAT(hints(picture("a", "same"), {other}),
              ElementsAre("1.jpg is the same file as 1.jpg of case b"));
}

TEST(Alike, OfTheSamePlateWhenever) {
  KnownPicture other = picture("b", "y", kThreeBitsOff);
  other.device = "elsewhere";
  other.time.reset();
  EXPECT_THAT(hints(picture("a", "x"), {other}),
              ElementsAre("1.jpg looks like 1.jpg of case b (3 of 64 bits differ)"));
  other.perceptual_hash = kFourBitsOff;
  EXPECT_THAT(hints(picture("a", "x"), {other}), IsEmpty());
}

// A fixed camera takes like pictures all night: only those of one passing are named.
TEST(Alike, OfAnotherPlateWithinAMinuteOfTheDevice) {
  KnownPicture other = picture("b", "y");
  other.plate = "皖A00001";
  other.time = parse_time("2026-03-14T08:01:00");
  EXPECT_THAT(hints(picture("a", "x"), {other}),
              ElementsAre("1.jpg looks like 1.jpg of case b (0 of 64 bits differ)"));
  other.time = parse_time("2026-03-14T08:01:00.001");
  EXPECT_THAT(hints(picture("a", "x"), {other}), IsEmpty());
  other.time = parse_time("2026-03-14T08:00:30");
  other.device = "elsewhere";
  EXPECT_THAT(hints(picture("a", "x"), {other}), IsEmpty());
}

TEST(Alike, UnknownPlatesAndDevicesAreNotTheSame) {
  KnownPicture own = picture("a", "x"), other = picture("b", "y");
  own.plate = other.plate = own.device = other.device = "";
  EXPECT_THAT(hints(own, {other}), IsEmpty());
}

TEST(Alike, OwnPicturesAreNot) {
  EXPECT_THAT(hints(picture("a", "x"), {picture("a", "y"), picture("a", "x")}), IsEmpty());
}

TEST(Alike, TheNearestThreeCasesAreNamed) {
  const std::vector<KnownPicture> others = {
      picture("f", "y"), picture("e", "y"), picture("d", "z", kThreeBitsOff),
      picture("c", "x"), picture("c", "y"), picture("b", "y", kThreeBitsOff)};
  EXPECT_THAT(
      hints(picture("a", "x"), others),
      ElementsAre("1.jpg is the same file as 1.jpg of case c",
                  "1.jpg looks like 1.jpg of case e (0 of 64 bits differ)",
                  "1.jpg looks like 1.jpg of case f (0 of 64 bits differ), and so in 2 more "
                  "cases"));
}

TEST(Alike, CloseUpsAndBrokenPicturesAreLeftOut) {
  Example example = base("red_light");
  ASSERT_EQ(example.facts.panels.size(), 4U);
  example.facts.panels[1].failure = Problem{"picture_truncated", "2.jpg", "cut off"};
  const auto known = known_pictures(example.c, example.facts);
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0].file, "1.jpg");
  EXPECT_EQ(known[1].file, "3.jpg");
  EXPECT_EQ(known[1].plate, "皖A28593");
  EXPECT_EQ(format_time(*known[1].time), "2026-03-14T08:25:31.120");
}

}  // namespace
}  // namespace vioreview
