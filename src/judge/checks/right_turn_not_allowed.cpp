// SPDX-License-Identifier: Apache-2.0
// A right turn on red is allowed unless a right arrow is red (Road Traffic Safety Law regulations
// art. 38: right-turning vehicles may pass a red light when they hinder nobody).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/heads.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {{"sure", 0.9, 0.5, 1, "probability from which a movement is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const Movement movement = movement_of(scene);
  const double sure = knob(e, kRightTurnNotAllowed, "sure");
  const double other = std::max({movement.straight, movement.left, movement.not_right});
  if (other >= sure)
    return holds(kRightTurnNotAllowed, other, "it does not turn right", "车辆未右转");
  if (movement.right < sure)
    return unknown(kRightTurnNotAllowed, "not_sure", "which way the target goes is not sure",
                   "行驶方向不确定");
  double p = movement.right;
  bool arrow = false, heads = true;
  for (const PanelScene& panel : scene.panels) {
    heads = heads && shows_heads(e, panel);
    const auto lamp = own_lamp(e, panel, 'R');
    if (!lamp || lamp->state.value == LampState::off) continue;
    arrow = true;
    p = std::min(p, static_cast<double>(lamp->state.p));
    if (lamp->state.value != LampState::red)
      return at(fails(kRightTurnNotAllowed, "right_turn_allowed", p, "the right arrow is not red",
                      "右转箭头灯非红灯"),
                panel.panel, lamp->box);
  }
  if (!arrow && !heads)
    return unknown(kRightTurnNotAllowed, "not_sure",
                   "the signals that may forbid the right turn are not seen", "信号灯不可见");
  return arrow ? holds(kRightTurnNotAllowed, p, "the right arrow is red", "右转箭头灯为红灯")
               : fails(kRightTurnNotAllowed, "right_turn_allowed", p,
                       "it turns right, and no arrow forbids that", "车辆右转, 无右转红灯");
}

}  // namespace

const Check kRightTurnNotAllowed{
    "right_turn_not_allowed", "The target does not turn right where red allows it", kKnobs, check};

}  // namespace vioreview
