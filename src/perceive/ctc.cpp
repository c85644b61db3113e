// SPDX-License-Identifier: Apache-2.0
#include "perceive/ctc.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vioreview {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr std::size_t kOthers = 3;
constexpr double kLeastOther = 1e-4;

double log_sum(double a, double b) {
  if (a == kNever) return b;
  if (b == kNever) return a;
  const double high = std::max(a, b);
  return high + std::log1p(std::exp(std::min(a, b) - high));
}

using Frames = std::vector<std::vector<double>>;  // log probabilities

Frames cooled(const float* log_probs, int frames, int classes, double temperature) {
  Frames out(static_cast<std::size_t>(frames),
             std::vector<double>(static_cast<std::size_t>(classes)));
  for (auto& frame : out) {
    double total = kNever;
    for (double& value : frame) {
      value = static_cast<double>(*log_probs++) / temperature;
      total = log_sum(total, value);
    }
    for (double& value : frame) value -= total;
  }
  return out;
}

double forward(const Frames& frames, const std::vector<std::size_t>& classes) {
  std::vector<std::size_t> path(2 * classes.size() + 1, 0);  // blanks between
  for (std::size_t i = 0; i < classes.size(); ++i) path[2 * i + 1] = classes[i];
  std::vector<double> now(path.size(), kNever);
  now[0] = frames[0][0];
  if (path.size() > 1) now[1] = frames[0][path[1]];
  for (std::size_t t = 1; t < frames.size(); ++t) {
    std::vector<double> next(path.size(), kNever);
    for (std::size_t s = 0; s < path.size(); ++s) {
      double sum = now[s];
      if (s > 0) sum = log_sum(sum, now[s - 1]);
      if (s > 1 && path[s] != 0 && path[s] != path[s - 2]) sum = log_sum(sum, now[s - 2]);
      next[s] = sum + frames[t][path[s]];
    }
    now = std::move(next);
  }
  return path.size() > 1 ? log_sum(now[path.size() - 1], now[path.size() - 2]) : now[0];
}

CharacterSeen character_at(const std::vector<double>& frame, std::size_t best,
                           const std::vector<std::string>& charset) {
  CharacterSeen seen{charset[best - 1], static_cast<float>(std::exp(frame[best])), {}};
  std::vector<std::size_t> order;
  for (std::size_t c = 1; c < frame.size(); ++c)
    if (c != best) order.push_back(c);
  const std::size_t count = std::min(kOthers, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<long>(count), order.end(),
                    [&](std::size_t a, std::size_t b) { return frame[a] > frame[b]; });
  for (std::size_t i = 0; i < count; ++i)
    if (std::exp(frame[order[i]]) >= kLeastOther)
      seen.others.push_back({charset[order[i] - 1], static_cast<float>(std::exp(frame[order[i]]))});
  return seen;
}

double logit(double p) {
  p = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(p / (1 - p));
}

}  // namespace

ReadString read_string(const float* log_probs, int frames, int classes,
                       const std::vector<std::string>& charset, double temperature) {
  const Frames steps = cooled(log_probs, frames, classes, temperature);
  ReadString read;
  std::vector<std::size_t> kept;
  std::size_t last = 0, peak = 0;
  std::vector<std::size_t> peaks;  // the frame of each character's largest probability
  for (std::size_t t = 0; t < steps.size(); ++t) {
    const auto best = static_cast<std::size_t>(std::max_element(steps[t].begin(), steps[t].end()) -
                                               steps[t].begin());
    if (best != 0 && best != last) {
      kept.push_back(best);
      peaks.push_back(peak = t);
    } else if (best != 0 && steps[t][best] > steps[peak][best]) {
      peaks.back() = peak = t;
    }
    last = best;
  }
  read.p_weakest = kept.empty() ? 0 : 1;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    read.characters.push_back(character_at(steps[peaks[i]], kept[i], charset));
    read.text += read.characters.back().text;
    read.p_weakest = std::min(read.p_weakest, static_cast<double>(read.characters.back().p));
  }
  read.p_string = std::exp(forward(steps, kept));
  return read;
}

double readability(const ReadString& read, const std::vector<double>& coefficients) {
  if (read.text.empty()) return 0;
  if (coefficients.size() != 3) return std::min(read.p_string, read.p_weakest);
  const double z = coefficients[0] + coefficients[1] * logit(read.p_string) +
                   coefficients[2] * logit(read.p_weakest);
  return 1 / (1 + std::exp(-z));
}

std::vector<std::string> split_charset(const std::string& charset) {
  std::vector<std::string> characters;
  for (const char c : charset) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) characters.emplace_back();
    if (!characters.empty()) characters.back() += c;
  }
  return characters;
}

}  // namespace vioreview
