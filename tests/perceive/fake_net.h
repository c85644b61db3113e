// SPDX-License-Identifier: Apache-2.0
// A net that gives what a test tells it to.
#pragma once
#include <functional>
#include <utility>
#include <vector>

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

}  // namespace vioreview
