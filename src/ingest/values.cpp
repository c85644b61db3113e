// SPDX-License-Identifier: Apache-2.0
#include "ingest/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "ingest/text.h"

namespace vioreview {
namespace {

constexpr std::size_t kLongestShown = 60, kLongestId = 128;

constexpr std::string_view kUnread[] = {"未识别", "无车牌",   "无牌",    "无牌车",    "无号牌",
                                        "未知",   "无法识别", "车牌",    "无",        "UNKNOWN",
                                        "NONE",   "NULL",     "NOPLATE", "UNLICENSED"};

constexpr std::string_view kNoLetter[] = {" ", "\t", "-",  ".",  "_", "·", "•",
                                          "‧", "∙",  "・", "。", "—", "–", "\xC2\xA0"};

struct RoleWord {
  std::string_view zh;
  Role role;
};
constexpr RoleWord kRoleWords[] = {
    {"全景", Role::panel},     {"特写", Role::closeup},     {"号牌特写", Role::closeup},
    {"驾驶人", Role::driver},  {"驾驶员", Role::driver},    {"信号灯", Role::signal},
    {"合成", Role::composite}, {"合成图", Role::composite},
};

}  // namespace

std::optional<std::string> text_of(const Value& value) {
  if (const auto* text = value.as_string()) return trimmed(*text);
  if (const auto* whole = value.as_int()) return std::to_string(*whole);
  if (!value.is_number()) return std::nullopt;
  const double number = value.number();
  if (number == std::floor(number) && std::abs(number) < 1e15)
    return std::to_string(static_cast<std::int64_t>(number));
  return write_json(value);
}

std::optional<double> number_of_value(const Value& value) {
  double number = value.number();
  if (const auto* given = value.as_string()) {
    const std::string text = trimmed(half_width(*given));
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  } else if (!value.is_number()) {
    return std::nullopt;
  }
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

std::string shown(const Value& value) {
  const std::string text = value.as_string() ? *value.as_string() : write_json(value);
  if (text.size() <= kLongestShown) return text;
  return std::string(cut(text, kLongestShown)) + "...";
}

std::string plate_of(std::string_view text) {
  std::string plate = upper_case(half_width(text));
  for (const std::string_view mark : kNoLetter)
    for (std::size_t at = plate.find(mark); at != std::string::npos; at = plate.find(mark, at))
      plate.erase(at, mark.size());
  const bool zeros = plate.find_first_not_of('0') == std::string::npos;
  const bool unread = std::find(std::begin(kUnread), std::end(kUnread), plate) != std::end(kUnread);
  return zeros || unread ? "" : plate;
}

bool usable_id(std::string_view id) {
  std::size_t characters = 0;
  while (!id.empty()) {
    if (is_control(take_character(id)) || ++characters > kLongestId) return false;
  }
  return characters > 0;
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(";|"), text.size());
    if (std::string part = trimmed(text.substr(0, end)); !part.empty())
      parts.push_back(std::move(part));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

std::optional<std::string> parse_layout(std::string_view text) {
  const std::string layout = lower_case(trimmed(text));
  const std::string tiles = layout.ends_with('c') ? layout.substr(0, layout.size() - 1) : layout;
  const auto side = [&](std::size_t i) { return tiles[i] >= '1' && tiles[i] <= '4'; };
  const bool grid = tiles.size() == 3 && tiles[1] == 'x' && side(0) && side(2);
  if (!grid && tiles != "1+3" && tiles != "3+1" && layout != "single") return std::nullopt;
  return layout == "1x1" ? "single" : layout;
}

std::optional<Role> parse_role(std::string_view text) {
  if (const auto role = role_named(lower_case(trimmed(text)))) return role;
  for (const RoleWord& word : kRoleWords)
    if (word.zh == text) return word.role;
  return std::nullopt;
}

}  // namespace vioreview
