// SPDX-License-Identifier: Apache-2.0
// Risk-coverage curves: whatever was found can be drawn, and a chosen limit is marked.
#include "emit/draw_curve.h"

#include <gtest/gtest.h>

#include "emit/draw_canvas.h"

namespace vioreview {
namespace {

std::ptrdiff_t count(const Image& image, Colour colour) {
  std::ptrdiff_t n = 0;
  for (std::size_t i = 0; i < image.pixels.size(); i += 3)
    n += std::equal(colour.begin(), colour.end(), image.pixels.begin() + static_cast<long>(i));
  return n;
}

GroupFit example() {
  GroupFit fit;
  fit.group = "line";
  for (int i = 1; i <= 10; ++i)
    for (LimitFit* side : {&fit.accept, &fit.reject})
      side->steps.push_back(
          {1 - i * 0.05, i * 0.08, i * 100, i * 90, i * 0.001, i * 80, i, i * 0.003, Tested::kept});
  return fit;
}

TEST(DrawCurve, TheChosenLimitIsMarked) {
  GroupFit fit = example();
  const Image without = draw_curves(fit, Promises());
  fit.accept.chosen = 1;
  const Image with = draw_curves(fit, Promises());
  EXPECT_EQ(count(without, kGood), 0);
  EXPECT_GT(count(with, kGood), 50);
  EXPECT_EQ(with.width, without.width);
}

TEST(DrawCurve, NothingAndExtremesAreDrawn) {
  EXPECT_FALSE(draw_curves(GroupFit(), Promises()).empty());
  GroupFit fit = example();
  fit.accept.steps = {{0.5, 1, 1, 1, 1, 1, 1, 1, Tested::broken}};
  fit.reject.steps = {{0.5, 1e-9, 1, 1, 0, 0, 0, 1, Tested::too_few}};
  EXPECT_FALSE(draw_curves(fit, {{0.999, 0.5}, {1e-6, 0.5}}).empty());
}

}  // namespace
}  // namespace vioreview
