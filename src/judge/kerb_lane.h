// SPDX-License-Identifier: Apache-2.0
// The lane between the last line and the kerb, along which no line is painted.
#pragma once
#include "judge/road_from_marks.h"

namespace vioreview {

// The index of the lane in whose middle something is painted, such as an arrow or words; -1 when in
// none. What lies right of the last line proves a lane there, which is added to `seen`. `width`: of
// the panel.
int lane_of_paint(Point middle, int width, RoadSeen& seen);

}  // namespace vioreview
