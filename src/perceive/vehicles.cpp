// SPDX-License-Identifier: Apache-2.0
// What a vehicle is: class, colour, special kind, facing, and what it looks like.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/imaging.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr float kMargin = 0.08F;    // each side, as in training
constexpr float kLeastChroma = 12;  // 0 to 255; a grey thing at night may be of any colour
constexpr std::size_t kMostVehicles = 24;
constexpr float kSmallest = 20;  // px; below it nothing can be told

// In the order of the net's outputs (models/README.md).
constexpr BodyColor kColors[] = {
    BodyColor::white,  BodyColor::grey,  BodyColor::yellow, BodyColor::pink,  BodyColor::red,
    BodyColor::purple, BodyColor::green, BodyColor::blue,   BodyColor::brown, BodyColor::black};
constexpr Special kSpecials[] = {Special::none, Special::police, Special::ambulance, Special::fire,
                                 Special::rescue};

void describe(Net& net, const std::vector<Tensor>& out, std::int64_t row, bool coloured,
              ObjectSeen& object) {
  const auto best = [&](std::size_t head, const char* temperature) {
    return most_likely(out[head].of(row), out[head].shape[1], net.calibration(temperature, 1));
  };
  const MostLikely cls = best(0, "class_temperature");
  if (const auto named =
          vehicle_class_named(net.card().labels[static_cast<std::size_t>(cls.index)]))
    object.vehicle_class = Seen<VehicleClass>{*named, cls.p};
  const MostLikely color = best(1, "colour_temperature");
  if (coloured) object.color = Seen<BodyColor>{kColors[color.index], color.p};
  const MostLikely special = best(2, "special_temperature");
  object.special = Seen<Special>{kSpecials[special.index], special.p};
  const MostLikely facing = best(3, "facing_temperature");
  object.facing = Seen<Facing>{facing.index == 0 ? Facing::front : Facing::rear, facing.p};
  object.embedding.assign(out[4].of(row), out[4].of(row) + out[4].shape[1]);
}

}  // namespace

void describe_vehicles(Net& vehicle, const Image& panel, bool coloured,
                       std::vector<ObjectSeen>& objects) {
  const auto least_chroma =
      static_cast<float>(vehicle.threshold("colour_min_chroma_night", kLeastChroma));
  std::vector<ObjectSeen*> wanted;
  for (ObjectSeen& object : objects) {
    const bool kind = object.kind == ObjectKind::vehicle || object.kind == ObjectKind::two_wheeler;
    if (kind && std::min(object.box.width(), object.box.height()) >= kSmallest)
      wanted.push_back(&object);
  }
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const auto* a, const auto* b) { return a->box.area() > b->box.area(); });
  wanted.resize(std::min(wanted.size(), kMostVehicles));
  for (std::size_t begin = 0, count = 0; begin < wanted.size(); begin += count) {
    count = batch_of(wanted.size() - begin);
    std::vector<float> input;
    for (std::size_t i = 0; i < count; ++i)
      append_stretched(panel, grow(wanted[begin + i]->box, kMargin), vehicle.card(), input);
    const std::vector<Tensor> out = vehicle.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      ObjectSeen& object = *wanted[begin + i];
      describe(vehicle, out, static_cast<std::int64_t>(i),
               coloured || mean_chroma(panel, object.box) >= least_chroma, object);
    }
  }
}

}  // namespace vioreview
