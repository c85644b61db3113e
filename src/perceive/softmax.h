// SPDX-License-Identifier: Apache-2.0
// From logits to probabilities.
#pragma once
#include <cmath>
#include <cstdint>

namespace vioreview {

struct MostLikely {
  std::int64_t index = 0;
  float p = 0;
};

inline MostLikely most_likely(const float* logits, std::int64_t count, double temperature) {
  MostLikely best;
  for (std::int64_t i = 1; i < count; ++i)
    if (logits[i] > logits[best.index]) best.index = i;
  double sum = 0;
  for (std::int64_t i = 0; i < count; ++i)
    sum += std::exp((static_cast<double>(logits[i]) - static_cast<double>(logits[best.index])) /
                    temperature);
  best.p = static_cast<float>(1 / sum);
  return best;
}

inline float sigmoid(float logit, double temperature) {
  return static_cast<float>(1 / (1 + std::exp(-static_cast<double>(logit) / temperature)));
}

// sigmoid(logit(p) / temperature)
inline float tempered(float p, double temperature) {
  const double q = std::fmin(std::fmax(static_cast<double>(p), 1e-6), 1 - 1e-6);
  return static_cast<float>(1 / (1 + std::exp(-std::log(q / (1 - q)) / temperature)));
}

// No net is surer.
inline constexpr double kSurest = 0.998;

// sigmoid(scale * logit(p) + shift): a logistic calibration.
inline float calibrated(float p, double scale, double shift) {
  const double q = std::fmin(std::fmax(static_cast<double>(p), 1e-6), 1 - 1e-6);
  const double logit = scale * std::log(q / (1 - q)) + shift;
  return static_cast<float>(std::fmin(kSurest, 1 / (1 + std::exp(-logit))));
}

}  // namespace vioreview
