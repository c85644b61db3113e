// SPDX-License-Identifier: Apache-2.0
#include "judge/lane_words.h"

#include <algorithm>
#include <array>

#include "judge/kerb_lane.h"

namespace vioreview {
namespace {

constexpr float kEvenChance = 0.5F;
// One net reads all words of a lane: another word of the same meaning counts half.
constexpr float kAnotherWord = 0.5F;

// How surely the words of one lane say bus and nonmotor.
using Told = std::array<float, 2>;

float confirmed(float a, float b) {
  return 1 - (1 - std::max(a, b)) * (1 - kAnotherWord * std::min(a, b));
}

void tell(const MarkSeen& mark, int width, std::vector<Told>& told, RoadSeen& seen) {
  const float p = std::min(mark.p, mark.says->p);
  if (mark.says->value == LaneWord::other || !(p >= kEvenChance)) return;
  const int i = lane_of_paint(bounds(mark.shape).centre(), width, seen);
  if (i < 0) return;
  told.resize(seen.road.lanes.size(), Told{});
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
