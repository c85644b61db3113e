// SPDX-License-Identifier: Apache-2.0
#include "perceive/overlay_grammar.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/time.h"
#include "core/vocabulary.h"

namespace vioreview {
namespace {

using Glyphs = std::vector<Glyph>;

struct Label {
  std::array<std::string_view, 4> characters;  // unused ones are empty
  std::size_t length;
  OverlayField field;
};

// Longer ones first, so that 设备编号 is not read as 设备.
constexpr Label kLabels[] = {
    {{"抓", "拍", "时", "间"}, 4, OverlayField::time},
    {{"违", "法", "时", "间"}, 4, OverlayField::time},
    {{"违", "法", "地", "点"}, 4, OverlayField::place},
    {{"抓", "拍", "地", "点"}, 4, OverlayField::place},
    {{"行", "驶", "方", "向"}, 4, OverlayField::direction},
    {{"设", "备", "编", "号"}, 4, OverlayField::device},
    {{"违", "法", "代", "码"}, 4, OverlayField::violation},
    {{"违", "法", "行", "为"}, 4, OverlayField::other},
    {{"车", "牌", "号", "码"}, 4, OverlayField::plate},
    {{"号", "牌", "号", "码"}, 4, OverlayField::plate},
    {{"车", "道", "号", ""}, 3, OverlayField::lane},
    {{"防", "伪", "码", ""}, 3, OverlayField::anti_forgery},
    {{"实", "测", "值", ""}, 3, OverlayField::speed},
    {{"标", "准", "值", ""}, 3, OverlayField::limit},
    {{"时", "间", "", ""}, 2, OverlayField::time},
    {{"地", "点", "", ""}, 2, OverlayField::place},
    {{"路", "口", "", ""}, 2, OverlayField::place},
    {{"方", "向", "", ""}, 2, OverlayField::direction},
    {{"车", "道", "", ""}, 2, OverlayField::lane},
    {{"设", "备", "", ""}, 2, OverlayField::device},
    {{"代", "码", "", ""}, 2, OverlayField::violation},
    {{"车", "牌", "", ""}, 2, OverlayField::plate},
    {{"号", "牌", "", ""}, 2, OverlayField::plate},
    {{"车", "速", "", ""}, 2, OverlayField::speed},
    {{"速", "度", "", ""}, 2, OverlayField::speed},
    {{"限", "速", "", ""}, 2, OverlayField::limit},
    {{"防", "伪", "", ""}, 2, OverlayField::anti_forgery},
};

bool digit(std::string_view c) {
  return c.size() == 1 && c[0] >= '0' && c[0] <= '9';
}

bool letter(std::string_view c) {
  return c.size() == 1 && ((c[0] >= 'A' && c[0] <= 'Z') || (c[0] >= 'a' && c[0] <= 'z'));
}

bool han(std::string_view c) {
  return c.size() == 3 && c >= "\u4E00" && c <= "\u9FFF";
}

bool colon(std::string_view c) {
  return c == ":" || c == "：" || c == ";" || c == "；";
}

// What dirt beside a colon, or a colon itself, is read as.
bool speck(std::string_view c) {
  constexpr std::string_view kSpecks[] = {"'", "\"", "`", "·", ".", ",", "一", "‘", "’", "“", "”"};
  return std::find(std::begin(kSpecks), std::end(kSpecks), c) != std::end(kSpecks);
}

// The digit that a character stands for where only a digit can stand; "" for none.
std::string_view as_digit(std::string_view c) {
  if (digit(c)) return c;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kAlike = {{
      {"O", "0"}, {"o", "0"}, {"D", "0"}, {"Q", "0"}, {"〇", "0"}, {"I", "1"}, {"l", "1"}, {"i", "1"},
      {"|", "1"}, {"丨", "1"}, {"Z", "2"}, {"z", "2"}, {"S", "5"}, {"s", "5"}, {"B", "8"}, {"b", "6"},
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

std::string text_of(const Glyphs& glyphs) {
  std::string text;
  for (const Glyph& glyph : glyphs) text += glyph.text;
  return text;
}

// How wide a character is in this line, for judging gaps: the widest of all, Chinese or not.
float em_of(const Glyphs& line) {
  float widest = 0;
  for (const Glyph& glyph : line) widest = std::max(widest, std::min(glyph.x1 - glyph.x0, 60.0F));
  return widest;
}

struct LabelAt {
  std::size_t begin, end;  // end: where the value begins
  OverlayField field;
};

// A label starts here when its characters stand here and a colon follows (时间 may have a number
// after it), or when it is long, begins the line or stands after a gap. With a colon one character
// of a longer label may be misread.
std::optional<LabelAt> label_at(const Glyphs& line, std::size_t i, bool after_gap) {
  for (const int misread : {0, 1}) {
    for (const Label& label : kLabels) {
      if (i + label.length > line.size() || label.length < 2 + static_cast<std::size_t>(misread))
        continue;
      int wrong = 0;
      for (std::size_t k = 0; k < label.length; ++k)
        wrong += line[i + k].text != label.characters[k];
      if (wrong != misread) continue;
      std::size_t end = i + label.length;
      if (label.field == OverlayField::time && end + 1 < line.size() && digit(line[end].text) &&
          colon(line[end + 1].text))
        ++end;
      if (end + 1 < line.size() && speck(line[end].text) && colon(line[end + 1].text)) ++end;
      if (end < line.size() && colon(line[end].text)) return LabelAt{i, end + 1, label.field};
      if (misread > 0 || (!after_gap && label.length < 3)) continue;
      while (end < line.size() && speck(line[end].text)) ++end;
      return LabelAt{i, end, label.field};
    }
  }
  return std::nullopt;
}

std::vector<LabelAt> labels_of(const Glyphs& line) {
  const float em = em_of(line);
  std::vector<LabelAt> labels;
  for (std::size_t i = 0; i < line.size();) {
    const bool gap = i == 0 || line[i].x0 - line[i - 1].x1 > 0.5F * em;
    if (const auto label = label_at(line, i, gap)) {
      labels.push_back(*label);
      i = label->end;
    } else {
      ++i;
    }
  }
  return labels;
}

// Where a run of characters of a time (digits and what stands between them) ends.
std::size_t end_of_time(const Glyphs& g, std::size_t i) {
  constexpr std::string_view kBetween = "-/.:,年月日时分秒";
  while (i < g.size() && (digit(g[i].text) || kBetween.find(g[i].text) != std::string_view::npos))
    ++i;
  return i;
}

bool ends_like_a_place(std::string_view text) {
  for (const char* end : {"路", "口", "街", "道", "段", "处", "桥", "侧", "米", "场", "站", "前", "村"})
    if (text.ends_with(end)) return true;
  return false;
}

OverlayField kind_of(const Glyphs& piece) {
  const std::string text = text_of(piece);
  if (piece.size() >= 3 && parse_direction(text)) return OverlayField::direction;
  const bool names = std::count_if(piece.begin(), piece.end(),
                                   [](const Glyph& g) { return han(g.text); }) >= 4;
  return names && ends_like_a_place(text) ? OverlayField::place : OverlayField::other;
}

// What carries no label, piece by piece between gaps.
void split_unlabelled(const Glyphs& g, std::size_t begin, std::size_t end,
                      std::vector<FieldText>& fields) {
  const float em = em_of(g);
  for (std::size_t i = begin; i < end;) {
    std::size_t stop = std::min(end_of_time(g, i), end);
    if (stop - i >= 14) {
      fields.push_back({OverlayField::time, Glyphs(g.begin() + static_cast<long>(i),
                                                   g.begin() + static_cast<long>(stop))});
      i = stop;
      continue;
    }
    stop = i + 1;
    while (stop < end && g[stop].x0 - g[stop - 1].x1 <= 0.5F * em &&
           std::min(end_of_time(g, stop), end) - stop < 14)
      ++stop;
    const Glyphs piece(g.begin() + static_cast<long>(i), g.begin() + static_cast<long>(stop));
    fields.push_back({kind_of(piece), piece});
    i = stop;
  }
}

// Digits of a value in groups, apart where something else stands or a blank is read as none.
struct Groups {
  std::vector<std::string> digits;
  bool clean = true;  // nothing but digits, look-alikes and separators
};

Groups groups_of(const Glyphs& value) {
  Groups groups;
  bool open = false;
  for (const Glyph& glyph : value) {
    const std::string_view d = as_digit(glyph.text);
    if (d.empty()) {
      constexpr std::string_view kBetween = "-—一/.:：,;·年月日时分秒";
      groups.clean = groups.clean && kBetween.find(glyph.text) != std::string_view::npos;
      open = false;
      continue;
    }
    if (!open) groups.digits.emplace_back();
    groups.digits.back() += d;
    open = true;
  }
  return groups;
}

// Groups of a time's usual lengths; the blank between day and hour, and any separator, may be lost,
// but no digit may be: 14 of them, then up to three of a fraction.
std::string repaired_time(const Glyphs& value) {
  const Groups groups = groups_of(value);
  std::string all;
  std::size_t seen = 0;
  constexpr std::array<std::size_t, 6> kEnds = {4, 6, 8, 10, 12, 14};
  for (const std::string& group : groups.digits) {
    // A separator stands only where a part ends.
    if (seen > 0 && std::find(kEnds.begin(), kEnds.end(), seen) == kEnds.end()) return "";
    all += group;
    seen = all.size();
  }
  if (!groups.clean || all.size() < 14 || all.size() > 17 || !all.starts_with("20")) return "";
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

std::string repaired_place(const Glyphs& value) {
  std::string text;
  std::size_t names = 0;
  for (const Glyph& glyph : value) {
    std::string c = glyph.text == "（" ? "(" : glyph.text == "）" ? ")" : glyph.text;
    if (!belongs_in_a_place(c)) continue;  // a dot or a stroke of dirt
    names += han(c);
    text += upper(std::move(c));
  }
  return names >= 2 ? text : "";
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

std::vector<FieldText> split_fields(const std::vector<Glyph>& line) {
  const std::vector<LabelAt> labels = labels_of(line);
  std::vector<FieldText> fields;
  split_unlabelled(line, 0, labels.empty() ? line.size() : labels.front().begin, fields);
  for (std::size_t k = 0; k < labels.size(); ++k) {
    const std::size_t end = k + 1 < labels.size() ? labels[k + 1].begin : line.size();
    fields.push_back({labels[k].field, Glyphs(line.begin() + static_cast<long>(labels[k].end),
                                              line.begin() + static_cast<long>(end))});
  }
  return fields;
}

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
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool unit = field == OverlayField::speed || field == OverlayField::limit;
    if (unit ? !digit(value[i].text) : as_digit(value[i].text).empty()) found.push_back(i);
  }
  return found;
}

}  // namespace vioreview
