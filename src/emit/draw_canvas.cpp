// SPDX-License-Identifier: Apache-2.0
#include "emit/draw_canvas.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

// OpenCV's view of the pixels. It has none of const pixels: the second is only read from.
cv::Mat view(Image& image) {
  return {image.height, image.width, CV_8UC3, image.pixels.data()};
}
cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.pixels.data())};
}
cv::Scalar scalar(Colour c) {
  return {static_cast<double>(c[0]), static_cast<double>(c[1]), static_cast<double>(c[2])};
}
// Far outside is as good as just outside, and safe to convert; so is no number at all.
int rounded(float v) {
  constexpr float kFar = 20000;
  return std::isnan(v) ? -static_cast<int>(kFar)
                       : static_cast<int>(std::lround(std::clamp(v, -kFar, kFar)));
}
cv::Rect rectangle_of(const Box& box) {
  return {cv::Point(rounded(box.x0), rounded(box.y0)), cv::Point(rounded(box.x1), rounded(box.y1))};
}

}  // namespace

Image blank(int width, int height, Colour colour) {
  Image image(std::max(1, width), std::max(1, height));
  view(image).setTo(scalar(colour));
  return image;
}

Image scaled(const Image& from, double scale) {
  Image out(std::max(1, static_cast<int>(from.width * scale)),
            std::max(1, static_cast<int>(from.height * scale)));
  cv::Mat to = view(out);
  cv::resize(view(from), to, to.size(), 0, 0, scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  return out;
}

void place(Image& on, const Image& part, int x, int y) {
  const cv::Rect whole(x, y, part.width, part.height);
  const cv::Rect seen = whole & cv::Rect(0, 0, on.width, on.height);
  if (!seen.empty()) view(part)(seen - whole.tl()).copyTo(view(on)(seen));
}

Image below(const Image& upper, const Image& lower) {
  Image joined = blank(std::max(upper.width, lower.width), upper.height + lower.height);
  place(joined, upper, 0, 0);
  place(joined, lower, 0, upper.height);
  return joined;
}

void fill(Image& image, const Box& box, Colour colour) {
  cv::rectangle(view(image), rectangle_of(box), scalar(colour), cv::FILLED);
}

void outline(Image& image, const Box& box, Colour colour, int thickness) {
  cv::rectangle(view(image), rectangle_of(box), scalar(colour), thickness);
}

void outline(Image& image, const Quad& corners, Colour colour, int thickness) {
  stroke(image, {corners.begin(), corners.end()}, true, colour, thickness);
}

void stroke(Image& image, const std::vector<Point>& points, bool closed, Colour colour,
            int thickness) {
  std::vector<cv::Point> pixels;
  for (const Point& p : points) pixels.emplace_back(rounded(p.x), rounded(p.y));
  cv::polylines(view(image), pixels, closed, scalar(colour), thickness, cv::LINE_AA);
}

void mark(Image& image, int x, int y, Status status, const TextPainter& text) {
  const auto stroke = [&](int x0, int y0, int x1, int y1) {
    cv::line(view(image), {x + x0, y + y0}, {x + x1, y + y1}, scalar(colour_of(status)), 2,
             cv::LINE_AA);
  };
  switch (status) {
    case Status::holds:
      stroke(2, 10, 7, 15);
      stroke(7, 15, 15, 3);
      break;
    case Status::fails:
      stroke(3, 4, 14, 15);
      stroke(14, 4, 3, 15);
      break;
    case Status::unknown:
      text.draw(image, x + 4, y - 2, "?", kTextSize, colour_of(status));
      break;
  }
}

Colour colour_of(Status status) {
  return status == Status::holds ? kGood : status == Status::fails ? kBad : kDoubt;
}

Colour colour_of_probability(float p) {
  return p >= 0.9F ? kGood : p >= 0.5F ? kDoubt : kBad;
}

std::string percent(float p) {
  const long whole = std::lround(100.0F * std::clamp(p, 0.0F, 1.0F));
  return std::to_string(p < 1 ? std::min(whole, 99L) : whole) + "%";
}

}  // namespace vioreview
