// SPDX-License-Identifier: Apache-2.0
// The word lists: codes of the standards, English and Chinese words; what is unknown stays unknown.
#include "core/vocabulary.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vioreview {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

template <class T>
struct Word {
  const char* text;
  T value;
};

TEST(Vocabulary, PlateColors) {
  using enum PlateColor;
  const Word<PlateColor> words[] = {{"0", white},
                                    {"1", yellow},
                                    {"2", blue},
                                    {"3", black},
                                    {"5", green},
                                    {"blue", blue},
                                    {"Blue", blue},
                                    {"YELLOW", yellow},
                                    {"yellow_green", yellow_green},
                                    {"yellowgreen", yellow_green},
                                    {"蓝", blue},
                                    {"蓝色", blue},
                                    {"蓝牌", blue},
                                    {"蓝底白字", blue},
                                    {"黄色", yellow},
                                    {"黄底黑字", yellow},
                                    {"白色", white},
                                    {"白底黑字", white},
                                    {"黑色", black},
                                    {"黑底白字", black},
                                    {"绿色", green},
                                    {"渐变绿色", green},
                                    {"绿白渐变", green},
                                    {"黄绿色", yellow_green},
                                    {"黄绿双拼色", yellow_green},
                                    {"黄绿渐变", yellow_green}};
  for (const auto& [text, value] : words) EXPECT_EQ(parse_plate_color(text), value) << text;
  for (const char* text : {"", "4", "9", "10", "红", "色", "blueish", "其他"})
    EXPECT_FALSE(parse_plate_color(text)) << text;
}

TEST(Vocabulary, BodyColorsByLetter) {
  using enum BodyColor;
  const Word<BodyColor> letters[] = {{"A", white}, {"B", grey},   {"C", yellow}, {"D", pink},
                                     {"E", red},   {"F", purple}, {"G", green},  {"H", blue},
                                     {"I", brown}, {"J", black},  {"Z", other},  {"a", white}};
  for (const auto& [text, value] : letters)
    EXPECT_THAT(parse_body_color(text), ElementsAre(value)) << text;
  EXPECT_THAT(parse_body_color("AB"), ElementsAre(white, grey));
  EXPECT_THAT(parse_body_color("AA"), ElementsAre(white));
  for (const char* text : {"", "K", "M", "Y", "ABCD", "A1", "?"})
    EXPECT_THAT(parse_body_color(text), IsEmpty()) << text;
}

TEST(Vocabulary, BodyColorsByWord) {
  using enum BodyColor;
  const Word<BodyColor> words[] = {
      {"white", white}, {"白", white},   {"白色", white},  {"gray", grey}, {"grey", grey},
      {"灰色", grey},   {"银色", grey},  {"Silver", grey}, {"red", red},   {"红色", red},
      {"黑色", black},  {"棕色", brown}, {"褐色", brown},  {"粉色", pink}, {"紫色", purple},
      {"绿色", green},  {"蓝色", blue},  {"黄色", yellow}, {"其他", other}};
  for (const auto& [text, value] : words)
    EXPECT_THAT(parse_body_color(text), ElementsAre(value)) << text;
  EXPECT_THAT(parse_body_color("白/黑"), ElementsAre(white, black));
  EXPECT_THAT(parse_body_color("白色、红色"), ElementsAre(white, red));
  EXPECT_THAT(parse_body_color("white, red"), ElementsAre(white, red));
  // Paint that people call by either name: both must fit.
  EXPECT_THAT(parse_body_color("橙色"), UnorderedElementsAre(yellow, red));
  EXPECT_THAT(parse_body_color("银白色"), UnorderedElementsAre(grey, white));
  for (const char* text : {"colourful", "白/colourful", "/", "白/"})
    EXPECT_THAT(parse_body_color(text), IsEmpty()) << text;
}

TEST(Vocabulary, BodyColorCodesAreThoseOfTheStandard) {
  using enum BodyColor;
  const std::string codes = "ABCDEFGHIJZ";
  std::size_t i = 0;
  for (const BodyColor color :
       {white, grey, yellow, pink, red, purple, green, blue, brown, black, other})
    EXPECT_EQ(code_of(color), codes[i++]);
}

struct ClassExpected {
  const char* text;
  const char* code;
  std::optional<bool> medium_or_larger;
  VehicleClass fits, fits_not;
};

// 中型以上: a large or medium bus, a heavy or medium lorry or tractor unit.
TEST(Vocabulary, VehicleClassesByCodeAndName) {
  using enum VehicleClass;
  const std::optional<bool> unknown;
  const ClassExpected cases[] = {
      {"K11", "K11", true, bus, car},
      {"大型普通客车", "K11", true, bus, truck},
      {"K12", "K12", true, bus, car},
      {"大型双层客车", "K12", true, bus, car},
      {"大型卧铺客车", "K13", true, bus, van},
      {"大型客车", "K1", true, bus, car},
      {"K16", "K16", true, car, truck},
      {"K21", "K21", true, minibus, car},
      {"中型普通客车", "K21", true, bus, truck},
      {"K31", "K31", false, suv, truck},
      {"小型普通客车", "K31", false, minibus, bus},
      {"K32", "K32", false, suv, truck},
      {"小型越野客车", "K32", false, suv, van},
      {"K33", "K33", false, car, truck},
      {"k33", "K33", false, suv, van},
      {"小型轿车", "K33", false, car, bus},
      {"轿车", "K33", false, car, bus},
      {"K34", "K34", false, van, truck},
      {"小型专用校车", "K38", false, minibus, truck},
      {"小型面包车", "K39", false, van, car},
      {"K41", "K41", false, van, truck},
      {"K43", "K43", false, car, truck},
      {"微型轿车", "K43", false, car, truck},
      {"K", "K", unknown, bus, truck},
      {"H11", "H11", true, truck, car},
      {"重型普通货车", "H11", true, truck, car},
      {"重型货车", "H1", true, truck, pickup},
      {"重型自卸货车", "H17", true, truck, car},
      {"重型仓栅式货车", "H19", true, truck, car},
      {"H1A", "H1A", true, truck, car},
      {"中型厢式货车", "H22", true, truck, car},
      {"H31", "H31", false, pickup, car},
      {"轻型普通货车", "H31", false, truck, bus},
      {"微型货车", "H4", false, van, bus},
      {"低速货车", "H5", false, truck, bus},
      {"H", "H", unknown, truck, bus},
      {"货车", "H", unknown, truck, car},
      {"Q11", "Q11", true, truck, car},
      {"重型半挂牵引车", "Q11", true, truck, car},
      {"Q21", "Q21", true, truck, car},
      {"Q31", "Q31", false, truck, car},
      {"B11", "B11", unknown, truck, car},
      {"B39", "B39", unknown, truck, car},
      {"G11", "G11", unknown, truck, car},
      {"M11", "M11", false, tricycle, car},
      {"M21", "M21", false, motorcycle, car},
      {"普通二轮摩托车", "M21", false, motorcycle, tricycle},
      {"N11", "N11", false, tricycle, car},
      {"三轮汽车", "N11", false, tricycle, bus},
      {"D11", "D11", unknown, bus, car},
      {"car", "car", false, car, truck},
      {"sedan", "car", false, car, truck},
      {"SUV", "suv", false, suv, truck},
      {"van", "van", false, van, suv},
      {"面包车", "van", false, van, truck},
      {"minibus", "minibus", unknown, minibus, car},
      {"bus", "bus", true, bus, car},
      {"truck", "truck", unknown, truck, car},
      {"heavy_truck", "heavy_truck", true, truck, car},
      {"Light Truck", "light_truck", false, truck, bus},
      {"tanker", "tanker", true, truck, car},
      {"pickup", "pickup", false, pickup, bus},
      {"皮卡", "pickup", false, pickup, bus},
      {"motorcycle", "motorcycle", false, motorcycle, car},
      {"tricycle", "tricycle", false, tricycle, car},
      {"police_car", "police_car", unknown, car, motorcycle},
      {"警车", "police_car", unknown, car, motorcycle},
      {"ambulance", "ambulance", unknown, van, motorcycle},
      {"fire_engine", "fire_engine", unknown, truck, car},
      {"小型汽车", "small_vehicle", false, pickup, bus},
  };
  for (const ClassExpected& c : cases) {
    const auto parsed = parse_vehicle_class(c.text);
    ASSERT_TRUE(parsed) << c.text;
    EXPECT_EQ(parsed->code, c.code) << c.text;
    EXPECT_EQ(parsed->medium_or_larger, c.medium_or_larger) << c.text;
    EXPECT_THAT(parsed->looks, Contains(c.fits)) << c.text;
    EXPECT_THAT(parsed->looks, Not(Contains(c.fits_not))) << c.text;
    EXPECT_EQ(parse_vehicle_class(parsed->code), parsed)
        << c.text << ": not stable when read again";
  }
}

TEST(Vocabulary, ClassesThatSayNothingOfTheLook) {
  for (const char* text :
       {"Z11", "大型专项作业车", "T11", "拖拉机", "J11", "X99", "其他", "other"}) {
    const auto parsed = parse_vehicle_class(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_THAT(parsed->looks, IsEmpty()) << text;
    EXPECT_FALSE(parsed->medium_or_larger) << text;
  }
  for (const char* text : {"", "A11", "3", "12", "KK3", "K3333", "小型飞机", "bicycle", "大型"})
    EXPECT_FALSE(parse_vehicle_class(text)) << text;
}

TEST(Vocabulary, EveryWordOfTheModelsIsARecordedClass) {
  for (const VehicleClass value :
       {VehicleClass::car, VehicleClass::suv, VehicleClass::van, VehicleClass::minibus,
        VehicleClass::bus, VehicleClass::truck, VehicleClass::pickup, VehicleClass::motorcycle,
        VehicleClass::tricycle}) {
    const auto parsed = parse_vehicle_class(name_of(value));
    ASSERT_TRUE(parsed) << name_of(value);
    EXPECT_THAT(parsed->looks, Contains(value));
    EXPECT_EQ(vehicle_class_named(name_of(value)), value);
    EXPECT_FALSE(zh_of(value).empty());
  }
}

struct KindExpected {
  const char *code, *zh;
  std::vector<PlateColor> colors;
};

TEST(Vocabulary, PlateKinds) {
  using enum PlateColor;
  const KindExpected kinds[] = {{"01", "大型汽车", {yellow}},
                                {"02", "小型汽车", {blue}},
                                {"03", "使馆汽车", {black}},
                                {"04", "领馆汽车", {black}},
                                {"05", "境外汽车", {}},
                                {"06", "外籍汽车", {}},
                                {"07", "普通摩托车", {}},
                                {"08", "轻便摩托车", {}},
                                {"09", "使馆摩托车", {}},
                                {"10", "领馆摩托车", {}},
                                {"11", "境外摩托车", {}},
                                {"12", "外籍摩托车", {}},
                                {"13", "低速车", {}},
                                {"14", "拖拉机", {}},
                                {"15", "挂车", {yellow}},
                                {"16", "教练汽车", {yellow}},
                                {"17", "教练摩托车", {}},
                                {"18", "试验汽车", {}},
                                {"19", "试验摩托车", {}},
                                {"20", "临时入境汽车", {}},
                                {"21", "临时入境摩托车", {}},
                                {"22", "临时行驶车", {}},
                                {"23", "警用汽车", {white}},
                                {"24", "警用摩托车", {}},
                                {"25", "原农机号牌", {}},
                                {"26", "香港入出境车", {black}},
                                {"27", "澳门入出境车", {black}},
                                {"51", "大型新能源汽车", {yellow_green}},
                                {"52", "小型新能源汽车", {green}}};
  for (const KindExpected& expected : kinds) {
    const PlateKind* kind = find_plate_kind(expected.code);
    ASSERT_TRUE(kind) << expected.code;
    EXPECT_EQ(kind->code, expected.code);
    EXPECT_EQ(kind->colors, expected.colors) << expected.code;
    EXPECT_EQ(find_plate_kind(expected.zh), kind) << expected.zh;
    EXPECT_EQ(find_plate_kind(std::string(expected.zh) + "号牌"), kind) << expected.zh;
  }
  EXPECT_EQ(find_plate_kind("2"), find_plate_kind("02"));
  for (const char* text : {"", "0", "00", "28", "002", "xx", "号牌", "汽车"})
    EXPECT_EQ(find_plate_kind(text), nullptr) << text;
}

TEST(Vocabulary, Directions) {
  const Word<const char*> words[] = {{"01", "由东向西"},
                                     {"02", "由西向东"},
                                     {"03", "由南向北"},
                                     {"04", "由北向南"},
                                     {"05", "由东南向西北"},
                                     {"06", "由西北向东南"},
                                     {"07", "由东北向西南"},
                                     {"08", "由西南向东北"},
                                     {"3", "由南向北"},
                                     {"由南向北", "由南向北"},
                                     {"南向北", "由南向北"},
                                     {"自南向北", "由南向北"},
                                     {"由南往北", "由南向北"},
                                     {"自西南往东北", "由西南向东北"},
                                     {"south to north", "由南向北"},
                                     {"S->N", "由南向北"},
                                     {"N-S", "由北向南"},
                                     {"Northbound", "由南向北"},
                                     {"E→W", "由东向西"},
                                     {"northeast to southwest", "由东北向西南"}};
  for (const auto& [text, phrase] : words) EXPECT_EQ(parse_direction(text), phrase) << text;
  for (const char* text : {"", "0", "00", "9", "09", "上行", "由南向", "南", "north"})
    EXPECT_FALSE(parse_direction(text)) << text;
}

TEST(Vocabulary, NamesReadBack) {
  for (const PlateLook look :
       {PlateLook::blue, PlateLook::yellow, PlateLook::yellow_double, PlateLook::green,
        PlateLook::yellow_green, PlateLook::white, PlateLook::black})
    EXPECT_EQ(plate_look_named(name_of(look)), look);
  for (const Special special :
       {Special::none, Special::police, Special::ambulance, Special::fire, Special::rescue})
    EXPECT_EQ(special_named(name_of(special)), special);
  for (const Role role : {Role::panel, Role::closeup, Role::driver, Role::signal, Role::composite})
    EXPECT_EQ(role_named(name_of(role)), role);
  for (const Facing facing : {Facing::front, Facing::rear})
    EXPECT_EQ(facing_named(name_of(facing)), facing);
  for (const Oddity oddity : {Oddity::strange, Oddity::dark, Oddity::bright, Oddity::colourless,
                              Oddity::colourful, Oddity::small})
    EXPECT_EQ(oddity_named(name_of(oddity)), oddity);
  for (const PlateColor color : {PlateColor::blue, PlateColor::yellow, PlateColor::green,
                                 PlateColor::yellow_green, PlateColor::white, PlateColor::black}) {
    EXPECT_EQ(parse_plate_color(name_of(color)), color);
    EXPECT_EQ(parse_plate_color(zh_of(color)), color);
  }
  EXPECT_FALSE(role_named("Panel"));
  EXPECT_FALSE(vehicle_class_named(""));
}

TEST(Vocabulary, TwoRowsAreTheSameColor) {
  EXPECT_EQ(color_of(PlateLook::yellow_double), PlateColor::yellow);
  EXPECT_EQ(color_of(PlateLook::yellow), PlateColor::yellow);
  EXPECT_EQ(color_of(PlateLook::yellow_green), PlateColor::yellow_green);
  EXPECT_EQ(color_of(PlateLook::black), PlateColor::black);
}

TEST(Vocabulary, ThirtyOneProvinces) {
  const std::set<std::string_view> all(provinces().begin(), provinces().end());
  EXPECT_EQ(all.size(), 31U);
  for (const char* name : {"京", "津", "冀", "晋", "蒙", "辽", "吉", "黑", "沪", "苏", "浙",
                           "皖", "闽", "赣", "鲁", "豫", "鄂", "湘", "粤", "桂", "琼", "渝",
                           "川", "贵", "云", "藏", "陕", "甘", "青", "宁", "新"})
    EXPECT_TRUE(all.contains(name)) << name;
}

}  // namespace
}  // namespace vioreview
