// SPDX-License-Identifier: Apache-2.0
// The target stands on the yellow grid or on the crosswalk. The code's fifth character chooses
// which (0 and 2 crosswalk, 1 and 3 grid: secondary source); another one leaves both open.
#include <algorithm>
#include <utility>

#include "judge/areas.h"
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

// Whether the recorded code is about crosswalks, about grids.
std::pair<bool, bool> about(const std::string& code) {
  const char suffix = code.size() == 5 ? code[4] : ' ';
  const bool crosswalk = suffix == '2', grid = suffix == '1' || suffix == '3';
  return {!grid, !crosswalk};
}

// The panel in which it is least surely on any of the areas decides.
double on_any(const std::vector<std::vector<Point>>& areas, const Scene& scene, double most) {
  double on = 0;
  for (const auto& area : joined_behind_target(areas, scene)) {
    double least = most;
    for (std::size_t i = 0; i < scene.panels.size(); ++i)
      least = std::min(least, stands_in(area, scene, i));
    on = std::max(on, least);
  }
  return on;
}

double surest_of(const std::vector<float>& p) {
  return p.empty() ? 0 : *std::max_element(p.begin(), p.end());
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  if (!scene.complete()) return not_placed(kStandsOnGridOrCrosswalk);
  const RoadSeen& seen = scene.road;
  const auto [crosswalk, grid] = about(e.c.record.violation);
  const bool any =
      (crosswalk && !seen.road.crosswalks.empty()) || (grid && !seen.road.grids.empty());
  if (!any)
    return unknown(kStandsOnGridOrCrosswalk, "line_unreadable", "no grid or crosswalk is seen",
                   "未见网状线或人行横道");
  double on = 0;
  if (crosswalk) on = on_any(seen.road.crosswalks, scene, surest_of(seen.crosswalk_p));
  if (grid) on = std::max(on, on_any(seen.road.grids, scene, surest_of(seen.grid_p)));
  const auto may_go_on = [&](const auto& areas) {
    return std::any_of(areas.begin(), areas.end(),
                       [&](const auto& area) { return ends_at_target(area, scene); });
  };
  const double sure = knob(e, kStandsOnGridOrCrosswalk, "sure");
  if (on < sure &&
      ((crosswalk && may_go_on(seen.road.crosswalks)) || (grid && may_go_on(seen.road.grids))))
    return unknown(kStandsOnGridOrCrosswalk, "not_sure",
                   "it hides where the grid or crosswalk ends", "车辆遮挡网状线或人行横道边缘");
  return at(weighed(kStandsOnGridOrCrosswalk, on, sure, "not_on_grid",
                    {"it stands on the grid or crosswalk", "停在网状线或人行横道内"},
                    {"it stands beside grid and crosswalk", "未停在网状线或人行横道内"}),
            scene.panels[0].panel, scene.panels[0].target->box);
}

}  // namespace

const Check kStandsOnGridOrCrosswalk{"stands_on_grid_or_crosswalk",
                                     "The target stands on a yellow grid or a crosswalk", kKnobs,
                                     check};

}  // namespace vioreview
