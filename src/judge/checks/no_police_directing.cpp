// SPDX-License-Identifier: Apache-2.0
// Nobody stands on the carriageway who may be an officer directing traffic (domain reference 5.4).
// Uniforms are not told: any person there, off the crosswalks, is for a person to look at.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"seen", 0.5, 0.1, 1, "probability from which a person counts"},
                           {"sure", 0.98, 0.5, 1, "how surely nobody seen means nobody there"}};

// Metres beyond its end at which a crosswalk is still walked on to or left.
constexpr double kBeyondEnd = 2;

// `margin`: pixels by which a foot's height may be off.
bool on_crosswalk(const Road& road, const Ground& ground, Point foot, double margin) {
  const double beside = kBeyondEnd * ground.per_metre(foot.y);
  return std::any_of(road.crosswalks.begin(), road.crosswalks.end(),
                     [&](const std::vector<Point>& area) {
                       const Box box = bounds(area);
                       return foot.y > box.y0 - margin && foot.y < box.y1 + margin &&
                              foot.x > box.x0 - beside && foot.x < box.x1 + beside;
                     });
}

// Between the outermost lane lines, as far aside of the way ahead as these: a short piece's own
// direction does not tell where it leads.
bool on_carriageway(const Road& road, const Ground& ground, Point foot) {
  constexpr float kLeastRise = 40;  // pixels
  double leftmost = 1e9, rightmost = -1e9;
  for (const LaneLine& line : road.lane_lines) {
    if (line.polyline.size() < 2 || line.polyline.front().y - line.polyline.back().y < kLeastRise)
      continue;
    const double aside = ground.aside(line.polyline.front());  // its nearest point: measured best
    leftmost = std::min(leftmost, aside), rightmost = std::max(rightmost, aside);
  }
  return leftmost < ground.aside(foot) && ground.aside(foot) < rightmost;
}

// Who sits on a two-wheeler directs nobody.
bool rides(const PanelFacts& panel, const ObjectSeen& person) {
  return std::any_of(panel.objects.begin(), panel.objects.end(), [&](const ObjectSeen& object) {
    return object.kind == ObjectKind::two_wheeler && share_inside(person.box, object.box) > 0.5F;
  });
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (!scene.ground)
    return unknown(kNoPoliceDirecting, "not_sure", "the carriageway is not seen", "道路不可见");
  const Road& road = scene.road.road;
  for (const PanelScene& panel : scene.panels) {
    const PanelFacts& facts = e.facts.panels[static_cast<std::size_t>(panel.panel)];
    for (const ObjectSeen& object : facts.objects) {
      const Point foot{object.box.centre().x, object.box.y1};
      if (object.kind != ObjectKind::person || rides(facts, object) ||
          foot.y < scene.ground->vanishing.y + 20 ||
          object.score < knob(e, kNoPoliceDirecting, "seen") ||
          !on_carriageway(road, *scene.ground, foot) ||
          on_crosswalk(road, *scene.ground, foot, 0.15 * object.box.height()))
        continue;
      return at(unknown(kNoPoliceDirecting, "police_directing",
                        "a person on the carriageway may direct the traffic",
                        "车行道上有人, 可能为民警指挥"),
                panel.panel, object.box);
    }
  }
  return holds(kNoPoliceDirecting, knob(e, kNoPoliceDirecting, "sure"),
               "nobody stands on the carriageway", "车行道上无人");
}

}  // namespace

const Check kNoPoliceDirecting{
    "no_police_directing", "Nobody who may be an officer stands on the carriageway", kKnobs, check};

}  // namespace vioreview
