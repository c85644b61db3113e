// SPDX-License-Identifier: Apache-2.0
#include "perceive/marks.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "perceive/softmax.h"

namespace vioreview {
namespace {

// In cells of a grid 240 wide, which shows a picture 1280 wide in cells of 5.3 pixels; a user's
// model may have another, to which these are scaled. A line is followed from its near end upwards,
// row by row; a dash may end and the next one begin a few rows further, where the last rows point
// to.
constexpr float kGridWidth = 240;
constexpr int kWidestLine = 20;  // a wider run of paint in a row is no line seen lengthwise
constexpr int kLeastRows = 6, kLeastCells = 14;
constexpr int kLongestGap = 24;  // rows between two dashes
constexpr float kAside = 2.5F;   // how far a line may turn aside from one row to the next
constexpr int kSlopeRows = 6;    // rows that tell where a line points
constexpr int kLeastArea = 20;
constexpr int kBarsApart = 7;      // bars of a crosswalk or grid this near belong together
constexpr float kStraight = 0.7F;  // how far a polyline may leave its line
// Pieces of an arrow whose stem lies below the picture are this near: arrows of two lanes are not.
constexpr int kPiecesApart = 4;

struct Cell {
  MarkKind kind;
  float p;
};

// The most likely class of each cell, where it is paint.
struct Grid {
  int width = 0, height = 0;
  int rows = 0;  // that show the picture
  // A length in cells of this grid.
  int cells_of(int usual) const {
    return std::max(1,
                    static_cast<int>(std::lround(static_cast<float>(usual * width) / kGridWidth)));
  }
  std::vector<std::optional<Cell>> cells;
  const std::optional<Cell>& at(int x, int y) const {
    return cells[static_cast<std::size_t>(y * width + x)];
  }
};

// The picture's last rows and columns of cells see the padding beside it: paint there is not told.
Grid grid_of(const Tensor& logits, int columns, int rows) {
  Grid grid{static_cast<int>(logits.shape[3]), static_cast<int>(logits.shape[2]), rows, {}};
  const std::size_t area =
      static_cast<std::size_t>(grid.width) * static_cast<std::size_t>(grid.height);
  grid.cells.resize(area);
  for (std::size_t i = 0; i < area; ++i) {
    if (static_cast<int>(i) % grid.width >= columns || static_cast<int>(i) / grid.width >= rows)
      continue;
    float channels[kMarkChannels];
    for (std::size_t c = 0; c < kMarkChannels; ++c) channels[c] = logits.data[c * area + i];
    const MostLikely best = most_likely(channels, kMarkChannels, 1);
    if (best.index >= 2) grid.cells[i] = Cell{static_cast<MarkKind>(best.index - 2), best.p};
  }
  return grid;
}

// Middle of a run of paint in one row (or, of stop lines, in one column).
struct Run {
  float at = 0;
  int row = 0, cells = 0;
  float p = 0;  // summed over the cells
};

// All runs of `kind` in a row; `across` swaps rows and columns.
std::vector<Run> runs_of(const Grid& grid, MarkKind kind, int row, bool across) {
  std::vector<Run> runs;
  const int length = across ? grid.height : grid.width;
  for (int i = 0; i < length;) {
    Run run{0, row, 0, 0};
    for (; i < length; ++i, ++run.cells) {
      const auto& cell = across ? grid.at(row, i) : grid.at(i, row);
      if (!cell || cell->kind != kind) break;
      run.p += cell->p;
    }
    if (run.cells == 0) {
      ++i;
      continue;
    }
    run.at = static_cast<float>(i) - static_cast<float>(run.cells) / 2;
    if (run.cells <= grid.cells_of(kWidestLine)) runs.push_back(run);
  }
  return runs;
}

using Track = std::vector<Run>;

// Where the track's line crosses `row`.
float crosses(const Track& track, int row) {
  const Run& last = track.back();
  const Run& before = track[track.size() - std::min<std::size_t>(track.size(), kSlopeRows)];
  const int rows = last.row - before.row;
  const float slope = rows == 0 ? 0 : (last.at - before.at) / static_cast<float>(rows);
  return last.at + slope * static_cast<float>(row - last.row);
}

void join(std::vector<Track>& tracks, const Run& run, int longest_gap) {
  Track* best = nullptr;
  float nearest = 0;
  for (Track& track : tracks) {
    const int gap = std::abs(run.row - track.back().row);
    if (gap == 0 || gap > longest_gap) continue;
    const float away = std::abs(crosses(track, run.row) - run.at);
    const float allowed = kAside + (track.size() < 3 ? 0.35F : 0.12F) * static_cast<float>(gap);
    if (away <= allowed && (!best || away < nearest)) {
      best = &track;
      nearest = away;
    }
  }
  if (best)
    best->push_back(run);
  else
    tracks.push_back({run});
}

MarkSeen line_of(const Track& track, MarkKind kind, bool across, float stride,
                 const Letterbox& view) {
  std::vector<cv::Point2f> points;
  float p = 0;
  int cells = 0;
  for (const Run& run : track) {
    const float along = static_cast<float>(run.row) + 0.5F;
    points.push_back(across ? cv::Point2f(along, run.at) : cv::Point2f(run.at, along));
    p += run.p;
    cells += run.cells;
  }
  std::vector<cv::Point2f> straight;
  cv::approxPolyDP(points, straight, kStraight, false);
  MarkSeen mark{kind, {}, p / static_cast<float>(cells), std::nullopt};
  for (const cv::Point2f& point : straight)
    mark.shape.push_back(view.to_panel(Point{point.x * stride, point.y * stride}));
  return mark;
}

// Lane lines from the near end up; stop lines from the left end on.
void trace_lines(const Grid& grid, MarkKind kind, float stride, const Letterbox& view,
                 std::vector<MarkSeen>& marks) {
  const bool across = kind == MarkKind::stop_line;
  const bool dashed = kind == MarkKind::white_dashed || kind == MarkKind::yellow_dashed;
  std::vector<Track> tracks;
  const int rows = across ? grid.width : grid.height;
  for (int i = 0; i < rows; ++i)
    for (const Run& run : runs_of(grid, kind, across ? i : rows - 1 - i, across))
      join(tracks, run, dashed || across ? grid.cells_of(kLongestGap) : 3);
  for (const Track& track : tracks) {
    int cells = 0;
    for (const Run& run : track) cells += run.cells;
    if (static_cast<int>(track.size()) >= grid.cells_of(kLeastRows) &&
        cells >= grid.cells_of(kLeastCells))
      marks.push_back(line_of(track, kind, across, stride, view));
  }
}

// Joins the pieces of an arrow that the lower edge of the picture cuts below its branches.
void join_cut_pieces(const Grid& grid, cv::Mat1b& paint) {
  const int bottom = std::min(grid.rows, grid.height) - 1, apart = grid.cells_of(kPiecesApart);
  for (int x = 0, last = -1; bottom >= 0 && x < grid.width; ++x) {
    if (paint(bottom, x) == 0) continue;
    if (last >= 0 && x - last <= apart + 1) paint.row(bottom).colRange(last, x).setTo(255);
    last = x;
  }
}

void trace_areas(const Grid& grid, MarkKind kind, float stride, const Letterbox& view,
                 std::vector<MarkSeen>& marks) {
  cv::Mat1b paint(grid.height, grid.width, static_cast<unsigned char>(0));
  for (int y = 0; y < grid.height; ++y)
    for (int x = 0; x < grid.width; ++x)
      if (const auto& cell = grid.at(x, y); cell && cell->kind == kind) paint(y, x) = 255;
  cv::Mat1b joined = paint.clone();  // dilate would write into the paint itself
  const bool arrow = kind == MarkKind::arrow;
  const int apart = grid.cells_of(kBarsApart) | 1;
  if (arrow)
    join_cut_pieces(grid, joined);
  else
    cv::dilate(paint, joined, cv::getStructuringElement(cv::MORPH_RECT, {apart, apart}));
  cv::Mat1i names;
  const int count = cv::connectedComponents(joined, names, 8, CV_32S);
  for (int name = 1; name < count; ++name) {
    std::vector<cv::Point> cells;
    cv::findNonZero((names == name) & paint, cells);
    if (static_cast<int>(cells.size()) < grid.cells_of(kLeastArea)) continue;
    float p = 0;
    for (const cv::Point& c : cells) p += grid.at(c.x, c.y)->p;
    MarkSeen mark{kind, {}, p / static_cast<float>(cells.size()), std::nullopt};
    std::vector<cv::Point> hull;
    if (arrow) {
      std::vector<std::vector<cv::Point>> outlines;
      cv::findContours(names == name, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
      cv::approxPolyDP(outlines.front(), hull, kStraight, true);
    } else {
      cv::convexHull(cells, hull, true);
    }
    for (const cv::Point& c : hull)
      mark.shape.push_back(view.to_panel(Point{(static_cast<float>(c.x) + 0.5F) * stride,
                                               (static_cast<float>(c.y) + 0.5F) * stride}));
    marks.push_back(std::move(mark));
  }
}

}  // namespace

std::vector<MarkSeen> trace_marks(const Tensor& logits, float stride, const Letterbox& view,
                                  int width, int height) {
  const auto cells = [&](int pixels) {
    const float seen = static_cast<float>(pixels) * view.scale / stride;
    return static_cast<int>(std::floor(seen)) - 1;
  };
  const Grid grid = grid_of(logits, cells(width), cells(height));
  std::vector<MarkSeen> marks;
  for (const MarkKind kind : {MarkKind::white_solid, MarkKind::white_dashed, MarkKind::yellow_solid,
                              MarkKind::yellow_dashed, MarkKind::stop_line})
    trace_lines(grid, kind, stride, view, marks);
  for (const MarkKind kind :
       {MarkKind::crosswalk, MarkKind::arrow, MarkKind::bus_text, MarkKind::grid, MarkKind::guide})
    trace_areas(grid, kind, stride, view, marks);
  return marks;
}

}  // namespace vioreview
