// SPDX-License-Identifier: Apache-2.0
#include "judge/line_touch.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vioreview {
namespace {

// Half of a painted line (GB 5768.3: 10 to 15 cm wide) and of a tyre's tread, metres.
constexpr double kHalfLine = 0.075, kTread = 0.2;
constexpr double kWidestLane = 4.2;  // metres (CJJ 37: 3.75 at the most, and its lines)
// Metres from a lane's line to its other one at the least (CJJ 152: 2.8 before a junction), with
// what measuring is off.
constexpr double kNextLine = 2.5;
constexpr double kBeside = 0.3;  // metres from which the target's middle is beside a line
constexpr double kReach = 3;     // metres: lines farther off do not matter
constexpr float kRowSlack = 4;   // pixels by which a piece may end short
constexpr float kUnder = 0.1F;   // of its height, by which a piece that comes from under it may
constexpr double kBody = 0.05;   // tyres stand this far inside the body

bool covers(const LaneLine& line, double row, float slack) {
  return line.polyline.size() > 1 &&
         row <= static_cast<double>(line.polyline.front().y + kRowSlack) &&
         row >= static_cast<double>(line.polyline.back().y - slack);
}

// How far above its traced end a piece goes on: the target hides what comes nearer to its tyres.
float slack_at(const LaneLine& line, const Box& target) {
  const Point end = line.polyline.empty() ? Point{} : line.polyline.back();
  const float under = kUnder * target.height();
  const bool hidden =
      end.x > target.x0 - under && end.x < target.x1 + under && std::abs(end.y - target.y1) < under;
  return hidden ? std::max(kRowSlack, under) : kRowSlack;
}

// Pieces of one kind that prolong each other have one key.
std::size_t first_of(const Road& road, std::size_t i, double apart) {
  const LaneLine& line = road.lane_lines[i];
  for (std::size_t k = 0; k < i; ++k) {
    const LaneLine& other = road.lane_lines[k];
    if (other.kind != line.kind || other.polyline.size() < 2) continue;
    const float y = line.polyline.front().y;
    if (std::abs(static_cast<double>(x_at(other.polyline, y) - line.polyline.front().x)) < apart)
      return k;
  }
  return i;
}

void add(const std::vector<const LineAt*>& views, LineStory& story) {
  std::vector<double> under;
  double clear = 1;
  for (const LineAt* a : views) {
    under.push_back(a->under());
    clear = std::min(clear, a->clear());
    story.nearest = std::min(story.nearest, std::abs(a->offset) - a->half);
    for (const LineAt* b : views)
      if (a->offset * b->offset < 0)
        story.crossed = std::max(story.crossed, std::min(a->beside(), b->beside()));
  }
  std::sort(under.rbegin(), under.rend());
  if (under.size() > 1) story.ridden = under[1];
  const bool one_side = std::all_of(views.begin(), views.end(), [&](const LineAt* a) {
    return a->offset * views.front()->offset > 0;
  });
  story.clear = one_side ? clear : 0;
}

}  // namespace

bool solid(LineKind kind) {
  return kind == LineKind::white_solid || kind == LineKind::yellow_solid ||
         kind == LineKind::yellow_solid_double;
}

double LineAt::under() const {
  return above_zero(half - kTread - std::abs(offset), sd);
}
double LineAt::beside() const {
  return above_zero(std::abs(offset) - kBeside, sd);
}
double LineAt::clear() const {
  return above_zero(std::abs(offset) - half - kHalfLine, sd);
}

std::vector<LineAt> lines_at(const Scene& scene) {
  std::vector<LineAt> all;
  if (!scene.ground) return all;
  const Road& road = scene.road.road;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    if (!scene.panels[i].target) continue;
    const Stand& s = scene.panels[i].target->stand;
    const double metre = scene.ground->per_metre(s.row), middle = (s.left + s.right) / 2;
    for (std::size_t k = 0; k < road.lane_lines.size(); ++k) {
      const LaneLine& line = road.lane_lines[k];
      if (!covers(line, s.row, slack_at(line, scene.panels[i].target->box))) continue;
      const double x = x_at(line.polyline, static_cast<float>(s.row));
      const LineAt at{i, k, (x - middle) / metre, (s.right - s.left) / 2 / metre - kBody,
                      std::hypot(s.side_sd, 1.5) / metre};
      if (std::abs(at.offset) < kReach) all.push_back(at);
    }
  }
  return all;
}

std::vector<LineStory> line_stories(const Scene& scene) {
  std::vector<LineStory> stories;
  const std::vector<LineAt> all = lines_at(scene);
  if (all.empty()) return stories;
  const RoadSeen& seen = scene.road;
  std::map<std::size_t, std::vector<const LineAt*>> by_line;
  const double apart = 0.5 * scene.ground->per_metre(scene.panels[all[0].panel].target->stand.row);
  for (const LineAt& at : all)
    if (seen.road.lane_lines[at.line].kind != LineKind::kerb)
      by_line[first_of(seen.road, at.line, apart)].push_back(&at);
  for (const auto& [line, views] : by_line) {
    LineStory story;
    story.line = line;
    story.line_p = seen.line_p[line];
    add(views, story);
    stories.push_back(story);
  }
  return stories;
}

bool no_line_hides(const Scene& scene) {
  const std::vector<LineAt> all = lines_at(scene);
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    if (!scene.panels[i].target) continue;
    const LineAt *left = nullptr, *right = nullptr;
    for (const LineAt& at : all) {
      if (at.panel != i) continue;
      if (at.offset < 0 && (!left || at.offset > left->offset)) left = &at;
      if (at.offset > 0 && (!right || at.offset < right->offset)) right = &at;
    }
    if (!left && !right) return false;
    if (left && right) {
      if (right->offset - left->offset > kWidestLane) return false;
      continue;
    }
    const LineAt& seen = left ? *left : *right;
    if (kNextLine - std::abs(seen.offset) <= seen.half + kHalfLine) return false;
  }
  return true;
}

double line_crossed(const std::vector<LineStory>& stories) {
  double crossed = 0;
  for (const LineStory& story : stories)
    crossed = std::max(crossed, std::min<double>(story.crossed, story.line_p));
  return crossed;
}

double stays_in_lane(const Scene& scene, const std::vector<LineStory>& stories) {
  double clear = no_line_hides(scene) ? 1 : 0;
  for (const LineStory& story : stories) clear = std::min(clear, story.clear);
  return clear;
}

const LineStory* telling_line(const std::vector<LineStory>& stories) {
  const LineStory* best = nullptr;
  for (const LineStory& story : stories) {
    const bool more = best && story.broken() > best->broken() + 0.05;
    const bool even = best && story.broken() > best->broken() - 0.05;
    if (!best || more || (even && story.nearest < best->nearest)) best = &story;
  }
  return best;
}

}  // namespace vioreview
