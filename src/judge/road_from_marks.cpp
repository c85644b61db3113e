// SPDX-License-Identifier: Apache-2.0
#include "judge/road_from_marks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "judge/kerb_lane.h"
#include "judge/lane_words.h"

namespace vioreview {
namespace {

constexpr float kEvenChance = 0.5F;
constexpr float kDrawn = 0.99F;  // a person drew it and the view fits

Point centre_of(const std::vector<Point>& shape) {
  Point sum;
  for (const Point& p : shape) sum = {sum.x + p.x, sum.y + p.y};
  const auto n = static_cast<float>(std::max<std::size_t>(shape.size(), 1));
  return {sum.x / n, sum.y / n};
}

void add_line(const MarkSeen& mark, LineKind kind, RoadSeen& seen) {
  LaneLine line{kind, mark.shape, std::nullopt, std::nullopt};
  if (line.polyline.front().y < line.polyline.back().y)
    std::reverse(line.polyline.begin(), line.polyline.end());
  seen.road.lane_lines.push_back(std::move(line));
  seen.line_p.push_back(mark.p);
}

// The nearest stop line is the reviewed direction's; any other belongs to those who come against.
void choose_own_stop_line(RoadSeen& seen) {
  float nearest = -1;
  for (const StopLine& line : seen.road.stop_lines) nearest = std::max(nearest, mean_y(line.edge));
  for (StopLine& line : seen.road.stop_lines) line.own = mean_y(line.edge) == nearest;
}

bool yellow(LineKind kind) {
  return kind == LineKind::yellow_solid || kind == LineKind::yellow_solid_double ||
         kind == LineKind::yellow_dashed;
}

// A line across which lanes neighbour: the piece that speaks for it, and all pieces of it.
struct Border {
  int line = 0;
  std::vector<int> pieces;
};

const std::vector<Point>& course_of(const RoadSeen& seen, int line) {
  return seen.road.lane_lines[static_cast<std::size_t>(line)].polyline;
}

// Lines that bound lanes at one height, from left to right; without those that end beyond a row.
std::vector<Border> borders_at(const RoadSeen& seen, float y, float apart, float beyond) {
  const auto x = [&](int i) { return straight_x(course_of(seen, i), y); };
  const auto near_y = [&](int i) { return course_of(seen, i).front().y; };
  std::vector<int> order;
  for (int i = 0; i < static_cast<int>(seen.road.lane_lines.size()); ++i)
    if (near_y(i) > beyond) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return x(a) < x(b); });
  std::vector<Border> borders;
  for (const int i : order) {
    if (borders.empty() || x(i) - x(borders.back().line) > apart)
      borders.push_back({i, {}});
    else if (near_y(i) > near_y(borders.back().line))
      borders.back().line = i;  // the nearer piece speaks for the line
    borders.back().pieces.push_back(i);
  }
  return borders;
}

// x at a height of the straight line through all pieces of a border: a short piece or a bent end,
// prolonged far, would lead astray.
float x_of(const RoadSeen& seen, const Border& border, float y) {
  constexpr float kStep = 8;  // rows
  double n = 0, sum_x = 0, sum_y = 0, sum_xy = 0, sum_yy = 0;
  for (const int i : border.pieces) {
    const auto& course = course_of(seen, i);
    const int steps = static_cast<int>(std::floor((course.front().y - course.back().y) / kStep));
    for (int step = 0; step <= steps; ++step) {
      const float row = course.back().y + static_cast<float>(step) * kStep;
      const double at = x_at(course, row);
      n += 1, sum_x += at, sum_y += row, sum_xy += at * row;
      sum_yy += static_cast<double>(row) * row;
    }
  }
  const double spread = n * sum_yy - sum_y * sum_y;
  if (!(spread > 0)) return straight_x(course_of(seen, border.line), y);
  const double slope = (n * sum_xy - sum_x * sum_y) / spread;
  return static_cast<float>((sum_x + slope * (n * y - sum_y)) / n);
}

// The rows in which a border's pieces tell where it runs: as far again as they reach.
Rows rows_of(const RoadSeen& seen, const Border& border) {
  Rows rows{std::numeric_limits<float>::max(), 0};
  for (const int i : border.pieces) {
    rows.top = std::min(rows.top, course_of(seen, i).back().y);
    rows.bottom = std::max(rows.bottom, course_of(seen, i).front().y);
  }
  const float reach = rows.bottom - rows.top;
  return {rows.top - reach, rows.bottom + reach};
}

void add_lane(const Border& left, const Border& right, float bottom, float top, RoadSeen& seen) {
  const auto l = [&](float y) { return x_of(seen, left, y); };
  const auto r = [&](float y) { return x_of(seen, right, y); };
  Lane lane;
  lane.polygon = {{l(bottom), bottom}, {l(top), top}, {r(top), top}, {r(bottom), bottom}};
  lane.direction = {{(l(bottom) + r(bottom)) / 2, bottom}, {(l(top) + r(top)) / 2, top}};
  seen.road.lanes.push_back(std::move(lane));
  seen.arrow_p.push_back(0);
  seen.lane_p.push_back(0);
  const Rows a = rows_of(seen, left), b = rows_of(seen, right);
  seen.lane_rows.push_back({std::max(a.top, b.top), std::min(a.bottom, b.bottom)});
}

// Lanes between neighbouring lines, with travel where a yellow line parts them.
void add_lanes(const PanelFacts& panel, RoadSeen& seen) {
  float bottom = 0, top = std::numeric_limits<float>::max();
  for (const LaneLine& line : seen.road.lane_lines) {
    bottom = std::max(bottom, line.polyline.front().y);
    top = std::min(top, line.polyline.back().y);
  }
  for (const StopLine& line : seen.road.stop_lines)
    if (line.own) top = std::max(top, mean_y(line.edge));
  // Lines beyond the junction need not go on in those before it.
  const float apart = 0.04F * static_cast<float>(panel.width);
  auto across = borders_at(seen, bottom, apart, top);
  if (across.size() < 2) across = borders_at(seen, bottom, apart, 0);
  if (across.size() < 2) return;
  const auto line_at = [&](std::size_t i) -> LaneLine& {
    return seen.road.lane_lines[static_cast<std::size_t>(across[i].line)];
  };
  std::size_t centre = across.size();
  for (std::size_t i = 1; i + 1 < across.size() && centre == across.size(); ++i)
    if (yellow(line_at(i).kind)) centre = i;
  for (std::size_t i = 0; i + 1 < across.size(); ++i) {
    add_lane(across[i], across[i + 1], bottom, top, seen);
    Lane& lane = seen.road.lanes.back();
    const bool parted = centre < across.size();
    const int right_of = static_cast<int>(i) - static_cast<int>(parted ? centre : 0);
    lane.number = right_of >= 0 ? right_of + 1 : right_of;
    if (right_of < 0) {
      lane.travel = Travel::towards;
      std::reverse(lane.direction.begin(), lane.direction.end());
    }
    if (parted) seen.lane_p.back() = seen.line_p[static_cast<std::size_t>(across[centre].line)];
    line_at(i).right_lane = lane.number;
    line_at(i + 1).left_lane = lane.number;
  }
}

void add_arrow(const MarkSeen& mark, int width, RoadSeen& seen) {
  const float p = mark.moves ? std::min(mark.p, mark.moves->p) : 0;
  if (p < kEvenChance) return;
  const int i = lane_of_paint(centre_of(mark.shape), width, seen);
  if (i < 0) return;
  const auto lane = static_cast<std::size_t>(i);
  if (p <= seen.arrow_p[lane]) return;
  // Two arrows of one lane that say different things leave it unknown.
  const bool other = seen.arrow_p[lane] > 0 && seen.road.lanes[lane].arrow != mark.moves->value;
  seen.road.lanes[lane].arrow = mark.moves->value;
  seen.arrow_p[lane] = other ? std::min(p, 1 - seen.arrow_p[lane]) : p;
}

void add_heads(const PanelFacts& panel, Road& road) {
  for (std::size_t i = 0; i < panel.objects.size(); ++i) {
    const ObjectSeen& object = panel.objects[i];
    if (object.kind != ObjectKind::signal_head || object.score < kEvenChance) continue;
    road.heads.push_back({std::to_string(i),
                          object.box,
                          object.lamp_shape ? object.lamp_shape->value : LampShape::round,
                          "",
                          {}});
  }
}

}  // namespace

std::optional<LineKind> line_kind(MarkKind kind) {
  switch (kind) {
    case MarkKind::white_solid:
      return LineKind::white_solid;
    case MarkKind::white_dashed:
      return LineKind::white_dashed;
    case MarkKind::yellow_solid:
      return LineKind::yellow_solid;
    case MarkKind::yellow_dashed:
      return LineKind::yellow_dashed;
    default:
      return std::nullopt;
  }
}

float mean_y(const std::vector<Point>& shape) {
  float sum = 0;
  for (const Point& p : shape) sum += p.y;
  return shape.empty() ? 0 : sum / static_cast<float>(shape.size());
}

namespace {

float on_straight(Point a, Point b, float y) {
  return a.y == b.y ? (a.x + b.x) / 2 : a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
}

}  // namespace

float x_at(const std::vector<Point>& line, float y) {
  if (line.empty()) return 0;
  if (line.size() == 1) return line[0].x;
  std::size_t i = 0, last = line.size() - 1;
  const float half = (line.front().y + line.back().y) / 2;
  if (y < line.back().y) {
    i = last - 1;
    while (i > 0 && line[i].y < half) --i;
  } else if (y > line.front().y) {
    last = 1;
    while (last + 1 < line.size() && line[last].y > half) ++last;
  } else {
    while (i + 2 < line.size() && y < line[i + 1].y) ++i;
    last = i + 1;
  }
  return on_straight(line[i], line[last], y);
}

float straight_x(const std::vector<Point>& line, float y) {
  if (line.empty()) return 0;
  return on_straight(line.front(), line.back(), y);
}

bool inside(const std::vector<Point>& polygon, Point p) {
  bool in = false;
  for (std::size_t i = 0, k = polygon.size() - 1; i < polygon.size(); k = i++) {
    const Point a = polygon[i], b = polygon[k];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

int lane_at(const Road& road, Point ground) {
  for (std::size_t i = 0; i < road.lanes.size(); ++i)
    if (road.lanes[i].polygon.size() > 2 && inside(road.lanes[i].polygon, ground))
      return static_cast<int>(i);
  return -1;
}

RoadSeen road_from_marks(const PanelFacts& panel, const std::vector<MarkSeen>& marks) {
  RoadSeen seen;
  add_heads(panel, seen.road);
  for (const MarkSeen& mark : marks) {
    if (!(mark.p >= kEvenChance) || mark.shape.size() < 2) continue;
    if (const auto kind = line_kind(mark.kind)) add_line(mark, *kind, seen);
    if (mark.kind == MarkKind::stop_line) {
      seen.road.stop_lines.push_back({mark.shape, true});
      seen.stop_line_p.push_back(mark.p);
    }
    if (mark.kind == MarkKind::crosswalk) {
      seen.road.crosswalks.push_back(mark.shape);
      seen.crosswalk_p.push_back(mark.p);
    }
    if (mark.kind == MarkKind::grid) {
      seen.road.grids.push_back(mark.shape);
      seen.grid_p.push_back(mark.p);
    }
  }
  choose_own_stop_line(seen);
  add_lanes(panel, seen);
  for (const MarkSeen& mark : marks)
    if (mark.kind == MarkKind::arrow) add_arrow(mark, panel.width, seen);
  add_lane_words(marks, panel.width, seen);
  return seen;
}

RoadSeen road_of_site(const Road& road) {
  RoadSeen seen;
  seen.road = road;
  seen.stop_line_p.assign(road.stop_lines.size(), kDrawn);
  seen.line_p.assign(road.lane_lines.size(), kDrawn);
  seen.crosswalk_p.assign(road.crosswalks.size(), kDrawn);
  seen.grid_p.assign(road.grids.size(), kDrawn);
  seen.lane_p.assign(road.lanes.size(), kDrawn);
  seen.use_p.assign(road.lanes.size(), kDrawn);
  for (const Lane& lane : road.lanes) seen.arrow_p.push_back(lane.arrow.empty() ? 0 : kDrawn);
  return seen;
}

}  // namespace vioreview
