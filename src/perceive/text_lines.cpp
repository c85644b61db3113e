// SPDX-License-Identifier: Apache-2.0
#include "perceive/text_lines.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

constexpr int kWidest = 2600;     // px: larger pictures are halved until they fit
constexpr int kStroke = 13;       // px: burned-in strokes are thinner
constexpr double kContrast = 70;  // of 255, between a stroke and what is around it
// Light strokes are at least so light. Text over a scene is drawn in a full colour, so the first
// look leaves out a bright sky; the second finds thin strokes that scaling has dimmed.
constexpr double kFull = 222, kDimmed = 165;
constexpr double kPaper = 170;  // dark strokes stand on what is at least so light
constexpr double kRamp = 60;    // below a stroke's least lightness ink fades out over so much
constexpr int kLowest = 10, kHighest = 80;  // px: height of a line
constexpr int kTextHeight = 36;             // px, of the line picture: what Tesseract reads best
constexpr int kMargin = 10;                 // px round the line picture's text

// The strokes of one polarity: how far they stand out, and which stand out enough.
struct Strokes {
  cv::Mat height, mask;
};

struct Candidate {
  cv::Rect box;
  double score = 0;
};

cv::Mat square(int side) {
  return cv::getStructuringElement(cv::MORPH_RECT, {side, side});
}

Strokes light_strokes(const cv::Mat& grey, const cv::Mat& brightest, double least) {
  Strokes strokes;
  cv::morphologyEx(grey, strokes.height, cv::MORPH_TOPHAT, square(kStroke));
  strokes.mask = (strokes.height > kContrast) & (brightest > least);
  cv::Mat share;
  brightest.convertTo(share, CV_8U, 255 / kRamp, -(least - kRamp) * 255 / kRamp);
  cv::multiply(strokes.height, share, strokes.height, 1.0 / 255);
  return strokes;
}

Strokes dark_strokes(const cv::Mat& grey) {
  Strokes strokes;
  cv::morphologyEx(grey, strokes.height, cv::MORPH_BLACKHAT, square(kStroke));
  const cv::Mat paper = grey + strokes.height;
  strokes.mask = (strokes.height > kContrast) & (paper > kPaper);
  return strokes;
}

// Runs of rows (or columns) that have strokes; gaps up to `bridge` are closed.
std::vector<cv::Range> runs(const std::vector<int>& counts, int bridge) {
  std::vector<cv::Range> found;
  for (int i = 0; i < static_cast<int>(counts.size()); ++i) {
    if (counts[static_cast<std::size_t>(i)] == 0) continue;
    if (!found.empty() && i - found.back().end <= bridge)
      found.back().end = i + 1;
    else
      found.emplace_back(i, i + 1);
  }
  return found;
}

// Where scenery fills the space between two lines, their own rows still hold far more: cuts the run
// at its deepest valley, as long as a line remains on either side, and takes scraps off the ends.
void cut_rows(const std::vector<int>& rows, cv::Range run, std::vector<cv::Range>& lines) {
  constexpr int kReach = 40, kScrap = 10;
  constexpr double kValley = 1.0 / 6;
  const auto at = [&](int i) { return rows.begin() + i; };
  double deepest = kValley;
  int valley = -1;
  for (int i = run.start + kLowest; i < run.end - kLowest; ++i) {
    const int above = *std::max_element(at(std::max(run.start, i - kReach)), at(i)),
              below = *std::max_element(at(i), at(std::min(run.end, i + kReach)));
    const double depth = *at(i) / std::max(1.0, static_cast<double>(std::min(above, below)));
    if (depth < deepest) {
      deepest = depth;
      valley = i;
    }
  }
  if (valley >= 0) {
    cut_rows(rows, {run.start, valley}, lines);
    cut_rows(rows, {valley + 1, run.end}, lines);
    return;
  }
  const int most = run.empty() ? 0 : *std::max_element(at(run.start), at(run.end));
  while (!run.empty() && *at(run.start) * kScrap < most) ++run.start;
  while (!run.empty() && *at(run.end - 1) * kScrap < most) --run.end;
  lines.push_back(run);
}

std::vector<int> counts(const cv::Mat& mask, bool by_row) {
  cv::Mat sums;
  cv::reduce(mask, sums, by_row ? 1 : 0, cv::REDUCE_SUM, CV_32S);
  std::vector<int> result(sums.begin<int>(), sums.end<int>());
  for (int& n : result) n /= 255;
  return result;
}

// How text-like the strokes are: even, of one lightness, neither sparse nor filled, with many
// changes along the line. 0: no text.
double likeness(const Strokes& strokes, const cv::Mat& grey, const cv::Rect& box) {
  const cv::Mat mask = strokes.mask(box);
  const double filled = cv::countNonZero(mask) / static_cast<double>(box.area());
  if (filled < 0.06 || filled > 0.62) return 0;
  const std::vector<int> columns = counts(mask, false);
  int changes = 0;
  for (std::size_t i = 1; i < columns.size(); ++i)
    changes += (columns[i] > 0) != (columns[i - 1] > 0);
  if (changes < 5) return 0;
  cv::Mat core;
  cv::compare(strokes.height(box), 130, core, cv::CMP_GT);
  cv::Scalar mean, spread;
  cv::meanStdDev(grey(box), mean, spread, cv::countNonZero(core) > 20 ? core : mask);
  return box.width * (1 - std::min(spread[0], 60.0) / 80);
}

// Lines of a block of strokes: split at empty rows, then at wide gaps.
void add_lines(const Strokes& strokes, const cv::Mat& grey, const cv::Rect& block,
               std::vector<Candidate>& lines) {
  const std::vector<int> strokes_by_row = counts(strokes.mask(block), true);
  std::vector<cv::Range> rows;
  for (const cv::Range& run : runs(strokes_by_row, 1)) cut_rows(strokes_by_row, run, rows);
  for (const cv::Range& row : rows) {
    if (row.size() < kLowest - 2 || row.size() > kHighest) continue;
    const cv::Rect strip(block.x, block.y + row.start, block.width, row.size());
    for (const cv::Range& column : runs(counts(strokes.mask(strip), false), 3 * row.size())) {
      if (column.size() < 2 * row.size()) continue;
      const cv::Rect box(block.x + column.start, strip.y, column.size(), strip.height);
      if (const double score = likeness(strokes, grey, box); score > 0)
        lines.push_back({box, score});
    }
  }
}

std::vector<Candidate> lines_of(const Strokes& strokes, const cv::Mat& grey) {
  cv::Mat joined, labels, stats, centres;
  cv::morphologyEx(strokes.mask, joined, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {33, 5}));
  const int n = cv::connectedComponentsWithStats(joined, labels, stats, centres);
  std::vector<Candidate> lines;
  for (int i = 1; i < n; ++i) {
    const int* s = stats.ptr<int>(i);
    const cv::Rect block(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH],
                         s[cv::CC_STAT_HEIGHT]);
    if (block.width >= 3 * kLowest && block.height >= kLowest - 2)
      add_lines(strokes, grey, block, lines);
  }
  return lines;
}

// Pieces of one line that a wide gap tore apart become one.
std::vector<Candidate> joined(std::vector<Candidate> lines) {
  std::sort(lines.begin(), lines.end(),
            [](const auto& a, const auto& b) { return a.box.x < b.box.x; });
  std::vector<Candidate> whole;
  for (const Candidate& line : lines) {
    const auto fits = [&](const Candidate& other) {
      const cv::Rect &a = other.box, &b = line.box;
      const int common = std::min(a.br().y, b.br().y) - std::max(a.y, b.y);
      const int higher = std::max(a.height, b.height);
      return common > 0.7 * higher && b.x - a.br().x < 3 * higher && b.x >= a.br().x - 2;
    };
    const auto before = std::find_if(whole.begin(), whole.end(), fits);
    if (before == whole.end()) {
      whole.push_back(line);
    } else {
      before->box |= line.box;
      before->score += line.score;
    }
  }
  return whole;
}

LinePicture picture_of(const Strokes& strokes, const cv::Rect& box, float scale) {
  cv::Mat height = strokes.height(box).clone(), near;
  cv::dilate(strokes.mask(box), near, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  height.setTo(0, ~near);
  // Full black is what the strong strokes of this line reach.
  std::vector<std::uint8_t> strong;
  for (int y = 0; y < box.height; ++y)
    for (int x = 0; x < box.width; ++x)
      if (strokes.mask(box).at<std::uint8_t>(y, x)) strong.push_back(height.at<std::uint8_t>(y, x));
  const auto high = strong.begin() + static_cast<long>(strong.size() * 4 / 5);
  std::nth_element(strong.begin(), high, strong.end());
  cv::Mat ink;
  height.convertTo(ink, CV_8U, -255.0 / std::max<double>(*high, kContrast), 255);
  cv::resize(ink, ink, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  cv::copyMakeBorder(ink, ink, kMargin, kMargin, kMargin, kMargin, cv::BORDER_CONSTANT, 255);
  LinePicture picture{ink.cols, ink.rows, {}};
  picture.pixels.assign(ink.begin<std::uint8_t>(), ink.end<std::uint8_t>());
  return picture;
}

TextLine line_of(const Strokes& strokes, const cv::Rect& found, const cv::Rect& region,
                 float zoom) {
  const cv::Rect frame({0, 0}, strokes.mask.size());
  const cv::Rect box =
      (cv::Rect(found.x - 3, found.y - 3, found.width + 6, found.height + 6)) & frame;
  const float scale = static_cast<float>(kTextHeight) / static_cast<float>(found.height);
  const auto in_picture = [&](int at, int origin) {
    return static_cast<float>(at) / zoom + static_cast<float>(origin);
  };
  TextLine line;
  line.picture = picture_of(strokes, box, scale);
  line.box = {in_picture(box.x, region.x), in_picture(box.y, region.y),
              in_picture(box.br().x, region.x), in_picture(box.br().y, region.y)};
  line.scale = scale * zoom;
  line.x0 = line.box.x0 - kMargin / line.scale;
  return line;
}

cv::Rect cut(const Image& picture, const Box& region) {
  const auto pixel = [](float at, int high) {
    return static_cast<int>(std::clamp(at, 0.0F, static_cast<float>(high)));
  };
  const int x0 = pixel(region.x0, picture.width), y0 = pixel(region.y0, picture.height);
  return {x0, y0, pixel(region.x1, picture.width) - x0, pixel(region.y1, picture.height) - y0};
}

}  // namespace

std::vector<TextLine> find_text_lines(const Image& picture, const Box& region, std::size_t most) {
  const cv::Rect window = cut(picture, region);
  if (window.width < 3 * kLowest || window.height < kLowest) return {};
  cv::Mat rgb = cv::Mat(picture.height, picture.width, CV_8UC3,
                        const_cast<std::uint8_t*>(picture.pixels.data()))(window);
  float zoom = 1;
  while (static_cast<float>(window.width) * zoom > kWidest) zoom /= 2;
  if (zoom < 1) cv::resize(rgb, rgb, {}, zoom, zoom, cv::INTER_AREA);
  cv::Mat grey, channels[3], brightest;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  cv::split(rgb, channels);
  brightest = cv::max(cv::max(channels[0], channels[1]), channels[2]);
  std::vector<std::pair<double, TextLine>> found;
  for (const Strokes& strokes : {light_strokes(grey, brightest, kFull),
                                 light_strokes(grey, brightest, kDimmed), dark_strokes(grey)}) {
    for (const Candidate& line : joined(lines_of(strokes, grey)))
      if (line.box.width >= 3 * line.box.height)
        found.emplace_back(line.score, line_of(strokes, line.box, window, zoom));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  found.resize(std::min(found.size(), most));
  std::vector<TextLine> lines;
  for (auto& [score, line] : found) lines.push_back(std::move(line));
  return lines;
}

}  // namespace vioreview
