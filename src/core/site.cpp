// SPDX-License-Identifier: Apache-2.0
#include "core/site.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vioreview {
namespace {

constexpr std::int64_t kMinuteMs = 60'000, kDayMinutes = 24 * 60;
constexpr std::int64_t kZoneMinutes = 8 * 60;  // UTC+8

constexpr std::array<std::string_view, 6> kLineKinds = {
    "white_solid", "white_dashed", "yellow_solid", "yellow_solid_double", "yellow_dashed", "kerb"};
constexpr std::array<std::string_view, 2> kTravels = {"away", "towards"};
constexpr std::array<std::string_view, 4> kLaneUses = {"motor", "bus", "nonmotor", "emergency"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt
                              : std::optional(static_cast<Enum>(found - names.begin()));
}

// Monday is 1; 1970-01-01 was a Thursday.
int weekday_of(std::int64_t day) {
  return static_cast<int>(((day + 3) % 7 + 7) % 7) + 1;
}

bool on_day(const Restriction& restriction, std::int64_t day) {
  const auto& days = restriction.weekdays;
  return days.empty() || std::find(days.begin(), days.end(), weekday_of(day)) != days.end();
}

void scale(std::vector<Point>& points, float x, float y) {
  for (Point& p : points) p = {p.x * x, p.y * y};
}

}  // namespace

bool in_force(const Restriction& restriction, Time time) {
  std::int64_t minutes = time.ms / kMinuteMs - (time.ms % kMinuteMs < 0 ? 1 : 0) + kZoneMinutes;
  const std::int64_t day = minutes / kDayMinutes - (minutes % kDayMinutes < 0 ? 1 : 0);
  minutes -= day * kDayMinutes;
  return std::any_of(restriction.hours.begin(), restriction.hours.end(), [&](const HourSpan& span) {
    if (span.from < span.to)
      return on_day(restriction, day) && span.from <= minutes && minutes < span.to;
    // Over midnight: the part after it belongs to the day on which the span began.
    return (on_day(restriction, day) && minutes >= span.from) ||
           (on_day(restriction, day - 1) && minutes < span.to);
  });
}

Road scaled(const Road& road, float x, float y) {
  Road result = road;
  for (StopLine& line : result.stop_lines) scale(line.edge, x, y);
  for (LaneLine& line : result.lane_lines) scale(line.polyline, x, y);
  for (Lane& lane : result.lanes) {
    scale(lane.polygon, x, y);
    scale(lane.direction, x, y);
  }
  for (auto& crosswalk : result.crosswalks) scale(crosswalk, x, y);
  for (auto& grid : result.grids) scale(grid, x, y);
  for (SignalHead& head : result.heads)
    head.box = {head.box.x0 * x, head.box.y0 * y, head.box.x1 * x, head.box.y1 * y};
  return result;
}

SiteFacts joined(const SiteFacts& first, const SiteFacts& second) {
  const auto either = [](const auto& a, const auto& b) { return a ? a : b; };
  return {either(first.limit_kmh, second.limit_kmh), either(first.interval_m, second.interval_m),
          either(first.truck_ban, second.truck_ban), either(first.bus_lane, second.bus_lane)};
}

std::string_view name_of(LineKind kind) {
  return kLineKinds[static_cast<std::size_t>(kind)];
}
std::string_view name_of(Travel travel) {
  return kTravels[static_cast<std::size_t>(travel)];
}
std::string_view name_of(LaneUse use) {
  return kLaneUses[static_cast<std::size_t>(use)];
}
std::optional<LineKind> line_kind_named(std::string_view name) {
  return named<LineKind>(kLineKinds, name);
}
std::optional<Travel> travel_named(std::string_view name) {
  return named<Travel>(kTravels, name);
}
std::optional<LaneUse> lane_use_named(std::string_view name) {
  return named<LaneUse>(kLaneUses, name);
}

std::optional<std::string> ordered_moves(std::string_view letters) {
  constexpr std::string_view kOrder = "ULSR";
  std::string ordered;
  for (const char letter : kOrder)
    if (letters.find(letter) != std::string_view::npos) ordered += letter;
  return ordered.size() == letters.size() ? std::optional(ordered) : std::nullopt;
}

}  // namespace vioreview
