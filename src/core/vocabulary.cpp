// SPDX-License-Identifier: Apache-2.0
// The tables. Sources: domain reference 7.6 (codes), 2.x (GA/T); rows that no source confirms say
// so.
#include "core/vocabulary.h"

#include <algorithm>
#include <array>

namespace vioreview {
namespace {

template <class T>
struct Word {
  T value;
  std::string_view name, zh;
};

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
  std::string_view name, zh;
  char code;
};
constexpr ColorWord kBodyColors[] = {
    {BodyColor::white, "white", "白", 'A'},   {BodyColor::grey, "grey", "灰", 'B'},
    {BodyColor::yellow, "yellow", "黄", 'C'}, {BodyColor::pink, "pink", "粉", 'D'},
    {BodyColor::red, "red", "红", 'E'},       {BodyColor::purple, "purple", "紫", 'F'},
    {BodyColor::green, "green", "绿", 'G'},   {BodyColor::blue, "blue", "蓝", 'H'},
    {BodyColor::brown, "brown", "棕", 'I'},   {BodyColor::black, "black", "黑", 'J'},
    {BodyColor::other, "other", "其他", 'Z'},
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

template <class Table, class T>
const auto& entry_of(const Table& table, T value) {
  return *std::find_if(std::begin(table), std::end(table),
                       [&](const auto& w) { return w.value == value; });
}

template <class T, std::size_t N>
std::optional<T> named(const Word<T> (&table)[N], std::string_view name) {
  for (const Word<T>& word : table)
    if (word.name == name) return word.value;
  return std::nullopt;
}

// Lower case (ASCII), without blanks, '_' and '-': how words are compared.
std::string folded(std::string_view text) {
  std::string key;
  for (const char c : text) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

// Other spellings than name, zh and zh + 色. Numbers: national 六合一 style (one file has 4 for
// green and 9 for others).
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
    {"渐变绿", PlateColor::green},
    {"绿白渐变", PlateColor::green},
    {"黄绿双拼", PlateColor::yellow_green},
    {"黄绿渐变", PlateColor::yellow_green},
    {"yellowgreen", PlateColor::yellow_green},
};

struct ColorSpelling {
  std::string_view text;
  BodyColor color;
};
constexpr ColorSpelling kBodyColorSpellings[] = {
    {"gray", BodyColor::grey},   {"silver", BodyColor::grey}, {"银", BodyColor::grey},
    {"银灰", BodyColor::grey},   {"银白", BodyColor::grey},   {"粉红", BodyColor::pink},
    {"褐", BodyColor::brown},    {"棕褐", BodyColor::brown},  {"金", BodyColor::yellow},
    {"gold", BodyColor::yellow}, {"橙", BodyColor::yellow},   {"orange", BodyColor::yellow},
    {"深灰", BodyColor::grey},   {"浅蓝", BodyColor::blue},   {"深蓝", BodyColor::blue},
    {"墨绿", BodyColor::green},  {"暗红", BodyColor::red},    {"枣红", BodyColor::red},
};

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

// What recorded vehicle classes look like. A model cannot tell a saloon from an SUV or a small van
// reliably enough to call a record wrong, so near looks fit too (proposal). The first prefix or
// word that matches counts.
struct ClassRow {
  std::vector<std::string_view> texts;  // GA/T 16.4 prefixes in capitals, English and Chinese words
  std::vector<VehicleClass> looks;
  std::optional<bool> medium_or_larger;
};
const std::vector<ClassRow>& class_rows() {
  using enum VehicleClass;
  static const std::vector<ClassRow> rows = {
      {{"K11", "K12", "K13", "K1", "bus", "大型客车", "大型普通客车", "大客车", "公交车",
        "双层客车", "卧铺客车"},
       {bus},
       true},
      {{"K2", "minibus", "中型客车", "中型普通客车", "中巴"}, {minibus, bus, van}, true},
      {{"K32", "K42", "suv", "小型越野客车", "越野车"}, {suv, car}, false},
      {{"K33", "K43", "car", "sedan", "小型轿车", "微型轿车", "轿车", "小汽车"}, {car, suv}, false},
      {{"K31", "K41", "van", "小型普通客车", "微型普通客车", "面包车", "mpv", "商务车"},
       {car, suv, van, minibus},
       false},
      {{"K3", "K4", "小型客车", "微型客车", "小型汽车", "小型车"}, {car, suv, van, minibus}, false},
      {{"pickup", "皮卡"}, {pickup, truck, car, suv}, false},
      {{"H1", "heavytruck", "heavy_truck", "重型货车", "重型普通货车", "tanker", "罐车", "大型货车",
        "重型半挂牵引车"},
       {truck},
       true},
      {{"H2", "中型货车", "中型普通货车"}, {truck}, true},
      {{"H3", "H4", "lighttruck", "light_truck", "轻型货车", "轻型普通货车", "微型货车",
        "小型货车"},
       {truck, pickup, van},
       false},
      {{"H5", "低速货车"}, {truck, tricycle}, false},
      {{"Q1", "Q2", "Q", "牵引车", "tractor"}, {truck}, true},
      {{"G", "B", "全挂车", "半挂车", "trailer"}, {truck}, std::nullopt},
      {{"truck", "货车", "卡车"}, {truck, pickup}, std::nullopt},
      {{"M", "motorcycle", "摩托车", "普通二轮摩托车", "轻便摩托车"},
       {motorcycle, tricycle},
       false},
      {{"N", "tricycle", "三轮汽车", "三轮车"}, {tricycle, truck, motorcycle}, false},
      {{"policecar", "police_car", "警车"}, {car, suv, van, other}, std::nullopt},
      {{"ambulance", "救护车"}, {van, minibus, other}, std::nullopt},
      {{"fireengine", "fire_engine", "消防车"}, {truck, other}, std::nullopt},
      {{"Z", "专项作业车"}, {}, std::nullopt},
      {{"D", "无轨电车", "电车"}, {bus}, std::nullopt},
      {{"T", "拖拉机"}, {}, std::nullopt},
      {{"J", "轮式机械"}, {}, std::nullopt},
      {{"X", "other", "其他"}, {}, std::nullopt},
  };
  return rows;
}

bool is_code(std::string_view text) {  // a capital and at most two more capitals or digits
  return !text.empty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

// Length of the prefix of `code` in this row, 0 when none fits.
std::size_t prefix_in(const ClassRow& row, std::string_view code) {
  std::size_t longest = 0;
  for (const std::string_view prefix : row.texts)
    if (is_code(prefix) && code.starts_with(prefix)) longest = std::max(longest, prefix.size());
  return longest;
}

const ClassRow* row_of_code(std::string_view code) {
  const ClassRow* best = nullptr;
  std::size_t longest = 0;
  for (const ClassRow& row : class_rows()) {
    const std::size_t length = prefix_in(row, code);
    if (length > longest) {
      longest = length;
      best = &row;
    }
  }
  return best;
}

const ClassRow* row_of_word(std::string_view word) {
  for (const ClassRow& row : class_rows())
    for (const std::string_view known : row.texts)
      if (!is_code(known) && folded(known) == word) return &row;
  return nullptr;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

constexpr std::string_view kDirections[] = {"由东向西",     "由西向东",     "由南向北",
                                            "由北向南",     "由东南向西北", "由西北向东南",
                                            "由东北向西南", "由西南向东北"};

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
  std::string key = folded(text);
  for (const Spelling& spelling : kPlateColorSpellings)
    if (key == folded(spelling.text)) return spelling.color;
  if (key.ends_with("色")) key.resize(key.size() - std::string_view("色").size());
  for (const auto& word : kPlateColors)
    if (key == folded(word.name) || key == word.zh) return word.value;
  return std::nullopt;
}

std::vector<BodyColor> parse_body_color(std::string_view text) {
  std::vector<BodyColor> colors;
  const std::string letters = upper(text);
  for (const char c : letters)
    for (const ColorWord& word : kBodyColors)
      if (c == word.code) colors.push_back(word.value);
  if (!colors.empty() && colors.size() == letters.size() && letters.size() <= 3) return colors;
  std::string key = folded(text);
  if (key.ends_with("色")) key.resize(key.size() - std::string_view("色").size());
  for (const ColorWord& word : kBodyColors)
    if (key == word.name || key == word.zh) return {word.value};
  for (const ColorSpelling& spelling : kBodyColorSpellings)
    if (key == spelling.text) return {spelling.color};
  return {};
}

std::optional<RecordedClass> parse_vehicle_class(std::string_view text) {
  const std::string code = upper(text);
  const bool coded = is_code(code) && (code.size() == 1 || (code[1] >= '0' && code[1] <= '9'));
  const std::string word = folded(text);
  const ClassRow* row = coded ? row_of_code(code) : row_of_word(word);
  if (!row) return std::nullopt;
  return RecordedClass{coded ? code : std::string(text), row->looks, row->medium_or_larger};
}

const PlateKind* find_plate_kind(std::string_view code_or_name) {
  const std::string padded =
      code_or_name.size() == 1 ? "0" + std::string(code_or_name) : std::string(code_or_name);
  for (const PlateKind& kind : plate_kinds())
    if (kind.code == padded || kind.zh == code_or_name ||
        (code_or_name.ends_with("号牌") &&
         kind.zh == code_or_name.substr(0, code_or_name.size() - std::string_view("号牌").size())))
      return &kind;
  return nullptr;
}

std::optional<std::string> parse_direction(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kDirections); ++i) {
    const std::string number(1, static_cast<char>('1' + i));
    if (text == kDirections[i] || text == number || text == "0" + number)
      return std::string(kDirections[i]);
    // 由南向北 is also written 南向北 or 自南向北
    const std::string_view bare = kDirections[i].substr(std::string_view("由").size());
    if (text == bare ||
        (text.starts_with("自") && text.substr(std::string_view("自").size()) == bare))
      return std::string(kDirections[i]);
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
