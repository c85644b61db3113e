// SPDX-License-Identifier: Apache-2.0
// The line ridden or crossed, or else the nearest, may not be crossed: solid, not dashed (GB
// 5768.3).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const std::vector<LineStory> stories = line_stories(scene);
  const LineStory* line = telling_line(stories);
  if (!line)
    return unknown(kLineIsSolid, "line_unreadable", "no line beside the target is seen",
                   "目标车辆旁标线无法辨认");
  const LineKind kind = scene.road.road.lane_lines[line->line].kind;
  if (solid(kind)) return holds(kLineIsSolid, line->line_p, "the line is solid", "标线为实线");
  // A dashed line that is not surely the one crossed proves nothing.
  const double p = std::min<double>(line->line_p, line->broken());
  return p >= 0.5
             ? fails(kLineIsSolid, "line_is_dashed", p, "the line crossed is dashed",
                     "所越标线为虚线")
             : unknown(kLineIsSolid, "not_sure", "the nearest line is dashed", "最近的标线为虚线");
}

}  // namespace

const Check kLineIsSolid{"line_is_solid", "The line may not be crossed: it is solid", {}, check};

}  // namespace vioreview
