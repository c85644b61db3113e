// SPDX-License-Identifier: Apache-2.0
// Whose lane words painted on the road say it is.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/mark_crops.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr float kSmallest = 0;  // px: words that nobody reads would be taken for a bus lane's

void describe(const Net& net, const float* logits, MarkSeen& mark) {
  const std::vector<std::string>& labels = net.card().labels;
  const MostLikely best = most_likely(logits, static_cast<std::int64_t>(labels.size()),
                                      net.calibration("words_temperature", 1));
  const auto says = lane_word_named(labels[static_cast<std::size_t>(best.index)]);
  if (says) mark.says = {*says, std::min(best.p, static_cast<float>(kSurest))};
}

}  // namespace

void read_words(Net& word, const Image& panel, std::vector<MarkSeen>& marks) {
  look_at_marks(word, panel, MarkKind::bus_text, kSmallest, marks,
                [&](const std::vector<Tensor>& out, std::int64_t row, MarkSeen& mark) {
                  describe(word, out[0].of(row), mark);
                });
}

}  // namespace vioreview
