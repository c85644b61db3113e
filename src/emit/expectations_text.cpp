// SPDX-License-Identifier: Apache-2.0
// The result of `check` in words, as a diff: "-" what was expected, "+" what came.
#include <array>
#include <cstddef>
#include <set>

#include "emit/expectations.h"

namespace vioreview {
namespace {

struct Words {
  bool chinese;
  std::array<std::string_view, 6> match;  // in the order of Match
  std::string_view code, plate, none, remove_mark;
};

constexpr Words kEnglish = {
    false,
    {"right", "known miss", "mended", "different", "not reviewed", "not expected"},
    "suggested code",
    "suggested plate",
    "none",
    "right now: take known_miss out of line "};
constexpr Words kChinese = {
    true,       {"一致", "已知遗漏", "已修复", "不一致", "未审核", "无预期"},
    "建议代码", "建议号牌",
    "无",       "现已正确，请删除 known_miss，行号 "};

std::string suggestion_text(std::string_view what, const std::string& text, const Words& words) {
  return "; " + std::string(what) + " " + (text.empty() ? std::string(words.none) : text);
}

std::string expected_text(const Expectation& e, const Words& words) {
  std::string text = "  - " + verdict_word(name_of(e.verdict), words.chinese);
  for (const std::string& id : e.reasons) text += " " + id;
  if (e.suggested_code) text += suggestion_text(words.code, *e.suggested_code, words);
  if (e.suggested_plate) text += suggestion_text(words.plate, *e.suggested_plate, words);
  return text + " (" + e.why + ")\n";
}

std::string got_text(const CaseRead& got, const Words& words) {
  std::string text = "  + " + verdict_word(got.verdict, words.chinese);
  for (const std::string& id : reason_ids(got)) text += " " + id;
  if (!got.suggested_code.empty()) text += suggestion_text(words.code, got.suggested_code, words);
  if (!got.suggested_plate.empty())
    text += suggestion_text(words.plate, got.suggested_plate, words);
  text += "\n";
  std::set<std::string> told;  // several checks may say the same
  for (const ReasonRead& reason : got.reasons) {
    const std::string line = reason.id + ": " + (words.chinese ? reason.zh : reason.en);
    if (told.insert(line).second) text += "      " + line + "\n";
  }
  return text;
}

std::string text_of(const Checked& one, const Words& words) {
  std::string text(words.match[static_cast<std::size_t>(one.match)]);
  text += ": " + one.case_id;
  if (one.match == Match::mended)
    return text + " " + std::string(words.remove_mark) + std::to_string(one.expected->line) + "\n";
  text += "\n";
  if (one.expected) text += expected_text(*one.expected, words);
  if (one.got) text += got_text(*one.got, words);
  return text;
}

}  // namespace

std::string expectations_text(const std::vector<Checked>& checked, bool chinese) {
  const Words& words = chinese ? kChinese : kEnglish;
  std::array<int, 6> counts{};
  std::string text;
  for (const Checked& one : checked) {
    ++counts[static_cast<std::size_t>(one.match)];
    if (one.match != Match::right) text += text_of(one, words);
  }
  for (std::size_t i = 0; i < counts.size(); ++i)
    text += (i ? ", " : "") + std::to_string(counts[i]) + " " + std::string(words.match[i]);
  return text + "\n";
}

}  // namespace vioreview
