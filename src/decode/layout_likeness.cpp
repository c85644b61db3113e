// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_likeness.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

cv::Mat luma_of(const Image& picture, const Tile& tile, cv::Size size) {
  const cv::Mat whole(picture.height, picture.width, CV_8UC3,
                      const_cast<std::uint8_t*>(picture.pixels.data()));
  const cv::Mat part = whole(cv::Rect(tile.x.from, tile.y.from, tile.x.length(), tile.y.length()));
  cv::Mat scaled, luma;
  cv::resize(part, scaled, size, 0, 0, cv::INTER_AREA);
  cv::cvtColor(scaled, luma, cv::COLOR_RGB2GRAY);
  luma.convertTo(luma, CV_32F);
  return luma;
}

// Without what light and shade do to large areas.
cv::Mat details_of(const cv::Mat& luma) {
  cv::Mat mean;
  cv::blur(luma, mean, cv::Size(9, 9));
  return luma - mean;
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
      const cv::Rect around(part.x - kShift, part.y - kShift, part.width + 2 * kShift,
                            part.height + 2 * kShift);
      cv::Scalar mean, spread;
      cv::meanStdDev(one(part), mean, spread);
      if (spread[0] < kLeastSpread) continue;
      cv::Mat match;
      cv::matchTemplate(other(around), one(part), match, cv::TM_CCOEFF_NORMED);
      double most = 0;
      cv::minMaxLoc(match, nullptr, &most);
      ++votes;
      found += most > kFound ? 1 : 0;
    }
  constexpr int kFewVotes = 6;
  return votes < kFewVotes ? 0 : static_cast<float>(found) / static_cast<float>(votes);
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

float most_different(const Image& picture, const Tile& a, const Tile& b, bool without_text) {
  const cv::Size size(160, 90), coarse(20, 10);
  cv::Mat difference, parts;
  cv::absdiff(luma_of(picture, a, size), luma_of(picture, b, size), difference);
  cv::resize(difference, parts, coarse, 0, 0, cv::INTER_AREA);
  double most = 0;
  cv::minMaxLoc(without_text ? parts.rowRange(3, 7) : parts, nullptr, &most);
  return static_cast<float>(most);
}

}  // namespace vioreview
