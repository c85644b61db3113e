// SPDX-License-Identifier: Apache-2.0
// The tables. Sources: domain reference 7.6 (codes), 2.x (GA/T); rows that no source confirms say
// so.
#include "core/vocabulary.h"

#include <algorithm>

#include "core/word_table.h"
#include "core/words.h"

namespace vioreview {
namespace {

constexpr Word<PlateLook> kLooks[] = {
    {PlateLook::blue, "blue", "蓝"},
    {PlateLook::yellow, "yellow", "黄"},
    {PlateLook::yellow_double, "yellow_double", "黄双层"},
    {PlateLook::green, "green", "绿"},
    {PlateLook::yellow_green, "yellow_green", "黄绿"},
    {PlateLook::white, "white", "白"},
    {PlateLook::black, "black", "黑"},
};
constexpr Word<PlateColor> kPlateColors[] = {
    {PlateColor::blue, "blue", "蓝"},   {PlateColor::yellow, "yellow", "黄"},
    {PlateColor::green, "green", "绿"}, {PlateColor::yellow_green, "yellow_green", "黄绿"},
    {PlateColor::white, "white", "白"}, {PlateColor::black, "black", "黑"},
};
constexpr Word<VehicleClass> kClasses[] = {
    {VehicleClass::car, "car", "轿车"},
    {VehicleClass::suv, "suv", "越野车"},
    {VehicleClass::van, "van", "面包车"},
    {VehicleClass::minibus, "minibus", "中型客车"},
    {VehicleClass::bus, "bus", "大型客车"},
    {VehicleClass::truck, "truck", "货车"},
    {VehicleClass::pickup, "pickup", "皮卡"},
    {VehicleClass::motorcycle, "motorcycle", "摩托车"},
    {VehicleClass::tricycle, "tricycle", "三轮车"},
    {VehicleClass::other, "other", "其他"},
};
struct ColorWord {
  BodyColor value;
  char code;
  std::string_view name, zh;
};
constexpr ColorWord kBodyColors[] = {
    {BodyColor::white, 'A', "white", "白"},   {BodyColor::grey, 'B', "grey", "灰"},
    {BodyColor::yellow, 'C', "yellow", "黄"}, {BodyColor::pink, 'D', "pink", "粉"},
    {BodyColor::red, 'E', "red", "红"},       {BodyColor::purple, 'F', "purple", "紫"},
    {BodyColor::green, 'G', "green", "绿"},   {BodyColor::blue, 'H', "blue", "蓝"},
    {BodyColor::brown, 'I', "brown", "棕"},   {BodyColor::black, 'J', "black", "黑"},
    {BodyColor::other, 'Z', "other", "其他"},
};
constexpr Word<Special> kSpecials[] = {
    {Special::none, "none", "无"},
    {Special::police, "police", "警车"},
    {Special::ambulance, "ambulance", "救护车"},
    {Special::fire, "fire", "消防车"},
    {Special::rescue, "rescue", "工程救险车"},
};
constexpr Word<Facing> kFacings[] = {{Facing::front, "front", "车头"},
                                     {Facing::rear, "rear", "车尾"}};
constexpr Word<Role> kRoles[] = {
    {Role::panel, "panel", "全景"},         {Role::closeup, "closeup", "特写"},
    {Role::driver, "driver", "驾驶人"},     {Role::signal, "signal", "信号"},
    {Role::composite, "composite", "合成"},
};
// Other spellings than name, zh, zh + 色 and zh + 牌. Numbers: national 六合一 style; 4 and 9 say
// "other" in one source and green in another, so they say nothing here.
struct Spelling {
  std::string_view text;
  PlateColor color;
};
constexpr Spelling kPlateColorSpellings[] = {
    {"0", PlateColor::white},
    {"1", PlateColor::yellow},
    {"2", PlateColor::blue},
    {"3", PlateColor::black},
    {"5", PlateColor::green},
    {"蓝底白字", PlateColor::blue},
    {"黄底黑字", PlateColor::yellow},
    {"白底黑字", PlateColor::white},
    {"黑底白字", PlateColor::black},
    {"绿底黑字", PlateColor::green},
    {"渐变绿", PlateColor::green},
    {"绿白渐变", PlateColor::green},
    {"渐变绿底黑字", PlateColor::green},
    {"黄绿双拼", PlateColor::yellow_green},
    {"黄绿渐变", PlateColor::yellow_green},
    {"黄绿双拼底黑字", PlateColor::yellow_green},
};

// Words beside name, zh and zh + 色. Where people call one paint by either of two names of the
// standard, both count.
struct ColorSpelling {
  std::string_view text;
  std::vector<BodyColor> colors;
};
const std::vector<ColorSpelling>& body_color_spellings() {
  using enum BodyColor;
  static const std::vector<ColorSpelling> spellings = {
      {"gray", {grey}},        {"silver", {grey}},        {"银", {grey}},
      {"银灰", {grey}},        {"深灰", {grey}},          {"银白", {grey, white}},
      {"乳白", {white}},       {"米", {white, yellow}},   {"beige", {white, yellow}},
      {"橙", {yellow, red}},   {"桔", {yellow, red}},     {"orange", {yellow, red}},
      {"金", {yellow, brown}}, {"gold", {yellow, brown}}, {"香槟", {yellow, brown}},
      {"粉红", {pink}},        {"暗红", {red}},           {"枣红", {red}},
      {"深红", {red}},         {"大红", {red}},           {"褐", {brown}},
      {"棕褐", {brown}},       {"咖啡", {brown}},         {"墨绿", {green}},
      {"青", {green, blue}},   {"cyan", {green, blue}},   {"浅蓝", {blue}},
      {"深蓝", {blue}},        {"天蓝", {blue}},          {"藏青", {blue, black}},
  };
  return spellings;
}

// 号牌种类 hpzl and the plate colours it may show. No colours: no grammar and no colour known here.
using Colors = std::vector<PlateColor>;
const std::vector<PlateKind>& plate_kinds() {
  using enum PlateColor;
  static const std::vector<PlateKind> kinds = {
      {"01", "大型汽车", Colors{yellow}},
      {"02", "小型汽车", Colors{blue}},
      {"03", "使馆汽车", Colors{black}},
      {"04", "领馆汽车", Colors{black}},
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
      {"15", "挂车", Colors{yellow}},
      {"16", "教练汽车", Colors{yellow}},
      {"17", "教练摩托车", {}},
      {"18", "试验汽车", {}},
      {"19", "试验摩托车", {}},
      {"20", "临时入境汽车", {}},
      {"21", "临时入境摩托车", {}},
      {"22", "临时行驶车", {}},
      {"23", "警用汽车", Colors{white}},
      {"24", "警用摩托车", {}},
      {"25", "原农机号牌", {}},
      {"26", "香港入出境车", Colors{black}},
      {"27", "澳门入出境车", Colors{black}},
      {"31", "武警号牌", {}},  // 31, 32, 41 and 99 are remembered, not seen in a source
      {"32", "军队号牌", {}},
      {"41", "无号牌", {}},
      {"51", "大型新能源汽车", Colors{yellow_green}},
      {"52", "小型新能源汽车", Colors{green}},
      {"99", "其他号牌", {}},
  };
  return kinds;
}

struct Direction {
  std::string_view zh, letters, heading;  // letters: from, to
};
constexpr Direction kDirections[] = {
    // in the order of the codes 01 to 08
    {"由东向西", "e w", "westbound"},
    {"由西向东", "w e", "eastbound"},
    {"由南向北", "s n", "northbound"},
    {"由北向南", "n s", "southbound"},
    {"由东南向西北", "se nw", "northwestbound"},
    {"由西北向东南", "nw se", "southeastbound"},
    {"由东北向西南", "ne sw", "southwestbound"},
    {"由西南向东北", "sw ne", "northeastbound"},
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// English ways to say a direction, down to "from to" letters: "South to north", "S->N", "S-N".
std::string direction_letters(std::string_view text) {
  std::string letters;
  for (const char c : text) letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  constexpr std::pair<std::string_view, std::string_view> kShorter[] = {
      {"north", "n"}, {"south", "s"}, {"east", "e"}, {"west", "w"},
      {" to ", " "},  {"->", " "},    {"→", " "},    {"-", " "}};
  for (const auto& [longer, shorter] : kShorter) letters = replaced(letters, longer, shorter);
  return replaced(letters, "  ", " ");
}

}  // namespace

std::string_view name_of(PlateLook v) {
  return entry_of(kLooks, v).name;
}
std::string_view name_of(PlateColor v) {
  return entry_of(kPlateColors, v).name;
}
std::string_view name_of(VehicleClass v) {
  return entry_of(kClasses, v).name;
}
std::string_view name_of(BodyColor v) {
  return entry_of(kBodyColors, v).name;
}
std::string_view name_of(Special v) {
  return entry_of(kSpecials, v).name;
}
std::string_view name_of(Facing v) {
  return entry_of(kFacings, v).name;
}
std::string_view name_of(Role v) {
  return entry_of(kRoles, v).name;
}
std::string_view zh_of(PlateColor v) {
  return entry_of(kPlateColors, v).zh;
}
std::string_view zh_of(VehicleClass v) {
  return entry_of(kClasses, v).zh;
}
std::string_view zh_of(BodyColor v) {
  return entry_of(kBodyColors, v).zh;
}
char code_of(BodyColor v) {
  return entry_of(kBodyColors, v).code;
}

PlateColor color_of(PlateLook look) {
  switch (look) {
    case PlateLook::blue:
      return PlateColor::blue;
    case PlateLook::yellow:
    case PlateLook::yellow_double:
      return PlateColor::yellow;
    case PlateLook::green:
      return PlateColor::green;
    case PlateLook::yellow_green:
      return PlateColor::yellow_green;
    case PlateLook::white:
      return PlateColor::white;
    case PlateLook::black:
      break;
  }
  return PlateColor::black;
}

std::optional<PlateLook> plate_look_named(std::string_view name) {
  return named(kLooks, name);
}
std::optional<VehicleClass> vehicle_class_named(std::string_view name) {
  return named(kClasses, name);
}
std::optional<Special> special_named(std::string_view name) {
  return named(kSpecials, name);
}
std::optional<Facing> facing_named(std::string_view name) {
  return named(kFacings, name);
}
std::optional<Role> role_named(std::string_view name) {
  return named(kRoles, name);
}

std::optional<PlateColor> parse_plate_color(std::string_view text) {
  std::string key = folded_word(text);
  for (const std::string_view ending : {"色", "牌"})
    if (key.ends_with(ending)) key.resize(key.size() - ending.size());
  for (const Spelling& spelling : kPlateColorSpellings)
    if (key == spelling.text) return spelling.color;
  for (const auto& word : kPlateColors)
    if (key == folded_word(word.name) || key == word.zh) return word.value;
  return std::nullopt;
}

std::vector<BodyColor> parse_body_color(std::string_view text) {
  // Letters of the standard; three at most, which is what a code field holds.
  std::vector<BodyColor> colors;
  const auto add = [&](BodyColor color) {
    if (std::find(colors.begin(), colors.end(), color) == colors.end()) colors.push_back(color);
  };
  std::string key = replaced(folded_word(text), "、", "/");
  const bool letters = !key.empty() && key.size() <= 3 &&
                       std::all_of(key.begin(), key.end(),
                                   [](char c) { return (c >= 'a' && c <= 'j') || c == 'z'; });
  if (letters) {
    for (const char c : key)
      for (const ColorWord& word : kBodyColors)
        if (c - 'a' + 'A' == word.code) add(word.value);
    return colors;
  }
  // 白/黑, "white, black": each word counts, and none may be unknown.
  if (const std::size_t at = key.find_first_of("/,+"); at != std::string::npos) {
    const auto first = parse_body_color(key.substr(0, at));
    const auto rest = parse_body_color(key.substr(at + 1));
    if (first.empty() || rest.empty() || first.size() + rest.size() > 3) return {};
    for (const BodyColor color : first) add(color);
    for (const BodyColor color : rest) add(color);
    return colors;
  }
  if (key.ends_with("色")) key.resize(key.size() - std::string_view("色").size());
  for (const ColorWord& word : kBodyColors)
    if (key == word.name || key == word.zh) return {word.value};
  for (const ColorSpelling& spelling : body_color_spellings())
    if (key == spelling.text) return spelling.colors;
  return {};
}

const PlateKind* find_plate_kind(std::string_view code_or_name) {
  const std::string padded = (code_or_name.size() == 1 ? "0" : "") + std::string(code_or_name);
  std::string_view bare = code_or_name;
  constexpr std::string_view kEnding = "号牌";
  if (bare.ends_with(kEnding)) bare.remove_suffix(kEnding.size());
  for (const PlateKind& kind : plate_kinds())
    if (kind.code == padded || kind.zh == code_or_name || kind.zh == bare) return &kind;
  return nullptr;
}

std::optional<std::string> parse_direction(std::string_view text) {
  std::string phrase = replaced(replaced(std::string(text), "自", "由"), "往", "向");
  if (!phrase.starts_with("由")) phrase = "由" + phrase;
  const std::string letters = direction_letters(text);
  for (std::size_t i = 0; i < std::size(kDirections); ++i) {
    const Direction& direction = kDirections[i];
    const std::string number(1, static_cast<char>('1' + i));
    if (text == number || text == "0" + number || phrase == direction.zh ||
        letters == direction.letters || letters == direction_letters(direction.heading))
      return std::string(direction.zh);
  }
  return std::nullopt;
}

std::span<const std::string_view> provinces() {
  static constexpr std::string_view kProvinces[] = {"京", "津", "沪", "渝", "冀", "豫", "云", "辽",
                                                    "黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣",
                                                    "鄂", "桂", "甘", "晋", "蒙", "陕", "吉", "闽",
                                                    "贵", "粤", "青", "藏", "川", "宁", "琼"};
  return kProvinces;
}

}  // namespace vioreview
