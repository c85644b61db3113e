// SPDX-License-Identifier: Apache-2.0
// One neural net as the adapters see it: numbers in, numbers out. LibTorch stands behind it, or a
// test.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/model_card.h"

namespace vioreview {

// How many of `waiting` pictures go into the next run. Few batch sizes, since each new one costs
// LibTorch milliseconds once.
inline std::size_t batch_of(std::size_t waiting) {
  std::size_t size = 8;
  while (size > 1 && size > waiting) size /= 2;
  return size;
}

// Row-major floats. shape[0] is the batch.
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<float> data;
  // The part of one picture of the batch.
  const float* of(std::int64_t picture) const { return data.data() + picture * stride(); }
  std::int64_t stride() const {
    return shape.empty() || shape[0] == 0 ? 0 : static_cast<std::int64_t>(data.size()) / shape[0];
  }
};

class Net {
 public:
  explicit Net(ModelCard card) : card_(std::move(card)) {}
  virtual ~Net() = default;
  // `pictures`: batch x 3 x card().height x card().width, RGB, normalised. Outputs in the card's
  // order.
  virtual std::vector<Tensor> run(const std::vector<float>& pictures, std::int64_t batch) = 0;
  const ModelCard& card() const { return card_; }
  // A threshold of the card, or the fallback.
  double threshold(const std::string& name, double fallback) const;
  // The first number of a calibration entry, or the fallback.
  double calibration(const std::string& name, double fallback) const;

 private:
  ModelCard card_;
};

}  // namespace vioreview
