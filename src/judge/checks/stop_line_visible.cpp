// SPDX-License-Identifier: Apache-2.0
// The own stop line is seen, or drawn in the confirmed site (vendor reason 41).
#include "judge/checks/checks.h"
#include "judge/scene.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"visible", 0.8, 0.5, 1, "probability from which a line counts as seen"}};

Finding check(const Evidence& e) {
  const Scene scene = scene_of(e);
  const double visible = knob(e, kStopLineVisible, "visible");
  return measured(
      scene.stop_line_p >= visible
          ? holds(kStopLineVisible, scene.stop_line_p, "the stop line is seen", "可见停止线")
          : unknown(kStopLineVisible, "stop_line_unreadable",
                    scene.stop_line_p > 0 ? "the stop line is not seen surely enough"
                                          : "the stop line is not seen",
                    "停止线不可见"),
      scene.stop_line_p, visible);
}

}  // namespace

const Check kStopLineVisible{"stop_line_visible", "The stop line of the target is seen", kKnobs,
                             check};

}  // namespace vioreview
