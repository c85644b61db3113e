// SPDX-License-Identifier: Apache-2.0
// Points, boxes and quadrilaterals in pixels of a panel.
#pragma once
#include <algorithm>
#include <array>
#include <vector>

namespace vioreview {

struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

// Pixels, half-open: x0 <= x < x1. Empty when x1 <= x0 or y1 <= y0.
struct Box {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float width() const { return std::max(0.0F, x1 - x0); }
  float height() const { return std::max(0.0F, y1 - y0); }
  float area() const { return width() * height(); }
  Point centre() const { return {(x0 + x1) / 2, (y0 + y1) / 2}; }
  bool operator==(const Box&) const = default;
};

// Corners in reading order: top left, top right, bottom right, bottom left, as the text runs.
using Quad = std::array<Point, 4>;

inline Box intersect(const Box& a, const Box& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

inline float iou(const Box& a, const Box& b) {
  const float common = intersect(a, b).area();
  const float both = a.area() + b.area() - common;
  return both > 0 ? common / both : 0;
}

// The box round a shape of at least one point.
inline Box bounds(const std::vector<Point>& shape) {
  Box box{shape[0].x, shape[0].y, shape[0].x, shape[0].y};
  for (const Point& p : shape)
    box = {std::min(box.x0, p.x), std::min(box.y0, p.y), std::max(box.x1, p.x),
           std::max(box.y1, p.y)};
  return box;
}

// The part of `inner` that lies in `outer`, 0 to 1.
inline float share_inside(const Box& inner, const Box& outer) {
  return inner.area() > 0 ? intersect(inner, outer).area() / inner.area() : 0;
}

inline Box bounds(const Quad& q) {
  const auto [x0, x1] = std::minmax({q[0].x, q[1].x, q[2].x, q[3].x});
  const auto [y0, y1] = std::minmax({q[0].y, q[1].y, q[2].y, q[3].y});
  return {x0, y0, x1, y1};
}

// Whether the picture's edge may have cut the box off: it ends within two pixels of it.
inline bool cut_off(const Box& b, int width, int height) {
  constexpr float kNear = 2;
  return b.x0 < kNear || b.y0 < kNear || b.x1 > static_cast<float>(width) - kNear ||
         b.y1 > static_cast<float>(height) - kNear;
}

// The box grown on each side by `share` of its own width and height; it may leave the picture.
inline Box grow(const Box& b, float share) {
  const float dx = b.width() * share, dy = b.height() * share;
  return {b.x0 - dx, b.y0 - dy, b.x1 + dx, b.y1 + dy};
}

}  // namespace vioreview
