// SPDX-License-Identifier: Apache-2.0
#include "judge/areas.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "judge/likeness.h"

namespace vioreview {
namespace {

constexpr double kNear = 3;      // metres: farther from a crosswalk a person has nothing to do
constexpr double kPerson = 1.6;  // metres: a person's height, a small one's
constexpr double kFoot = 0.25;   // metres that the feet may be off the box's lower middle
constexpr double kPixels = 2, kFootRow = 3;  // pixels that a box's side and bottom may be off

// How far a point lies inside the area along a row or a column of the picture, in pixels; outside
// below 0. Where the row or column misses the area, that nearest to it counts.
double depth(const std::vector<Point>& area, double along, double across, bool row) {
  double first = 1e9, last = -1e9;
  for (const Point& p : area) {
    const double c = row ? p.y : p.x;
    first = std::min(first, c), last = std::max(last, c);
  }
  const double at = std::clamp(across, first + 0.01, last - 0.01);
  double low = 1e9, high = -1e9;
  for (std::size_t i = 0, k = area.size() - 1; i < area.size(); k = i++) {
    const double ca = row ? area[i].y : area[i].x, cb = row ? area[k].y : area[k].x;
    const double va = row ? area[i].x : area[i].y, vb = row ? area[k].x : area[k].y;
    if ((ca > at) == (cb > at)) continue;
    const double v = va + (vb - va) * (at - ca) / (cb - ca);
    low = std::min(low, v), high = std::max(high, v);
  }
  return std::min(along - low, high - along);
}

// Feet are found well in height; sideways they are anywhere under the body.
double feet_on(const std::vector<Point>& area, Point foot, double metre) {
  return std::min(above_zero(depth(area, foot.x, foot.y, true), std::hypot(kPixels, kFoot * metre)),
                  above_zero(depth(area, foot.y, foot.x, false), kFootRow));
}

double off_by(const std::vector<Point>& area, Point foot) {
  return -std::min(depth(area, foot.x, foot.y, true), depth(area, foot.y, foot.x, false));
}

// Image rows at which the target's way enters and leaves the area, the nearer one first.
std::vector<double> rows_on_way(const std::vector<Point>& area, Point from, Point to) {
  std::vector<double> rows;
  const double dx = to.x - from.x, dy = to.y - from.y;
  for (std::size_t i = 0, k = area.size() - 1; i < area.size(); k = i++) {
    const double bx = area[i].x - area[k].x, by = area[i].y - area[k].y, det = bx * dy - by * dx;
    if (std::abs(det) < 1e-6) continue;
    const double s = ((from.x - area[k].x) * dy - (from.y - area[k].y) * dx) / det;
    if (s >= 0 && s < 1) rows.push_back(area[k].y + s * by);
  }
  std::sort(rows.rbegin(), rows.rend());
  return rows;
}

constexpr float kSeam = 8;  // px that the edge of a box and that of what it hides may be apart

// What the target hides of the road in a panel: the lower half of its box, and a little round it.
Box hidden_by(const TargetStands& target) {
  const Box& b = target.box;
  return {b.x0 - kSeam, (b.y0 + b.y1) / 2, b.x1 + kSeam, b.y1 + kSeam};
}

// Clockwise, as all areas are.
std::vector<Point> hull_of(std::vector<Point> points) {
  const auto turn = [](Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  };
  std::ranges::sort(points, {}, [](Point p) { return std::pair(p.x, p.y); });
  std::vector<Point> hull;
  for (int half = 0; half < 2; ++half) {
    const std::size_t first = hull.size();
    for (const Point& p : points) {
      while (hull.size() >= first + 2 && turn(hull[hull.size() - 2], hull.back(), p) <= 0)
        hull.pop_back();
      hull.push_back(p);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

// Whether a stretch comes into a box: where it lies in both the box's columns and its rows.
bool meets(const Box& box, Point a, Point b) {
  double in = 0, out = 1;  // shares of the stretch
  const auto clip = [&](double from, double to, double low, double high) {
    const double by = to == from ? 1e-9 : to - from;
    const double first = (low - from) / by, second = (high - from) / by;
    in = std::max(in, std::min(first, second)), out = std::min(out, std::max(first, second));
  };
  clip(a.x, b.x, box.x0, box.x1);
  clip(a.y, b.y, box.y0, box.y1);
  return in <= out;
}

// One on the left, one on the right of what is hidden, at the same height.
bool parted_by(const Box& hidden, const Box& a, const Box& b) {
  const bool left = a.x1 >= hidden.x0 && a.x1 <= hidden.x1,
             right = b.x0 >= hidden.x0 && b.x0 <= hidden.x1;
  return left && right && a.x0 < hidden.x0 && b.x1 > hidden.x1 &&
         std::min(a.y1, b.y1) > std::max(a.y0, b.y0);
}

// Rides, or is seen on or in a vehicle: an advert, a driver. Who walks before a vehicle stands
// nearer to the camera than its wheels.
bool aboard(const PanelFacts& panel, const ObjectSeen& person) {
  constexpr float kRides = 0.5F, kWithin = 0.9F;
  return std::any_of(panel.objects.begin(), panel.objects.end(), [&](const ObjectSeen& vehicle) {
    if (!is_vehicle(vehicle)) return false;
    const float within = share_inside(person.box, vehicle.box);
    return vehicle.kind == ObjectKind::two_wheeler
               ? within > kRides
               : within > kWithin && person.box.y1 < vehicle.box.y1;
  });
}

}  // namespace

std::vector<std::vector<Point>> joined_behind_target(const std::vector<std::vector<Point>>& areas,
                                                     const Scene& scene) {
  std::vector<std::vector<Point>> all = areas;
  for (const std::vector<Point>& a : areas)
    for (const std::vector<Point>& b : areas)
      for (const PanelScene& panel : scene.panels) {
        if (!panel.target || a.empty() || b.empty() ||
            !parted_by(hidden_by(*panel.target), bounds(a), bounds(b)))
          continue;
        std::vector<Point> both = a;
        both.insert(both.end(), b.begin(), b.end());
        all.push_back(hull_of(std::move(both)));
        break;
      }
  return all;
}

bool ends_at_target(const std::vector<Point>& area, const Scene& scene) {
  return std::any_of(scene.panels.begin(), scene.panels.end(), [&](const PanelScene& panel) {
    if (!panel.target) return false;
    const Box hidden = hidden_by(*panel.target);
    for (std::size_t i = 0, k = area.size() - 1; i < area.size(); k = i++)
      if (meets(hidden, area[k], area[i])) return true;
    return false;
  });
}

double stands_in(const std::vector<Point>& area, const Scene& scene, std::size_t panel) {
  if (!scene.ground || !scene.panels[panel].target || area.size() < 3) return 0;
  const Stand& s = scene.panels[panel].target->stand;
  const Ground& ground = *scene.ground;
  const auto rows =
      rows_on_way(area, {static_cast<float>((s.left + s.right) / 2), static_cast<float>(s.row)},
                  ground.vanishing);
  if (rows.size() < 2 || rows.back() < ground.vanishing.y + 10) return 0.005;
  const double in = ground.ahead(rows.front()), out = ground.ahead(rows.back());
  const auto sd = [&](double stretch, double own) {
    return std::hypot(stretch * ground.reach_sd, std::hypot(own, std::hypot(s.pixel_sd, 0.1)));
  };
  return std::min(above_zero(s.far_axle - in, sd(s.near_axle - in, s.far_sd)),
                  above_zero(out - s.near_axle, sd(out - s.near_axle, 0)));
}

double person_height_at_crosswalk(const Scene& scene) {
  if (!scene.ground) return 0;
  const std::vector<Point>* nearest = nullptr;
  for (const auto& area : scene.road.road.crosswalks)
    if (area.size() > 2 && (!nearest || bounds(area).y1 > bounds(*nearest).y1)) nearest = &area;
  return nearest ? std::max(0.0, kPerson * scene.ground->per_metre(bounds(*nearest).y0)) : 0;
}

std::vector<PersonAt> people_at_crosswalks(const Evidence& e, const Scene& scene, bool doubtful) {
  constexpr float kPersonSeen = 0.5F;
  std::vector<PersonAt> people;
  if (!scene.ground) return people;
  const Ground& ground = *scene.ground;
  const Road& road = scene.road.road;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const auto& facts = e.facts.panels[static_cast<std::size_t>(scene.panels[i].panel)];
    if (!scene.panels[i].target) continue;
    const Stand& own = scene.panels[i].target->stand;
    for (const ObjectSeen& object : facts.objects) {
      const Point foot{object.box.centre().x, object.box.y1};
      if (object.kind != ObjectKind::person || foot.y < ground.vanishing.y + 10 ||
          (!doubtful && (object.score < kPersonSeen || aboard(facts, object))))
        continue;
      const double metre = ground.per_metre(foot.y);
      double on = 0, off = 1e9;
      for (const auto& area : road.crosswalks) {
        if (area.size() < 3) continue;
        on = std::max(on, feet_on(area, foot, metre));
        off = std::min(off, off_by(area, foot));
      }
      if (off > kNear * metre) continue;
      const double way = ground.vanishing.x + ((own.left + own.right) / 2 - ground.vanishing.x) *
                                                  (foot.y - ground.vanishing.y) /
                                                  (own.row - ground.vanishing.y);
      people.push_back({i, object.box, on, (foot.x - way) / metre});
    }
  }
  return people;
}

}  // namespace vioreview
