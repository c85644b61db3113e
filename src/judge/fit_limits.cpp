// SPDX-License-Identifier: Apache-2.0
#include "judge/fit_limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/sha256.h"
#include "judge/binomial.h"

namespace vioreview {
namespace {

// Fixed before any case is seen, dense where scores are. The strictest is short of 1, which only
// the record's numbers reach.
constexpr std::array kGrid = {0.999, 0.998, 0.997, 0.995, 0.99, 0.985, 0.98, 0.97, 0.96,
                              0.95,  0.93,  0.9,   0.85,  0.8,  0.7,   0.6,  0.5};

// Evenly spread over (0, 1), and fixed by the text.
double lot(const std::string& text) {
  constexpr int kDigits = 13, kBits = 52;
  const double drawn = std::ldexp(
      static_cast<double>(std::stoull(sha256(text).substr(0, kDigits), nullptr, 16)), -kBits);
  return drawn + std::ldexp(0.5, -kBits);
}

std::string night_of(const ReviewedCase& c) {
  return c.device + "\n" + c.night;
}

double score_of(const ReviewedCase& c, Decision side) {
  if (!c.may_decide) return 0;
  return side == Decision::accept ? c.accept_score : c.reject_score;
}

bool decided(double score, double limit) {
  return score > 0 && score >= limit;
}

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

// The decided cases of one device night, and which of them is its draw. Each case runs a race in
// which its time falls with its weight: the first is any case with a probability like its weight,
// and stays so while slower ones join.
struct Night {
  double lot = 0;
  double weight = 0;
  double first = std::numeric_limits<double>::infinity();
  bool wrong = false;  // the draw is

  void join(const ReviewedCase& c, const std::string& name, bool is_wrong) {
    weight += c.weight;
    const double time = -std::log(vioreview::lot("case\n" + name + "\n" + c.id)) / c.weight;
    if (time >= first) return;
    first = time;
    wrong = is_wrong;
  }
};

// Grows by the cases that each looser limit decides as well.
class Sample {
 public:
  Sample(std::span<const ReviewedCase> cases, Decision side) : side_(side), all_(cases.size()) {
    for (const ReviewedCase& c : cases)
      if (score_of(c, side) > 0) waiting_.push_back(&c);
    std::sort(waiting_.begin(), waiting_.end(), [&](const auto* a, const auto* b) {
      return std::pair(-score_of(*a, side), a->id) < std::pair(-score_of(*b, side), b->id);
    });
  }

  LimitStep at(double limit, double confidence) {
    for (; joined_ < waiting_.size() && decided(score_of(*waiting_[joined_], side_), limit);
         ++joined_)
      if (waiting_[joined_]->weight > 0) join(*waiting_[joined_]);
    LimitStep step;
    step.limit = limit;
    step.coverage = share(static_cast<double>(joined_), static_cast<double>(all_));
    step.reviewed = reviewed_;
    step.nights = static_cast<std::int64_t>(nights_.size());
    step.error = share(wrong_, decided_);
    for (const auto& [name, night] : nights_) {
      if (night.lot * heaviest_ >= night.weight) continue;
      ++step.draws;
      step.wrong += night.wrong;
    }
    step.bound = upper_bound(step.wrong, step.draws, confidence);
    return step;
  }

 private:
  void join(const ReviewedCase& c) {
    const bool is_wrong = c.truth != side_;
    ++reviewed_;
    decided_ += c.weight;
    wrong_ += is_wrong ? c.weight : 0;
    const std::string name = night_of(c);
    const auto [night, fresh] = nights_.try_emplace(name);
    if (fresh) night->second.lot = lot("night\n" + name);
    night->second.join(c, name, is_wrong);
    heaviest_ = std::max(heaviest_, night->second.weight);
  }

  Decision side_;
  std::size_t all_, joined_ = 0;
  std::vector<const ReviewedCase*> waiting_;  // by falling score
  std::map<std::string, Night> nights_;
  std::int64_t reviewed_ = 0;
  double decided_ = 0, wrong_ = 0, heaviest_ = 0;  // weights
};

// Where no limit is chosen, one ended the test, or at all that were tested draws are too few: then
// the one with most draws is nearest.
void tell_missing(LimitFit& fit, const Promise& promise) {
  const auto worth_telling = [](const LimitStep& step) {
    return std::tuple(step.tested == Tested::broken, step.tested == Tested::too_few, step.draws);
  };
  const auto step = std::max_element(
      fit.steps.begin(), fit.steps.end(),
      [&](const LimitStep& a, const LimitStep& b) { return worth_telling(a) < worth_telling(b); });
  fit.told = static_cast<std::size_t>(step - fit.steps.begin());
  fit.missing = draws_needed(step->wrong, promise.max_wrong, promise.confidence) - step->draws;
}

Decision verdict_under(const ReviewedCase& c, const Limits& limits) {
  if (decided(score_of(c, Decision::accept), limits.accept)) return Decision::accept;
  if (decided(score_of(c, Decision::reject), limits.reject)) return Decision::reject;
  return Decision::manual;
}

Rates rates_under(std::span<const ReviewedCase> cases, const Limits& limits) {
  std::array<double, 3> good{}, others{};  // weight by verdict
  double wrong_rejects = 0;
  for (const ReviewedCase& c : cases) {
    const Decision verdict = verdict_under(c, limits);
    (c.truth == Decision::accept ? good : others)[static_cast<std::size_t>(verdict)] += c.weight;
    if (verdict == Decision::reject && c.truth != Decision::reject) wrong_rejects += c.weight;
  }
  const double all_good = good[0] + good[1] + good[2], rest = others[0] + others[1] + others[2];
  Rates rates;
  rates.good = share(all_good, all_good + rest);
  for (std::size_t verdict = 0; verdict < 3; ++verdict) {
    rates.of_good[verdict] = share(good[verdict], all_good);
    rates.of_others[verdict] = share(others[verdict], rest);
  }
  rates.wrong_accepts = share(others[0], good[0] + others[0]);
  rates.wrong_rejects = share(wrong_rejects, good[1] + others[1]);
  return rates;
}

Limits limits_of(const Policy& policy, const std::string& group) {
  const auto found = policy.groups.find(group);
  return found == policy.groups.end() ? policy.base : found->second;
}

GroupFit fit_group(const std::string& group, std::span<const ReviewedCase> cases,
                   const Promise& accept, const Promise& reject, const Policy& policy) {
  GroupFit fit;
  fit.group = group;
  std::set<std::string> nights, devices;
  for (const ReviewedCase& c : cases) {
    if (c.weight <= 0) continue;
    ++fit.reviewed;
    nights.insert(night_of(c));
    if (!c.device.empty()) devices.insert(c.device);
  }
  fit.cases = static_cast<std::int64_t>(cases.size());
  fit.nights = static_cast<std::int64_t>(nights.size());
  fit.devices.assign(devices.begin(), devices.end());
  fit.accept = fit_limit(cases, Decision::accept, accept);
  fit.reject = fit_limit(cases, Decision::reject, reject);
  fit.limits = limits_of(policy, group);
  if (fit.accept.chosen) fit.limits.accept = fit.accept.steps[*fit.accept.chosen].limit;
  if (fit.reject.chosen) fit.limits.reject = fit.reject.steps[*fit.reject.chosen].limit;
  fit.rates = rates_under(cases, fit.limits);
  return fit;
}

}  // namespace

LimitFit fit_limit(std::span<const ReviewedCase> cases, Decision side, const Promise& promise) {
  Sample sample(cases, side);
  LimitFit fit;
  for (const double limit : kGrid) fit.steps.push_back(sample.at(limit, promise.confidence));
  const double least_coverage = fit.steps.back().coverage / 4;
  for (std::size_t i = 0; i < fit.steps.size(); ++i) {
    LimitStep& step = fit.steps[i];
    step.tested = step.coverage < least_coverage    ? Tested::too_strict
                  : step.bound <= promise.max_wrong ? Tested::kept
                  : step.wrong == 0                 ? Tested::too_few
                                                    : Tested::broken;
    if (step.tested == Tested::kept) fit.chosen = i;
    if (step.tested == Tested::broken) break;
  }
  if (!fit.chosen) tell_missing(fit, promise);
  return fit;
}

std::vector<GroupFit> fit_groups(std::span<const ReviewedCase> cases, const Promise& accept,
                                 const Promise& reject, const Policy& policy) {
  std::map<std::string, std::vector<ReviewedCase>> by_group;
  for (const ReviewedCase& c : cases) by_group[c.group].push_back(c);
  std::vector<GroupFit> fits;
  for (const auto& [group, own] : by_group)
    fits.push_back(fit_group(group, own, accept, reject, policy));
  return fits;
}

Policy calibrated(Policy policy, std::span<const GroupFit> fits, const std::string& fitted_on) {
  if (policy.fitted_on != fitted_on) policy.proven.clear();
  policy.fitted_on = fitted_on;
  for (const GroupFit& fit : fits) {
    if (!fit.fitted()) continue;
    policy.groups[fit.group] = fit.limits;
    for (const std::string& device : fit.devices) {
      std::vector<std::string>& groups = policy.proven[device];
      if (std::find(groups.begin(), groups.end(), fit.group) == groups.end())
        groups.push_back(fit.group);
    }
  }
  return policy;
}

}  // namespace vioreview
