// SPDX-License-Identifier: Apache-2.0
#include "perceive/mark_crops.h"

#include <algorithm>

#include "perceive/imaging.h"

namespace vioreview {
namespace {

constexpr float kMargin = 0.15F;        // of the longer side, each side, as in training
constexpr std::size_t kMostMarks = 24;  // of a panel, the largest

Box around(const Box& b) {
  const float margin = kMargin * std::max(b.width(), b.height());
  return {b.x0 - margin, b.y0 - margin, b.x1 + margin, b.y1 + margin};
}

struct Place {
  MarkSeen* mark;
  Box box;
};

std::vector<Place> places_of(std::vector<MarkSeen>& marks, MarkKind kind, float smallest) {
  std::vector<Place> places;
  for (MarkSeen& mark : marks) {
    if (mark.kind != kind || mark.shape.empty()) continue;
    const Box box = bounds(mark.shape);
    if (std::min(box.width(), box.height()) >= smallest) places.push_back({&mark, box});
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.box.area() > b.box.area(); });
  places.resize(std::min(places.size(), kMostMarks), Place{nullptr, {}});
  return places;
}

}  // namespace

void look_at_marks(Net& net, const Image& panel, MarkKind kind, float smallest,
                   std::vector<MarkSeen>& marks, const MarkAnswer& answer) {
  const std::vector<Place> places = places_of(marks, kind, smallest);
  for (std::size_t begin = 0, count = 0; begin < places.size(); begin += count) {
    count = batch_of(places.size() - begin);
    std::vector<float> input;
    for (std::size_t i = 0; i < count; ++i)
      append_stretched(panel, around(places[begin + i].box), net.card(), input);
    const std::vector<Tensor> out = net.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i)
      answer(out, static_cast<std::int64_t>(i), *places[begin + i].mark);
  }
}

}  // namespace vioreview
