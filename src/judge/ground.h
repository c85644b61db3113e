// SPDX-License-Identifier: Apache-2.0
// Where things stand on the ground: a camera that looks along a level road, as far as one picture
// tells it, and a vehicle's wheels from its box. Metres, each with its doubt.
#pragma once
#include <optional>
#include <vector>

#include "core/facts.h"
#include "judge/road_from_marks.h"

namespace vioreview {

// Usual sizes of a class in metres, from catalogues of common models: whole length and width, and
// how far the front axle lies behind the front and the rear axle before the rear.
struct Size {
  double length, width, front, rear;
  double length_sd;  // within the class
  // Of the bumper's lower edge above the ground (a proposal); a truck's underrun guard hangs at
  // most 0.55 m high (GB 11567).
  double bumper;
};
// A truck's by its plate: blue and green ones are shorter than 6 m and lighter than 4.5 t, yellow
// and yellow-green ones are not (GA 802, GA 36).
Size size_of(VehicleClass look, std::optional<PlateColor> plate = std::nullopt);

// Ground at image height y lies reach / (y - horizon) metres ahead; across it a metre has
// (y - horizon) / height pixels.
struct Ground {
  Point vanishing;       // where the road's lines meet
  double reach = 0;      // pixel metres
  double reach_sd = 0;   // relative
  double height = 0;     // of the camera, metres
  double height_sd = 0;  // relative
  double ahead(double y) const { return reach / (y - vanishing.y); }
  double per_metre(double y) const { return (y - vanishing.y) / height; }
  // Metres to the right of the line from the camera to the vanishing point.
  double aside(double x, double y) const { return (x - vanishing.x) / per_metre(y); }
  double aside(Point p) const { return aside(p.x, p.y); }
};

// A vehicle that drives along the road. `near` and `far` axle as the camera sees them.
struct Stand {
  double near_axle = 0, far_axle = 0;  // metres ahead
  double far_sd = 0;                   // of the far axle against the near one, from its class
  double pixel_sd = 0;                 // metres ahead that the box's bottom may be off
  double left = 0, right = 0;          // pixels: outer edges of the tyres at the near axle
  double side_sd = 0;                  // pixels that either may be off
  double row = 0;                      // pixels: image height of the near axle
  double turned = 0;                   // metres by which the box is wider than straight ahead
  bool cut = false;                    // the box ends at the picture's edge
};

// Where lines meet, from two or more that differ in direction; empty when they do not tell.
std::optional<Point> vanishing_point(const Road& road, int width);

// The image height at which the way from a ground point to the vanishing point meets a line across
// the road; empty when it runs beside it.
std::optional<double> row_on_way(const std::vector<Point>& line, Point from, Point to);

// The camera from the road and views of one vehicle of known size. The distance scale rests on
// arrows in the lanes (6 m long, 3 to 5 m before the stop line: GB 5768.3), the usual distance of a
// camera from its stop line and usual lenses; it is never sure.
struct VehicleView {
  Box box;
  Size size = size_of(VehicleClass::car);
  bool rear = true;
};
std::optional<Ground> ground_of(const RoadSeen& road, const PanelFacts& panel,
                                const std::vector<MarkSeen>& marks,
                                const std::vector<VehicleView>& views);

Stand stand_of(const VehicleView& view, const Ground& ground, int width, int height);

// Probability that something measured as `margin` with this doubt is above 0.
double above_zero(double margin, double sd);

}  // namespace vioreview
