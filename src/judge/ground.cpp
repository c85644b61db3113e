// SPDX-License-Identifier: Apache-2.0
#include "judge/ground.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vioreview {
namespace {

// Lines and boxes are found this well (pixels in a panel 1280 wide; it grows with the panel).
constexpr double kPixel = 2.0;
// Usual distance of a camera from its stop line and its doubt; usual lens in picture widths
// (proposals: 20 to 25 m is what installation guides ask for).
constexpr double kLineAhead = 24, kLineAheadSd = 0.22;
constexpr double kLens = 1.5, kLensSd = 0.3;
// Length of an arrow on roads up to 60 km/h (GB 5768.3), how well painters keep it, and how many
// pixels its ends may be off; one that disagrees this much with the rest is of another length.
constexpr double kArrow = 6, kArrowSd = 0.05, kArrowEnds = 5, kArrowMost = 1.4;
// The first arrows lie 3 to 5 m before the stop line (GB 5768.3); how far painters stray from that.
constexpr double kArrowToLine = 4, kArrowToLineSd = 0.17;
constexpr double kCut = 0.02;      // share of the picture's height: what ends lower may be cut off
constexpr double kWidthSd = 0.05;  // within a class
constexpr double kTrust = 0.995;   // no measurement of a picture is surer than that

struct Weighed {
  double sum = 0, weight = 0;
  void add(double value, double sd) {
    sum += std::log(value) / (sd * sd);
    weight += 1 / (sd * sd);
  }
  double mean() const { return std::exp(sum / weight); }
  double sd() const { return 1 / std::sqrt(weight); }
};

// x of the near face's two edges: an edge beyond which the far end shows is the far end's, and lies
// nearer to the vanishing point by `shrink`.
std::pair<double, double> near_edges(const Box& box, double centre, double shrink) {
  const double left = box.x0, right = box.x1;
  return {left > centre ? centre + (left - centre) / shrink : left,
          right < centre ? centre + (right - centre) / shrink : right};
}

// A distance scale and its relative doubt.
struct Scale {
  double reach = 0, sd = 1;
};

// From a stretch of known length that ends at these image heights; empty when it is too short.
std::optional<Scale> scale_of(double metres, double metres_sd, double near, double far,
                              double horizon) {
  if (far <= horizon + 5 || near - far < 8) return std::nullopt;
  return Scale{metres / (1 / (far - horizon) - 1 / (near - horizon)),
               std::hypot(metres_sd, kArrowEnds / (near - far))};
}

// From the arrows' own length: the best seen one alone, for the others share its doubt of it.
std::optional<Scale> by_arrow_length(const std::vector<MarkSeen>& arrows, const PanelFacts& panel,
                                     double horizon, double about) {
  std::optional<Scale> best;
  for (const MarkSeen& mark : arrows) {
    const Box box = bounds(mark.shape);
    if (box.y1 > (1 - kCut) * panel.height) continue;
    const auto scale = scale_of(kArrow, kArrowSd, box.y1, box.y0, horizon);
    if (scale && scale->reach > about / kArrowMost && scale->reach < about * kArrowMost &&
        (!best || scale->sd < best->sd))
      best = scale;
  }
  return best;
}

// From the gap between the stop line and the arrows before it. What hides an arrow's tip only makes
// the gap longer, so the shortest counts.
std::optional<Scale> by_arrow_gap(const std::vector<MarkSeen>& arrows, const Road& road,
                                  Point vanishing, double about) {
  std::optional<Scale> best;
  for (const MarkSeen& mark : arrows)
    for (const StopLine& line : road.stop_lines) {
      if (!line.own || line.edge.empty()) continue;
      const Box box = bounds(mark.shape);
      const auto at = row_on_way(line.edge, {box.centre().x, box.y0}, vanishing);
      const auto scale =
          at ? scale_of(kArrowToLine, kArrowToLineSd, box.y0, *at, vanishing.y) : std::nullopt;
      if (scale && scale->reach > about / kArrowMost && scale->reach < about * kArrowMost &&
          (!best || scale->reach > best->reach))
        best = scale;
    }
  return best;
}

// Pixel metres of the distance scale.
Weighed reach_of(const RoadSeen& seen, const PanelFacts& panel, const std::vector<MarkSeen>& marks,
                 Point vanishing, double height) {
  const double horizon = vanishing.y;
  Weighed reach;
  reach.add(kLens * panel.width * height, kLensSd);
  for (const StopLine& line : seen.road.stop_lines)
    if (line.own && !line.edge.empty()) {
      const double y = line.edge[line.edge.size() / 2].y;
      if (y > horizon + 20) reach.add(kLineAhead * (y - horizon), kLineAheadSd);
    }
  std::vector<MarkSeen> arrows;
  std::copy_if(marks.begin(), marks.end(), std::back_inserter(arrows),
               [](const MarkSeen& mark) { return mark.kind == MarkKind::arrow && mark.p >= 0.5F; });
  const double about = reach.mean();
  if (const auto scale = by_arrow_length(arrows, panel, horizon, about))
    reach.add(scale->reach, scale->sd);
  if (const auto scale = by_arrow_gap(arrows, seen.road, vanishing, about))
    reach.add(scale->reach, scale->sd);
  return reach;
}

}  // namespace

Size size_of(VehicleClass look, std::optional<PlateColor> plate) {
  if (look == VehicleClass::truck && plate) {
    if (*plate == PlateColor::blue || *plate == PlateColor::green)
      return {5.7, 2.1, 1.1, 1.3, 0.5, 0.5};
    if (*plate == PlateColor::yellow || *plate == PlateColor::yellow_green)
      return {9, 2.45, 1.4, 2.1, 2, 0.5};
  }
  switch (look) {
    case VehicleClass::car:
      return {4.6, 1.8, 0.95, 1.0, 0.25, 0.22};
    case VehicleClass::suv:
      return {4.7, 1.88, 0.95, 0.95, 0.25, 0.22};
    case VehicleClass::van:
      return {4.6, 1.75, 0.9, 0.95, 0.5, 0.25};
    case VehicleClass::minibus:
      return {6.5, 2.1, 1.2, 1.5, 0.8, 0.25};
    case VehicleClass::bus:
      return {11, 2.5, 2.4, 3.0, 1.0, 0.3};
    case VehicleClass::truck:
      return {7.5, 2.3, 1.3, 1.8, 1.8, 0.5};
    case VehicleClass::pickup:
      return {5.3, 1.85, 0.95, 1.2, 0.3, 0.3};
    case VehicleClass::motorcycle:
      return {2.0, 0.8, 0.3, 0.3, 0.2, 0.3};
    case VehicleClass::tricycle:
      return {3.0, 1.2, 0.4, 0.5, 0.5, 0.3};
    case VehicleClass::other:
      break;
  }
  return {6, 2.1, 1.1, 1.3, 2, 0.3};
}

double above_zero(double margin, double sd) {
  const double p = 0.5 * std::erfc(-margin / (std::max(sd, 1e-6) * std::sqrt(2.0)));
  return std::clamp(p, 1 - kTrust, kTrust);
}

std::optional<double> row_on_way(const std::vector<Point>& line, Point from, Point to) {
  std::optional<double> row;
  double nearest = 1e9;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double ax = line[i].x, ay = line[i].y, bx = line[i + 1].x - ax, by = line[i + 1].y - ay;
    const double dx = to.x - from.x, dy = to.y - from.y, det = bx * dy - by * dx;
    if (std::abs(det) < 1e-6) continue;
    const double along = ((from.x - ax) * dy - (from.y - ay) * dx) / det;
    const double outside = std::max({0.0, -along, along - 1});
    if (outside < nearest) nearest = outside, row = ay + along * by;
  }
  return row;
}

std::optional<Point> vanishing_point(const Road& road, int width) {
  double xx = 0, xy = 0, yy = 0, bx = 0, by = 0;
  double least = 10, most = -10;
  for (const LaneLine& line : road.lane_lines) {
    if (line.polyline.size() < 2) continue;
    const Point a = line.polyline.front(), b = line.polyline.back();
    const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
    if (length < 0.03 * width || -dy < 0.2 * length) continue;
    const double nx = -dy / length, ny = dx / length, c = nx * a.x + ny * a.y;
    xx += length * nx * nx, xy += length * nx * ny, yy += length * ny * ny;
    bx += length * nx * c, by += length * ny * c;
    const double angle = std::atan2(dx, -dy);
    least = std::min(least, angle), most = std::max(most, angle);
  }
  const double det = xx * yy - xy * xy;
  if (most - least < 0.1 || det <= 0) return std::nullopt;
  return Point{static_cast<float>((bx * yy - by * xy) / det),
               static_cast<float>((by * xx - bx * xy) / det)};
}

std::optional<Ground> ground_of(const RoadSeen& road, const PanelFacts& panel,
                                const std::vector<MarkSeen>& marks,
                                const std::vector<VehicleView>& views) {
  const auto vanishing = vanishing_point(road.road, panel.width);
  if (!vanishing || views.empty()) return std::nullopt;
  Ground ground{*vanishing, 0, 0, 6.5, kWidthSd};
  for (int round = 0; round < 3; ++round) {
    const Weighed reach = reach_of(road, panel, marks, *vanishing, ground.height);
    ground.reach = reach.mean();
    ground.reach_sd = reach.sd();
    std::vector<double> heights;
    for (const VehicleView& view : views) {
      if (view.box.y1 - vanishing->y < 20) continue;
      if (view.box.x0 < 2 || static_cast<double>(view.box.x1) > panel.width - 2) continue;
      const Stand stand = stand_of(view, ground, panel.width, panel.height);
      if (stand.right - stand.left < 4) continue;
      heights.push_back(view.size.width * (stand.row - vanishing->y) / (stand.right - stand.left));
    }
    if (heights.empty()) return std::nullopt;
    // A turned vehicle looks wider, as if the camera hung lower: the narrowest view counts.
    ground.height = std::clamp(*std::max_element(heights.begin(), heights.end()), 2.0, 20.0);
  }
  return ground;
}

Stand stand_of(const VehicleView& view, const Ground& ground, int width, int height) {
  const Size& size = view.size;
  const double bottom = view.box.y1, horizon = ground.vanishing.y;
  const double near_over = view.rear ? size.rear : size.front;
  const double far_over = view.rear ? size.front : size.rear;
  const double scale = kPixel * std::max(1.0, width / 1280.0);
  Stand stand;
  const double low = std::max(bottom - horizon, 5.0);
  // The lowest point of the box is the tyre or the bumper, whichever shows lower.
  const double bumper = ground.reach * (1 - size.bumper / ground.height) / low;
  stand.near_axle = std::max(ground.reach / low, near_over + bumper);
  stand.far_axle = stand.near_axle + size.length - near_over - far_over;
  stand.far_sd = size.length_sd;
  stand.pixel_sd = scale * stand.near_axle / low;
  stand.row = horizon + ground.reach / stand.near_axle;
  const double face = std::max(stand.near_axle - near_over, 1.0);
  const double shrink = face / (face + size.length);
  const auto [left, right] = near_edges(view.box, ground.vanishing.x, shrink);
  // From the rear face to the axle: a little nearer to the vanishing point.
  const double to_axle = face / stand.near_axle;
  stand.left = ground.vanishing.x + (left - ground.vanishing.x) * to_axle;
  stand.right = ground.vanishing.x + (right - ground.vanishing.x) * to_axle;
  stand.side_sd = scale + 0.06 * ground.per_metre(stand.row);
  stand.turned = (stand.right - stand.left) / ground.per_metre(stand.row) - size.width;
  stand.cut = view.box.x0 < 2 || static_cast<double>(view.box.x1) > width - 2 ||
              static_cast<double>(view.box.y1) > height - 2;
  return stand;
}

}  // namespace vioreview
