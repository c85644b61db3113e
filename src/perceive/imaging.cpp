// SPDX-License-Identifier: Apache-2.0
#include "perceive/imaging.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "perceive/warp.h"

namespace vioreview {
namespace {

constexpr std::uint8_t kPad = 114;
constexpr double kUpperShare = 0.41, kUpperWidth = 0.35;

cv::Mat wrapped(const Image& image) {
  return {image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data())};
}

// Clamped before the conversion: a wild coordinate does not fit an int.
int pixel(float x, int low, int high) {
  return static_cast<int>(std::clamp(x, static_cast<float>(low), static_cast<float>(high)));
}

// At least one pixel of the panel, wherever the box lies.
cv::Rect cut(const Image& panel, const Box& box) {
  const int x0 = pixel(std::floor(box.x0), 0, panel.width - 1);
  const int y0 = pixel(std::floor(box.y0), 0, panel.height - 1);
  const int x1 = pixel(std::ceil(box.x1), x0 + 1, panel.width);
  const int y1 = pixel(std::ceil(box.y1), y0 + 1, panel.height);
  return {x0, y0, x1 - x0, y1 - y0};
}

void append_normalised(const cv::Mat& rgb, const ModelCard& card, std::vector<float>& to) {
  const auto plane = static_cast<std::size_t>(card.width) * static_cast<std::size_t>(card.height);
  const std::size_t begin = to.size();
  to.resize(begin + 3 * plane);
  for (std::size_t c = 0; c < 3; ++c) {
    const float scale = 1 / (255 * card.std[c]), shift = card.mean[c] / card.std[c];
    float* out = to.data() + begin + c * plane;
    for (int y = 0; y < rgb.rows; ++y) {
      const std::uint8_t* row = rgb.ptr<std::uint8_t>(y) + c;
      for (int x = 0; x < rgb.cols; ++x, row += 3)
        *out++ = static_cast<float>(*row) * scale - shift;
    }
  }
}

cv::Mat resized(const cv::Mat& from, int width, int height) {
  cv::Mat out;
  const bool shrinks = from.cols > width && from.rows > height;
  cv::resize(from, out, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return out;
}

using Corners = std::array<cv::Point2f, 4>;

cv::Mat flat(const cv::Mat& panel, const Corners& corners, int width, int height) {
  const auto w = static_cast<float>(width) - 0.5F, h = static_cast<float>(height) - 0.5F;
  const Corners target = {cv::Point2f(-0.5F, -0.5F), cv::Point2f(w, -0.5F), cv::Point2f(w, h),
                          cv::Point2f(-0.5F, h)};
  const cv::Mat matrix = cv::getPerspectiveTransform(corners.data(), target.data());
  cv::Mat out;
  cv::warpPerspective(panel, out, matrix, {width, height}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return out;
}

Corners with_margin(const Quad& quad, WarpMargin margin) {
  const Point middle{(quad[0].x + quad[1].x + quad[2].x + quad[3].x) / 4,
                     (quad[0].y + quad[1].y + quad[2].y + quad[3].y) / 4};
  Corners out;
  for (std::size_t i = 0; i < 4; ++i)
    out[i] = {middle.x + (quad[i].x - middle.x) * (1 + 2 * margin.x),
              middle.y + (quad[i].y - middle.y) * (1 + 2 * margin.y)};
  return out;
}

// A plate much wider than the target is shrunk first: a warp alone would alias.
cv::Mat shrunk(const cv::Mat& panel, Corners& corners, int width) {
  const double wide = cv::norm(corners[1] - corners[0]);
  if (wide < 1.8 * width) return panel;
  const cv::Rect around =
      cv::boundingRect(std::vector<cv::Point2f>(corners.begin(), corners.end())) &
      cv::Rect(0, 0, panel.cols, panel.rows);
  if (around.empty()) return panel;
  const double scale = 1.2 * width / wide;
  cv::Mat small = resized(panel(around), std::max(1, static_cast<int>(around.width * scale)),
                          std::max(1, static_cast<int>(around.height * scale)));
  for (cv::Point2f& p : corners)
    p = {(p.x - static_cast<float>(around.x)) * static_cast<float>(small.cols) /
             static_cast<float>(around.width),
         (p.y - static_cast<float>(around.y)) * static_cast<float>(small.rows) /
             static_cast<float>(around.height)};
  return small;
}

}  // namespace

Letterbox append_letterbox(const Image& panel, const Box& window, const ModelCard& card,
                           std::vector<float>& to) {
  const cv::Rect part = cut(panel, window);
  const float scale = std::min(static_cast<float>(card.width) / static_cast<float>(part.width),
                               static_cast<float>(card.height) / static_cast<float>(part.height));
  const int width = std::clamp(
      static_cast<int>(std::lround(static_cast<float>(part.width) * scale)), 1, card.width);
  const int height = std::clamp(
      static_cast<int>(std::lround(static_cast<float>(part.height) * scale)), 1, card.height);
  cv::Mat input(card.height, card.width, CV_8UC3, cv::Scalar::all(kPad));
  resized(wrapped(panel)(part), width, height).copyTo(input(cv::Rect(0, 0, width, height)));
  append_normalised(input, card, to);
  return {scale, static_cast<float>(part.x), static_cast<float>(part.y)};
}

void append_stretched(const Image& panel, const Box& box, const ModelCard& card,
                      std::vector<float>& to) {
  append_normalised(resized(wrapped(panel)(cut(panel, box)), card.width, card.height), card, to);
}

void append_picture(const Image& picture, const ModelCard& card, std::vector<float>& to) {
  append_normalised(wrapped(picture), card, to);
}

float mean_chroma(const Image& panel, const Box& box) {
  constexpr int kSamples = 48;  // across and down: enough for a mean
  const cv::Rect part = cut(panel, box);
  const int dx = std::max(1, part.width / kSamples), dy = std::max(1, part.height / kSamples);
  double sum = 0, count = 0;
  for (int y = part.y; y < part.y + part.height; y += dy)
    for (int x = part.x; x < part.x + part.width; x += dx, ++count) {
      const std::uint8_t* p = panel.row(y) + 3 * static_cast<std::ptrdiff_t>(x);
      sum += std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]});
    }
  return static_cast<float>(sum / count);
}

Shine shine_of(const Image& panel, const Box& box) {
  constexpr double kFull = 90, kBright = 170;            // saturation and value of 255
  constexpr double kRedEnds = 10, kRedBegins = 170;      // hue of 180
  constexpr double kGreenBegins = 70, kGreenEnds = 100;  // lamps are bluish green, foliage is not
  cv::Mat hsv, low, high, green;
  cv::cvtColor(wrapped(panel)(cut(panel, box)), hsv, cv::COLOR_RGB2HSV);
  cv::inRange(hsv, cv::Scalar(0, kFull, kBright), cv::Scalar(kRedEnds, 255, 255), low);
  cv::inRange(hsv, cv::Scalar(kRedBegins, kFull, kBright), cv::Scalar(180, 255, 255), high);
  cv::inRange(hsv, cv::Scalar(kGreenBegins, kFull, kBright), cv::Scalar(kGreenEnds, 255, 255),
              green);
  return {cv::countNonZero(low) + cv::countNonZero(high), cv::countNonZero(green)};
}

void use_one_thread() {
  cv::setNumThreads(1);
}

Image warp_plate(const Image& panel, const Quad& corners, int rows, int width, int height,
                 WarpMargin margin) {
  Corners c = with_margin(corners, margin);
  const cv::Mat source = shrunk(wrapped(panel), c, width);
  Image out(width, height);
  cv::Mat view = wrapped(out);
  if (rows < 2) {
    flat(source, c, width, height).copyTo(view);
    return out;
  }
  const cv::Point2f left = c[0] + (c[3] - c[0]) * kUpperShare,
                    right = c[1] + (c[2] - c[1]) * kUpperShare;
  const int split = static_cast<int>(std::lround(width * kUpperWidth));
  flat(source, {c[0], c[1], right, left}, split, height)
      .copyTo(view(cv::Rect(0, 0, split, height)));
  flat(source, {left, right, c[2], c[3]}, width - split, height)
      .copyTo(view(cv::Rect(split, 0, width - split, height)));
  return out;
}

}  // namespace vioreview
