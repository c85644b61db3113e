// SPDX-License-Identifier: Apache-2.0
// Turning round is banned: the lane's arrow shows neither left nor turn, or the line it crosses to
// the other side is solid. Signs are not read (domain reference 3, 1044).
#include "judge/checks/checks.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which it is told"}};

// The nearest yellow line left of the target in the first panel: the centre of the road.
const LineAt* centre_line(const std::vector<LineAt>& lines, const Road& road) {
  const LineAt* best = nullptr;
  for (const LineAt& line : lines) {
    const LineKind kind = road.lane_lines[line.line].kind;
    const bool yellow = kind == LineKind::yellow_solid || kind == LineKind::yellow_dashed ||
                        kind == LineKind::yellow_solid_double;
    if (yellow && line.panel == 0 && line.offset < 0 && (!best || line.offset > best->offset))
      best = &line;
  }
  return best;
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kTurnBannedHere, "sure");
  const Seen<std::string> arrow = arrow_of_target(scene);
  if (arrow.p >= sure) {
    const bool allowed = arrow.value.find_first_of("UL") != std::string::npos;
    return allowed ? fails(kTurnBannedHere, "turn_allowed", arrow.p,
                           "the arrow " + arrow.value + " allows it", "导向箭头允许掉头")
                   : holds(kTurnBannedHere, arrow.p,
                           "the arrow " + arrow.value + " does not allow it", "导向箭头不允许掉头");
  }
  if (scene.stop_line_p < 0.5 && !scene.panels.empty()) {
    const RoadSeen& seen = scene.road;
    const std::vector<LineAt> lines = lines_at(scene);
    if (const LineAt* line = centre_line(lines, seen.road)) {
      const double p = seen.line_p[line->line];
      return solid(seen.road.lane_lines[line->line].kind)
                 ? holds(kTurnBannedHere, p, "the centre line is solid", "中心线为实线")
                 : fails(kTurnBannedHere, "line_is_dashed", p, "the centre line is dashed",
                         "中心线为虚线");
    }
  }
  return unknown(kTurnBannedHere, "not_sure", "no arrow or line tells whether a turn is banned",
                 "无法判断是否禁止掉头");
}

}  // namespace

const Check kTurnBannedHere{"turn_banned_here", "Turning round is banned where the target turns",
                            kKnobs, check};

}  // namespace vioreview
