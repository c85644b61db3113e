// SPDX-License-Identifier: Apache-2.0
// Recorded vehicle classes: GA/T 16.4 codes and names (domain reference 7.6; the names as public
// traffic-police software lists them), and the words of people and models.
#include <algorithm>

#include "core/vocabulary.h"
#include "core/words.h"

namespace vioreview {
namespace {

using Looks = std::vector<VehicleClass>;

// What a class looks like. A model cannot tell a saloon from an SUV, or a small van from a minibus,
// reliably enough to call a record wrong, so near looks fit too (a proposal, no standard says so).
struct CodeRow {
  std::string_view prefix;  // of the code; the longest that fits counts
  Looks looks;
  std::optional<bool> medium_or_larger;
};
const std::vector<CodeRow>& code_rows() {
  using enum VehicleClass;
  const std::optional<bool> unknown;
  static const std::vector<CodeRow> rows = {
      {"K", {car, suv, van, minibus, bus}, unknown},
      {"K1", {bus, minibus}, true},  // from 6 m or 20 seats
      {"K15", {bus, minibus, suv}, true},
      {"K16", {bus, car}, true},
      {"K2", {minibus, bus, van}, true},
      {"K25", {minibus, van, suv}, true},
      {"K26", {minibus, van, car}, true},
      {"K3", {car, suv, van, minibus}, false},
      {"K32", {suv, car}, false},
      {"K33", {car, suv}, false},
      {"K39", {van, minibus}, false},
      {"K4", {car, suv, van, minibus}, false},
      {"K42", {suv, car}, false},
      {"K43", {car, suv}, false},
      {"K49", {van, minibus}, false},
      {"H", {truck, pickup, van}, unknown},
      {"H1", {truck}, true},
      {"H2", {truck}, true},
      {"H3", {truck, pickup, van}, false},
      {"H4", {truck, pickup, van}, false},
      {"H5", {truck, tricycle}, false},
      {"Q", {truck}, unknown},
      {"Q1", {truck}, true},
      {"Q2", {truck}, true},
      {"Q3", {truck}, false},
      {"B", {truck, other}, unknown},
      {"G", {truck, other}, unknown},
      {"M", {motorcycle, tricycle}, false},
      {"M2", {motorcycle}, false},
      {"N", {tricycle, truck}, false},
      {"D", {bus}, unknown},
      {"Z", {}, unknown},  // from sprinklers to cranes
      {"T", {}, unknown},
      {"J", {}, unknown},
      {"X", {}, unknown},
  };
  return rows;
}

// Chinese names of the standard: a size and a kind, "小型" + "轿车" = K3 + 3. The kind's number is
// empty where only the size is said.
struct Part {
  std::string_view zh, code;
};
struct NameGroup {
  std::vector<Part> sizes, kinds;
};
const std::vector<NameGroup>& name_groups() {
  static const std::vector<Part> lorries = {
      {"货车", ""},          {"普通货车", "1"},     {"厢式货车", "2"},    {"封闭货车", "3"},
      {"罐式货车", "4"},     {"平板货车", "5"},     {"集装厢车", "6"},    {"集装箱车", "6"},
      {"自卸货车", "7"},     {"特殊结构货车", "8"}, {"仓栅式货车", "9"},  {"车辆运输车", "A"},
      {"厢式自卸货车", "B"}, {"罐式自卸货车", "C"}, {"平板自卸货车", "D"}};
  static const std::vector<NameGroup> groups = {
      {{{"大型", "K1"}, {"中型", "K2"}},
       {{"客车", ""},
        {"普通客车", "1"},
        {"双层客车", "2"},
        {"卧铺客车", "3"},
        {"铰接客车", "4"},
        {"越野客车", "5"},
        {"轿车", "6"},
        {"专用客车", "7"},
        {"专用校车", "8"}}},
      {{{"小型", "K3"}, {"微型", "K4"}},
       {{"客车", ""},
        {"普通客车", "1"},
        {"越野客车", "2"},
        {"轿车", "3"},
        {"专用客车", "4"},
        {"专用校车", "8"},
        {"面包车", "9"}}},
      {{{"重型", "H1"},
        {"大型", "H1"},
        {"中型", "H2"},
        {"轻型", "H3"},
        {"小型", "H3"},
        {"微型", "H4"}},
       lorries},
      {{{"重型", "Q1"}, {"中型", "Q2"}, {"轻型", "Q3"}},
       {{"牵引车", ""}, {"半挂牵引车", "1"}, {"全挂牵引车", "2"}}},
      {{{"重型", "B1"}, {"中型", "B2"}, {"轻型", "B3"}}, {{"半挂车", ""}, {"普通半挂车", "1"}}},
      {{{"重型", "G1"}, {"中型", "G2"}, {"轻型", "G3"}}, {{"全挂车", ""}, {"普通全挂车", "1"}}},
      {{{"大型", "Z1"},
        {"中型", "Z2"},
        {"小型", "Z3"},
        {"微型", "Z4"},
        {"重型", "Z5"},
        {"轻型", "Z7"}},
       {{"专项作业车", "1"}, {"非载货专项作业车", "1"}, {"载货专项作业车", "2"}}},
  };
  return groups;
}

// Names without a size.
constexpr Part kNames[] = {
    {"客车", "K"},
    {"大客车", "K1"},
    {"公交车", "K1"},
    {"中巴", "K2"},
    {"中巴车", "K2"},
    {"轿车", "K33"},
    {"小轿车", "K33"},
    {"越野车", "K32"},
    {"货车", "H"},
    {"卡车", "H"},
    {"大货车", "H1"},
    {"小货车", "H3"},
    {"低速货车", "H5"},
    {"普通低速货车", "H51"},
    {"厢式低速货车", "H52"},
    {"罐式低速货车", "H53"},
    {"自卸低速货车", "H54"},
    {"仓栅式低速货车", "H55"},
    {"牵引车", "Q"},
    {"半挂牵引车", "Q"},
    {"半挂车", "B"},
    {"全挂车", "G"},
    {"专项作业车", "Z"},
    {"无轨电车", "D11"},
    {"有轨电车", "D12"},
    {"电车", "D"},
    {"摩托车", "M"},
    {"三轮摩托车", "M1"},
    {"普通正三轮摩托车", "M11"},
    {"轻便正三轮摩托车", "M12"},
    {"正三轮载客摩托车", "M13"},
    {"正三轮载货摩托车", "M14"},
    {"侧三轮摩托车", "M15"},
    {"二轮摩托车", "M2"},
    {"两轮摩托车", "M2"},
    {"普通二轮摩托车", "M21"},
    {"轻便二轮摩托车", "M22"},
    {"轻便摩托车", "M22"},
    {"三轮汽车", "N11"},
    {"拖拉机", "T"},
    {"大型轮式拖拉机", "T11"},
    {"小型轮式拖拉机", "T21"},
    {"手扶拖拉机", "T22"},
    {"轮式机械", "J"},
    {"轮式装载机械", "J11"},
    {"轮式挖掘机械", "J12"},
    {"轮式平地机械", "J13"},
    {"其他", "X99"},
    {"其它", "X99"},
};

// Words that are no class of the standard; the first of a row is how a record then names it.
struct WordRow {
  std::vector<std::string_view> words;
  Looks looks;
  std::optional<bool> medium_or_larger;
};
const std::vector<WordRow>& word_rows() {
  using enum VehicleClass;
  const std::optional<bool> unknown;
  static const std::vector<WordRow> rows = {
      {{"car", "sedan", "saloon", "小汽车"}, {car, suv}, false},
      {{"suv", "越野"}, {suv, car}, false},
      {{"van", "面包车", "面包"}, {van, minibus}, false},
      {{"mpv", "商务车"}, {van, suv, car, minibus}, false},
      {{"minibus"}, {minibus, bus, van}, unknown},  // a look, on plates of either size
      {{"bus", "coach"}, {bus, minibus}, true},
      {{"pickup", "pickup_truck", "皮卡", "皮卡车"}, {pickup, truck, suv}, false},
      {{"truck", "lorry"}, {truck, pickup, van}, unknown},
      {{"light_truck"}, {truck, pickup, van}, false},
      {{"medium_truck"}, {truck}, true},
      {{"heavy_truck"}, {truck}, true},
      {{"tanker", "oil_tank_truck", "罐车", "油罐车"}, {truck}, true},
      {{"concrete_mixer", "混凝土搅拌车", "水泥罐车"}, {truck}, true},
      {{"slag_truck", "渣土车", "泥头车"}, {truck}, true},
      {{"trailer", "挂车"}, {truck, other}, unknown},
      {{"motorcycle", "motorbike", "moped"}, {motorcycle, tricycle}, false},
      {{"tricycle", "三轮车"}, {tricycle, motorcycle, truck}, false},
      {{"taxi", "出租车"}, {car, suv, van}, false},
      {{"school_bus", "校车"}, {bus, minibus, van}, unknown},
      {{"police_car", "警车"}, {car, suv, van, minibus, other}, unknown},
      {{"ambulance", "救护车"}, {van, minibus, other}, unknown},
      {{"fire_engine", "fire_truck", "消防车"}, {truck, other}, unknown},
      {{"rescue_vehicle", "工程救险车", "抢险车", "清障车"}, {}, unknown},
      {{"sprinkler", "洒水车"}, {truck, other}, unknown},
      {{"small_vehicle", "小型汽车", "小型车"}, {car, suv, van, minibus, pickup, truck}, false},
      {{"large_vehicle", "大型汽车", "大型车"}, {bus, minibus, truck}, true},
      {{"other"}, {}, unknown},
  };
  return rows;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

// A letter, a size digit, and a kind that is a digit or a capital; the later parts may be missing.
bool is_code(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return !text.empty() && text.size() <= 3 && capital(text[0]) &&
         (text.size() < 2 || digit(text[1])) &&
         (text.size() < 3 || digit(text[2]) || capital(text[2]));
}

std::optional<RecordedClass> class_of_code(const std::string& code) {
  const CodeRow* best = nullptr;
  for (const CodeRow& row : code_rows())
    if (code.starts_with(row.prefix) && (!best || row.prefix.size() > best->prefix.size()))
      best = &row;
  if (!best) return std::nullopt;
  return RecordedClass{code, best->looks, best->medium_or_larger};
}

std::string code_of_name(std::string_view name) {
  for (const Part& known : kNames)
    if (name == known.zh) return std::string(known.code);
  for (const NameGroup& group : name_groups())
    for (const Part& size : group.sizes) {
      if (!name.starts_with(size.zh)) continue;
      for (const Part& kind : group.kinds)
        if (name.substr(size.zh.size()) == kind.zh)
          return std::string(size.code) + std::string(kind.code);
    }
  return "";
}

}  // namespace

std::optional<RecordedClass> parse_vehicle_class(std::string_view text) {
  const std::string word = folded_word(text);
  if (const std::string code = upper(word); is_code(code)) return class_of_code(code);
  if (const std::string code = code_of_name(word); !code.empty()) return class_of_code(code);
  for (const WordRow& row : word_rows())
    for (const std::string_view known : row.words)
      if (folded_word(known) == word)
        return RecordedClass{std::string(row.words.front()), row.looks, row.medium_or_larger};
  return std::nullopt;
}

}  // namespace vioreview
