// SPDX-License-Identifier: Apache-2.0
// The target turns round: it is seen from behind, then from the front, and farther left.
#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which it is told"},
    // Before the line by a car's length, a turn of 6 m radius, and some metres to where it begins
    // (a proposal).
    {"widest", 16, 8, 40, "metres ahead within which one that goes left may be turning round"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const Movement movement = movement_of(scene);
  const double sure = knob(e, kTurnsRound, "sure");
  if (movement.u_turn >= sure)
    return holds(kTurnsRound, movement.u_turn, "it turns round", "车辆掉头");
  double p = 0;
  const char way = sure_movement(movement, sure, &p);
  if (way == 'L' && scene.moved(0, scene.panels.size() - 1) < knob(e, kTurnsRound, "widest"))
    return unknown(kTurnsRound, "not_sure", "it goes left, and may be turning round",
                   "车辆左转, 可能正在掉头");
  if (way)
    return fails(kTurnsRound, "no_u_turn", p, "it goes on without turning round", "车辆未掉头");
  return unknown(kTurnsRound, "not_sure", "whether it turns round is not seen", "是否掉头不确定");
}

}  // namespace

const Check kTurnsRound{"turns_round", "The target turns round", kKnobs, check};

}  // namespace vioreview
