// SPDX-License-Identifier: Apache-2.0
// A site: one camera view's fixed geometry, and what pictures cannot show about the place.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/road.h"
#include "core/time.h"
#include "core/view_print.h"

namespace vioreview {

// Minutes of the day in UTC+8, half-open; `to` at or before `from` runs over midnight. 0 to 1440 is
// the whole day.
struct HourSpan {
  int from = 0, to = 24 * 60;
  bool operator==(const HourSpan&) const = default;
};

// A rule for classes of vehicles at certain times.
struct Restriction {
  std::vector<std::string> classes;  // as records spell them: "heavy_truck", "H11", 货车
  std::vector<HourSpan> hours;       // never empty
  std::vector<int> weekdays;         // 1 Monday to 7 Sunday; empty: every day
  std::vector<int> lanes;            // where it holds; empty: in all lanes of that use
  bool operator==(const Restriction&) const = default;
};

// What pictures cannot show. Empty: not known.
struct SiteFacts {
  std::optional<double> limit_kmh;
  std::optional<double> interval_m;      // length of an interval-speed section (采集方式 7)
  std::optional<Restriction> truck_ban;  // `classes` may not drive here
  std::optional<Restriction> bus_lane;   // only `classes` may use it; none named: buses
  bool operator==(const SiteFacts&) const = default;
};

// A site is confirmed when a person drew or approved it: it may decide. Every other one, learned or
// a draft, may only order, show or make manual.
struct Site {
  std::string device_id;
  std::string view = "1";        // one name for each way the camera of a device has looked
  std::string place, direction;  // for people
  int width = 0, height = 0;     // px of the panels that the geometry is measured in
  std::string confirmed_by;      // who; empty: nobody
  std::optional<Time> confirmed_at;
  int learned_from = 0;  // number of cases that agreed; 0: drawn
  Road road;
  SiteFacts facts;
  ViewPrint print;   // empty: whether the view still fits cannot be told, and the site is not used
  std::string file;  // where it was read from, for messages
  std::string sha256;  // of the text it was read from
  bool confirmed() const { return !confirmed_by.empty(); }
  bool operator==(const Site&) const = default;
};

// Whether the restriction is in force at this time.
bool in_force(const Restriction& restriction, Time time);

// The geometry in pixels of panels of another size (composites are scaled).
Road scaled(const Road& road, float x, float y);

// `first` with what it does not know taken from `second`: a confirmed site wins over a record.
SiteFacts joined(const SiteFacts& first, const SiteFacts& second);

// Word lists of profiles: "white_solid", "away", "motor", ... and their inverses.
std::string_view name_of(LineKind);
std::string_view name_of(Travel);
std::string_view name_of(LaneUse);
std::optional<LineKind> line_kind_named(std::string_view);
std::optional<Travel> travel_named(std::string_view);
std::optional<LaneUse> lane_use_named(std::string_view);

// Letters of U L S R, each once, in this order: "SL" is "LS". Empty optional for any other letter.
std::optional<std::string> ordered_moves(std::string_view letters);

}  // namespace vioreview
