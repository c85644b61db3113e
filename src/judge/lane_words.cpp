// SPDX-License-Identifier: Apache-2.0
#include "judge/lane_words.h"

#include <algorithm>
#include <array>
#include <optional>

#include "judge/ground.h"

namespace vioreview {
namespace {

constexpr float kEvenChance = 0.5F;
// One net reads all words of a lane: another word of the same meaning counts half.
constexpr float kAnotherWord = 0.5F;
constexpr float kMostLanes = 1.6F;  // widths of the next lane: words further out lie elsewhere

// How surely the words of one lane say bus and nonmotor.
using Told = std::array<float, 2>;

float confirmed(float a, float b) {
  return 1 - (1 - std::max(a, b)) * (1 - kAnotherWord * std::min(a, b));
}

// The last lane, which is the rightmost one, when all end left of the point; else -1.
int last_lane_before(const Road& road, Point p) {
  const bool beside = std::all_of(road.lanes.begin(), road.lanes.end(), [&](const Lane& lane) {
    return x_at({lane.polygon[3], lane.polygon[2]}, p.y) < p.x;
  });
  return beside ? static_cast<int>(road.lanes.size()) - 1 : -1;
}

// The lane between the last line, the right one of lane `last`, and the kerb, in whose middle `p`
// lies.
std::optional<Lane> lane_at_kerb(const Road& road, int last, Point p, int width) {
  const auto vanishing = vanishing_point(road, width);
  if (last < 0 || !vanishing) return std::nullopt;
  const Lane& next = road.lanes[static_cast<std::size_t>(last)];
  const Point near_left = next.polygon[0], far_left = next.polygon[1];
  const Point far = next.polygon[2], near = next.polygon[3];
  const float edge = x_at({near, far}, p.y), beside = x_at({near_left, far_left}, p.y);
  if (p.y <= vanishing->y || far.y <= vanishing->y ||
      2 * (p.x - edge) > kMostLanes * (edge - beside))
    return std::nullopt;
  const auto across = [&](Point at) {
    return Point{at.x + 2 * (p.x - edge) * (at.y - vanishing->y) / (p.y - vanishing->y), at.y};
  };
  Lane lane;
  lane.number = next.number > 0 ? next.number + 1 : 0;
  lane.polygon = {near, far, across(far), across(near)};
  lane.direction = {{(near.x + lane.polygon[3].x) / 2, near.y},
                    {(far.x + lane.polygon[2].x) / 2, far.y}};
  return lane;
}

void tell(const MarkSeen& mark, int width, std::vector<Told>& told, RoadSeen& seen) {
  const float p = std::min(mark.p, mark.says->p);
  if (mark.says->value == LaneWord::other || !(p >= kEvenChance)) return;
  const Point middle = bounds(mark.shape).centre();
  int i = lane_at(seen.road, middle);
  if (i < 0) {
    const int last = last_lane_before(seen.road, middle);
    const auto lane = lane_at_kerb(seen.road, last, middle, width);
    if (!lane) return;
    i = static_cast<int>(seen.road.lanes.size());
    seen.road.lanes.push_back(*lane);
    seen.arrow_p.push_back(0);
    seen.lane_p.push_back(0);
    seen.lane_rows.push_back(Rows(seen.lane_rows[static_cast<std::size_t>(last)]));
    told.push_back({});
  }
  float& own = told[static_cast<std::size_t>(i)][mark.says->value == LaneWord::bus ? 0 : 1];
  own = confirmed(own, p);
}

}  // namespace

void add_lane_words(const std::vector<MarkSeen>& marks, int width, RoadSeen& seen) {
  std::vector<const MarkSeen*> words;
  for (const MarkSeen& mark : marks)
    if (mark.kind == MarkKind::bus_text && mark.p >= kEvenChance && mark.shape.size() >= 2)
      words.push_back(&mark);
  const bool read =
      std::any_of(words.begin(), words.end(), [](const MarkSeen* word) { return word->says; });
  std::vector<Told> told(seen.road.lanes.size(), Told{});
  // The lowest ones first: where they lie is told best.
  std::stable_sort(words.begin(), words.end(), [](const MarkSeen* a, const MarkSeen* b) {
    return bounds(a->shape).y1 > bounds(b->shape).y1;
  });
  for (const MarkSeen* word : words) {
    if (word->says) tell(*word, width, told, seen);
    const int i = read ? -1 : lane_at(seen.road, bounds(word->shape).centre());
    if (i >= 0) told[static_cast<std::size_t>(i)][0] = 1;
  }
  seen.use_p.assign(seen.road.lanes.size(), 0);
  for (std::size_t i = 0; i < told.size(); ++i) {
    const auto [bus, nonmotor] = told[i];
    if (std::max(bus, nonmotor) == 0) continue;
    seen.road.lanes[i].use = bus >= nonmotor ? LaneUse::bus : LaneUse::nonmotor;
    seen.use_p[i] = std::max(bus, nonmotor) * (1 - std::min(bus, nonmotor));
  }
}

}  // namespace vioreview
