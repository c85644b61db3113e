// SPDX-License-Identifier: Apache-2.0
// Words on annotated pictures, with and without fonts.
#include "emit/draw_text.h"

#include <gmock/gmock.h>

#include "emit/draw_canvas.h"

namespace vioreview {
namespace {

using testing::ElementsAre;

Image written(const TextPainter& text, std::string_view words, int x = 4, int y = 4) {
  Image image = blank(200, 40);
  text.draw(image, x, y, words, 24, kInk);
  return image;
}

bool is_blank(const Image& image) {
  return image.pixels == blank(image.width, image.height).pixels;
}

// The packages that the project names hold a font with Chinese characters.
TEST(DrawText, ChineseCharactersAreDrawnAndNotReplaced) {
  const TextPainter text;
  const Image xiang = written(text, "湘"), wan = written(text, "皖");
  EXPECT_FALSE(is_blank(xiang));
  EXPECT_NE(xiang.pixels, wan.pixels);
  EXPECT_NE(xiang.pixels, written(text, "\uFFFD").pixels);
}

TEST(DrawText, WidthIsWhatDrawingTakes) {
  for (const TextPainter* text :
       {new TextPainter, new TextPainter(std::span<const char* const>())}) {
    const std::unique_ptr<const TextPainter> owner(text);
    for (const std::string_view words : {"", "a", "plate 湘F7938Q", "未读出"}) {
      Image image = blank(400, 40);
      EXPECT_EQ(text->draw(image, 0, 0, words, 18, kInk), text->width(words, 18)) << words;
    }
    EXPECT_EQ(text->width("", 18), 0);
    EXPECT_GT(text->width("speed", 18), 30);
    EXPECT_GT(text->width("speed", 36), text->width("speed", 18));
  }
}

TEST(DrawText, WithoutAFontLettersAreStrokesAndTheRestQuestionMarks) {
  constexpr const char* kNone[] = {"/nowhere/font.ttc"};
  const TextPainter text{kNone};
  EXPECT_FALSE(is_blank(written(text, "plate")));
  EXPECT_EQ(written(text, "湘").pixels, written(text, "?").pixels);
  EXPECT_NE(written(text, "a").pixels, written(text, "b").pixels);
}

TEST(DrawText, WhatLeavesThePictureIsCut) {
  const TextPainter text;
  for (const auto& [x, y] : {std::pair{-300, 4}, {400, 4}, {4, -100}, {4, 200}})
    EXPECT_TRUE(is_blank(written(text, "湘F7938Q", x, y)));
  EXPECT_FALSE(is_blank(written(text, "湘F7938Q", -20, -10)));
}

// Not UTF-8: lone and missing continuation bytes, overlong and too large codes.
TEST(DrawText, InvalidBytesAreReplaced) {
  const TextPainter text;
  for (const std::string_view bytes : {"\x80", "\xE6\x9C", "\xC0\xAF", "\xF8\x88", "\xFF", "\xE6w"})
    EXPECT_GT(text.width(bytes, 18), 0);
  EXPECT_EQ(written(text, "\xFF").pixels, written(text, "\uFFFD").pixels);
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

TEST(DrawText, WrapsAtBlanksAndBesideChineseCharacters) {
  const TextPainter text;
  const std::string english = "the plate reads one thing, the record says another";
  const std::string chinese = "车牌识别为湘F7938Q，与采集记录所列号牌不一致，需人工复核";
  for (const std::string& words : {english, chinese}) {
    const auto lines = text.wrap(words, 18, 150);
    EXPECT_GE(lines.size(), 3U);
    for (const std::string& line : lines) EXPECT_LE(text.width(line, 18), 150) << line;
    EXPECT_EQ(joined(lines), words);
  }
  EXPECT_THAT(text.wrap("short", 18, 150), ElementsAre("short"));
  EXPECT_THAT(text.wrap("", 18, 150), ElementsAre(""));
  EXPECT_THAT(text.wrap("a target_differs_between_panels", 18, 40),
              ElementsAre("a ", "target_differs_between_panels"));
}

}  // namespace
}  // namespace vioreview
