// SPDX-License-Identifier: Apache-2.0
// Where a view's edges lie against those of another: edges at random places, each of them seen in
// the cell into which it falls. A cell is 1/96 of the width, some 13 pixels of 1280.
#include "judge/view_fit.h"

#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

constexpr int kColumns = 96, kRows = 54;
using Pairs = std::vector<std::pair<int, int>>;

struct Edge {
  double x = 0, y = 0;  // in cells
  unsigned bit = 0;
};

// Three in ten cells hold one; some lie outside of the view, for cameras that look aside.
std::vector<Edge> edges(unsigned seed = 7) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> x(-30, kColumns + 30), y(-30, kRows + 30);
  std::vector<Edge> all;
  for (int i = 0; i < 0.3 * (kColumns + 60) * (kRows + 60); ++i)
    all.push_back({x(random), y(random), static_cast<unsigned>(random() % 8)});
  return all;
}

// What a camera sees that shows all things so many cells farther right and lower. `lost`: the share
// of edges that this light does not show, and shows others elsewhere.
ViewPrint seen(const std::vector<Edge>& all, double right = 0, double down = 0, double lost = 0,
               unsigned light = 1) {
  std::mt19937 random(light);
  std::uniform_real_distribution<double> share, x(0, kColumns), y(0, kRows);
  ViewPrint print{kColumns, kRows, std::vector<std::uint8_t>(kColumns * kRows)};
  for (const Edge& edge : all) {
    const bool other = share(random) < lost;
    const double at_x = std::floor(other ? x(random) : edge.x + right),
                 at_y = std::floor(other ? y(random) : edge.y + down);
    if (at_x < 0 || at_x >= kColumns || at_y < 0 || at_y >= kRows) continue;
    auto& cell = print.cells[static_cast<std::size_t>(at_y * kColumns + at_x)];
    cell = static_cast<std::uint8_t>(cell | 1U << edge.bit);
  }
  return print;
}

// All cells empty but those of some rows.
ViewPrint only_rows(ViewPrint print, int from, int to) {
  for (int y = 0; y < kRows; ++y)
    for (int x = 0; x < kColumns; ++x)
      if (y < from || y >= to) print.cells[static_cast<std::size_t>(y * kColumns + x)] = 0;
  return print;
}

TEST(ViewFit, FindsATurnOfUpToTwelveCellsAsideAndNineUpOrDown) {
  const auto all = edges();
  const ViewPrint drawn = seen(all);
  for (const auto& [right, down] : Pairs{{12, 0}, {-12, 0}, {5, 9}, {5, -9}, {-11, 8}}) {
    const ViewFit fit = fit_of(drawn, seen(all, right, down));
    EXPECT_EQ(fit.fit, Fit::moved) << right << " " << down;
    EXPECT_NEAR(fit.right, right, 0.5);
    EXPECT_NEAR(fit.down, down, 0.5);
  }
  for (const auto& [right, down] : Pairs{{14, 0}, {-14, 0}, {0, 11}, {0, -11}})
    EXPECT_EQ(fit_of(drawn, seen(all, right, down)).fit, Fit::not_told) << right << " " << down;
}

// Shake is some 2 pixels of 1280, a sixth of a cell; a camera that was turned is off by more.
TEST(ViewFit, AShakeIsNoTurn) {
  const auto all = edges();
  const ViewPrint drawn = seen(all);
  for (const double off : {-0.2, 0.1, 0.2}) {
    EXPECT_EQ(fit_of(drawn, seen(all, off, 0)).fit, Fit::fits) << off;
    EXPECT_EQ(fit_of(drawn, seen(all, 0, off)).fit, Fit::fits) << off;
  }
  for (const double off : {-0.6, 0.6}) {
    EXPECT_EQ(fit_of(drawn, seen(all, off, 0)).fit, Fit::moved) << off;
    EXPECT_EQ(fit_of(drawn, seen(all, 0, off)).fit, Fit::moved) << off;
  }
}

TEST(ViewFit, TellsPartsOfACell) {
  const auto all = edges();
  for (const double off : {-0.5, 0.5}) {
    EXPECT_NEAR(fit_of(seen(all), seen(all, off, 3)).right, off, 0.25);
    EXPECT_NEAR(fit_of(seen(all), seen(all, 3, off)).down, off, 0.25);
  }
}

// Another light or the traffic may leave but a few of the edges.
TEST(ViewFit, ThreeOfTwentyEdgesAreEnoughAndOneIsNot) {
  const auto all = edges();
  for (unsigned light = 2; light < 10; ++light) {
    EXPECT_EQ(fit_of(seen(all), seen(all, 0, 0, 0.85, light)).fit, Fit::fits) << light;
    EXPECT_EQ(fit_of(seen(all), seen(all, 0, 0, 0.95, light)).fit, Fit::not_told) << light;
  }
}

// Burned-in text lies in the outer 13 % of the rows, which are seven of them.
TEST(ViewFit, TheOuterRowsNeverCount) {
  const ViewPrint all = seen(edges());
  for (const auto& [from, to] : Pairs{{0, 7}, {47, 54}})
    EXPECT_EQ(fit_of(only_rows(all, from, to), only_rows(all, from, to)).fit, Fit::not_told);
  for (const auto& [from, to] : Pairs{{7, 14}, {40, 47}})
    EXPECT_EQ(fit_of(only_rows(all, from, to), only_rows(all, from, to)).fit, Fit::fits);
}

// A fence looks much the same a post farther on.
TEST(ViewFit, WhatRepeatsItselfTellsNothing) {
  std::vector<Edge> fence;
  for (const Edge& edge : edges())
    for (int post = 0; post < 4 && edge.x < 30; ++post)
      fence.push_back({edge.x + 4.0 * post, edge.y, edge.bit});
  EXPECT_EQ(fit_of(seen(fence), seen(fence)).fit, Fit::not_told);
}

}  // namespace
}  // namespace vioreview
