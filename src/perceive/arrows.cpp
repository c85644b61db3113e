// SPDX-License-Identifier: Apache-2.0
// Which moves the lane arrows on the road allow.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/mark_crops.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr float kSmallest = 6;  // px of the shorter side; below it no head can be told

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
  look_at_marks(arrow, panel, MarkKind::arrow, kSmallest, marks,
                [&](const std::vector<Tensor>& out, std::int64_t row, MarkSeen& mark) {
                  describe(arrow, out, row, mark);
                });
}

}  // namespace vioreview
