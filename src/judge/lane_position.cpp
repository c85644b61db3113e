// SPDX-License-Identifier: Apache-2.0
#include "judge/lane_position.h"

#include <algorithm>
#include <cmath>

namespace vioreview {
namespace {

constexpr double kEdge = 0.3;                    // metres: nearer to the lane's edge it is in both
constexpr double kNarrowest = 1.5, kWidest = 5;  // metres of a lane, for bicycles too
constexpr double kWitnesses = 0.98;  // traffic that parts on a line tells its sides this surely
// Two yellow solid lines side by side part opposite directions and mean nothing else, and so does a
// yellow line that has lanes on both sides (GB 5768.3).
constexpr double kCentreLine = 0.97;
constexpr float kLineSeen = 0.5F, kLineSure = 0.85F;
constexpr double kNarrowLane = 2.3, kTwoLanes = 5.5, kRoad = 25;  // metres
constexpr double kDoubleLeast = 0.1, kDoubleMost = 0.7;           // metres from one to the other

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

// Whether another yellow solid line runs beside this one, or it is known to be double.
bool doubled(const RoadSeen& seen, const LaneLine& line, const Ground& ground) {
  if (line.kind == LineKind::yellow_solid_double) return true;
  if (line.kind != LineKind::yellow_solid) return false;
  for (const LaneLine& other : seen.road.lane_lines) {
    if (&other == &line || other.kind != line.kind || other.polyline.size() < 2) continue;
    const float low = std::min(line.polyline.front().y, other.polyline.front().y);
    const float high = std::max(line.polyline.back().y, other.polyline.back().y);
    const float middle = (low + high) / 2;
    if (low <= high || middle <= ground.vanishing.y) continue;
    const double apart = std::abs(x_at(line.polyline, middle) - x_at(other.polyline, middle)) /
                         ground.per_metre(middle);
    if (apart > kDoubleLeast && apart < kDoubleMost) return true;
  }
  return false;
}

// Metres by which a line lies to the right of another; both are prolonged where they do not show at
// one height.
double metres_beside(const LaneLine& other, const LaneLine& line, const Ground& ground) {
  const float low = std::min(line.polyline.front().y, other.polyline.front().y);
  const float row = std::max(low, ground.vanishing.y + 30);
  return (x_at(other.polyline, row) - x_at(line.polyline, row)) / ground.per_metre(row);
}

// Metres from a line at which the farthest other lines lie on its left and right, 0 when none does.
// Kerbs count: where nothing but a kerb follows, there still is a lane between.
struct Beside {
  double left = 0, right = 0;
};
Beside lines_beside(const RoadSeen& seen, const LaneLine& line, const Ground& ground) {
  Beside beside;
  for (std::size_t i = 0; i < seen.road.lane_lines.size(); ++i) {
    const LaneLine& other = seen.road.lane_lines[i];
    if (&other == &line || other.polyline.size() < 2 || seen.line_p[i] < kLineSeen) continue;
    const double off = metres_beside(other, line, ground);
    if (std::abs(off) > kRoad) continue;
    beside.left = std::max(beside.left, -off), beside.right = std::max(beside.right, off);
  }
  return beside;
}

// Whether lanes lie on both sides of a yellow line. The other yellow lines of GB 5768.3: one at the
// kerb bans stopping, a dashed one bounds a bus lane, with nothing but that lane beyond it.
bool amidst_road(const RoadSeen& seen, const LaneLine& line, const Ground& ground) {
  const Beside beside = lines_beside(seen, line, ground);
  if (beside.left < kNarrowLane || beside.right < kNarrowLane) return false;
  if (line.kind != LineKind::yellow_dashed) return true;
  return beside.right > kTwoLanes &&
         std::none_of(seen.road.lanes.begin(), seen.road.lanes.end(),
                      [](const Lane& lane) { return lane.use == LaneUse::bus; });
}

// How many other vehicles show by side and facing that the line parts the ways, and how many show
// that it does not.
std::pair<int, int> witnesses(const Evidence& e, const Scene& scene, const LaneLine& line) {
  int yes_left = 0, yes_right = 0, no = 0;
  for (const PanelScene& panel : scene.panels) {
    const ObjectSeen* target = e.target.object_in(e.facts, panel.panel);
    const PanelFacts& facts = e.facts.panels[static_cast<std::size_t>(panel.panel)];
    for (const ObjectSeen& o : facts.objects) {
      if (&o == target || o.kind != ObjectKind::vehicle || !o.facing || o.facing->p < 0.9F ||
          cut_off(o.box, facts.width,
                  facts.height))  // half a vehicle does not show which end it is
        continue;
      const float x = x_at(line.polyline, o.box.y1);
      const bool left = x > o.box.x1, right = o.box.x0 > x;
      if (!left && !right) continue;
      const bool comes = o.facing->value == Facing::front;
      if (left == comes)
        ++(left ? yes_left : yes_right);
      else
        ++no;
    }
  }
  // At a kerb, too, all that comes comes on one side.
  return {yes_left > 0 && yes_right > 0 ? yes_left + yes_right : 0, no};
}

}  // namespace

LaneAt lane_in(const Scene& scene, std::size_t panel) {
  LaneAt at;
  if (!scene.ground || !scene.panels[panel].target) return at;
  const Stand& s = scene.panels[panel].target->stand;
  const Point middle = middle_of(s);
  const Road& road = scene.road.road;
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

// Whether a lane between traced lines is known where the target stands: its lines reach there or
// nearly, and it is as wide as one lane, for a line too many or too few makes another.
bool is_known(const Scene& scene, std::size_t panel, int lane) {
  const double row = scene.panels[panel].target->stand.row;
  const RoadSeen& seen = scene.road;
  const auto i = static_cast<std::size_t>(lane);
  if (row < seen.lane_rows[i].top || row > seen.lane_rows[i].bottom) return false;
  const auto span = span_at(seen.road.lanes[i].polygon, row);
  if (!span) return false;
  const double width = (span->second - span->first) / scene.ground->per_metre(row);
  return width >= kNarrowest && width <= kWidest;
}

// How surely the target is in such lanes in two panels, and in others in all. `is_one`: how surely
// a lane is one, 0 when it is another; `elsewhere`: how surely it is another then.
InUse in_lanes(const Scene& scene, const std::function<double(std::size_t)>& is_one,
               double elsewhere) {
  InUse result;
  if (!scene.ground || scene.panels.size() < 2) return result;
  std::vector<double> in;
  result.in_others = 1;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const LaneAt at = lane_in(scene, i);
    const bool known = at.lane >= 0 && (scene.confirmed || is_known(scene, i, at.lane));
    const double one = known ? is_one(static_cast<std::size_t>(at.lane)) : 0;
    in.push_back(at.p * one);
    result.in_others = std::min(result.in_others, known && one == 0 ? at.p * elsewhere : 0);
  }
  std::sort(in.rbegin(), in.rend());
  result.in = in[1];
  return result;
}

}  // namespace

InUse lanes_of_use(const Scene& scene, LaneUse use) {
  if (scene.panels.empty()) return {};
  if (scene.confirmed) return lanes_where(scene, [&](const Lane& lane) { return lane.use == use; });
  const RoadSeen& seen = scene.road;
  const auto says = [&](std::size_t lane) {
    return seen.road.lanes[lane].use == use ? static_cast<double>(seen.use_p[lane]) : 0;
  };
  double told = 0;
  for (std::size_t i = 0; i < seen.road.lanes.size(); ++i) told = std::max(told, says(i));
  return told > 0 ? in_lanes(scene, says, told) : InUse{};
}

InUse lanes_numbered(const Scene& scene, const std::vector<int>& numbers) {
  return lanes_where(scene, [&](const Lane& lane) {
    return std::find(numbers.begin(), numbers.end(), lane.number) != numbers.end();
  });
}

InUse lanes_where(const Scene& scene, const std::function<bool(const Lane&)>& which) {
  if (!scene.confirmed || scene.panels.empty()) return {};
  const auto& lanes = scene.road.road.lanes;
  return in_lanes(
      scene, [&](std::size_t lane) { return which(lanes[lane]) ? 1.0 : 0.0; }, 1);
}

namespace {

// Which way traffic goes by lines of one kind of proof: as the surest says, unless sure ones
// disagree.
struct Told {
  Seen<Travel> surest;
  float line_p[2] = {0, 0};  // of the surest line that says away, and towards
  void add(Travel travel, double p, float line) {
    if (static_cast<float>(p) > surest.p) surest = {travel, static_cast<float>(p)};
    float& best = line_p[travel == Travel::towards];
    best = std::max(best, line);
  }
  std::optional<Seen<Travel>> said() const {
    const bool disagree = std::min(line_p[0], line_p[1]) >= kLineSure;
    return surest.p > 0 && !disagree ? std::optional(surest) : std::nullopt;
  }
};

// By the line that parts the directions, as the target stands beside it in the first panel. Of
// several yellow lines amidst the road one parts them, whichever it is: what stands on one side of
// all needs not know.
std::optional<Seen<Travel>> travel_by_centre(const Evidence& e, const Scene& scene,
                                             const RoadSeen& seen) {
  const Stand& s = scene.panels[0].target->stand;
  const double metre = scene.ground->per_metre(s.row);
  Told by_parting, by_amidst;
  for (std::size_t i = 0; i < seen.road.lane_lines.size(); ++i) {
    const LaneLine& line = seen.road.lane_lines[i];
    if (!yellow(line.kind)) continue;
    const auto [yes, no] = witnesses(e, scene, line);
    if (no > 0) continue;
    const bool parts = yes > 1 || doubled(seen, line, *scene.ground);
    if (!parts && !amidst_road(seen, line, *scene.ground)) continue;
    const double off = (middle_of(s).x - x_at(line.polyline, static_cast<float>(s.row))) / metre;
    const double p =
        std::min({above_zero(std::abs(off) - kEdge, s.side_sd / metre),
                  yes > 1 ? kWitnesses : kCentreLine, static_cast<double>(seen.line_p[i])});
    (parts ? by_parting : by_amidst)
        .add(off < 0 ? Travel::towards : Travel::away, p, seen.line_p[i]);
  }
  return by_parting.surest.p > 0 ? by_parting.said() : by_amidst.said();
}

}  // namespace

std::optional<Seen<Travel>> travel_where_target_is(const Evidence& e, const Scene& scene) {
  if (!scene.ground || scene.panels.empty() || !scene.panels[0].target) return std::nullopt;
  const RoadSeen& seen = scene.road;
  if (scene.confirmed) {
    const LaneAt at = lane_in(scene, 0);
    if (at.lane < 0) return std::nullopt;
    return Seen<Travel>{seen.road.lanes[static_cast<std::size_t>(at.lane)].travel,
                        static_cast<float>(at.p)};
  }
  return travel_by_centre(e, scene, seen);
}

}  // namespace vioreview
