// SPDX-License-Identifier: Apache-2.0
// The line the case is about is seen (vendor reason 42).
#include "judge/checks/checks.h"
#include "judge/line_touch.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"visible", 0.8, 0.5, 1, "probability from which a line counts as seen"}};

Finding check(const Evidence& e) {
  const std::vector<LineStory> stories = line_stories(scene_of(e));
  const LineStory* line = telling_line(stories);
  if (line && line->line_p >= knob(e, kLineVisible, "visible"))
    return holds(kLineVisible, line->line_p, "the line is seen", "标线可见");
  return unknown(kLineVisible, "line_unreadable", "no line beside the target is seen",
                 "目标车辆旁标线无法辨认");
}

}  // namespace

const Check kLineVisible{"line_visible", "The line beside the target is seen", kKnobs, check};

}  // namespace vioreview
