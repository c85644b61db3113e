// SPDX-License-Identifier: Apache-2.0
// Which lamp of a signal head is lit, and its shape; whether it is a head at all.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/imaging.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr float kMargin = 0.15F;    // of the longer side, each side, as in training
constexpr float kSmallest = 6;      // px of the shorter side; below it no lamp can be told
constexpr float kHardlyOne = 0.2F;  // what is less surely a head is left out

// Share of a head's pixels, and number, from which a lamp is lit (proposals): a lamp's arrow is
// larger, the glow of an unlit one is not as bright.
constexpr float kLit = 0.008F;
constexpr int kLitPixels = 3;

// In the order of the net's outputs (models/README.md).
constexpr LampShape kShapes[] = {LampShape::round, LampShape::left, LampShape::straight,
                                 LampShape::right, LampShape::u_turn};

Box around(const Box& b) {
  const float margin = kMargin * std::max(b.width(), b.height());
  return {b.x0 - margin, b.y0 - margin, b.x1 + margin, b.y1 + margin};
}

// The detector sees the whole panel small, this net the head large: what both say together, as the
// card weighs it; without that, as sure as the doubting one.
float seen_twice(const ModelCard& card, float detected, float logit) {
  const auto fitted = card.calibration.find("is_head");
  if (fitted == card.calibration.end() || fitted->second.size() != 3)
    return std::min(detected, sigmoid(logit, 1));
  return calibrated(detected, fitted->second[1],
                    fitted->second[0] + fitted->second[2] * static_cast<double>(logit));
}

// A fault, two heads in one box, or pictures laid over one another: no state holds.
bool lit_red_and_green(const Image& panel, const Box& box) {
  const Shine shine = shine_of(panel, box);
  const int least = std::min(shine.red, shine.green);
  return least >= kLitPixels && static_cast<float>(least) > kLit * box.area();
}

void describe(Net& net, const std::vector<Tensor>& out, std::int64_t row, ObjectSeen& head) {
  const MostLikely state =
      most_likely(out[0].of(row), out[0].shape[1], net.calibration("state_temperature", 1));
  if (const auto named = lamp_state_named(net.card().labels[static_cast<std::size_t>(state.index)]))
    head.lamp = Seen<LampState>{*named, state.p};
  const MostLikely shape =
      most_likely(out[1].of(row), out[1].shape[1], net.calibration("shape_temperature", 1));
  if (head.lamp && head.lamp->value != LampState::off)
    head.lamp_shape = Seen<LampShape>{kShapes[shape.index], shape.p};
  if (out.size() > 2) head.score = seen_twice(net.card(), head.score, out[2].of(row)[0]);
}

}  // namespace

void read_lamps(Net& signal, const Image& panel, std::vector<ObjectSeen>& objects) {
  std::vector<ObjectSeen*> heads;
  for (ObjectSeen& object : objects)
    if (object.kind == ObjectKind::signal_head &&
        std::min(object.box.width(), object.box.height()) >= kSmallest)
      heads.push_back(&object);
  for (std::size_t begin = 0, count = 0; begin < heads.size(); begin += count) {
    count = batch_of(heads.size() - begin);
    std::vector<float> input;
    for (std::size_t i = 0; i < count; ++i)
      append_stretched(panel, around(heads[begin + i]->box), signal.card(), input);
    const std::vector<Tensor> out = signal.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      ObjectSeen& head = *heads[begin + i];
      describe(signal, out, static_cast<std::int64_t>(i), head);
      if (head.lamp && lit_red_and_green(panel, head.box))
        head.lamp->p = std::min(head.lamp->p, 0.5F);
    }
  }
  std::erase_if(objects, [](const ObjectSeen& object) {
    return object.kind == ObjectKind::signal_head && object.score < kHardlyOne;
  });
}

}  // namespace vioreview
