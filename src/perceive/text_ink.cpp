// SPDX-License-Identifier: Apache-2.0
#include "perceive/text_ink.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

constexpr double kLeastFull = 70;  // of 255: what the strongest strokes stand out at least
// Shares of the lightness that the line's strongest strokes reach. Ink begins above a rim's and is
// full below the fill's; a piece of ink without a pixel of the fill is scenery.
constexpr double kInkFrom = 0.45, kInkTo = 0.9, kFill = 0.85, kRim = 0.55;
constexpr double kStands = 30;   // ink stands out at least so far
constexpr int kPieceInk = 90;    // of 255, of a piece's pixels
constexpr double kDirty = 0.03;  // of the ink, from which the ground is not even

cv::Mat square(int side) {
  return cv::getStructuringElement(cv::MORPH_RECT, {side, side});
}

float percentile(const cv::Mat& values, const cv::Mat& mask, double share) {
  std::vector<std::uint8_t> found;
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      if (mask.at<std::uint8_t>(y, x)) found.push_back(values.at<std::uint8_t>(y, x));
  if (found.empty()) return 0;
  const auto at = found.begin() + static_cast<long>(static_cast<double>(found.size() - 1) * share);
  std::nth_element(found.begin(), at, found.end());
  return *at;
}

// The pixels that have the hue of the line's strongest strokes.
cv::Mat alike(const cv::Mat& colour, const cv::Mat& strong) {
  constexpr double kNear = 45;
  cv::Mat planes[3], off, far = cv::Mat::zeros(strong.size(), CV_8U);
  cv::split(colour, planes);
  for (const int plane : {1, 2}) {
    cv::absdiff(planes[plane], cv::Scalar(percentile(planes[plane], strong, 0.5)), off);
    far |= off > kNear;
  }
  return ~far;
}

// Every stroke, soft at its edges as it stands in the picture.
cv::Mat all_ink(const StrokeMaps& maps, const cv::Rect& line) {
  cv::Mat height = maps.soft.clone(), near, ink;
  cv::dilate(maps.mask, near, square(5));
  height.setTo(0, ~near);
  const double full = std::max<double>(percentile(height(line), maps.mask(line), 0.8), kLeastFull);
  height.convertTo(ink, CV_8U, 255 / full);
  return ink;
}

// What is known of a connected piece of ink.
struct Piece {
  double ring = 0,
         dark = 0;      // pixels round it, and those that are dark: an outline, a shadow, a band
  bool filled = false;  // has a pixel of the fill
};

std::vector<Piece> pieces_of(const cv::Mat& labels, int n, const cv::Mat& fill,
                             const cv::Mat& dark) {
  std::vector<Piece> pieces(static_cast<std::size_t>(n));
  cv::Mat spread;
  labels.convertTo(spread, CV_32F);
  cv::dilate(spread, spread, square(5));
  for (int y = 0; y < labels.rows; ++y)
    for (int x = 0; x < labels.cols; ++x) {
      const int own = labels.at<int>(y, x);
      if (own > 0) {
        if (fill.at<std::uint8_t>(y, x)) pieces[static_cast<std::size_t>(own)].filled = true;
      } else if (const auto at = static_cast<std::size_t>(spread.at<float>(y, x)); at > 0) {
        pieces[at].ring += 1;
        pieces[at].dark += dark.at<std::uint8_t>(y, x) > 0;
      }
    }
  return pieces;
}

// Whether the pieces belong to the line: of its rows, with the fill's lightness, and as much of a
// dark rim as the line's pieces usually have. One that has run into scenery but has a character's
// rim stays: a character left out would make another text.
std::vector<std::uint8_t> belonging(const std::vector<Piece>& pieces, const cv::Mat& stats,
                                    const cv::Rect& line) {
  constexpr double kAsUsual = 0.6, kCharacter = 3, kInside = 0.7, kMergedInside = 0.3;
  double dark = 0, ring = 0;
  for (const Piece& piece : pieces) {
    if (!piece.filled) continue;
    dark += piece.dark;
    ring += piece.ring;
  }
  const double usual = dark / std::max(1.0, ring);
  std::vector<std::uint8_t> keep(pieces.size(), 0);
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const int* s = stats.ptr<int>(static_cast<int>(i));
    const Piece& piece = pieces[i];
    const int y0 = s[cv::CC_STAT_TOP], h = s[cv::CC_STAT_HEIGHT], w = s[cv::CC_STAT_WIDTH];
    const int common = std::min(y0 + h, line.br().y + 1) - std::max(y0, line.y - 1);
    const bool ruled = w > 3 * line.height && h < 0.35 * line.height;
    const bool rimmed =
        piece.dark > kAsUsual * usual * piece.ring || piece.dark > kCharacter * line.height;
    const bool inside = common >= kInside * h || (rimmed && common > kMergedInside * h);
    if (piece.filled && rimmed && inside && !ruled) keep[i] = 255;
  }
  return keep;
}

void keep_rows(cv::Mat& ink, const cv::Rect& line, int more) {
  ink.rowRange(0, std::max(0, line.y - more)).setTo(0);
  ink.rowRange(std::min(ink.rows, line.br().y + more), ink.rows).setTo(0);
}

// The line's own ink, told from scenery.
cv::Mat own_ink(const StrokeMaps& maps, const cv::Rect& line) {
  cv::Mat inner = cv::Mat::zeros(maps.tone.size(), CV_8U), near, ink;
  maps.mask(line).copyTo(inner(line));
  const double full = percentile(maps.tone, inner, 0.8);
  if (full == 0) return inner;
  inner &= maps.tone > kFill * full;
  const cv::Mat fill =
      (maps.tone > kFill * full) & (maps.height > kStands) & alike(maps.colour, inner);
  cv::dilate(fill, near, square(5));
  maps.tone.convertTo(ink, CV_8U, 255 / ((kInkTo - kInkFrom) * full),
                      -255 * kInkFrom / (kInkTo - kInkFrom));
  ink.setTo(0, ~near | (maps.height < kStands));
  cv::Mat labels, stats, centres, kept(ink.size(), CV_8U);
  const int n = cv::connectedComponentsWithStats(ink > kPieceInk, labels, stats, centres);
  const auto keep = belonging(pieces_of(labels, n, fill, maps.tone < kRim * full), stats, line);
  for (int y = 0; y < labels.rows; ++y)
    for (int x = 0; x < labels.cols; ++x)
      kept.at<std::uint8_t>(y, x) = keep[static_cast<std::size_t>(labels.at<int>(y, x))];
  cv::dilate(kept, kept, square(3));
  ink.setTo(0, ~kept);
  keep_rows(ink, line, 2);
  return ink;
}

// A band: what lies between its strokes and beside them is of one lightness.
bool even_ground(const StrokeMaps& maps, const cv::Rect& line) {
  constexpr double kEven = 12;    // of 255, between the tenth and the ninetieth of a hundred pixels
  constexpr double kLeast = 0.1;  // of the line: where strokes fill it nothing tells
  cv::Mat near;
  cv::dilate(maps.mask, near, square(5));
  const cv::Mat ground = ~near(line), tone = maps.tone(line);
  return cv::countNonZero(ground) > kLeast * line.area() &&
         percentile(tone, ground, 0.9) - percentile(tone, ground, 0.1) < kEven;
}

}  // namespace

cv::Mat ink_of(const StrokeMaps& maps, const cv::Rect_<int>& line) {
  cv::Mat all = all_ink(maps, line), near;
  if (!even_ground(maps, line)) {
    cv::Mat own = own_ink(maps, line);
    cv::dilate(own > 60, near, square(5));
    cv::Mat clean = all.clone();
    clean.setTo(0, ~near);
    if (cv::sum(clean(line))[0] < (1 - kDirty) * cv::sum(all(line))[0]) return own;
  }
  keep_rows(all, line, 3);
  return all;
}

}  // namespace vioreview
