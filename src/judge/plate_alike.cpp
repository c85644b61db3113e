// SPDX-License-Identifier: Apache-2.0
#include "judge/plate_alike.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/vocabulary.h"

namespace vioreview {
namespace {

constexpr int kWide = PlatePrint::kColumns, kHigh = PlatePrint::kRows;
constexpr int kAside = 6;  // cells by which corners may be off sideways
constexpr int kStep = 2;   // of the first look, before the nearest shifts are tried
constexpr std::array kScales = {1.0, 0.94, 1.06};
// What is compared lies this far from the print's edge, so that it stays inside when shifted.
constexpr int kEdgeX = 9, kEdgeY = 5;
// A camera's picture is about this soft, in its own pixels.
constexpr double kSoft = 0.5;
// Log odds of one plate = a + b r + (c + d r) ln(width / 25), by the narrower view's width: fitted
// by scripts/eval/plate_print.py on rendered sequences, other cases than it reports.
constexpr double kEven = -9.48, kByCorrelation = 16.34, kByWidth = -18.54, kByBoth = 34.13;
constexpr double kUsualWidth = 25;
// The fit holds as far as there were pairs to check it by.
constexpr double kMostOdds = 50;

// A view that is likely read right tells the characters; another view shows one of them to be
// another when it says so surely and hardly allows for the right one.
constexpr float kRead = 0.9F, kPlain = 0.9F, kAllowed = 0.01F;
// How much likelier one plate is when none, one, or two and more of its characters are surely
// others, by the other view's width from which it holds: counted by scripts/eval/plate_print.py on
// rendered sequences, other cases than it reports; where one plate never was, as if once. No more
// than the same string is worth, and even for one character at 40 px, of which there were five.
struct ByCharacters {
  double width;
  std::array<double, 3> odds;
};
constexpr std::array kByCharacters = {
    ByCharacters{40, {20, 1, 0.002}}, ByCharacters{30, {17, 0.3, 0.004}},
    ByCharacters{25, {2.7, 0.3, 0.02}}, ByCharacters{0, {1.4, 0.4, 0.15}}};

using Grid = std::array<double, static_cast<std::size_t>(kWide* kHigh)>;

double at(const Grid& grid, int x, int y) {
  return grid[static_cast<std::size_t>(std::clamp(y, 0, kHigh - 1) * kWide +
                                       std::clamp(x, 0, kWide - 1))];
}

Grid grid_of(const PlatePrint& print) {
  Grid grid{};
  std::copy(print.cells.begin(), print.cells.end(), grid.begin());
  return grid;
}

// Gaussian blur, sd in cells.
Grid blurred(const Grid& grid, double sd) {
  const int reach = std::max(1, static_cast<int>(std::ceil(2.5 * sd)));
  std::vector<double> weights;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(std::exp(-0.5 * i * i / (sd * sd)));
    sum += weights.back();
  }
  const auto along = [&](const Grid& from, int dx, int dy) {
    Grid out{};
    for (int y = 0; y < kHigh; ++y)
      for (int x = 0; x < kWide; ++x) {
        double value = 0;
        for (int i = -reach; i <= reach; ++i)
          value += weights[static_cast<std::size_t>(i + reach)] * at(from, x + i * dx, y + i * dy);
        out[static_cast<std::size_t>(y * kWide + x)] = value / sum;
      }
    return out;
  };
  return along(along(grid, 1, 0), 0, 1);
}

// Enlarged about its middle.
Grid scaled(const Grid& grid, double scale) {
  Grid out{};
  constexpr double kMidX = (kWide - 1) / 2.0, kMidY = (kHigh - 1) / 2.0;
  for (int y = 0; y < kHigh; ++y)
    for (int x = 0; x < kWide; ++x) {
      const double sx = kMidX + (x - kMidX) / scale, sy = kMidY + (y - kMidY) / scale;
      const int x0 = static_cast<int>(std::floor(sx)), y0 = static_cast<int>(std::floor(sy));
      const double fx = sx - x0, fy = sy - y0;
      out[static_cast<std::size_t>(y * kWide + x)] =
          (1 - fy) * ((1 - fx) * at(grid, x0, y0) + fx * at(grid, x0 + 1, y0)) +
          fy * ((1 - fx) * at(grid, x0, y0 + 1) + fx * at(grid, x0 + 1, y0 + 1));
    }
  return out;
}

// Pearson correlation of the inner part of `a` with `b` shifted.
double correlation(const Grid& a, const Grid& b, int dx, int dy) {
  double sum_a = 0, sum_b = 0, aa = 0, bb = 0, ab = 0;
  int n = 0;
  for (int y = kEdgeY; y < kHigh - kEdgeY; ++y)
    for (int x = kEdgeX; x < kWide - kEdgeX; ++x, ++n) {
      const double va = at(a, x, y), vb = at(b, x + dx, y + dy);
      sum_a += va, sum_b += vb, aa += va * va, bb += vb * vb, ab += va * vb;
    }
  const double var_a = aa - sum_a * sum_a / n, var_b = bb - sum_b * sum_b / n;
  return var_a <= 0 || var_b <= 0 ? 0 : (ab - sum_a * sum_b / n) / std::sqrt(var_a * var_b);
}

// The best correlation over shifts: first a coarse look, then around its best.
double best_correlation(const Grid& a, const Grid& b) {
  double best = -1;
  int best_x = 0, best_y = 0;
  const auto look = [&](int dx, int dy) {
    if (std::abs(dx) > kAside) return;
    if (const double r = correlation(a, b, dx, dy); r > best) best = r, best_x = dx, best_y = dy;
  };
  for (int dy = -kStep; dy <= kStep; dy += kStep)
    for (int dx = -kAside; dx <= kAside; dx += kStep) look(dx, dy);
  const int x = best_x, y = best_y;
  for (int dy = y - 1; dy <= y + 1; ++dy)
    for (int dx = x - 1; dx <= x + 1; ++dx) look(dx, dy);
  return best;
}

// Dark characters on green fading to white: from afar one such plate looks like another.
bool pale(const PlateSeen& plate) {
  const PlateColor color = color_of(plate.look.value);
  return color == PlateColor::green || color == PlateColor::yellow_green;
}

double width_of(const PlateSeen& plate) {
  const auto& c = plate.corners;
  const auto side = [](Point a, Point b) {
    return std::hypot(static_cast<double>(a.x - b.x), static_cast<double>(a.y - b.y));
  };
  return (side(c[0], c[1]) + side(c[3], c[2])) / 2;
}

// Whether a character that a view reads is surely another than `right`.
bool surely_other(const CharacterSeen& read, const std::string& right) {
  if (read.text == right || read.p < kPlain) return false;
  return std::none_of(read.others.begin(), read.others.end(), [&](const auto& other) {
    return other.value == right && other.p >= kAllowed;
  });
}

}  // namespace

double prints_correlate(const PlatePrint& a, double width_a, const PlatePrint& b, double width_b) {
  if (width_a < width_b) return prints_correlate(b, width_b, a, width_a);
  constexpr double kPlate = kWide * (1 - 2 * PlatePrint::kMargin);  // cells of the plate's width
  const double soft_a = kSoft * kPlate / width_a, soft_b = std::max(0.3, kSoft * kPlate / width_b);
  const double sd = std::sqrt(std::max(0.05, soft_b * soft_b - soft_a * soft_a));
  const Grid sharp = blurred(grid_of(a), sd), other = grid_of(b);
  double best = -1;
  for (const double scale : kScales)
    best = std::max(best, best_correlation(sharp, scale == 1 ? other : scaled(other, scale)));
  return best;
}

std::optional<double> odds_of_one_plate(const PlateSeen& a, const PlateSeen& b) {
  if (a.print.empty() || b.print.empty() || a.rows != b.rows || pale(a) || pale(b))
    return std::nullopt;
  const double wa = width_of(a), wb = width_of(b);
  const double r = prints_correlate(a.print, wa, b.print, wb);
  const double size = std::log(std::min(wa, wb) / kUsualWidth);
  const double log_odds = kEven + kByCorrelation * r + (kByWidth + kByBoth * r) * size;
  return std::clamp(std::exp(log_odds), 1 / kMostOdds, kMostOdds);
}

std::optional<double> odds_by_characters(const PlateSeen& a, const PlateSeen& b) {
  const PlateSeen &read = a.readable >= b.readable ? a : b,
                  &other = a.readable >= b.readable ? b : a;
  if (read.readable < kRead || read.characters.empty() ||
      read.characters.size() != other.characters.size())
    return std::nullopt;
  std::size_t others = 0;
  for (std::size_t i = 0; i < read.characters.size(); ++i)
    others += surely_other(other.characters[i], read.characters[i].text) ? 1 : 0;
  const double width = width_of(other);
  const auto row = std::find_if(kByCharacters.begin(), kByCharacters.end(),
                                [&](const ByCharacters& by) { return width >= by.width; });
  // Where the better view is read wrong, the other tells nothing.
  const double right = static_cast<double>(read.readable);
  return right * row->odds[std::min<std::size_t>(others, 2)] + 1 - right;
}

}  // namespace vioreview
