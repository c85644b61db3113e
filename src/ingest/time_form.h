// SPDX-License-Identifier: Apache-2.0
// The forms in which devices write times into names.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vioreview {

// What a text says: "2026-03-14" and "08:25:31.120", or one of them. Whether there is such a day is
// for parse_time to say.
struct NamedTime {
  std::string date, clock;
};

class TimeForm {
 public:
  enum class Says { time, date, clock };

  // Letters yyyy or yy, MM, dd, HH, mm, ss and S (one for each digit of the fraction), all else
  // stands for itself: "yyyy-MM-dd_HH-mm-ss". "unix" and "unix_ms" count from 1970. An empty form
  // is found out: 14 or 17 digits, with or without marks between them, and unix times. Throws
  // ConfigError when the form says less than `says` wants.
  TimeForm(std::string form, Says says);

  // Nothing when the text has not this form.
  std::optional<NamedTime> read(std::string_view text) const;
  // Characters that a text of this form has; 0 when it is found out.
  std::size_t width() const;

 private:
  std::string form_;
  Says says_;
};

}  // namespace vioreview
