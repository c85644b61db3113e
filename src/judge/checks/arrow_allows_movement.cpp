// SPDX-License-Identifier: Apache-2.0
// The lane's arrow allows the way the target goes; else the offence is 1208 (manual, suggested).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/heads.h"

namespace vioreview {
namespace {

// Unseen: the device saw the target in a lane whose signal was red (a proposal).
constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which arrow and way are told"},
    {"unseen", 0.97, 0, 1,
     "how surely an arrow that is not seen allows the way the target goes, its own signal being "
     "red in every panel; below `sure` such cases are manual"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kArrowAllowsMovement, "sure");
  double p = 0;
  const char move = sure_movement(movement_of(scene), sure, &p);
  const Seen<std::string> arrow = arrow_of_target(scene);
  const double unseen = knob(e, kArrowAllowsMovement, "unseen");
  const bool red = move && own_red(e, scene, move) >= sure;
  if (!move || arrow.p < sure) {
    const double all_red = every_head_red(e, scene);
    if (all_red >= sure)
      return holds(kArrowAllowsMovement, all_red, "every signal is red", "所有信号灯为红灯");
    if (red && unseen >= sure)
      return holds(
          kArrowAllowsMovement, std::min(p, unseen),
          "the signal of the way it goes is red in every panel; its lane's arrow is not seen",
          "行驶方向的信号灯各分图均为红灯，导向箭头不可见");
    return unknown(kArrowAllowsMovement, "arrow_unreadable",
                   "the lane's arrow or the way it goes is not seen", "导向箭头或行驶方向不可见");
  }
  const double read = arrow.p;
  if (arrow.value.find(move) != std::string::npos)  // what is read, and what was likely before
    return holds(kArrowAllowsMovement,
                 std::min(p, red && unseen > 0.5 ? agreed(read, unseen) : read),
                 "the arrow " + arrow.value + " allows the way it goes", "导向箭头允许该行驶方向");
  p = std::min(p, read);
  Finding finding = fails(kArrowAllowsMovement, "wrong_lane_suggested", p,
                          "the lane's arrow " + arrow.value + " does not allow the way it goes",
                          "导向箭头不允许该行驶方向");
  finding.suggested_code = "1208";
  return finding;
}

}  // namespace

const Check kArrowAllowsMovement{"arrow_allows_movement",
                                 "The lane's arrow allows the way the target goes", kKnobs, check};

}  // namespace vioreview
