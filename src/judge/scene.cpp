// SPDX-License-Identifier: Apache-2.0
#include "judge/scene.h"

#include <algorithm>
#include <cmath>

#include "judge/fuse_marks.h"
#include "judge/likeness.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr double kAmidstLane = 1.2;  // metres sideways that a straight drive may drift
constexpr double kNotRight = 0.5;    // metres to the right that a right turn surely exceeds
// Metres ahead before which one that turns left, or right, may still drive straight.
constexpr double kThrough = 8, kIntoJunction = 4;
constexpr double kBent = 1.0;       // metres wider than straight ahead: the body has turned
constexpr double kBroadside = 1.5;  // the same: it shows its side, whichever end is taken for near
// Share of the length that a body shows more than its width from which it stands across its way.
// Metres sideways that tell which way it went then: the middle of its box is no firm point.
constexpr double kAcross = 0.6, kAcrossAside = 1;
// Between two panels: metres sideways, at least and at most, and their share of the metres ahead,
// that no change of lanes reaches: its course has turned.
constexpr double kTurnedAside = 2.5, kTurnedMost = 10, kTurnedCourse = 0.5;
// Metres from the front axle to the stop line beyond which it cannot be the target's own.
constexpr double kFarLine = 15;
constexpr double kMovement = 0.985;  // no still pictures tell a movement more surely

const PanelFacts& facts_of(const Evidence& e, int panel) {
  return e.facts.panels[static_cast<std::size_t>(panel)];
}

// The class by the surest view, which serves all: the target is one vehicle.
VehicleClass look_of(const Evidence& e) {
  const auto views = all_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  const auto best = surest(views, [](VehicleClass) { return true; });
  return best ? best->what.value : VehicleClass::other;
}

Size target_size(const Evidence& e) {
  return size_of(look_of(e), plate_color_of(e));
}

std::vector<MarkSeen> marks_of(const Evidence& e, const std::vector<int>& panels) {
  std::vector<const PanelFacts*> all;
  all.reserve(panels.size());
  for (const int panel : panels) all.push_back(&facts_of(e, panel));
  return fused_marks(all);
}

// The nearest of the own stop lines: where it is missed, the opposite one looks like it.
const std::vector<Point>* own_stop_line(const RoadSeen& road, float* p) {
  const std::vector<Point>* nearest = nullptr;
  for (std::size_t i = 0; i < road.road.stop_lines.size(); ++i) {
    const StopLine& line = road.road.stop_lines[i];
    if (!line.own || line.edge.size() < 2) continue;
    if (nearest && line.edge.front().y <= nearest->front().y) continue;
    nearest = &line.edge;
    *p = road.stop_line_p[i];
  }
  return nearest;
}

// `away`: it came with its rear to the camera. Once past the line it may turn and show another
// side.
void measure_line(const std::vector<Point>& line, const Ground& ground, const Size& size, bool away,
                  TargetStands& target) {
  const Point middle{static_cast<float>((target.stand.left + target.stand.right) / 2),
                     static_cast<float>(target.stand.row)};
  const auto row = row_on_way(line, middle, ground.vanishing);
  if (!row || *row < ground.vanishing.y + 10) return;
  const double at = ground.ahead(*row);
  const Stand& s = target.stand;
  const double line_sd = 2.0 * at / (*row - ground.vanishing.y);
  const auto doubt = [&](double margin, double own) {
    return std::hypot(margin * ground.reach_sd, std::hypot(own, std::hypot(s.pixel_sd, line_sd)));
  };
  // The scale's doubt is that of the stretch measured: from the near axle to the line.
  const double near = s.near_axle - at, far = s.far_axle - at;
  const double near_doubt = doubt(near, 0.1), far_doubt = doubt(near, s.far_sd);
  target.line_known = true;
  target.ahead_of_line = away ? far : -near;
  target.ahead_of_line_sd = away ? far_doubt : near_doubt;
  target.nose_past_line = target.ahead_of_line + size.front;
  target.rear_past_line = away ? near : -far;
  target.rear_past_line_sd = away ? near_doubt : far_doubt;
}

std::vector<VehicleView> views_of(const Evidence& e, const Scene& scene) {
  std::vector<VehicleView> views;
  for (const PanelScene& panel : scene.panels)
    if (const ObjectSeen* object = e.target.object_in(e.facts, panel.panel))
      views.push_back(
          {object->box, scene.size, !object->facing || object->facing->value == Facing::rear});
  return views;
}

void place_target(const Evidence& e, const std::vector<Point>* line, Scene& scene) {
  const Size& size = scene.size;
  std::optional<bool> away;
  for (PanelScene& panel : scene.panels) {
    const ObjectSeen* object = e.target.object_in(e.facts, panel.panel);
    if (!object) continue;
    TargetStands stands;
    stands.box = object->box;
    stands.rear = !object->facing || object->facing->value == Facing::rear;
    stands.facing_p = object->facing ? static_cast<double>(object->facing->p) : 0;
    const PanelFacts& facts = facts_of(e, panel.panel);
    stands.stand =
        stand_of({object->box, size, stands.rear}, *scene.ground, facts.width, facts.height);
    if (!away) away = stands.rear;
    if (line) measure_line(*line, *scene.ground, size, *away, stands);
    panel.target = stands;
  }
}

// A body that drives askew shows its side, which makes the box wider on the side it drives to: the
// tyres of the near axle do not stand there.
void straighten(Scene& scene) {
  const std::size_t last = scene.panels.size() - 1;
  if (!scene.panels[0].target || !scene.panels[last].target) return;
  const double aside = scene.sideways(0, last);
  for (PanelScene& panel : scene.panels) {
    if (!panel.target || panel.target->stand.turned < 0.2) continue;
    Stand& s = panel.target->stand;
    const double extra = std::min(s.turned, 1.5) * scene.ground->per_metre(s.row);
    (aside > 0 ? s.right : s.left) -= aside > 0 ? extra : -extra;
    s.side_sd = std::hypot(s.side_sd, 0.35 * extra);
  }
}

// A line that lies far from the target in the first panel is another's.
void drop_far_line(Scene& scene) {
  if (!scene.panels[0].target || !scene.panels[0].target->line_known ||
      std::abs(scene.panels[0].target->ahead_of_line) < kFarLine)
    return;
  scene.stop_line_p = 0;
  for (PanelScene& panel : scene.panels)
    if (panel.target) panel.target->line_known = false;
}

Scene put_together(const Evidence& e) {
  Scene scene;
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  const std::vector<MarkSeen> marks = marks_of(e, panels);
  for (const int panel : panels) scene.panels.push_back({panel, std::nullopt});
  scene.size = target_size(e);
  if (scene.panels.empty()) return scene;
  scene.confirmed = e.site_road && e.site_confirmed;
  const PanelFacts& first = facts_of(e, panels.front());
  scene.road = scene.confirmed ? road_of_site(*e.site_road) : road_from_marks(first, marks);
  float p = 0;
  const std::vector<Point>* line = own_stop_line(scene.road, &p);
  scene.stop_line_p = p;
  scene.ground = ground_of(scene.road, first, marks, views_of(e, scene));
  if (!scene.ground) return scene;
  place_target(e, line, scene);
  straighten(scene);
  drop_far_line(scene);
  return scene;
}

}  // namespace

bool Scene::complete() const {
  return ground && !panels.empty() &&
         std::all_of(panels.begin(), panels.end(),
                     [](const PanelScene& p) { return p.target && !p.target->stand.cut; });
}

double Scene::moved(std::size_t from, std::size_t to) const {
  return panels[to].target->stand.near_axle - panels[from].target->stand.near_axle;
}

double Scene::sideways(std::size_t from, std::size_t to) const {
  const auto x = [&](const PanelScene& p) {
    const Stand& s = p.target->stand;
    return ground->aside((s.left + s.right) / 2, s.row);
  };
  return x(panels[to]) - x(panels[from]);
}

double Scene::moved_sd(std::size_t from, std::size_t to) const {
  const double pixels =
      std::hypot(panels[from].target->stand.pixel_sd, panels[to].target->stand.pixel_sd);
  return std::hypot(pixels, moved(from, to) * ground->reach_sd);
}

double Scene::drove_on(std::size_t from, std::size_t to, double metres) const {
  return above_zero(std::hypot(moved(from, to), sideways(from, to)) - metres, moved_sd(from, to));
}

const Scene& scene_of(const Evidence& e) {
  if (!e.scene) e.scene = std::make_shared<const Scene>(put_together(e));
  return *e.scene;
}

namespace {

// Whether the last step between two panels leads so far sideways that it drives round a corner.
bool course_turned(const Scene& scene) {
  const std::size_t last = scene.panels.size() - 1;
  if (!scene.panels[last - 1].target) return false;
  const double ahead = scene.moved(last - 1, last);
  const double aside = std::abs(scene.sideways(last - 1, last));
  return ahead > 0 && aside > kTurnedAside && aside < kTurnedMost && aside > kTurnedCourse * ahead;
}

}  // namespace

Movement movement_of(const Scene& scene) {
  Movement movement;
  if (!scene.ground || scene.panels.size() < 2) return movement;
  const std::size_t last = scene.panels.size() - 1;
  if (!scene.panels[0].target || !scene.panels[last].target) return movement;
  const double ahead = scene.moved(0, last), aside = scene.sideways(0, last);
  const Stand& end = scene.panels[last].target->stand;
  const double bent = end.turned - std::max(0.0, scene.panels[0].target->stand.turned);
  // Turned round: it showed its rear and shows its front, end on, farther left by a lane or more.
  const TargetStands &was = *scene.panels[0].target, &is = *scene.panels[last].target;
  const bool turned_body = bent > kBent;
  if (was.rear && !is.rear && !turned_body && aside < -2.5)
    movement.u_turn = std::min({kMovement, was.facing_p, is.facing_p});
  const bool rear = is.rear || (was.rear && bent > kBroadside);
  const double drift = std::abs(aside) - std::max(0.0, bent) / 2;
  const bool turned_course = course_turned(scene);
  if (ahead > kThrough && !turned_body && bent < kBent / 2 && std::abs(aside) < kAmidstLane && rear)
    movement.straight = kMovement;
  if (rear && ahead > kIntoJunction && aside < kNotRight) movement.not_right = kMovement;
  const bool across =
      bent > kAcross * (scene.size.length - scene.size.width) && std::abs(aside) > kAcrossAside;
  const bool turned =
      (turned_body && (drift > 0.2 || across)) || (ahead > kIntoJunction && turned_course);
  if (turned && rear && ahead > 1) (aside < 0 ? movement.left : movement.right) = kMovement;
  return movement;
}

char sure_movement(const Movement& m, double sure, double* p) {
  const std::pair<char, double> all[] = {
      {'S', m.straight}, {'L', m.left}, {'R', m.right}, {'U', m.u_turn}};
  for (const auto& [letter, probability] : all)
    if (probability >= sure) {
      if (p) *p = probability;
      return letter;
    }
  return 0;
}

Seen<std::string> arrow_of_target(const Scene& scene) {
  Seen<std::string> best;
  if (scene.panels.empty() || !scene.panels[0].target) return best;
  const Stand& stand = scene.panels[0].target->stand;
  const Point ground{static_cast<float>((stand.left + stand.right) / 2),
                     static_cast<float>(stand.row)};
  const int i = lane_at(scene.road.road, ground);
  if (i < 0) return best;
  const auto lane = static_cast<std::size_t>(i);
  const std::string& arrow = scene.road.road.lanes[lane].arrow;
  if (!arrow.empty()) best = {arrow, scene.road.arrow_p[lane]};
  return best;
}

std::optional<Box> standing_ahead(const Evidence& e, const Scene& scene, double reach) {
  if (!scene.ground || scene.panels.size() < 2 || !scene.panels[0].target) return std::nullopt;
  constexpr double kBeside = 1.3, kSamePlace = 0.75;
  const Ground& ground = *scene.ground;
  const Stand& own = scene.panels[0].target->stand;
  const double x = ground.aside((own.left + own.right) / 2, own.row);
  const ObjectSeen* target = e.target.object_in(e.facts, scene.panels[0].panel);
  const auto& next = facts_of(e, scene.panels[1].panel).objects;
  for (const ObjectSeen& object : facts_of(e, scene.panels[0].panel).objects) {
    const double row = object.box.y1;
    if (!is_vehicle(object) || &object == target || row < ground.vanishing.y + 10) continue;
    const double gap = ground.ahead(row) - own.far_axle;
    if (gap < -1 || gap > reach || std::abs(ground.aside(object.box.centre().x, row) - x) > kBeside)
      continue;
    if (std::any_of(next.begin(), next.end(), [&](const ObjectSeen& other) {
          return is_vehicle(other) && iou(other.box, object.box) > kSamePlace;
        }))
      return object.box;
  }
  return std::nullopt;
}

Finding weighed(const Check& check, double p, double sure, std::string_view reason, const Said& yes,
                const Said& no) {
  if (p >= sure) return holds(check, p, yes.en, yes.zh);
  if (1 - p >= sure) return fails(check, reason, 1 - p, no.en, no.zh);
  return unknown(check, "not_sure", "too near to tell", "距离过近, 无法判断");
}

Finding not_placed(const Check& check) {
  return unknown(check, "not_sure", "where the target stands on the road cannot be measured",
                 "无法测量目标车辆在道路上的位置");
}

}  // namespace vioreview
