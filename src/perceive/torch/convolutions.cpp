// SPDX-License-Identifier: Apache-2.0
#include "perceive/torch/convolutions.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <vector>

#include <ATen/Parallel.h>
#include <ATen/record_function.h>
#include <torch/script.h>

namespace vioreview {
namespace {

double counted = 0;  // a callback of LibTorch carries no state of ours

// Every kind of convolution passes through aten::_convolution(input, weight, bias, stride, padding,
// dilation, ...) once.
std::unique_ptr<at::ObserverContext> count(const at::RecordFunction& function) {
  if (std::strcmp(function.name(), "aten::_convolution") != 0) return nullptr;
  const auto inputs = function.inputs();
  // The same name is also said of calls within, whose inputs are others.
  if (inputs.size() < 6 || !inputs[0].isTensor() || !inputs[1].isTensor() ||
      !inputs[3].isIntList() || !inputs[4].isIntList() || !inputs[5].isIntList())
    return nullptr;
  const auto input = inputs[0].toTensor().sizes(), weight = inputs[1].toTensor().sizes();
  const auto stride = inputs[3].toIntVector(), padding = inputs[4].toIntVector(),
             dilation = inputs[5].toIntVector();
  std::int64_t cells = input[0];
  for (std::size_t axis = 0; axis < 2; ++axis)
    cells *= (input[axis + 2] + 2 * padding[axis] - dilation[axis] * (weight[axis + 2] - 1) - 1) /
                 stride[axis] +
             1;
  counted += 2 * static_cast<double>(cells * weight[0] * weight[1] * weight[2] * weight[3]);
  return nullptr;
}

double once(std::int64_t channels, std::int64_t side) {
  const auto input = torch::rand({1, channels, side, side}).to_mkldnn();
  const auto weight = at::mkldnn_reorder_conv2d_weight(
      torch::rand({channels, channels, 3, 3}).to_mkldnn(), {1, 1}, {1, 1}, {1, 1}, 1);
  const double flops = 2.0 * 9 * static_cast<double>(channels * channels * side * side);
  const auto run = [&] {
    return at::mkldnn_convolution(input, weight, {}, {1, 1}, {1, 1}, {1, 1}, 1);
  };
  run();
  double best = 0;
  for (int i = 0; i < 5; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    best = std::max(best, flops / took.count());
  }
  return best;
}

}  // namespace

double convolution_flops(const ModelCard& card) {
  const torch::NoGradGuard no_grad;
  torch::jit::Module module = torch::jit::load(card.file.string());
  module.eval();
  counted = 0;
  const auto handle = at::addGlobalCallback(
      at::RecordFunctionCallback(count).needsInputs(true).scopes({at::RecordScope::FUNCTION}));
  module.forward({torch::zeros({1, 3, card.height, card.width})});
  at::removeCallback(handle);
  return counted;
}

double convolution_peak(int rounds) {
  const torch::NoGradGuard no_grad;
  at::set_num_threads(1);
  std::vector<double> peaks;
  peaks.reserve(static_cast<std::size_t>(rounds));
  for (int i = 0; i < rounds; ++i)
    peaks.push_back(std::max({once(64, 96), once(128, 64), once(256, 32)}));
  std::sort(peaks.begin(), peaks.end());
  return peaks[peaks.size() / 2];
}

}  // namespace vioreview
