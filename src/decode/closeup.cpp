// SPDX-License-Identifier: Apache-2.0
#include "decode/closeup.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

constexpr int kWidth = 640, kCoarse = 2;  // px of a sketch; it is first searched at half of that
constexpr double kMostEnlarged = 8, kStep = 1.15, kFineStep = 1.05;
constexpr int kSmallestWidth = 14, kSmallestHeight = 8;  // px of the coarse part
constexpr double kLargestShare = 0.6;                    // of the panel's sides
constexpr double kFlat = 2;  // levels: a part without contrast is anywhere
constexpr int kPeaks = 3, kRefined = 12;
// Correlation from which two pictures may show the same part, and how many times farther from 1 the
// next likest part of the panel must be (proposals).
constexpr double kAlike = 0.8, kClearly = 1.3;
constexpr float kFound = 0.98F;

struct Place {
  double likeness = 0;
  std::size_t panel = 0;
  double enlarged = 1;  // times
  cv::Point2d centre;   // in sketch pixels
  cv::Size2d size;
};

cv::Mat grey_of(const Sketch& sketch) {
  return {sketch.height, sketch.width, CV_8UC1,
          const_cast<std::uint8_t*>(sketch.grey.data())};  // only read
}

cv::Mat resized(const cv::Mat& grey, double scale) {
  cv::Mat out;
  const cv::Size size(std::max(1, static_cast<int>(std::lround(grey.cols * scale))),
                      std::max(1, static_cast<int>(std::lround(grey.rows * scale))));
  cv::resize(grey, out, size, 0, 0, cv::INTER_AREA);
  return out;
}

double contrast(const cv::Mat& grey) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(grey, mean, deviation);
  return deviation[0];
}

// The highest places of a map of likeness, each blotted out before the next is taken.
void take_peaks(cv::Mat& map, const cv::Mat& part, std::size_t panel, double enlarged,
                std::vector<Place>& places) {
  for (int i = 0; i < kPeaks; ++i) {
    double most = 0;
    cv::Point at;
    cv::minMaxLoc(map, nullptr, &most, nullptr, &at);
    places.push_back(
        {most,
         panel,
         enlarged,
         {(at.x + part.cols / 2.0) * kCoarse, (at.y + part.rows / 2.0) * kCoarse},
         {static_cast<double>(part.cols) * kCoarse, static_cast<double>(part.rows) * kCoarse}});
    const cv::Rect around(at.x - part.cols / 2, at.y - part.rows / 2, part.cols, part.rows);
    map(around & cv::Rect(0, 0, map.cols, map.rows)).setTo(-1);
  }
}

// `own` is the close-up with as many sketch pixels as the panel has for a pixel of its picture.
std::vector<Place> search(const cv::Mat& panel, std::size_t index, const cv::Mat& own) {
  std::vector<Place> places;
  const cv::Mat coarse = resized(panel, 1.0 / kCoarse);
  for (double enlarged = 1; enlarged <= kMostEnlarged; enlarged *= kStep) {
    const cv::Mat part = resized(own, 1 / (enlarged * kCoarse));
    if (part.cols < kSmallestWidth || part.rows < kSmallestHeight) break;
    if (part.cols > kLargestShare * coarse.cols || part.rows > kLargestShare * coarse.rows ||
        contrast(part) < kFlat)
      continue;
    cv::Mat map;
    cv::matchTemplate(coarse, part, map, cv::TM_CCOEFF_NORMED);
    take_peaks(map, part, index, enlarged, places);
  }
  return places;
}

// The same place at full sketch size, with a scale in between.
Place refined(const cv::Mat& panel, const cv::Mat& own, const Place& coarse) {
  constexpr int kAround = 5;
  Place best = coarse;
  best.likeness = -1;
  for (int step = -2; step <= 2; ++step) {
    const double enlarged = coarse.enlarged * std::pow(kFineStep, step);
    const cv::Mat part = resized(own, 1 / enlarged);
    const cv::Rect area = cv::Rect(static_cast<int>(coarse.centre.x - part.cols / 2.0) - kAround,
                                   static_cast<int>(coarse.centre.y - part.rows / 2.0) - kAround,
                                   part.cols + 2 * kAround, part.rows + 2 * kAround) &
                          cv::Rect(0, 0, panel.cols, panel.rows);
    if (area.width < part.cols || area.height < part.rows) continue;
    cv::Mat map;
    cv::matchTemplate(panel(area), part, map, cv::TM_CCOEFF_NORMED);
    double most = 0;
    cv::Point at;
    cv::minMaxLoc(map, nullptr, &most, nullptr, &at);
    if (most > best.likeness)
      best = {most,
              coarse.panel,
              enlarged,
              {area.x + at.x + part.cols / 2.0, area.y + at.y + part.rows / 2.0},
              {static_cast<double>(part.cols), static_cast<double>(part.rows)}};
  }
  return best;
}

bool one_place(const Place& a, const Place& b) {
  return a.panel == b.panel && std::abs(a.centre.x - b.centre.x) < a.size.width / 2 &&
         std::abs(a.centre.y - b.centre.y) < a.size.height / 2;
}

bool liker(const Place& a, const Place& b) {
  return a.likeness > b.likeness;
}

// Different places, the likest first.
std::vector<Place> places_of(const cv::Mat& closeup, double closeup_scale,
                             const std::vector<Sketch>& panels) {
  std::vector<Place> coarse, fine;
  std::vector<cv::Mat> own;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const double scale = panels[i].scale / closeup_scale;
    const bool fits = !panels[i].grey.empty() &&
                      closeup.cols * scale < kMostEnlarged * kLargestShare * panels[i].width &&
                      closeup.rows * scale < kMostEnlarged * kLargestShare * panels[i].height;
    own.push_back(fits ? resized(closeup, scale) : cv::Mat());
    if (own[i].empty()) continue;
    for (const Place& place : search(grey_of(panels[i]), i, own[i])) coarse.push_back(place);
  }
  std::stable_sort(coarse.begin(), coarse.end(), liker);
  for (std::size_t i = 0; i < coarse.size() && i < kRefined; ++i)
    if (std::none_of(fine.begin(), fine.end(),
                     [&](const Place& known) { return one_place(known, coarse[i]); }))
      fine.push_back(refined(grey_of(panels[coarse[i].panel]), own[coarse[i].panel], coarse[i]));
  std::stable_sort(fine.begin(), fine.end(), liker);
  return fine;
}

}  // namespace

Sketch sketch_of(const Image& picture) {
  if (picture.empty()) return {};
  const cv::Mat rgb(picture.height, picture.width, CV_8UC3,
                    const_cast<std::uint8_t*>(picture.pixels.data()));  // only read
  cv::Mat grey;
  const double scale = std::min(1.0, static_cast<double>(kWidth) / picture.width);
  cv::cvtColor(scale < 1 ? resized(rgb, scale) : rgb, grey, cv::COLOR_RGB2GRAY);
  Sketch sketch{grey.cols, grey.rows, static_cast<float>(scale), {}};
  sketch.grey.assign(grey.datastart, grey.dataend);
  return sketch;
}

std::optional<Enlarged> find_enlarged(const Sketch& closeup, const std::vector<Sketch>& panels) {
  if (closeup.grey.empty()) return std::nullopt;
  const auto places = places_of(grey_of(closeup), closeup.scale, panels);
  if (places.empty() || places[0].likeness < kAlike) return std::nullopt;
  const Place& best = places[0];
  for (std::size_t i = 1; i < places.size(); ++i)  // the same vehicle may be alike in other panels
    if (places[i].panel == best.panel && 1 - places[i].likeness < kClearly * (1 - best.likeness))
      return std::nullopt;
  const double scale = panels[best.panel].scale;
  const auto px = [scale](double sketched) { return static_cast<float>(sketched / scale); };
  return Enlarged{
      best.panel,
      {px(best.centre.x - best.size.width / 2), px(best.centre.y - best.size.height / 2),
       px(best.centre.x + best.size.width / 2), px(best.centre.y + best.size.height / 2)},
      kFound};
}

}  // namespace vioreview
