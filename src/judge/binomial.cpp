// SPDX-License-Identifier: Apache-2.0
#include "judge/binomial.h"

#include <algorithm>
#include <cmath>

namespace vioreview {
namespace {

double log_probability(std::int64_t k, std::int64_t n, double p) {
  const auto a = static_cast<double>(k), b = static_cast<double>(n - k);
  return std::lgamma(a + b + 1) - std::lgamma(a + 1) - std::lgamma(b + 1) + a * std::log(p) +
         b * std::log1p(-p);
}

// P(X <= k) for k below the mean, where terms fall from k downwards: summed relative to the
// largest, nothing overflows and no small term is lost that matters.
double lower_tail(std::int64_t k, std::int64_t n, double p) {
  double sum = 1, term = 1;
  for (std::int64_t i = k; i > 0 && term > 1e-18 * sum; --i) {
    term *= static_cast<double>(i) * (1 - p) / (static_cast<double>(n - i + 1) * p);
    sum += term;
  }
  return std::min(1.0, std::exp(log_probability(k, n, p)) * sum);
}

}  // namespace

double binomial_at_most(std::int64_t k, std::int64_t n, double p) {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  if (static_cast<double>(k) < static_cast<double>(n) * p) return lower_tail(k, n, p);
  return 1 - lower_tail(n - k - 1, n, 1 - p);
}

double upper_bound(std::int64_t k, std::int64_t n, double confidence) {
  if (k >= n) return 1;
  double low = 0, high = 1;
  for (int halvings = 0; halvings < 60; ++halvings) {
    const double middle = (low + high) / 2;
    (binomial_at_most(k, n, middle) > 1 - confidence ? low : high) = middle;
  }
  return high;
}

std::int64_t draws_needed(std::int64_t k, double share, double confidence) {
  const auto enough = [&](std::int64_t n) {
    return binomial_at_most(k, n, share) <= 1 - confidence;
  };
  std::int64_t low = k, high = k + 1;
  while (!enough(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace vioreview
