// SPDX-License-Identifier: Apache-2.0
#include "judge/motion.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "judge/ground.h"

namespace vioreview {
namespace {

constexpr double kEven = 0.09, kDoubt = 0.02;

constexpr std::int64_t kApart = 500;  // ms: a shorter while shows no standing still

std::optional<double> shift_between(const Evidence& e, int from, int to) {
  const ObjectSeen* a = e.target.object_in(e.facts, from);
  const ObjectSeen* b = e.target.object_in(e.facts, to);
  if (!a || !b || !(a->box.width() > 0) || !(b->box.width() > 0)) return std::nullopt;
  std::array<float, 4> went = {std::abs(a->box.x0 - b->box.x0), std::abs(a->box.y0 - b->box.y0),
                               std::abs(a->box.x1 - b->box.x1), std::abs(a->box.y1 - b->box.y1)};
  std::sort(went.begin(), went.end());
  return static_cast<double>(went[2] / std::max(a->box.width(), b->box.width()));
}

}  // namespace

std::optional<double> shift_of_target(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  if (panels.size() < 2) return std::nullopt;
  return shift_between(e, panels.front(), panels.back());
}

std::optional<double> last_shift_of_target(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  if (panels.size() < 2) return std::nullopt;
  const int from = panels[panels.size() - 2], to = panels.back();
  const auto before = time_of_panel(e.c, e.facts, from), after = time_of_panel(e.c, e.facts, to);
  if (!before || !after || after->ms - before->ms < kApart) return std::nullopt;
  return shift_between(e, from, to);
}

double stayed(double shift) {
  return above_zero(kEven - shift, kDoubt);
}

}  // namespace vioreview
