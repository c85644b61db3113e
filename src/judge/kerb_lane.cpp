// SPDX-License-Identifier: Apache-2.0
#include "judge/kerb_lane.h"

#include <algorithm>
#include <optional>

#include "judge/ground.h"

namespace vioreview {
namespace {

constexpr float kMostLanes = 1.6F;  // widths of the next lane: paint further out lies elsewhere

// The last lane, which is the rightmost one, when all end left of the point; else -1.
int last_lane_before(const Road& road, Point p) {
  const bool beside = std::all_of(road.lanes.begin(), road.lanes.end(), [&](const Lane& lane) {
    return x_at({lane.polygon[3], lane.polygon[2]}, p.y) < p.x;
  });
  return beside ? static_cast<int>(road.lanes.size()) - 1 : -1;
}

// The lane between the last line, the right one of lane `last`, and the kerb, in whose middle `p`
// lies.
std::optional<Lane> lane_at_kerb(const Road& road, int last, Point p, int width) {
  const auto vanishing = vanishing_point(road, width);
  if (last < 0 || !vanishing) return std::nullopt;
  const Lane& next = road.lanes[static_cast<std::size_t>(last)];
  const Point near_left = next.polygon[0], far_left = next.polygon[1];
  const Point far = next.polygon[2], near = next.polygon[3];
  const float edge = x_at({near, far}, p.y), beside = x_at({near_left, far_left}, p.y);
  // Paint beyond the lanes' end, across the junction, tells nothing of them.
  if (p.y < far.y || far.y <= vanishing->y || 2 * (p.x - edge) > kMostLanes * (edge - beside))
    return std::nullopt;
  const auto across = [&](Point at) {
    return Point{at.x + 2 * (p.x - edge) * (at.y - vanishing->y) / (p.y - vanishing->y), at.y};
  };
  Lane lane;
  lane.number = next.number > 0 ? next.number + 1 : 0;
  lane.polygon = {near, far, across(far), across(near)};
  lane.direction = {{(near.x + lane.polygon[3].x) / 2, near.y},
                    {(far.x + lane.polygon[2].x) / 2, far.y}};
  return lane;
}

}  // namespace

int lane_of_paint(Point middle, int width, RoadSeen& seen) {
  if (const int i = lane_at(seen.road, middle); i >= 0) return i;
  const int last = last_lane_before(seen.road, middle);
  const auto lane = lane_at_kerb(seen.road, last, middle, width);
  if (!lane) return -1;
  seen.road.lanes.push_back(*lane);
  seen.arrow_p.push_back(0);
  seen.lane_p.push_back(0);
  seen.lane_rows.push_back(Rows(seen.lane_rows[static_cast<std::size_t>(last)]));
  return static_cast<int>(seen.road.lanes.size()) - 1;
}

}  // namespace vioreview
