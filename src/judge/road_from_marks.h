// SPDX-License-Identifier: Apache-2.0
// The road of one picture, put together from the markings and heads seen in it.
#pragma once
#include <optional>
#include <vector>

#include "core/facts.h"
#include "core/road.h"

namespace vioreview {

// Image rows from top to bottom.
struct Rows {
  float top = 0, bottom = 0;
};

// A road and how surely each piece of it is there. Same indices as the lists of `road`.
struct RoadSeen {
  Road road;
  std::vector<float> stop_line_p, line_p, arrow_p, crosswalk_p, grid_p;
  std::vector<float> lane_p;    // that the travel of the lane is as said
  std::vector<float> use_p;     // that words say its use; 0 where none do
  std::vector<Rows> lane_rows;  // where the lane's borders are known; not filled of a site
};

// `marks`: those of `panel`, or of all panels of its place. Lane lines from left to right, the
// lanes between them with the arrow and the words that lie in each, the own stop line (the nearest
// one), crosswalks, grids and heads. Lanes are numbered from the leftmost one that is known to lead
// away, else from the left; `travel` is surely known only beside a yellow line with lanes on both
// sides (right-hand traffic: away on its right). Marks below an even chance do not count.
RoadSeen road_from_marks(const PanelFacts& panel, const std::vector<MarkSeen>& marks);

// The pieces of a confirmed site, each taken for sure.
RoadSeen road_of_site(const Road& road);

// The kind of lane line that a mark is; empty for stop lines, areas and arrows.
std::optional<LineKind> line_kind(MarkKind kind);
// Mean height of a shape's points, 0 when it has none.
float mean_y(const std::vector<Point>& shape);
// x of a line at a height. The line runs mostly upwards; beyond an end it goes on as its half there
// does, for the last points of traced paint jump from side to side.
float x_at(const std::vector<Point>& line, float y);
// The same of the straight line through both ends: a trace's last bend must not be prolonged far.
float straight_x(const std::vector<Point>& line, float y);
// The index of the lane in which a ground point lies, -1 when in none.
int lane_at(const Road& road, Point ground);
bool inside(const std::vector<Point>& polygon, Point p);

}  // namespace vioreview
