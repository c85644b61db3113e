// SPDX-License-Identifier: Apache-2.0
// From a line's characters to fields: at labels, else by looks.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/vocabulary.h"
#include "perceive/glyphs.h"
#include "perceive/overlay_grammar.h"

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

bool colon(std::string_view c) {
  return c == ":" || c == "：" || c == ";" || c == "；";
}

// What dirt beside a colon, or a colon itself, is read as.
bool speck(std::string_view c) {
  constexpr std::string_view kSpecks[] = {"'", "\"", "`", "·", ".", ",", "一", "‘", "’", "“", "”"};
  return std::find(std::begin(kSpecks), std::end(kSpecks), c) != std::end(kSpecks);
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

std::size_t misread(const Glyphs& line, std::size_t i, const Label& label) {
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < label.length; ++k) wrong += line[i + k].text != label.characters[k];
  return wrong;
}

// Where the value begins when a colon follows the label, maybe after a number (时间1) or a speck.
std::optional<std::size_t> after_colon(const Glyphs& line, std::size_t end, OverlayField field) {
  const auto follows = [&](auto kind) {
    return end + 1 < line.size() && kind(line[end].text) && colon(line[end + 1].text);
  };
  if ((field == OverlayField::time && follows(digit)) || follows(speck)) ++end;
  return end < line.size() && colon(line[end].text) ? std::optional(end + 1) : std::nullopt;
}

// A label starts here when its characters stand here and a colon follows, one character of a longer
// one misread; or without a colon when it is long, begins the line or stands after a gap.
std::optional<LabelAt> label_at(const Glyphs& line, std::size_t i, bool after_gap) {
  const auto fits = [&](const Label& label, std::size_t wrong) {
    return i + label.length <= line.size() && label.length >= 2 + wrong &&
           misread(line, i, label) == wrong;
  };
  for (const std::size_t wrong : {0, 1})
    for (const Label& label : kLabels)
      if (fits(label, wrong))
        if (const auto value = after_colon(line, i + label.length, label.field))
          return LabelAt{i, *value, label.field};
  for (const Label& label : kLabels) {
    if (!fits(label, 0) || (!after_gap && label.length < 3)) continue;
    std::size_t end = i + label.length;
    while (end < line.size() && speck(line[end].text)) ++end;
    return LabelAt{i, end, label.field};
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
  for (const char* end :
       {"路", "口", "街", "道", "段", "处", "桥", "侧", "米", "场", "站", "前", "村"})
    if (text.ends_with(end)) return true;
  return false;
}

OverlayField kind_of(const Glyphs& piece) {
  const std::string text = text_of(piece);
  if (piece.size() >= 3 && parse_direction(text)) return OverlayField::direction;
  const bool names =
      std::count_if(piece.begin(), piece.end(), [](const Glyph& g) { return han(g.text); }) >= 4;
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

}  // namespace vioreview
