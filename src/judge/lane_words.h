// SPDX-License-Identifier: Apache-2.0
// What the words painted in lanes say of the lanes.
#pragma once
#include <vector>

#include "judge/road_from_marks.h"

namespace vioreview {

// Fills use and use_p of the road's lanes. Words that say bus or nonmotor give their lane that use;
// further words of the lane confirm it or make it doubtful. Words that nobody read at all are taken
// for a bus lane's. A lane at the kerb has no line on its outer side: where words that were read
// lie beyond the last line, it is added, as wide as leaves them in its middle.
void add_lane_words(const std::vector<MarkSeen>& marks, int width, RoadSeen& seen);

}  // namespace vioreview
