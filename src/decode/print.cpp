// SPDX-License-Identifier: Apache-2.0
#include "decode/print.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

constexpr int kColumns = 96, kCell = 8;  // px of the scaled picture along a cell's side
constexpr int kDirections = 8;
constexpr int kFewestRows = 8, kMostRows = 300;
constexpr float kNoise = 2;       // levels a pixel: weaker steps are noise
constexpr int kAround = 9;        // cells along the side of a cell's surroundings
constexpr float kStrong = 0.35F;  // of the mean strength of a cell around it
constexpr float kWeakest = 60;    // levels summed over a cell: what is weaker is no edge anywhere

cv::Mat scaled_grey(const Image& image, int rows) {
  const cv::Mat rgb(image.height, image.width, CV_8UC3,
                    const_cast<std::uint8_t*>(image.pixels.data()));  // only read
  cv::Mat small, grey;
  cv::resize(rgb, small, cv::Size(kColumns * kCell, rows * kCell), 0, 0, cv::INTER_AREA);
  cv::cvtColor(small, grey, cv::COLOR_RGB2GRAY);
  return grey;
}

// Strength of the edges of each cell, by direction.
std::array<cv::Mat, kDirections> strengths_of(const cv::Mat& grey, int rows) {
  std::array<cv::Mat, kDirections> strengths;
  for (cv::Mat& one : strengths) one = cv::Mat::zeros(rows, kColumns, CV_32F);
  constexpr float kPi = std::numbers::pi_v<float>;
  for (int y = 1; y + 1 < grey.rows; ++y)
    for (int x = 1; x + 1 < grey.cols; ++x) {
      const float dx =
          static_cast<float>(grey.at<std::uint8_t>(y, x + 1) - grey.at<std::uint8_t>(y, x - 1)) / 2;
      const float dy =
          static_cast<float>(grey.at<std::uint8_t>(y + 1, x) - grey.at<std::uint8_t>(y - 1, x)) / 2;
      const float strength = std::hypot(dx, dy);
      if (strength < kNoise) continue;
      float angle = std::atan2(dy, dx);
      if (angle < 0) angle += kPi;
      const int direction = static_cast<int>(angle / kPi * kDirections) % kDirections;
      strengths[static_cast<std::size_t>(direction)].at<float>(y / kCell, x / kCell) += strength;
    }
  return strengths;
}

}  // namespace

ViewPrint print_of(const Image& image) {
  if (image.empty()) return {};
  const int rows =
      std::clamp(static_cast<int>(std::lround(1.0 * kColumns * image.height / image.width)),
                 kFewestRows, kMostRows);
  const auto strengths = strengths_of(scaled_grey(image, rows), rows);
  cv::Mat all = cv::Mat::zeros(rows, kColumns, CV_32F), around;
  for (const cv::Mat& one : strengths) all += one;
  cv::blur(all, around, cv::Size(kAround, kAround), cv::Point(-1, -1), cv::BORDER_REFLECT);
  ViewPrint print{kColumns, rows, {}};
  for (int y = 0; y < rows; ++y)
    for (int x = 0; x < kColumns; ++x) {
      const float least = std::max(kStrong * around.at<float>(y, x), kWeakest);
      unsigned bits = 0;
      for (int d = 0; d < kDirections; ++d)
        if (strengths[static_cast<std::size_t>(d)].at<float>(y, x) > least) bits |= 1U << d;
      print.cells.push_back(static_cast<std::uint8_t>(bits));
    }
  return print;
}

}  // namespace vioreview
