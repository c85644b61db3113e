// SPDX-License-Identifier: Apache-2.0
#include "core/time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace vioreview {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::int64_t kLocalMs = 8LL * 3600 * 1000;  // UTC+8

// Takes digits and marks off the front of a text; `ok` stays false after the first thing that does
// not fit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  // Exactly `count` digits, or at least `fewest` of them.
  int digits(std::size_t count, std::size_t fewest = 0) {
    int number = 0;
    std::size_t taken = 0;
    for (; taken < count && at_digit(); ++taken, rest_.remove_prefix(1))
      number = number * 10 + (rest_.front() - '0');
    return taken < (fewest ? fewest : count) ? fail() : number;
  }
  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(std::string_view any_of) {
    if (!take(any_of)) ok = false;
  }
  // A fraction of a second of any length, in milliseconds, cut off after the third digit.
  int fraction() {
    int ms = 0, scale = 100;
    if (!at_digit()) return fail();
    for (; at_digit(); rest_.remove_prefix(1), scale /= 10) ms += (rest_.front() - '0') * scale;
    return ms;
  }
  bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool done() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  bool ok = true;

 private:
  int fail() {
    ok = false;
    return 0;
  }
  std::string_view rest_;
};

struct Fields {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0;
};

std::optional<Time> in_zone(const Fields& f, std::int64_t zone_ms) {
  const year_month_day date{std::chrono::year(f.year),
                            std::chrono::month(static_cast<unsigned>(f.month)),
                            std::chrono::day(static_cast<unsigned>(f.day))};
  if (!date.ok() || f.hour > 23 || f.minute > 59 || f.second > 59) return std::nullopt;
  const std::int64_t day = sys_days(date).time_since_epoch().count();
  const std::int64_t clock = ((f.hour * 60LL + f.minute) * 60 + f.second) * 1000 + f.ms;
  return Time{day * kDayMs + clock - zone_ms};
}

// "20210314082531", milliseconds behind it as three digits or as a fraction.
Fields compact(Scanner& scan) {
  Fields f{scan.digits(4),
           scan.digits(2),
           scan.digits(2),
           scan.digits(2),
           scan.digits(2),
           scan.digits(2),
           0};
  if (scan.take("."))
    f.ms = scan.fraction();
  else if (scan.at_digit())
    f.ms = scan.digits(3);
  return f;
}

// Spreadsheets write months, days and hours without a leading zero: one digit will do there.
Fields separated(Scanner& scan) {
  Fields f;
  f.year = scan.digits(4);
  scan.need("-/.");
  f.month = scan.digits(2, 1);
  scan.need("-/.");
  f.day = scan.digits(2, 1);
  if (scan.done()) {  // a date alone is no time of capture
    scan.ok = false;
    return f;
  }
  scan.need("T ");
  f.hour = scan.digits(2, 1);
  scan.need(":");
  f.minute = scan.digits(2);
  if (scan.take(":")) f.second = scan.digits(2);
  if (scan.take(".,")) f.ms = scan.fraction();
  return f;
}

std::int64_t zone(Scanner& scan) {
  if (scan.done()) return kLocalMs;
  if (scan.take("Zz")) return 0;
  const bool west = scan.take("-");
  if (!west) scan.need("+");
  const std::int64_t hours = scan.digits(2);
  scan.take(":");
  const std::int64_t minutes = scan.digits(2);
  if (hours > 14 || minutes > 59) scan.ok = false;
  return (west ? -1 : 1) * (hours * 60 + minutes) * 60 * 1000;
}

bool all_digits(std::string_view text, std::size_t count) {
  return text.size() >= count &&
         text.substr(0, count).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<Time> parse_time(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  Scanner scan(text);
  const Fields fields = all_digits(text, 14) ? compact(scan) : separated(scan);
  const std::int64_t offset = zone(scan);
  if (!scan.ok || !scan.done()) return std::nullopt;
  return in_zone(fields, offset);
}

std::string format_time(Time time) {
  const std::int64_t local = time.ms + kLocalMs;
  const std::int64_t day = local >= 0 ? local / kDayMs : (local - kDayMs + 1) / kDayMs;
  const std::int64_t in_day = local - day * kDayMs;
  const year_month_day date{sys_days(days(day))};
  const int seconds = static_cast<int>(in_day / 1000);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03d",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), seconds / 3600, seconds / 60 % 60, seconds % 60,
                static_cast<int>(in_day % 1000));
  return text.data();
}

}  // namespace vioreview
