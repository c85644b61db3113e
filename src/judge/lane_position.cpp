// SPDX-License-Identifier: Apache-2.0
#include "judge/lane_position.h"

#include <algorithm>
#include <cmath>

namespace vioreview {
namespace {

constexpr double kEdge = 0.3;        // metres: nearer to the lane's edge it is in both
constexpr double kWitnesses = 0.98;  // traffic that parts on a line tells its sides this surely

Point middle_of(const Stand& s) {
  return {static_cast<float>((s.left + s.right) / 2), static_cast<float>(s.row)};
}

// x of the polygon's left and right edge at a height.
std::optional<std::pair<double, double>> span_at(const std::vector<Point>& polygon, double y) {
  double left = 1e9, right = -1e9;
  for (std::size_t i = 0, k = polygon.size() - 1; i < polygon.size(); k = i++) {
    const double ay = polygon[i].y, by = polygon[k].y;
    if ((ay > y) == (by > y)) continue;
    const double x = polygon[i].x + (polygon[k].x - polygon[i].x) * (y - ay) / (by - ay);
    left = std::min(left, x), right = std::max(right, x);
  }
  return right > left ? std::optional(std::pair(left, right)) : std::nullopt;
}

bool yellow(LineKind kind) {
  return kind == LineKind::yellow_solid || kind == LineKind::yellow_solid_double ||
         kind == LineKind::yellow_dashed;
}

// How many other vehicles show by side and facing that the line parts the ways, and how many show
// that it does not.
std::pair<int, int> witnesses(const Evidence& e, const Scene& scene, const LaneLine& line) {
  int yes_left = 0, yes_right = 0, no = 0;
  for (const PanelScene& panel : scene.panels) {
    const ObjectSeen* target = e.target.object_in(e.facts, panel.panel);
    for (const ObjectSeen& o : e.facts.panels[static_cast<std::size_t>(panel.panel)].objects) {
      if (&o == target || o.kind != ObjectKind::vehicle || !o.facing || o.facing->p < 0.9F)
        continue;
      const float x = x_at(line.polyline, o.box.y1);
      const bool left = o.box.x1<x, right = o.box.x0> x;
      if (!left && !right) continue;
      const bool comes = o.facing->value == Facing::front;
      if (left == comes)
        ++(left ? yes_left : yes_right);
      else
        ++no;
    }
  }
  return {yes_left > 0 ? yes_left + yes_right : 0, no};
}

}  // namespace

LaneAt lane_in(const Scene& scene, std::size_t panel) {
  LaneAt at;
  if (!scene.ground || !scene.panels[panel].target) return at;
  const Stand& s = scene.panels[panel].target->stand;
  const Point middle = middle_of(s);
  const Road& road = scene.panels[scene.best].road.road;
  at.lane = lane_at(road, middle);
  if (at.lane < 0) return at;
  const auto span = span_at(road.lanes[static_cast<std::size_t>(at.lane)].polygon, s.row);
  if (!span) return {};
  const double metre = scene.ground->per_metre(s.row);
  const double room = std::min(middle.x - span->first, span->second - middle.x) / metre;
  at.p = above_zero(room - kEdge, s.side_sd / metre);
  return at;
}

namespace {

// How surely the target is in such lanes in two panels, and in others in all.
InUse in_lanes(const Scene& scene, const std::function<bool(const Lane&)>& which) {
  InUse result;
  if (!scene.ground || scene.panels.size() < 2) return result;
  const RoadSeen& seen = scene.panels[scene.best].road;
  std::vector<double> in;
  result.in_others = 1;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const LaneAt at = lane_in(scene, i);
    const bool is = at.lane >= 0 && which(seen.road.lanes[static_cast<std::size_t>(at.lane)]);
    in.push_back(is ? at.p : 0);
    result.in_others = std::min(result.in_others, at.lane >= 0 && !is ? at.p : 0);
  }
  std::sort(in.rbegin(), in.rend());
  result.in = in[1];
  return result;
}

}  // namespace

InUse lanes_of_use(const Scene& scene, LaneUse use) {
  if (scene.panels.empty()) return {};
  const RoadSeen& seen = scene.panels[scene.best].road;
  const bool told =
      scene.confirmed || (use == LaneUse::bus &&
                          std::any_of(seen.road.lanes.begin(), seen.road.lanes.end(),
                                      [](const Lane& lane) { return lane.use == LaneUse::bus; }));
  return told ? in_lanes(scene, [&](const Lane& lane) { return lane.use == use; }) : InUse{};
}

InUse lanes_numbered(const Scene& scene, const std::vector<int>& numbers) {
  return lanes_where(scene, [&](const Lane& lane) {
    return std::find(numbers.begin(), numbers.end(), lane.number) != numbers.end();
  });
}

InUse lanes_where(const Scene& scene, const std::function<bool(const Lane&)>& which) {
  return scene.confirmed ? in_lanes(scene, which) : InUse{};
}

std::optional<Seen<Travel>> travel_where_target_is(const Evidence& e, const Scene& scene) {
  if (!scene.ground || scene.panels.empty() || !scene.panels[0].target) return std::nullopt;
  const RoadSeen& seen = scene.panels[scene.best].road;
  if (scene.confirmed) {
    const LaneAt at = lane_in(scene, 0);
    if (at.lane < 0) return std::nullopt;
    return Seen<Travel>{seen.road.lanes[static_cast<std::size_t>(at.lane)].travel,
                        static_cast<float>(at.p)};
  }
  const Stand& s = scene.panels[0].target->stand;
  const double metre = scene.ground->per_metre(s.row);
  for (std::size_t i = 0; i < seen.road.lane_lines.size(); ++i) {
    const LaneLine& line = seen.road.lane_lines[i];
    if (!yellow(line.kind)) continue;
    const auto [yes, no] = witnesses(e, scene, line);
    if (yes < 2 || no > 0) continue;
    const double off = (middle_of(s).x - x_at(line.polyline, static_cast<float>(s.row))) / metre;
    const double p = std::min({above_zero(std::abs(off) - kEdge, s.side_sd / metre), kWitnesses,
                               static_cast<double>(seen.line_p[i])});
    return Seen<Travel>{off < 0 ? Travel::towards : Travel::away, static_cast<float>(p)};
  }
  return std::nullopt;
}

}  // namespace vioreview
