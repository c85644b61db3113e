// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "perceive/adapters.h"

namespace vioreview {
namespace {

constexpr int kFiner = 3;       // the plate is laid flat this much finer, then averaged
constexpr float kEnds = 0.02F;  // share of the cells that may lie below the lowest or above the
                                // highest level: a bolt or a reflection sets no scale
constexpr float kLeastContrast = 8;

float quantile(std::vector<float> values, float share) {
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<float>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

PlatePrint print_plate(const Image& panel, const Quad& corners) {
  constexpr float kBeyond = PlatePrint::kMargin / (1 - 2 * PlatePrint::kMargin);
  Image fine = warp_plate(panel, corners, 1, kFiner * PlatePrint::kColumns,
                          kFiner * PlatePrint::kRows, {kBeyond, kBeyond});
  const cv::Mat3b colours(fine.height, fine.width,
                          reinterpret_cast<cv::Vec3b*>(fine.pixels.data()));
  cv::Mat1b grey;
  cv::cvtColor(colours, grey, cv::COLOR_RGB2GRAY);
  cv::Mat1f small;
  cv::resize(cv::Mat1f(grey), small, {PlatePrint::kColumns, PlatePrint::kRows}, 0, 0,
             cv::INTER_AREA);
  const std::vector<float> values(small.begin(), small.end());
  const float low = quantile(values, kEnds), high = quantile(values, 1 - kEnds);
  const float level = std::max(kLeastContrast, high - low) / (PlatePrint::kLevels - 1);
  PlatePrint print;
  print.cells.reserve(values.size());
  for (const float value : values)
    print.cells.push_back(static_cast<std::uint8_t>(
        std::clamp(std::lround((value - low) / level), 0L, PlatePrint::kLevels - 1L)));
  return print;
}

}  // namespace vioreview
