// SPDX-License-Identifier: Apache-2.0
#include "judge/overlay.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "core/vocabulary.h"
#include "judge/judge.h"
#include "judge/plates.h"

namespace vioreview {
namespace {

constexpr std::int64_t kClockMs = 1000;
constexpr std::size_t kDeviceEnd = 6;  // digits: a shorter end of a number names no device

Agreement when(bool equal) {
  return equal ? Agreement::equal : Agreement::different;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                  : std::nullopt;
}

Agreement of_number(std::string_view text, std::optional<double> recorded) {
  if (!recorded) return Agreement::nothing;
  const auto read = number(text);
  return read ? when(std::abs(*read - *recorded) < 1) : Agreement::unreadable;
}

Agreement of_time(std::string_view text, const Case& c, int panel) {
  std::vector<Time> recorded = c.record.times;
  const auto i = static_cast<std::size_t>(panel);
  if (i < c.pictures.size() && c.pictures[i].time) recorded.push_back(*c.pictures[i].time);
  if (recorded.empty()) return Agreement::nothing;
  const auto read = parse_time(text);
  if (!read) return Agreement::unreadable;
  return when(std::any_of(recorded.begin(), recorded.end(),
                          [&](Time time) { return std::abs(time.ms - read->ms) < kClockMs; }));
}

Agreement of_place(const std::string& text, const std::string& recorded) {
  if (recorded.empty()) return Agreement::nothing;
  if (text.find(recorded) != std::string::npos || recorded.find(text) != std::string::npos)
    return Agreement::equal;
  const std::size_t longer = std::max(characters_of(text).size(), characters_of(recorded).size());
  return 2 * static_cast<std::size_t>(edit_distance(text, recorded)) <= longer
             ? Agreement::unreadable
             : Agreement::different;
}

Agreement of_direction(const std::string& text, const std::string& recorded) {
  const auto wanted = parse_direction(recorded);
  if (!wanted) return Agreement::nothing;
  const auto read = parse_direction(text);
  return read ? when(*read == *wanted) : Agreement::unreadable;
}

Agreement of_device(std::string_view text, std::string_view recorded) {
  if (recorded.size() < kDeviceEnd) return Agreement::nothing;
  if (text.size() < kDeviceEnd) return Agreement::unreadable;
  return when(text.ends_with(recorded) || recorded.ends_with(text));
}

Agreement of_code(const std::string& text, const std::string& recorded,
                  const Catalogue& catalogue) {
  if (recorded.empty()) return Agreement::nothing;
  const Violation* read = find_violation(catalogue, text);
  return when(text == recorded || (read && read == find_violation(catalogue, recorded)));
}

Agreement of_plate(const std::string& text, const std::string& recorded) {
  if (recorded.empty()) return Agreement::nothing;
  if (text == recorded) return Agreement::equal;
  return edit_distance(text, recorded) > 1 ? Agreement::different : Agreement::unreadable;
}

}  // namespace

Agreement agreement(const OverlaySeen& seen, const Case& c, int panel, const Catalogue& catalogue) {
  const Record& record = c.record;
  if (seen.text.empty()) return Agreement::unreadable;
  switch (seen.field) {
    case OverlayField::time:
      return of_time(seen.text, c, panel);
    case OverlayField::place:
      return of_place(seen.text, record.place);
    case OverlayField::direction:
      return of_direction(seen.text, record.direction);
    case OverlayField::lane:
      return of_number(seen.text, record.lane);
    case OverlayField::device:
      return of_device(seen.text, record.device_id);
    case OverlayField::violation:
      return of_code(seen.text, record.violation, catalogue);
    case OverlayField::speed:
      return of_number(seen.text, record.speed_kmh);
    case OverlayField::limit:
      return of_number(seen.text, record.limit_kmh);
    case OverlayField::plate:
      return of_plate(seen.text, record.plate);
    case OverlayField::anti_forgery:
    case OverlayField::other:
      return Agreement::nothing;
  }
  return Agreement::nothing;
}

}  // namespace vioreview
