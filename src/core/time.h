// SPDX-License-Identifier: Apache-2.0
// Capture times: milliseconds since 1970-01-01T00:00:00Z. Text without a zone is UTC+8, whatever
// the host's zone.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vioreview {

struct Time {
  std::int64_t ms = 0;
  auto operator<=>(const Time&) const = default;
};

// Reads "2021-03-14T08:25:31.120", "2021-03-14 08:25:31", "2021/3/14 8:25", "20210314082531",
// "20210314082531120", each with an optional fraction and an optional zone "Z" or "+08:00". Empty
// for anything else (a date alone is no time) or an impossible date.
std::optional<Time> parse_time(std::string_view text);

// "2021-03-14T08:25:31.120" in UTC+8: the form of manifests.
std::string format_time(Time time);

}  // namespace vioreview
