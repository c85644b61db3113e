// SPDX-License-Identifier: Apache-2.0
#include "judge/view_fit.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace vioreview {
namespace {

constexpr int kReachX = 12, kReachY = 9;  // cells
constexpr int kWide = 2 * kReachX + 1, kHigh = 2 * kReachY + 1;
constexpr double kOuterRows = 0.13;
// Rendered views of one device in all lights: peaks 9.5 and more deviations above the mean, 1.6
// times the next; of different devices: 5.8 and 1.3 at the most.
constexpr double kClearDeviations = 8, kClearRatio = 1.45;
// Shake of 2 px moves the peak by 0.15 cells; 0.4 cells are 5 px of 1280.
constexpr double kShake = 0.4;
constexpr int kBeside = 2;  // cells around the peak that belong to it

// A print whose cells under text and in the outer rows are empty.
ViewPrint bared(ViewPrint print, const std::vector<Box>& burned_in) {
  const int outer = static_cast<int>(std::lround(kOuterRows * print.rows));
  for (int y = 0; y < print.rows; ++y)
    for (int x = 0; x < print.columns; ++x) {
      const double left = 1.0 * x / print.columns, top = 1.0 * y / print.rows;
      const double right = 1.0 * (x + 1) / print.columns, bottom = 1.0 * (y + 1) / print.rows;
      const bool text = std::any_of(burned_in.begin(), burned_in.end(), [&](const Box& box) {
        return static_cast<double>(box.x0)<right&& static_cast<double>(box.x1)> left &&
               static_cast<double>(box.y0)<bottom&& static_cast<double>(box.y1)> top;
      });
      if (text || y < outer || y >= print.rows - outer)
        print.cells[static_cast<std::size_t>(y * print.columns + x)] = 0;
    }
  return print;
}

struct Counts {
  int both = 0, of_a = 0, of_b = 0;
};

// Adds what at most eight cells of a row hold.
void count(const std::uint8_t* a, const std::uint8_t* b, std::size_t cells, Counts& all) {
  std::uint64_t in_a = 0, in_b = 0;
  std::memcpy(&in_a, a, cells);
  std::memcpy(&in_b, b, cells);
  all.both += std::popcount(in_a & in_b);
  all.of_a += std::popcount(in_a);
  all.of_b += std::popcount(in_b);
}

// The share of edges that agree when `b` is taken to lie (right, down) cells off.
double agreement(const ViewPrint& a, const ViewPrint& b, int right, int down) {
  Counts all;
  const int from = std::max(0, -right), to = std::min(a.columns, a.columns - right);
  for (int y = std::max(0, -down); y < std::min(a.rows, a.rows - down); ++y) {
    const std::uint8_t* in_a = a.cells.data() + static_cast<std::ptrdiff_t>(y * a.columns);
    const std::uint8_t* in_b = b.cells.data() + static_cast<std::ptrdiff_t>((y + down) * a.columns);
    int x = from;
    for (; x + 8 <= to; x += 8) count(in_a + x, in_b + x + right, 8, all);
    count(in_a + x, in_b + x + right, static_cast<std::size_t>(to - x), all);
  }
  const auto [both, of_a, of_b] = all;
  return of_a > 0 && of_b > 0 ? both / std::sqrt(1.0 * of_a * of_b) : 0;
}

struct Peak {
  int x = 0, y = 0;
  double height = 0, next = 0, deviations = 0;
};

Peak peak_of(const std::vector<double>& scores) {
  const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
  Peak peak{static_cast<int>(best) % kWide, static_cast<int>(best) / kWide,
            scores[static_cast<std::size_t>(best)]};
  double sum = 0, squares = 0;
  int count = 0;
  for (int y = 0; y < kHigh; ++y)
    for (int x = 0; x < kWide; ++x) {
      if (std::abs(x - peak.x) <= kBeside && std::abs(y - peak.y) <= kBeside) continue;
      const double score = scores[static_cast<std::size_t>(y * kWide + x)];
      sum += score, squares += score * score, ++count;
      peak.next = std::max(peak.next, score);
    }
  const double mean = sum / count, spread = std::sqrt(std::max(0.0, squares / count - mean * mean));
  peak.deviations = spread > 0 ? (peak.height - mean) / spread : 0;
  return peak;
}

// Where between cells the top of a parabola through three scores lies.
double between(double before, double at, double after) {
  const double bend = before - 2 * at + after;
  return bend < 0 ? (before - after) / (2 * bend) : 0;
}

std::vector<Box> text_in(const PanelFacts& panel) {
  std::vector<Box> boxes;
  const auto w = static_cast<float>(panel.width), h = static_cast<float>(panel.height);
  for (const OverlaySeen& seen : panel.overlay.value_or(std::vector<OverlaySeen>{}))
    boxes.push_back({seen.box.x0 / w, seen.box.y0 / h, seen.box.x1 / w, seen.box.y1 / h});
  return boxes;
}

}  // namespace

ViewFit fit_of(const ViewPrint& site, const ViewPrint& seen, const std::vector<Box>& burned_in) {
  if (site.empty() || site.columns != seen.columns || site.rows != seen.rows) return {};
  const ViewPrint a = bared(site, burned_in), b = bared(seen, burned_in);
  std::vector<double> scores;
  for (int down = -kReachY; down <= kReachY; ++down)
    for (int right = -kReachX; right <= kReachX; ++right)
      scores.push_back(agreement(a, b, right, down));
  const Peak peak = peak_of(scores);
  if (peak.deviations < kClearDeviations || peak.height < kClearRatio * peak.next) return {};
  const auto score = [&](int x, int y) {
    return scores[static_cast<std::size_t>(std::clamp(y, 0, kHigh - 1) * kWide +
                                           std::clamp(x, 0, kWide - 1))];
  };
  ViewFit fit;
  fit.right =
      peak.x - kReachX + between(score(peak.x - 1, peak.y), peak.height, score(peak.x + 1, peak.y));
  fit.down =
      peak.y - kReachY + between(score(peak.x, peak.y - 1), peak.height, score(peak.x, peak.y + 1));
  fit.fit = std::hypot(fit.right, fit.down) <= kShake ? Fit::fits : Fit::moved;
  return fit;
}

ViewFit fit_in(const PanelFacts& panel, const ViewPrint& view) {
  return fit_of(view, panel.print, text_in(panel));
}

}  // namespace vioreview
