// SPDX-License-Identifier: Apache-2.0
#include "perceive/text_lines.h"

#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "perceive/text_ink.h"

namespace vioreview {
namespace {

constexpr double kMostPixels = 2600.0 * 1500;  // larger pictures are halved until they fit
constexpr int kStroke = 13;                    // px: burned-in strokes are thinner
constexpr double kContrast = 70;               // of 255, between a stroke and what is around it
// Light strokes are at least so light. Text over a scene is drawn in a full colour, so the first
// look leaves out a bright sky; the second finds thin strokes that scaling has dimmed.
constexpr double kFull = 222, kDimmed = 165;
constexpr double kRamp = 60;    // below a stroke's least lightness ink fades out over so much
constexpr double kPaper = 170;  // dark strokes stand on what is at least so light
constexpr int kLowest = 10, kHighest = 80;  // px: height of a line
constexpr int kTextHeight = 36;             // px, of the line picture: what Tesseract reads best
constexpr int kMargin = 10;                 // px round the line picture's text

// The strokes of one polarity.
struct Strokes {
  cv::Mat tone;    // light strokes' lightness, dark strokes' darkness
  cv::Mat height;  // how far they stand out
  cv::Mat soft;    // the same without what is not light enough
  cv::Mat mask;    // which stand out enough
};

struct Candidate {
  cv::Rect box;
  double score = 0;
};

cv::Mat square(int side) {
  return cv::getStructuringElement(cv::MORPH_RECT, {side, side});
}

// Without what is higher than a line, and without long thin lines: scenery.
cv::Mat of_text_size(const cv::Mat& mask) {
  cv::Mat labels, stats, centres;
  const int n = cv::connectedComponentsWithStats(mask, labels, stats, centres);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(n), 255);
  keep[0] = 0;
  for (int i = 1; i < n; ++i) {
    const int* s = stats.ptr<int>(i);
    const int w = s[cv::CC_STAT_WIDTH], h = s[cv::CC_STAT_HEIGHT];
    if (h > kHighest || (w > 60 && h < w / 10)) keep[static_cast<std::size_t>(i)] = 0;
  }
  cv::Mat kept(mask.size(), CV_8U);
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      kept.at<std::uint8_t>(y, x) = keep[static_cast<std::size_t>(labels.at<int>(y, x))];
  return kept;
}

Strokes light_strokes(const cv::Mat& grey, const cv::Mat& brightest, double least) {
  Strokes strokes;
  cv::morphologyEx(grey, strokes.height, cv::MORPH_TOPHAT, square(kStroke));
  strokes.mask = (strokes.height > kContrast) & (brightest > least);
  strokes.tone = grey;
  cv::Mat share;
  brightest.convertTo(share, CV_8U, 255 / kRamp, -(least - kRamp) * 255 / kRamp);
  cv::multiply(strokes.height, share, strokes.soft, 1.0 / 255);
  strokes.mask = of_text_size(strokes.mask);
  return strokes;
}

Strokes dark_strokes(const cv::Mat& grey) {
  Strokes strokes;
  cv::morphologyEx(grey, strokes.height, cv::MORPH_BLACKHAT, square(kStroke));
  const cv::Mat paper = grey + strokes.height;
  strokes.mask = (strokes.height > kContrast) & (paper > kPaper);
  strokes.tone = 255 - grey;
  strokes.soft = strokes.height;
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

LinePicture picture_of(const cv::Mat& dark, float scale) {
  cv::Mat ink = 255 - dark;
  cv::resize(ink, ink, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  cv::copyMakeBorder(ink, ink, kMargin, kMargin, kMargin, kMargin, cv::BORDER_CONSTANT, 255);
  LinePicture picture{ink.cols, ink.rows, {}};
  picture.pixels.assign(ink.begin<std::uint8_t>(), ink.end<std::uint8_t>());
  return picture;
}

// The lines in a candidate: scenery may have joined two.
std::vector<TextLine> lines_in(const Strokes& strokes, const cv::Mat& colour, const cv::Rect& found,
                               const cv::Rect& region, float zoom) {
  const int spare = std::max(3, found.height / 3);
  const cv::Rect frame({0, 0}, strokes.mask.size());
  const cv::Rect box =
      cv::Rect(found.x - 3, found.y - spare, found.width + 6, found.height + 2 * spare) & frame;
  const cv::Rect within = (found & box) - box.tl();
  const cv::Mat tone = strokes.tone(box), height = strokes.height(box), soft = strokes.soft(box),
                mask = strokes.mask(box), hues = colour(box);
  const cv::Mat ink = ink_of({tone, height, soft, mask, hues}, within);
  const std::vector<int> by_row = counts(ink > 127, true);
  std::vector<cv::Range> rows;
  for (const cv::Range& run : runs(by_row, 1)) cut_rows(by_row, run, rows);
  const auto in_picture = [&](int at, int origin) {
    return static_cast<float>(at) / zoom + static_cast<float>(origin);
  };
  std::vector<TextLine> lines;
  for (const cv::Range& row : rows) {
    if (row.size() < kLowest - 2) continue;
    const cv::Rect shown =
        cv::Rect(0, row.start - 3, box.width, row.size() + 6) & cv::Rect({0, 0}, box.size());
    const float scale = static_cast<float>(kTextHeight) / static_cast<float>(row.size());
    TextLine line;
    line.picture = picture_of(ink(shown), scale);
    const cv::Rect at = shown + box.tl();
    line.box = {in_picture(at.x, region.x), in_picture(at.y, region.y),
                in_picture(at.br().x, region.x), in_picture(at.br().y, region.y)};
    line.scale = scale * zoom;
    line.x0 = line.box.x0 - kMargin / line.scale;
    lines.push_back(std::move(line));
  }
  return lines;
}

cv::Rect cut(const Image& picture, const Box& region) {
  const auto pixel = [](float at, int high) {
    return static_cast<int>(std::clamp(at, 0.0F, static_cast<float>(high)));
  };
  const int x0 = pixel(region.x0, picture.width), y0 = pixel(region.y0, picture.height);
  return {x0, y0, pixel(region.x1, picture.width) - x0, pixel(region.y1, picture.height) - y0};
}

}  // namespace

LinePicture scaled(const LinePicture& line, float scale) {
  const cv::Mat source(line.height, line.width, CV_8U,
                       const_cast<std::uint8_t*>(line.pixels.data()));
  cv::Mat target;
  cv::resize(source, target, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  LinePicture picture{target.cols, target.rows, {}};
  picture.pixels.assign(target.begin<std::uint8_t>(), target.end<std::uint8_t>());
  return picture;
}

std::vector<TextLine> find_text_lines(const Image& picture, const Box& region, std::size_t most) {
  const cv::Rect window = cut(picture, region);
  if (window.width < 3 * kLowest || window.height < kLowest) return {};
  cv::Mat rgb = cv::Mat(picture.height, picture.width, CV_8UC3,
                        const_cast<std::uint8_t*>(picture.pixels.data()))(window);
  float zoom = 1;
  while (static_cast<double>(window.area()) * zoom * zoom > kMostPixels) zoom /= 2;
  if (zoom < 1) cv::resize(rgb, rgb, {}, zoom, zoom, cv::INTER_AREA);
  cv::Mat grey, channels[3], brightest, colour;
  cv::cvtColor(rgb, colour, cv::COLOR_RGB2YCrCb);
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  cv::split(rgb, channels);
  brightest = cv::max(cv::max(channels[0], channels[1]), channels[2]);
  std::vector<std::pair<double, TextLine>> found;
  for (const Strokes& strokes : {light_strokes(grey, brightest, kFull),
                                 light_strokes(grey, brightest, kDimmed), dark_strokes(grey)}) {
    for (const Candidate& line : joined(lines_of(strokes, grey)))
      if (line.box.width >= 3 * line.box.height)
        for (TextLine& one : lines_in(strokes, colour, line.box, window, zoom))
          found.emplace_back(line.score, std::move(one));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  found.resize(std::min(found.size(), most));
  std::vector<TextLine> lines;
  for (auto& [score, line] : found) lines.push_back(std::move(line));
  return lines;
}

}  // namespace vioreview
