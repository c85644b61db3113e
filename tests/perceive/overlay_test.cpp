// SPDX-License-Identifier: Apache-2.0
// What the overlay reader makes of a recogniser's answers; the recogniser is played.
#include "perceive/overlay.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// Answers every line alike, or the first ones otherwise, and counts.
class PlayedReader : public TextReader {
 public:
  struct Part {
    std::vector<Glyph> chinese, digits;
    int asked_chinese = 0, asked_digits = 0;
    std::vector<std::vector<Glyph>> at_first = {};  // before `chinese`
  };
  explicit PlayedReader(Part& script) : script_(script) {}
  std::vector<Glyph> read(const LinePicture&, Script script) override {
    const auto before = static_cast<std::size_t>(
        (script == Script::chinese ? script_.asked_chinese : script_.asked_digits)++);
    if (script == Script::digits) return script_.digits;
    return before < script_.at_first.size() ? script_.at_first[before] : script_.chinese;
  }

 private:
  Part& script_;
};

std::vector<Glyph> said(std::initializer_list<const char*> characters, float p) {
  std::vector<Glyph> glyphs;
  float x = 10;
  for (const char* c : characters) {
    glyphs.push_back({c, p, x, x + 12});
    x += 14;
  }
  return glyphs;
}

// White bars on black, as wide apart as strokes of text: a line of text to whoever cannot read.
Image with_a_line(int top) {
  Image image(400, 120);
  for (int y = top; y < top + 20; ++y)
    for (int x = 20; x < 300; ++x)
      if (x % 10 < 3) std::fill_n(image.row(y) + 3 * x, 3, std::uint8_t{255});
  return image;
}

const std::vector<Box> kWhole = {{0, 0, 400, 120}};

PlayedReader::Part a_code(float p, std::initializer_list<const char*> again) {
  return {said({"违", "法", "代", "码", ":", "1", "6", "2", "5"}, p), said(again, 0.5F)};
}

TEST(OverlayReader, TwoReadingsThatAgreeAreSure) {
  auto script = a_code(0.7F, {"1", "6", "2", "5"});
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  const auto seen = reader.read(with_a_line(50), kWhole);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].field, OverlayField::violation);
  EXPECT_EQ(seen[0].text, "1625");
  EXPECT_GE(seen[0].p, 0.9F);
  EXPECT_NEAR(seen[0].box.y0, 50, 3);
  EXPECT_NEAR(seen[0].box.y1, 70, 3);
  EXPECT_GT(seen[0].box.x0, 20);
  EXPECT_LT(seen[0].box.x1, 300);
}

TEST(OverlayReader, TwoReadingsThatDisagreeNeverContradictARecord) {
  auto script = a_code(0.99F, {"1", "8", "2", "5"});
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  const auto seen = reader.read(with_a_line(50), kWhole);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_LT(seen[0].p, 0.9F);  // the limit of the check overlay_agrees
}

TEST(OverlayReader, AnUnsureReadingIsNone) {
  auto script = a_code(0.3F, {"1", "8", "2", "5"});
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  const auto seen = reader.read(with_a_line(50), kWhole);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, "");
}

TEST(OverlayReader, ALineWithoutAFieldIsScenery) {
  PlayedReader::Part script{said({"出", "租", "车"}, 0.9F), {}};
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  EXPECT_TRUE(reader.read(with_a_line(50), kWhole).empty());
  EXPECT_EQ(script.asked_digits, 0);
}

TEST(OverlayReader, TheSamePictureOfALineIsReadOnce) {
  auto script = a_code(0.7F, {"1", "6", "2", "5"});
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  const auto first = reader.read(with_a_line(50), kWhole);
  const int asked = script.asked_chinese + script.asked_digits;
  const auto second = reader.read(with_a_line(30), kWhole);
  EXPECT_EQ(script.asked_chinese + script.asked_digits, asked);
  ASSERT_EQ(second.size(), first.size());
  EXPECT_EQ(second[0].text, first[0].text);
  EXPECT_NEAR(second[0].box.y0, first[0].box.y0 - 20, 1);
}

TEST(OverlayReader, LooksOnlyIntoTheRegions) {
  auto script = a_code(0.7F, {"1", "6", "2", "5"});
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  EXPECT_TRUE(reader.read(with_a_line(50), {{0, 80, 400, 120}}).empty());
  EXPECT_EQ(reader.read(with_a_line(50), {{0, 80, 400, 120}, {-5, 40, 500, 75}}).size(), 1U);
  EXPECT_TRUE(reader.read(with_a_line(50), {{390, 10, 380, 20}, {500, 500, 600, 600}}).empty());
}

TEST(OverlayReader, ABlankPictureAsksNobody) {
  auto script = a_code(0.7F, {});
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  EXPECT_TRUE(reader.read(Image(400, 120), kWhole).empty());
  EXPECT_EQ(script.asked_chinese, 0);
}

TEST(OverlayReader, APlaceReadOtherwiseAtAnotherSizeIsNotSure) {
  const auto place = said({"地", "点", ":", "中", "山", "路", "口"}, 0.97F);
  for (const char* again : {"山", "川"}) {
    PlayedReader::Part script{said({"中", again, "路", "口"}, 0.97F), {}, 0, 0, {place}};
    OverlayReader reader(std::make_unique<PlayedReader>(script));
    const auto seen = reader.read(with_a_line(50), kWhole);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].text, "中山路口");
    EXPECT_EQ(seen[0].p >= 0.9F, std::string_view(again) == "山");
  }
}

// A line that is found twice: by its full strokes, and with the dimmed ones at its end.
Image with_a_line_that_dims() {
  Image image = with_a_line(50);
  for (int y = 50; y < 70; ++y)
    for (int x = 300; x < 360; ++x)
      if (x % 10 < 3) std::fill_n(image.row(y) + 3 * x, 3, std::uint8_t{190});
  return image;
}

TEST(OverlayReader, WhatOneReadingOfALineCannotReadAnotherMay) {
  auto script = a_code(0.9F, {"1", "6", "2", "5"});
  script.at_first = {said({"违", "法", "代", "码", ":", "1", "?", "2", "5"}, 0.9F)};
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  const auto seen = reader.read(with_a_line_that_dims(), kWhole);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].text, "1625");
}

TEST(OverlayReader, TwoReadingsOfALineThatDifferAreNotSure) {
  PlayedReader::Part script{said({"车", "牌", ":", "京", "A", "1", "2", "3", "4", "5"}, 0.97F), {}};
  script.at_first = {said({"车", "牌", ":", "京", "A", "1", "2", "8", "4", "5"}, 0.99F)};
  OverlayReader reader(std::make_unique<PlayedReader>(script));
  const auto seen = reader.read(with_a_line_that_dims(), kWhole);
  EXPECT_EQ(script.asked_chinese, 2);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_LT(seen[0].p, 0.9F);
}

}  // namespace
}  // namespace vioreview
