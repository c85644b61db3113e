// SPDX-License-Identifier: Apache-2.0
#include "judge/plates.h"

#include <algorithm>
#include <numeric>

namespace vioreview {
namespace {

using Characters = std::vector<std::string>;

bool digit(const std::string& c) {
  return c.size() == 1 && c[0] >= '0' && c[0] <= '9';
}
// I and O are not used on plates.
bool letter(const std::string& c) {
  return c.size() == 1 && c[0] >= 'A' && c[0] <= 'Z' && c[0] != 'I' && c[0] != 'O';
}
bool alphanumeric(const std::string& c) {
  return digit(c) || letter(c);
}
// D and F, later also A B C E G H J K (remembered, not seen in a source).
bool energy_letter(const std::string& c) {
  return letter(c) && c[0] <= 'K';
}
bool province(const std::string& c) {
  const auto all = provinces();
  return std::find(all.begin(), all.end(), c) != all.end();
}

bool all_are(const Characters& text, std::size_t from, std::size_t count,
             bool (*kind)(const std::string&)) {
  return from + count <= text.size() &&
         std::all_of(text.begin() + static_cast<long>(from),
                     text.begin() + static_cast<long>(from + count), kind);
}

std::optional<PlateForm> eight(const Characters& t) {
  // Small: an energy letter, a letter or digit, four digits. Large: five digits, an energy letter.
  if (energy_letter(t[2]) && alphanumeric(t[3]) && all_are(t, 4, 4, digit))
    return PlateForm::small_new_energy;
  if (all_are(t, 2, 5, digit) && energy_letter(t[7])) return PlateForm::large_new_energy;
  return std::nullopt;
}

std::optional<PlateForm> seven(const Characters& t) {
  const bool four = all_are(t, 2, 4, alphanumeric);
  if (four && alphanumeric(t[6])) return PlateForm::ordinary;
  if (!four) return std::nullopt;
  if (t[6] == "警") return PlateForm::police;
  if (t[6] == "学") return PlateForm::coach;
  if (t[6] == "挂") return PlateForm::trailer;
  if (t[6] == "领") return PlateForm::consulate;
  if ((t[6] == "港" || t[6] == "澳") && t[0] == "粤" && t[1] == "Z") return PlateForm::hk_macau;
  return std::nullopt;
}

// One number a character, equal for equal characters only: what is compared again and again.
std::u32string numbered(std::string_view text) {
  std::u32string numbers;
  for (const std::string& c : characters_of(text)) {
    char32_t number = c.size() == 1 ? static_cast<unsigned char>(c[0]) : 0;
    if (c.size() > 1)
      for (const char byte : c) number = number * 64 + (static_cast<unsigned char>(byte) & 0x7F);
    numbers += number;
  }
  return numbers;
}

template <class Cost>
double distance(const std::u32string& a, const std::u32string& b, Cost replaced) {
  std::vector<double> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0.0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    double diagonal = row[0];
    row[0] += 1;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const double changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : replaced(a[i - 1], b[j - 1]));
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

// Pairs of characters that look alike, in rising order within a pair and among pairs.
const std::vector<std::pair<char32_t, char32_t>>& look_alike_pairs() {
  // 京 for 琼, 鄂 for 苏 and 鲁 for 苏 are reported misreadings (domain reference 9 and 10); the
  // other provinces and all letters and digits are grouped by their strokes, as proposals.
  static const auto pairs = [] {
    std::vector<std::pair<char32_t, char32_t>> all;
    for (const char* group :
         {"0ODQ", "8B",   "2Z",     "5S",   "1ILT",   "4A",   "6G",     "CG",
          "VYU",  "MNWH", "EF",     "PR",   "KX",     "琼京", "苏鄂鲁", "粤鄂",
          "粤鲁", "川贵", "浙沪湘", "皖赣", "晋鲁青", "豫湘", "陕皖",   "辽津"}) {
      const std::u32string characters = numbered(group);
      for (const char32_t a : characters)
        for (const char32_t b : characters)
          if (a < b) all.emplace_back(a, b);
    }
    std::sort(all.begin(), all.end());
    return all;
  }();
  return pairs;
}

bool alike(char32_t a, char32_t b) {
  const auto& pairs = look_alike_pairs();
  return a == b ||
         std::binary_search(pairs.begin(), pairs.end(), std::pair(std::min(a, b), std::max(a, b)));
}

}  // namespace

std::vector<std::string> characters_of(std::string_view text) {
  Characters characters;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    length = std::min(length, text.size() - i);
    characters.emplace_back(text.substr(i, length));
    i += length;
  }
  return characters;
}

std::optional<PlateForm> plate_form(std::string_view plate) {
  const Characters t = characters_of(plate);
  if (t.size() == 7 && all_are(t, 0, 6, digit) && t[6] == "使") return PlateForm::embassy;
  if (t.size() < 7 || !province(t[0]) || !letter(t[1])) return std::nullopt;
  if (t.size() == 7) return seven(t);
  return t.size() == 8 ? eight(t) : std::nullopt;
}

std::vector<PlateColor> colors_of(PlateForm form) {
  using enum PlateColor;
  switch (form) {
    case PlateForm::ordinary:
      return {blue, yellow, black};
    case PlateForm::small_new_energy:
      return {green};
    case PlateForm::large_new_energy:
      return {yellow_green};
    case PlateForm::police:
      return {white};
    case PlateForm::coach:
    case PlateForm::trailer:
      return {yellow};
    case PlateForm::hk_macau:
    case PlateForm::embassy:
    case PlateForm::consulate:
      return {black};
  }
  return {};
}

bool look_alike(std::string_view a, std::string_view b) {
  const std::u32string x = numbered(a), y = numbered(b);
  return x.size() == 1 && y.size() == 1 && alike(x[0], y[0]);
}

double plate_distance(std::string_view a, std::string_view b) {
  return distance(numbered(a), numbered(b),
                  [](char32_t x, char32_t y) { return alike(x, y) ? 0.5 : 1.0; });
}

int edit_distance(std::string_view a, std::string_view b) {
  return static_cast<int>(
      distance(numbered(a), numbered(b), [](char32_t, char32_t) { return 1.0; }));
}

}  // namespace vioreview
