// SPDX-License-Identifier: Apache-2.0
// The arrow of the target's lane is seen, or drawn in the confirmed site (vendor reason 49).
#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"visible", 0.8, 0.5, 1, "probability from which it counts as seen"}};

Finding check(const Evidence& e) {
  const Seen<std::string> arrow = arrow_of_target(scene_of(e));
  return arrow.p >= knob(e, kLaneArrowVisible, "visible")
             ? holds(kLaneArrowVisible, arrow.p, "the lane's arrow is " + arrow.value,
                     "车道导向箭头为 " + arrow.value)
             : unknown(kLaneArrowVisible, "arrow_unreadable", "the lane's arrow is not seen",
                       "导向箭头无法辨认");
}

}  // namespace

const Check kLaneArrowVisible{"lane_arrow_visible", "The arrow of the target's lane is seen",
                              kKnobs, check};

}  // namespace vioreview
