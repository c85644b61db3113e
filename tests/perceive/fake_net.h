// SPDX-License-Identifier: Apache-2.0
// A net that gives what a test tells it to.
#pragma once
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/vocabulary.h"
#include "perceive/marks.h"
#include "perceive/net.h"

namespace vioreview {

class FakeNet : public Net {
 public:
  using Answer = std::function<std::vector<Tensor>(const std::vector<float>&, std::int64_t)>;
  FakeNet(ModelCard card, Answer answer) : Net(std::move(card)), answer_(std::move(answer)) {}
  std::vector<Tensor> run(const std::vector<float>& pictures, std::int64_t batch) override {
    batches.push_back(batch);
    return answer_(pictures, batch);
  }
  std::vector<std::int64_t> batches;  // of each call

 private:
  Answer answer_;
};

// The same rows for every picture of the batch.
inline Tensor repeated(std::int64_t batch, std::vector<std::int64_t> shape,
                       const std::vector<float>& row) {
  Tensor tensor;
  tensor.shape = std::move(shape);
  tensor.shape.insert(tensor.shape.begin(), batch);
  for (std::int64_t i = 0; i < batch; ++i)
    tensor.data.insert(tensor.data.end(), row.begin(), row.end());
  return tensor;
}

inline ModelCard card_of(std::string task, int width, int height, std::vector<std::string> labels) {
  ModelCard card;
  card.name = "fake";
  card.task = std::move(task);
  card.width = width;
  card.height = height;
  card.labels = std::move(labels);
  return card;
}

// A detector with no objects and a block of cells painted with one kind of mark.
inline std::unique_ptr<Net> painted_scene(MarkKind kind) {
  ModelCard card = card_of("detector", 100, 100, {"vehicle"});
  card.outputs = {
      {"boxes", {0, 1, 4}}, {"scores", {0, 1, 1}}, {"markings", {0, kMarkChannels, 25, 25}}};
  return std::make_unique<FakeNet>(card, [kind](const std::vector<float>&, std::int64_t batch) {
    Tensor grid{{1, kMarkChannels, 25, 25}, std::vector<float>(kMarkChannels * 625, 0)};
    for (std::size_t i = 0; i < 625; ++i) {
      const bool painted = i / 25 >= 10 && i / 25 < 15 && i % 25 >= 3 && i % 25 < 8;
      grid.data[(painted ? 2 + static_cast<std::size_t>(kind) : 1) * 625 + i] = 9;
    }
    return std::vector<Tensor>{repeated(batch, {1, 4}, {0, 0, 9, 9}), repeated(batch, {1, 1}, {0}),
                               grid};
  });
}

}  // namespace vioreview
