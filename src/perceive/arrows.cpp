// SPDX-License-Identifier: Apache-2.0
// Which moves the lane arrows on the road allow.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/imaging.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr float kMargin = 0.15F;         // of the longer side, each side, as in training
constexpr float kSmallest = 6;           // px of the shorter side; below it no head can be told
constexpr std::size_t kMostArrows = 24;  // of a panel, the largest

Box around(const Box& b) {
  const float margin = kMargin * std::max(b.width(), b.height());
  return {b.x0 - margin, b.y0 - margin, b.x1 + margin, b.y1 + margin};
}

struct Arrow {
  MarkSeen* mark;
  Box box;
};

std::vector<Arrow> arrows_of(std::vector<MarkSeen>& marks) {
  std::vector<Arrow> arrows;
  for (MarkSeen& mark : marks) {
    if (mark.kind != MarkKind::arrow || mark.shape.empty()) continue;
    const Box box = bounds(mark.shape);
    if (std::min(box.width(), box.height()) >= kSmallest) arrows.push_back({&mark, box});
  }
  std::stable_sort(arrows.begin(), arrows.end(),
                   [](const Arrow& a, const Arrow& b) { return a.box.area() > b.box.area(); });
  arrows.resize(std::min(arrows.size(), kMostArrows), Arrow{nullptr, {}});
  return arrows;
}

// A crop that shows no whole arrow, or one that allows nothing, says nothing.
void describe(Net& net, const std::vector<Tensor>& out, std::int64_t row, MarkSeen& mark) {
  const float whole = sigmoid(out[1].of(row)[0], net.calibration("whole_temperature", 1));
  std::string letters;
  float p = whole;
  for (std::size_t i = 0; i < net.card().labels.size(); ++i) {
    const float allows = sigmoid(out[0].of(row)[i], net.calibration("moves_temperature", 1));
    if (allows > 0.5F) letters += net.card().labels[i];
    p *= std::max(allows, 1 - allows);
  }
  if (whole > 0.5F && !letters.empty()) mark.moves = Seen<std::string>{letters, p};
}

}  // namespace

void read_arrows(Net& arrow, const Image& panel, std::vector<MarkSeen>& marks) {
  const std::vector<Arrow> arrows = arrows_of(marks);
  for (std::size_t begin = 0, count = 0; begin < arrows.size(); begin += count) {
    count = batch_of(arrows.size() - begin);
    std::vector<float> input;
    for (std::size_t i = 0; i < count; ++i)
      append_stretched(panel, around(arrows[begin + i].box), arrow.card(), input);
    const std::vector<Tensor> out = arrow.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i)
      describe(arrow, out, static_cast<std::int64_t>(i), *arrows[begin + i].mark);
  }
}

}  // namespace vioreview
