// SPDX-License-Identifier: Apache-2.0
#include "perceive/overlay_grammar.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/time.h"
#include "core/vocabulary.h"
#include "perceive/glyphs.h"

namespace vioreview {
namespace {

using Glyphs = std::vector<Glyph>;

// The digit that a character stands for where only a digit can stand; "" for none.
std::string_view as_digit(std::string_view c) {
  if (digit(c)) return c;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kAlike = {{{"O", "0"},
                                                                                     {"o", "0"},
                                                                                     {"D", "0"},
                                                                                     {"Q", "0"},
                                                                                     {"〇", "0"},
                                                                                     {"I", "1"},
                                                                                     {"l", "1"},
                                                                                     {"i", "1"},
                                                                                     {"|", "1"},
                                                                                     {"丨", "1"},
                                                                                     {"Z", "2"},
                                                                                     {"z", "2"},
                                                                                     {"S", "5"},
                                                                                     {"s", "5"},
                                                                                     {"B", "8"},
                                                                                     {"b", "6"},
                                                                                     {"g", "9"}}};
  for (const auto& [letter_read, meant] : kAlike)
    if (letter_read == c) return meant;
  return "";
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// Digits of a value in groups, apart where something else stands or a blank is read as none.
struct Groups {
  std::vector<std::string> digits;
  int strange = 0;  // between them: neither digits, nor look-alikes, nor separators
  bool ends_strange = false;
};

Groups groups_of(const Glyphs& value) {
  Groups groups;
  bool open = false;
  for (const Glyph& glyph : value) {
    const std::string_view d = as_digit(glyph.text);
    if (d.empty()) {
      constexpr std::string_view kBetween = "-—一/.:：,;·年月日时分秒";
      groups.ends_strange = kBetween.find(glyph.text) == std::string_view::npos;
      groups.strange += groups.ends_strange;
      open = false;
      continue;
    }
    if (!open) groups.digits.emplace_back();
    groups.digits.back() += d;
    open = true;
    groups.ends_strange = false;
  }
  return groups;
}

// A stroke between year, month and day is often read as a digit. What stands in its place is taken
// for one where the first colon follows ten characters of a date and two of the hour; a number
// before them belongs to the label (时间2:). The second reading, without them, has to agree.
Glyphs with_strokes(Glyphs value) {
  constexpr std::size_t kDateAndHour = 12;
  const auto is_colon = [](const Glyph& glyph) { return glyph.text == ":" || glyph.text == "："; };
  const auto colon = std::find_if(value.begin(), value.end(), is_colon);
  const auto before = static_cast<std::size_t>(colon - value.begin());
  if (colon == value.end() || before < kDateAndHour || before > kDateAndHour + 1) return value;
  const std::size_t first = before - kDateAndHour;
  if (value[first].text != "2" || value[first + 1].text != "0") return value;
  const std::size_t second = before + 3;  // the second colon: else a stroke was lost, not misread
  if (second >= value.size() || (!is_colon(value[second]) && value[second].text != ";"))
    return value;
  for (const std::size_t stroke : {first + 4, first + 7}) value[stroke].text = "/";
  if (first > 0) value[0].text = "/";
  return value;
}

// Groups of a time's usual lengths; the blank between day and hour, and any separator, may be lost,
// but no digit may be: 14 of them, then up to three of a fraction.
std::string repaired_time(const Glyphs& value) {
  constexpr int kMostStrange = 1;  // 月 is the character that is misread most
  const Groups groups = groups_of(with_strokes(value));
  std::string all;
  std::size_t seen = 0;
  constexpr std::array<std::size_t, 6> kEnds = {4, 6, 8, 10, 12, 14};
  for (const std::string& group : groups.digits) {
    // A separator stands only where a part ends.
    if (seen > 0 && std::find(kEnds.begin(), kEnds.end(), seen) == kEnds.end()) return "";
    all += group;
    seen = all.size();
  }
  if (groups.strange > kMostStrange || groups.ends_strange) return "";
  if (all.size() < 14 || all.size() > 17 || !all.starts_with("20")) return "";
  const auto part = [&](std::size_t from, std::size_t n) { return all.substr(from, n); };
  std::string text = part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                     part(10, 2) + ":" + part(12, 2);
  if (all.size() > 14) text += "." + part(14, 3) + std::string(17 - all.size(), '0');
  return parse_time(text) ? text : "";
}

// All digits, look-alikes mended; "" where something else stands among them.
std::string repaired_digits(const Glyphs& value, std::size_t least, std::size_t most) {
  std::string text;
  for (const Glyph& glyph : value) {
    if (as_digit(glyph.text).empty()) return "";
    text += as_digit(glyph.text);
  }
  return text.size() >= least && text.size() <= most ? text : "";
}

// 1625, 16250, 1352A: four digits, and maybe a local digit or letter.
std::string repaired_code(Glyphs value) {
  std::string suffix;
  if (value.size() == 5) {
    suffix = upper(value.back().text);
    if (!digit(suffix) && !letter(suffix)) return "";
    value.pop_back();
  }
  const std::string code = repaired_digits(value, 4, 4);
  return code.empty() || code[0] == '0' ? "" : code + suffix;
}

// Kilometres an hour; the unit and one decimal may follow.
std::string repaired_speed(const Glyphs& value) {
  std::string text;
  std::size_t i = 0;
  for (; i < value.size(); ++i) {
    const std::string& c = value[i].text;
    if (digit(c) || (c == "." && !text.empty()))
      text += c;
    else if (text.size() < 3 && i + 1 < value.size() && !as_digit(c).empty() && c != "k")
      text += as_digit(c);
    else
      break;
  }
  const bool unit = i == value.size() || upper(value[i].text) == "K" || value[i].text == "公" ||
                    value[i].text == "千";
  const std::size_t whole = std::min(text.find('.'), text.size());
  const bool sound = unit && whole >= 1 && whole <= 3 && text.size() <= whole + 3 &&
                     text.find('.', whole + 1) == std::string::npos && text[0] != '0' &&
                     text.back() != '.';
  return sound ? text : "";
}

std::string repaired_direction(const Glyphs& value) {
  return parse_direction(text_of(value)).value_or("");
}

std::string repaired_lane(Glyphs value) {
  if (!value.empty() && (value.front().text == "第")) value.erase(value.begin());
  while (!value.empty() && han(value.back().text)) value.pop_back();  // 2车道
  const std::string text = repaired_digits(value, 1, 2);
  const std::size_t first = text.find_first_not_of('0');
  return first == std::string::npos ? "" : text.substr(first);
}

// A province, a letter, and five or six letters and digits; GA 36 has no I and no O.
std::string repaired_plate(const Glyphs& value) {
  if (value.size() < 7 || value.size() > 8) return "";
  const auto known = provinces();
  if (std::find(known.begin(), known.end(), value[0].text) == known.end()) return "";
  std::string text = value[0].text;
  for (std::size_t i = 1; i < value.size(); ++i) {
    std::string c = upper(value[i].text);
    if (i > 1 && (c == "O" || c == "I")) c = c == "O" ? "0" : "1";
    const bool last_word = i + 1 == value.size() && (c == "警" || c == "学" || c == "挂" ||
                                                     c == "港" || c == "澳" || c == "领");
    if (!(letter(c) || (digit(c) && i > 1) || last_word)) return "";
    text += c;
  }
  return text;
}

bool belongs_in_a_place(std::string_view c) {
  return han(c) || digit(c) || letter(c) || c == "+" || c == "-" || c == "(" || c == ")";
}

// Look-alikes in words of places: what is read so is none, and no road's name ends so.
std::string with_words_mended(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTunnels = {
      {{"隐道", "隧道"}, {"险道", "隧道"}, {"遂道", "隧道"}}};
  for (const auto& [misread_as, meant] : kTunnels)
    if (const std::size_t at = text.find(misread_as); at != std::string::npos)
      text.replace(at, misread_as.size(), meant);
  for (const std::string_view mouth : {"回", "囗"})
    if (text.ends_with(mouth)) text.replace(text.size() - mouth.size(), mouth.size(), "口");
  return text;
}

std::string repaired_place(const Glyphs& value) {
  std::string text;
  std::size_t names = 0;
  for (const Glyph& glyph : value) {
    std::string c = glyph.text == "（" ? "(" : glyph.text == "）" ? ")" : glyph.text;
    if (!belongs_in_a_place(c)) continue;  // a dot or a stroke of dirt
    names += han(c);
    text += upper(std::move(c));
  }
  // Before and after it they join nothing: a stroke of dirt.
  const std::size_t first = text.find_first_not_of("-+"), last = text.find_last_not_of("-+");
  return names >= 2 ? with_words_mended(text.substr(first, last + 1 - first)) : "";
}

std::string repaired_letters(const Glyphs& value) {
  std::string text;
  for (const Glyph& glyph : value) {
    if (!digit(glyph.text) && !letter(glyph.text)) return "";
    text += upper(glyph.text);
  }
  return text.size() >= 4 ? text : "";
}

}  // namespace

std::string repaired(OverlayField field, const std::vector<Glyph>& value) {
  switch (field) {
    case OverlayField::time:
      return repaired_time(value);
    case OverlayField::place:
      return repaired_place(value);
    case OverlayField::direction:
      return repaired_direction(value);
    case OverlayField::lane:
      return repaired_lane(value);
    case OverlayField::device:
      return repaired_digits(value, 6, 24);
    case OverlayField::violation:
      return repaired_code(value);
    case OverlayField::speed:
    case OverlayField::limit:
      return repaired_speed(value);
    case OverlayField::plate:
      return repaired_plate(value);
    case OverlayField::anti_forgery:
      return repaired_letters(value);
    case OverlayField::other:
      return text_of(value);
  }
  return "";
}

bool of_digits(OverlayField field) {
  return field == OverlayField::time || field == OverlayField::device ||
         field == OverlayField::violation || field == OverlayField::speed ||
         field == OverlayField::limit;
}

std::vector<std::size_t> separators(OverlayField field, const std::vector<Glyph>& value) {
  std::vector<std::size_t> found;
  const Glyphs glyphs = field == OverlayField::time ? with_strokes(value) : value;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const bool unit = field == OverlayField::speed || field == OverlayField::limit;
    if (unit ? !digit(glyphs[i].text) : as_digit(glyphs[i].text).empty()) found.push_back(i);
  }
  return found;
}

}  // namespace vioreview
