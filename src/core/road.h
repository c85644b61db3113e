// SPDX-License-Identifier: Apache-2.0
// What is painted and hung at one camera view, in panel pixels: drawn or learned (a site), or
// derived from the markings seen in one picture. Judged alike wherever it comes from.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.h"
#include "core/vocabulary.h"

namespace vioreview {

enum class LineKind {
  white_solid,
  white_dashed,
  yellow_solid,
  yellow_solid_double,
  yellow_dashed,
  kerb,
};
// Seen from the camera.
enum class Travel { away, towards };
enum class LaneUse { motor, bus, nonmotor, emergency };

struct StopLine {
  std::vector<Point> edge;  // polyline, left to right: the side that drivers meet first
  bool own = true;          // of the reviewed direction; false: of the opposite one
  bool operator==(const StopLine&) const = default;
};

// A lane line, or a piece of one where it changes its kind.
struct LaneLine {
  LineKind kind = LineKind::white_dashed;
  std::vector<Point> polyline;               // from near to far
  std::optional<int> left_lane, right_lane;  // lanes beside it; empty: none (kerb) or unknown
  bool operator==(const LaneLine&) const = default;
};

struct Lane {
  int number = 0;  // 1.. own direction from the centre outwards (the record's lane); -1.. opposite
  Travel travel = Travel::away;
  LaneUse use = LaneUse::motor;
  std::string arrow;  // letters of U L S R in this order; "" when none is known
  std::vector<Point> polygon;
  std::vector<Point> direction;  // polyline in the sense of travel
  bool operator==(const Lane&) const = default;
};

struct SignalHead {
  std::string id;
  Box box;
  LampShape shape = LampShape::round;
  std::string governs_moves;       // letters of U L S R; "" when unknown
  std::vector<int> governs_lanes;  // empty: unknown
  bool operator==(const SignalHead&) const = default;
};

struct Road {
  std::vector<StopLine> stop_lines;
  std::vector<LaneLine> lane_lines;
  std::vector<Lane> lanes;
  std::vector<std::vector<Point>> crosswalks;  // polygons
  std::vector<std::vector<Point>> grids;       // yellow grids (网状线), polygons
  std::vector<SignalHead> heads;
  bool operator==(const Road&) const = default;
};

}  // namespace vioreview
