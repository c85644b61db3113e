// SPDX-License-Identifier: Apache-2.0
// The target leaves its lane by a way that the lane's arrow does not allow (domain reference 4).
// Where a left turn is allowed, so is turning round.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which arrow and way are told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kMovementAgainstArrow, "sure");
  double p = 0;
  const char move = sure_movement(movement_of(scene), sure, &p);
  const Seen<std::string> arrow = arrow_of_target(scene);
  if (!move || arrow.p < sure)
    return unknown(kMovementAgainstArrow, "not_sure", "the way it goes or the arrow is not sure",
                   "行驶方向或导向箭头不确定");
  p = std::min<double>(p, arrow.p);
  const bool allowed = arrow.value.find(move) != std::string::npos ||
                       (move == 'U' && arrow.value.find('L') != std::string::npos);
  const std::string went{move};
  return allowed ? fails(kMovementAgainstArrow, "direction_matches_arrow", p,
                         "it goes " + went + ", as the arrow " + arrow.value + " allows",
                         "行驶方向 " + went + " 符合导向箭头 " + arrow.value)
                 : holds(kMovementAgainstArrow, p,
                         "it goes " + went + " against the arrow " + arrow.value,
                         "行驶方向 " + went + " 不符合导向箭头 " + arrow.value);
}

}  // namespace

const Check kMovementAgainstArrow{"movement_against_arrow",
                                  "The way the target goes is not its lane's", kKnobs, check};

}  // namespace vioreview
