// SPDX-License-Identifier: Apache-2.0
// Encodings and plain text.
#include "ingest/text.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

constexpr const char* kGbkPlace =
    "\xC2\xA1\xD1\xF4\xC7\xF8\xD3\xC0\xB2\xFD\xC2\xB7";  // 隆阳区永昌路

TEST(Text, FindsSignsWhereverTheyStand) {
  for (std::size_t n = 0; n < 20; ++n) {
    const std::string plain(n, 'a');
    EXPECT_TRUE(valid_utf8(plain + "豫" + plain)) << n;
    EXPECT_FALSE(valid_utf8(plain + "\xFF" + plain)) << n;
    EXPECT_EQ(to_utf8(plain + to_gb18030("豫豫") + plain), plain + "豫豫" + plain) << n;
  }
}

TEST(Text, Utf8StaysAsItIs) {
  for (const char* text : {"", "plain", "隆阳区永昌路", "€", "𠀀", "a\0b"}) {
    const Text read = decoded(text);
    EXPECT_EQ(read.utf8, text);
    EXPECT_FALSE(read.damaged);
  }
}

TEST(Text, GbkAndGb18030BecomeUtf8) {
  struct {
    const char *bytes, *utf8;
  } const cases[] = {{kGbkPlace, "隆阳区永昌路"},
                     {"\xD4\xC6M12345", "云M12345"},
                     {"\x95\x32\x82\x36", "𠀀"},  // four bytes: GB18030 only
                     {"place,\xD3\xC9\xC4\xCF\xCF\xF2\xB1\xB1", "place,由南向北"}};
  for (const auto& c : cases) {
    const Text read = decoded(c.bytes);
    EXPECT_EQ(read.utf8, c.utf8);
    EXPECT_FALSE(read.damaged) << c.utf8;
  }
}

TEST(Text, BytesOfNoEncodingAreReplacedAndSaid) {
  for (const char* bytes : {"\xFF",
                            "a\xFF\xFF"
                            "b",
                            "\xC2", "\x80"}) {
    const Text read = decoded(bytes);
    EXPECT_TRUE(read.damaged) << bytes;
    EXPECT_NE(read.utf8.find("\xEF\xBF\xBD"), std::string::npos);
    EXPECT_TRUE(valid_utf8(read.utf8));
  }
}

TEST(Text, ADamagedByteDoesNotMakeUtf8IntoGbk) {
  const Text read = decoded("隆阳区永昌\xE8\xB7");  // the last byte of 路 is lost
  EXPECT_EQ(read.utf8.substr(0, 15), "隆阳区永昌");
  EXPECT_TRUE(read.damaged);
}

TEST(Text, GbkThatHappensToBeValidUtf8) {
  EXPECT_EQ(to_utf8("\xD4\xA5"
                    "A12345"),
            "豫A12345");
  EXPECT_EQ(to_utf8("\xC2\xB3"
                    "A12345"),
            "鲁A12345");
  EXPECT_EQ(to_utf8("\xCD\xBC\xC6\xAC.jpg"), "图片.jpg");
  EXPECT_EQ(to_utf8("M·12345"), "M·12345");  // a dot alone is the dot
  EXPECT_EQ(to_utf8("豫A·12345"), "豫A·12345");
}

TEST(Text, OverlongAndSurrogateFormsAreNoUtf8) {
  for (const char* bytes : {"\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                            "\xF0\x80\x80\x80", "\xC3", "\xA9"})
    EXPECT_FALSE(valid_utf8(bytes));
  EXPECT_TRUE(valid_utf8("\xF4\x8F\xBF\xBF"));
}

TEST(Text, GuessesFromAllPieces) {
  EncodingGuess gbk;
  gbk.add("hphm,wfdz");
  gbk.add(kGbkPlace);
  gbk.add("\xC2\xB7");  // 路: as UTF-8 it would be a middle dot
  EXPECT_EQ(gbk.encoding(), Encoding::gb18030);
  EncodingGuess utf8;
  utf8.add("hphm");
  utf8.add("路");
  EXPECT_EQ(utf8.encoding(), Encoding::utf8);
  EXPECT_EQ(EncodingGuess().encoding(), Encoding::utf8);
}

TEST(Text, BackToGbk) {
  EXPECT_EQ(to_gb18030("隆阳区永昌路"), kGbkPlace);
  EXPECT_EQ(to_gb18030("1.jpg"), "1.jpg");
}

TEST(Text, HalfWidth) {
  EXPECT_EQ(half_width("ＡＢＣ１２３"), "ABC123");
  EXPECT_EQ(half_width("云Ｍ　１（～"), "云M 1(~");
  EXPECT_EQ(half_width("ｶﾅ￥"), "ｶﾅ￥");  // beyond the block that has ASCII twins
  EXPECT_EQ(half_width("abc"), "abc");
}

TEST(Text, TrimsAndCuts) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed("\xC2\xA0 云\xE3\x80\x80"), "云");
  EXPECT_EQ(trimmed(" \xC2\xA0 "), "");
  EXPECT_EQ(cut("云M12345", 100), "云M12345");
  EXPECT_EQ(cut("云M12345", 4), "云M");
  EXPECT_EQ(cut("云云", 5), "云");
  EXPECT_EQ(cut("云", 2), "");
  EXPECT_EQ(upper_case("aZ云1"), "AZ云1");
  EXPECT_EQ(lower_case("aZ云1"), "az云1");
}

TEST(Text, TakesCharacters) {
  std::string_view text = "a\xC2\xB7云𠀀";
  EXPECT_EQ(take_character(text), U'a');
  EXPECT_EQ(take_character(text), U'·');
  EXPECT_EQ(take_character(text), U'云');
  EXPECT_EQ(take_character(text), U'𠀀');
  EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace vioreview
