// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_likeness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

cv::Mat luma_of(const Image& picture, const Tile& tile, cv::Size size) {
  const cv::Mat whole(picture.height, picture.width, CV_8UC3,
                      const_cast<std::uint8_t*>(picture.pixels.data()));
  const cv::Mat part = whole(cv::Rect(tile.x.from, tile.y.from, tile.x.length(), tile.y.length()));
  cv::Mat grey, scaled, luma;
  cv::cvtColor(part, grey, cv::COLOR_RGB2GRAY);
  cv::resize(grey, scaled, size, 0, 0, cv::INTER_AREA);
  scaled.convertTo(luma, CV_32F);
  return luma;
}

constexpr int kFine = 4;  // numbers a level

// Without what light and shade do to large areas.
cv::Mat details_of(const cv::Mat& luma) {
  cv::Mat mean, details;
  cv::blur(luma, mean, cv::Size(9, 9));
  cv::Mat(luma - mean).convertTo(details, CV_16S, kFine);
  return details;
}

// The correlation of `part` of `one` with where it fits best in `other`, up to `most` pixels away;
// of whole numbers, whose sums no compiler has to keep in order.
double best_match(const cv::Mat& one, const cv::Mat& other, const cv::Rect& part, int most) {
  const double n = part.area();
  double best = 0;
  for (int dy = -most; dy <= most; ++dy)
    for (int dx = -most; dx <= most; ++dx) {
      int sum_a = 0, sum_b = 0, squares_a = 0, squares_b = 0, products = 0;
      for (int y = part.y; y < part.y + part.height; ++y) {
        const std::int16_t* a = one.ptr<std::int16_t>(y) + part.x;
        const std::int16_t* b = other.ptr<std::int16_t>(y + dy) + part.x + dx;
        for (int x = 0; x < part.width; ++x) {
          sum_a += a[x];
          sum_b += b[x];
          squares_a += a[x] * a[x];
          squares_b += b[x] * b[x];
          products += a[x] * b[x];
        }
      }
      const double spreads = (squares_a - sum_a / n * sum_a) * (squares_b - sum_b / n * sum_b);
      if (spreads > 0) best = std::max(best, (products - sum_a / n * sum_b) / std::sqrt(spreads));
    }
  return best;
}

const cv::Size kCompared(160, 90);

// How much two tiles differ from place to place, as a share of what one picture drawn twice may;
// `rest`: the rows that tell how much lighter one of them is.
cv::Mat differences(const Image& picture, const Tile& a, const Tile& b, cv::Range rest) {
  const cv::Mat one = luma_of(picture, a, kCompared);
  const cv::Mat difference = one - luma_of(picture, b, kCompared);
  cv::Mat smooth, across, down, contrast;
  cv::blur(difference, smooth, cv::Size(3, 3));
  smooth -= cv::mean(difference.rowRange(rest));
  // Beside edges scaling alone makes differences.
  cv::Sobel(one, across, CV_32F, 1, 0);
  cv::Sobel(one, down, CV_32F, 0, 1);
  cv::blur(cv::abs(across) + cv::abs(down), contrast, cv::Size(5, 5));
  constexpr double kLevels = 4, kOfContrast = 0.125;
  return cv::abs(smooth) / (kLevels + kOfContrast * contrast);
}

float largest(const cv::Mat& shares) {
  double most = 0;
  cv::minMaxLoc(shares, nullptr, &most);
  return static_cast<float>(most);
}

// Whether what differs lies in rows like those of text, much of whose width differs, and not in
// places like those of vehicles.
bool is_text(const cv::Mat& shares) {
  constexpr int kReach = 3;  // rows: the edges of letters differ less
  const int kWide = kCompared.width / 5;
  std::vector<int> different;
  for (int y = 0; y < shares.rows; ++y)
    different.push_back(cv::countNonZero(shares.row(y) > 2 * kOnePicture));
  for (int y = 0; y < shares.rows; ++y) {
    const auto first = different.begin() + std::max(0, y - kReach);
    const auto last = different.begin() + std::min(shares.rows, y + kReach + 1);
    if (different[static_cast<std::size_t>(y)] > 0 && *std::max_element(first, last) < kWide)
      return false;
  }
  return true;
}

}  // namespace

// A vote of the parts that show anything: whatever moves spoils only some of them.
float same_scene(const Image& picture, const Tile& a, const Tile& b) {
  constexpr int kPart = 16, kShift = 2;  // pixels of the scaled tiles
  constexpr double kLeastSpread = 2, kFound = 0.6;
  const cv::Rect all(0, 0, 160, 96), middle(kShift, kShift, 160 - 2 * kShift, 96 - 2 * kShift);
  const cv::Mat one = details_of(luma_of(picture, a, all.size()));
  const cv::Mat other = details_of(luma_of(picture, b, all.size()));
  int votes = 0, found = 0;
  for (int y = 0; y < all.height; y += kPart)
    for (int x = 0; x < all.width; x += kPart) {
      const cv::Rect part = cv::Rect(x, y, kPart, kPart) & middle;
      cv::Scalar mean, spread;
      cv::meanStdDev(one(part), mean, spread);
      if (spread[0] < kLeastSpread * kFine) continue;
      ++votes;
      found += best_match(one, other, part, kShift) > kFound ? 1 : 0;
    }
  constexpr int kFewVotes = 6;
  return votes < kFewVotes ? 0 : static_cast<float>(found) / static_cast<float>(votes);
}

bool has_parts(const Image& picture, const Tile& t) {
  const auto alike = [&](const Tile& a, const Tile& b) {
    return same_scene(picture, a, b) >= kOneScene;
  };
  for (const auto& [rows, columns] : {std::pair{1, 2}, {2, 1}, {1, 3}, {3, 1}, {1, 4}, {2, 3}}) {
    const int w = t.x.length() / columns, h = t.y.length() / rows;
    const Tile first{{t.x.from, t.x.from + w}, {t.y.from, t.y.from + h}};
    Tile second = first;
    if (columns > 1)
      second.x = {first.x.to, first.x.to + w};
    else
      second.y = {first.y.to, first.y.to + h};
    if (alike(first, second)) return true;
  }
  // One large part and a row of small ones of its shape, above or below it.
  for (const int columns : {2, 3}) {
    const int w = t.x.length() / columns, h = t.y.length() / (columns + 1);
    for (const auto& [row, rest] : {std::pair{Span{t.y.to - h, t.y.to}, Span{t.y.from, t.y.to - h}},
                                    {Span{t.y.from, t.y.from + h}, Span{t.y.from + h, t.y.to}}}) {
      const Tile first{{t.x.from, t.x.from + w}, row};
      const Tile second{{first.x.to, first.x.to + w}, row};
      if (alike(first, second) || alike({t.x, rest}, first)) return true;
    }
  }
  return false;
}

float enlarged_from(const Image& picture, const Tile& closeup, const Tile& panel) {
  constexpr int kWidth = 480;
  constexpr double kLeast = 0.05, kMost = 0.6, kStep = 1.1;  // of the panel's width
  const int height = std::max(1, kWidth * panel.y.length() / std::max(1, panel.x.length()));
  const cv::Mat scene = luma_of(picture, panel, {kWidth, height});
  double best = 0;
  for (double share = kLeast; share < kMost; share *= kStep) {
    const cv::Size size(
        static_cast<int>(kWidth * share),
        static_cast<int>(kWidth * share * closeup.y.length() / std::max(1, closeup.x.length())));
    if (size.height < 12 || size.height > height) continue;
    cv::Mat match;
    cv::matchTemplate(scene, luma_of(picture, closeup, size), match, cv::TM_CCOEFF_NORMED);
    double most = 0;
    cv::minMaxLoc(match, nullptr, &most);
    if (std::isfinite(most)) best = std::max(best, most);
  }
  return static_cast<float>(best);
}

Unlike most_different(const Image& picture, const Tile& a, const Tile& b) {
  return {largest(differences(picture, a, b, cv::Range(0, kCompared.height))), true};
}

Unlike most_different_beside_text(const Image& picture, const Tile& a, const Tile& b) {
  constexpr int kTextRows = 36;  // text covers no more of a tile
  const cv::Range top(0, kTextRows), below(kTextRows, kCompared.height);
  const cv::Range above(0, kCompared.height - kTextRows), bottom(above.end, kCompared.height);
  Unlike least{kTwoPictures, false};
  for (const auto& [text, rest] : {std::pair{top, below}, {bottom, above}}) {
    const cv::Mat shares = differences(picture, a, b, rest);
    const float most = largest(shares.rowRange(rest));
    if (most < least.most) least = {most, is_text(shares.rowRange(text))};
  }
  return least;
}

}  // namespace vioreview
