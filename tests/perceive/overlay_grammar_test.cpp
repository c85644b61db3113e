// SPDX-License-Identifier: Apache-2.0
// Lines into fields, and fields into what they can only have meant. Lines are given as a recogniser
// would give them: characters with places; a blank is a gap.
#include "perceive/overlay_grammar.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// Characters 10 px wide, a blank of 10 px where the text has one.
std::vector<Glyph> line(std::string_view text) {
  std::vector<Glyph> glyphs;
  float x = 0;
  for (std::size_t i = 0; i < text.size(); x += 10) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3;
    if (text[i] != ' ') glyphs.push_back({std::string(text.substr(i, length)), 0.9F, x, x + 10});
    i += length;
  }
  return glyphs;
}

std::string read_as(OverlayField field, std::string_view text) {
  return repaired(field, line(text));
}

using Pieces = std::vector<std::pair<OverlayField, std::string>>;

Pieces split(std::string_view text) {
  Pieces pieces;
  for (const FieldText& field : split_fields(line(text))) {
    std::string value;
    for (const Glyph& glyph : field.value) value += glyph.text;
    pieces.emplace_back(field.field, value);
  }
  return pieces;
}

using enum OverlayField;

TEST(SplitFields, GoesByLabels) {
  EXPECT_EQ(split("时间1:2026-03-14 08:25:31  地点:中山路  限速:60km/h"),
            (Pieces{{time, "2026-03-1408:25:31"}, {place, "中山路"}, {limit, "60km/h"}}));
  EXPECT_EQ(split("违法行为：逆行 设备编号：123456"),
            (Pieces{{other, "逆行"}, {device, "123456"}}));
}

TEST(SplitFields, ForgivesOneMisreadCharacterOfALongLabelBeforeAColon) {
  EXPECT_EQ(split("设备纺号:123456"), (Pieces{{device, "123456"}}));
  EXPECT_EQ(split("违法代碍:1625"), (Pieces{{violation, "1625"}}));
  EXPECT_EQ(split("防伪碍:A1B2"), (Pieces{{anti_forgery, "A1B2"}}));
}

TEST(SplitFields, KeepsSpeedAndLimitApart) {
  EXPECT_EQ(split("车速:78 限速:60"), (Pieces{{speed, "78"}, {limit, "60"}}));
  EXPECT_EQ(split("X速:78"), (Pieces{{other, "X速:78"}}));  // either of them
}

TEST(SplitFields, ALabelInAPlaceIsNone) {
  EXPECT_EQ(split("地点:往北方向车道口"), (Pieces{{place, "往北方向车道口"}}));
}

TEST(SplitFields, ASpeckBesideTheColonDoesNotHideALabel) {
  EXPECT_EQ(split("违法地点”:中山路"), (Pieces{{place, "中山路"}}));
  EXPECT_EQ(split("08:08:08违法地点一中山路"), (Pieces{{other, "08:08:08"}, {place, "中山路"}}));
}

TEST(SplitFields, WithoutLabelsGoesByLooks) {
  EXPECT_EQ(split("2026-03-14 08:25:31.120 永昌路与正阳路路口 由南向北"),
            (Pieces{{time, "2026-03-1408:25:31.120"},
                    {place, "永昌路与正阳路路口"},
                    {direction, "由南向北"}}));
  EXPECT_EQ(split("出租车"), (Pieces{{other, "出租车"}}));
  EXPECT_TRUE(split("").empty());
}

TEST(RepairedTime, ReadsEveryUsualWriting) {
  EXPECT_EQ(read_as(time, "2026-03-14 08:25:31.120"), "2026-03-14T08:25:31.120");
  EXPECT_EQ(read_as(time, "2026/03/14 08:25:31"), "2026-03-14T08:25:31");
  EXPECT_EQ(read_as(time, "2026年03月14日08时25分31秒120"), "2026-03-14T08:25:31.120");
  EXPECT_EQ(read_as(time, "2026年03月14日 08:25:31.120"), "2026-03-14T08:25:31.120");
  EXPECT_EQ(read_as(time, "2026/03/14 08:25:31:120"), "2026-03-14T08:25:31.120");
  EXPECT_EQ(read_as(time, "20260314082531"), "2026-03-14T08:25:31");
  EXPECT_EQ(read_as(time, "2026-03-14 08:25:31.5"), "2026-03-14T08:25:31.500");
}

TEST(RepairedTime, MendsLookAlikesAndNothingElse) {
  EXPECT_EQ(read_as(time, "2O26-O3-l4 0B:2S:31"), "2026-03-14T08:25:31");
  EXPECT_EQ(read_as(time, "2026-03-14 08:25:3"), "");    // a digit is lost
  EXPECT_EQ(read_as(time, "20261-03-14 08:25:31"), "");  // a digit too many
  EXPECT_EQ(read_as(time, "2026-0314 0:825:31"), "");    // a separator inside a part
  EXPECT_EQ(read_as(time, "2026-13-14 08:25:31"), "");   // no such month
  EXPECT_EQ(read_as(time, "2026-02-30 08:25:31"), "");   // no such day
  EXPECT_EQ(read_as(time, "2026-03-14 24:25:31"), "");   // no such hour
  EXPECT_EQ(read_as(time, "2026-03-14 08:25:31X"), "");  // no writing of a time
  EXPECT_EQ(read_as(time, "1926-03-14 08:25:31"), "");   // no camera was there
}

// A recogniser of Chinese reads the strokes of a date as digits, and 月 as something else.
TEST(RepairedTime, FindsTheStrokesOfADateAmongItsDigits) {
  EXPECT_EQ(read_as(time, "202670272008:23:33"), "2026-02-20T08:23:33");
  EXPECT_EQ(read_as(time, "2026/0272008:23:33"), "2026-02-20T08:23:33");
  EXPECT_EQ(read_as(time, "2026;0272008:23:32"), "2026-02-20T08:23:32");
  EXPECT_EQ(read_as(time, "2202650352011:59:15"), "2026-03-20T11:59:15");  // 时间2:
  EXPECT_EQ(read_as(time, "2026年05崩16日18时00分39秒732"), "2026-05-16T18:00:39.732");
  EXPECT_EQ(separators(time, line("202670272008:23:33")), (std::vector<std::size_t>{4, 7, 12, 15}));
  EXPECT_EQ(separators(time, line("2202650352011:59:15")),
            (std::vector<std::size_t>{0, 5, 8, 13, 16}));
  // The separators are lost: all that is there are digits.
  EXPECT_EQ(read_as(time, "202603140825:31"), "2026-03-14T08:25:31");
  EXPECT_EQ(read_as(time, "202610140810:31.120"), "2026-10-14T08:10:31.120");
  EXPECT_EQ(read_as(time, "202673272008:23:33"), "");             // no such month
  EXPECT_EQ(read_as(time, "20267027208:23:33"), "");              // a digit is lost
  EXPECT_EQ(read_as(time, "2026年05崩16尊18时00分39秒732"), "");  // too much is strange
  EXPECT_EQ(read_as(time, "202610212816:41;34"), "2026-02-28T16:41:34");
}

TEST(Repaired, CodesSpeedsAndNumbers) {
  EXPECT_EQ(read_as(violation, "I6Z5"), "1625");
  EXPECT_EQ(read_as(violation, "1352a"), "1352A");
  EXPECT_EQ(read_as(violation, "162"), "");
  EXPECT_EQ(read_as(violation, "162500"), "");
  EXPECT_EQ(read_as(speed, "78km/h"), "78");
  EXPECT_EQ(read_as(speed, "1O4km/h"), "104");
  EXPECT_EQ(read_as(speed, "78.5公里/小时"), "78.5");
  EXPECT_EQ(read_as(speed, "km/h"), "");
  EXPECT_EQ(read_as(speed, "7804"), "");
  EXPECT_EQ(read_as(limit, "060"), "");
  EXPECT_EQ(read_as(lane, "第2车道"), "2");
  EXPECT_EQ(read_as(lane, "02"), "2");
  EXPECT_EQ(read_as(lane, "0"), "");
  EXPECT_EQ(read_as(device, "34O1OOOOOOOOO1OOO1"), "340100000000010001");
  EXPECT_EQ(read_as(device, "12-34567"), "");
  EXPECT_EQ(read_as(anti_forgery, "a1b2C3"), "A1B2C3");
}

TEST(Repaired, WordsOnlyWhereTheyAreKnown) {
  EXPECT_EQ(read_as(direction, "由南向北"), "由南向北");
  EXPECT_EQ(read_as(direction, "自南往北"), "由南向北");
  EXPECT_EQ(read_as(direction, "由甫向北"), "");
  EXPECT_EQ(read_as(plate, "皖A2859O"), "皖A28590");
  EXPECT_EQ(read_as(plate, "汽A28593"), "");  // no province
  EXPECT_EQ(read_as(plate, "皖A2859"), "");
  EXPECT_EQ(read_as(plate, "皖A2859警"), "皖A2859警");
  EXPECT_EQ(read_as(place, "'环城北路K3+200,"), "环城北路K3+200");
  EXPECT_EQ(read_as(place, "K3+2"), "");
}

TEST(Repaired, NoStrokeBeginsOrEndsAPlace) {
  EXPECT_EQ(read_as(place, "-西湖区青年路口-"), "西湖区青年路口");
  EXPECT_EQ(read_as(place, "滨江路K2+498"), "滨江路K2+498");
}

TEST(Repaired, LookAlikesInWordsOfPlaces) {
  EXPECT_EQ(read_as(place, "凤凰山隐道南囗"), "凤凰山隧道南口");
  EXPECT_EQ(read_as(place, "朝阳北路东四环回"), "朝阳北路东四环口");
  EXPECT_EQ(read_as(place, "兴隆道回民中学前"), "兴隆道回民中学前");
}

TEST(Separators, AreWhatADigitReaderMustNotSee) {
  EXPECT_EQ(separators(time, line("20年")), std::vector<std::size_t>{2});
  EXPECT_EQ(separators(speed, line("7km")), (std::vector<std::size_t>{1, 2}));
  EXPECT_TRUE(separators(device, line("1O2")).empty());
}

}  // namespace
}  // namespace vioreview
