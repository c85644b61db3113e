// SPDX-License-Identifier: Apache-2.0
// How the target's tyres lie to lane lines, panel by panel, and what that adds up to.
#pragma once
#include <vector>

#include "judge/scene.h"

namespace vioreview {

// One lane line (or piece of one) beside or under the target at its near axle.
struct LineAt {
  std::size_t panel = 0;  // place in Scene::panels
  std::size_t line = 0;   // index into the road's lane lines
  double offset = 0;      // metres from the target's middle to the line; right of it: above 0
  double half = 0;        // metres from the target's middle to its tyres' outer edges
  double sd = 0;          // metres that either may be off
  double under() const;   // probability that the line lies well between the tyres
  double clear() const;   // probability that no tyre touches it
  double beside() const;  // probability that the target's middle lies beside it, not over it
};

std::vector<LineAt> lines_at(const Scene& scene);

// What happens to a line over the panels. `ridden`: it lies between the tyres in two panels or
// more; `crossed`: its middle is on one side in a panel and on the other in a later one, so that in
// between it stood over the line; `clear`: no tyre touches it in any panel and the side never
// changes.
struct LineStory {
  std::size_t line = 0;
  float line_p = 0;  // that the line is there and of its kind
  double ridden = 0, crossed = 0, clear = 0;
  double nearest = 1e9;  // metres between the line and the nearest tyre's outer edge, at the least
  double broken() const { return ridden > crossed ? ridden : crossed; }
};
// For every line the target comes near: pieces that carry on one another count as one where they
// have one kind.
std::vector<LineStory> line_stories(const Scene& scene);

// Whether, in every panel with the target, no line can lie under it but those that are seen: it is
// between the lines of one lane, or so near to one that the lane's other line lies beyond it.
bool no_line_hides(const Scene& scene);

// How surely the target gets from one side of some line to the other, and the line is there.
double line_crossed(const std::vector<LineStory>& stories);
// How surely the target stays in one lane: no tyre touches a line in any panel, and none hides.
double stays_in_lane(const Scene& scene, const std::vector<LineStory>& stories);

// The story most surely broken, else the nearest line's; nullptr when there is none.
const LineStory* telling_line(const std::vector<LineStory>& stories);

bool solid(LineKind kind);

}  // namespace vioreview
