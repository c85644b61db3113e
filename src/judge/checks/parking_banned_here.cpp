// SPDX-License-Identifier: Apache-2.0
// The target stands beside a solid yellow line at the kerb, where parking is banned (GB 5768.3). A
// sign or a zone that is not painted is not told from pictures.
#include <algorithm>
#include <cmath>

#include "judge/checks/checks.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"beside", 1.0, 0.2, 3, "metres between tyres and line within which the line is its own"},
    {"sure", 0.9, 0.5, 1, "probability from which it is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  double best = 0;
  for (const LineAt& line : lines_at(scene)) {
    const RoadSeen& seen = scene.road;
    const LineKind kind = seen.road.lane_lines[line.line].kind;
    const double off = std::abs(line.offset) - line.half;
    if ((kind == LineKind::yellow_solid || kind == LineKind::kerb) && line.offset > 0)
      best = std::max(best,
                      std::min(static_cast<double>(seen.line_p[line.line]),
                               above_zero(knob(e, kParkingBannedHere, "beside") - off, line.sd)));
  }
  return best >= knob(e, kParkingBannedHere, "sure")
             ? holds(kParkingBannedHere, best, "it stands beside a solid yellow line",
                     "停放在黄实线旁")
             : unknown(kParkingBannedHere, "line_unreadable",
                       "no line that bans parking is seen beside it", "未见禁止停车标线");
}

}  // namespace

const Check kParkingBannedHere{"parking_banned_here", "Parking is banned where the target stands",
                               kKnobs, check};

}  // namespace vioreview
