// SPDX-License-Identifier: Apache-2.0
#include "ingest/time_form.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/errors.h"
#include "core/time.h"

namespace vioreview {
namespace {

constexpr std::string_view kLetters = "yMdHmsS", kUnix = "unix", kUnixMs = "unix_ms";
// What stands between the parts of a time whose form is found out.
constexpr std::string_view kMarks[] = {"-",  "_",  ".",  ":",  "/",  " ", "T",
                                       "年", "月", "日", "时", "分", "秒"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits by what they mean, in the order of kLetters.
using Parts = std::array<std::string, kLetters.size()>;

std::optional<Parts> parts_of(std::string_view form, std::string_view text) {
  if (form.size() != text.size()) return std::nullopt;
  Parts parts;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const std::size_t letter = kLetters.find(form[i]);
    if (letter == std::string_view::npos ? form[i] != text[i] : !is_digit(text[i]))
      return std::nullopt;
    if (letter != std::string_view::npos) parts[letter] += text[i];
  }
  return parts;
}

NamedTime joined(const Parts& parts) {
  const auto& [year, month, day, hour, minute, second, fraction] = parts;
  NamedTime time;
  if (!year.empty()) time.date = (year.size() == 2 ? "20" : "") + year + "-" + month + "-" + day;
  if (hour.empty()) return time;
  time.clock = hour + ":" + minute + ":" + (second.empty() ? "00" : second);
  if (!fraction.empty()) time.clock += "." + fraction;
  return time;
}

// Seconds or milliseconds since 1970; before 2033, or a date that lost a digit would be one.
std::optional<NamedTime> from_unix(std::string_view digits, bool milliseconds) {
  if (digits.size() != (milliseconds ? 13 : 10) ||
      !std::all_of(digits.begin(), digits.end(), is_digit) || digits.front() > '1')
    return std::nullopt;
  const std::int64_t count = std::stoll(std::string(digits));
  const std::string text = format_time({milliseconds ? count : count * 1000});
  return NamedTime{text.substr(0, 10), text.substr(11)};
}

// A text without its marks, and how many characters stood before each mark.
struct Unmarked {
  std::string digits;
  std::vector<std::size_t> marked;
};
Unmarked without_marks(std::string_view text) {
  Unmarked unmarked;
  while (!text.empty()) {
    const auto* mark = std::find_if(std::begin(kMarks), std::end(kMarks),
                                    [&](std::string_view m) { return text.starts_with(m); });
    const bool marked = mark != std::end(kMarks);
    if (marked)
      unmarked.marked.push_back(unmarked.digits.size());
    else
      unmarked.digits += text.front();
    text.remove_prefix(marked ? mark->size() : 1);
  }
  return unmarked;
}

// Marks stand between the parts of a time, not within one: else a number behind it would mend a
// time that lacks a digit.
bool between_parts(const std::vector<std::size_t>& marked, std::string_view form) {
  return std::all_of(marked.begin(), marked.end(), [&](std::size_t at) {
    return at > 0 && (at >= form.size() || form[at - 1] != form[at]);
  });
}

std::optional<NamedTime> found_out(std::string_view text, TimeForm::Says says) {
  constexpr std::string_view kTimes[] = {"yyyyMMddHHmmss", "yyyyMMddHHmmssSSS"};
  constexpr std::string_view kDates[] = {"yyyyMMdd", "yyMMdd"};
  constexpr std::string_view kClocks[] = {"HHmmss", "HHmmssSSS"};
  const Unmarked unmarked = without_marks(text);
  const auto& forms = says == TimeForm::Says::time   ? kTimes
                      : says == TimeForm::Says::date ? kDates
                                                     : kClocks;
  for (const std::string_view form : forms)
    if (const auto parts = parts_of(form, unmarked.digits))
      if (between_parts(unmarked.marked, form)) return joined(*parts);
  if (says != TimeForm::Says::time) return std::nullopt;
  const auto seconds = from_unix(text, false);
  return seconds ? seconds : from_unix(text, true);
}

// What the form lacks or says twice, or nullptr.
const char* wrong_in(std::string_view form, TimeForm::Says says) {
  const auto count = [&](char letter) { return std::count(form.begin(), form.end(), letter); };
  const auto once = [&](char letter, std::ptrdiff_t digits) {
    return count(letter) == digits &&
           form.find(std::string(static_cast<std::size_t>(digits), letter)) != std::string::npos;
  };
  const bool date = (once('y', 4) || once('y', 2)) && once('M', 2) && once('d', 2);
  const bool clock = once('H', 2) && once('m', 2) && (count('s') == 0 || once('s', 2));
  const bool any_date = count('y') + count('M') + count('d') > 0;
  const bool any_clock = count('H') + count('m') + count('s') + count('S') > 0;
  if (says != TimeForm::Says::clock && !date) return "wants yyyy or yy, MM and dd, each once";
  if (says != TimeForm::Says::date && !clock) return "wants HH, mm and maybe ss, each once";
  if (says == TimeForm::Says::clock && any_date) return "holds letters of a date; use {time:...}";
  if (says == TimeForm::Says::date && any_clock) return "holds letters of a clock; use {time:...}";
  return nullptr;
}

}  // namespace

TimeForm::TimeForm(std::string form, Says says) : form_(std::move(form)), says_(says) {
  if (form_.empty() || (says == Says::time && (form_ == kUnix || form_ == kUnixMs))) return;
  if (const char* wrong = wrong_in(form_, says))
    throw ConfigError("the form of a time, \"" + form_ + "\", " + wrong);
}

std::optional<NamedTime> TimeForm::read(std::string_view text) const {
  if (form_.empty()) return found_out(text, says_);
  if (says_ == Says::time && (form_ == kUnix || form_ == kUnixMs))
    return from_unix(text, form_ == kUnixMs);
  const auto parts = parts_of(form_, text);
  return parts ? std::optional(joined(*parts)) : std::nullopt;
}

std::size_t TimeForm::width() const {
  if (says_ == Says::time && form_ == kUnix) return 10;
  if (says_ == Says::time && form_ == kUnixMs) return 13;
  return static_cast<std::size_t>(
      std::count_if(form_.begin(), form_.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace vioreview
