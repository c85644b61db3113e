// SPDX-License-Identifier: Apache-2.0
#include "emit/draw_site.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/vocabulary.h"
#include "emit/draw_canvas.h"

namespace vioreview {
namespace {

constexpr int kLabel = 15;
constexpr Colour kStop{255, 60, 60}, kLane{90, 220, 110}, kArea{250, 170, 250}, kHead{255, 160, 40};
constexpr Colour kWhite{235, 235, 235}, kYellow{255, 215, 0}, kBlack{0, 0, 0};

cv::Mat over(Image& image) {
  return {image.height, image.width, CV_8UC3, image.pixels.data()};
}
cv::Scalar pen(Colour c) {
  return {static_cast<double>(c[0]), static_cast<double>(c[1]), static_cast<double>(c[2])};
}

class Sketch {
 public:
  Sketch(Image& paper, const TextPainter& text) : paper_(paper), text_(text) {}

  void line(const std::vector<Point>& points, Colour colour, int thickness, bool closed = false,
            bool dashed = false) {
    for (std::size_t i = 0; i + (closed ? 0 : 1) < points.size(); ++i)
      stroke(points[i], points[(i + 1) % points.size()], colour, thickness, dashed);
  }
  void label(Point at, const std::string& words, Colour colour) {
    const auto w = static_cast<float>(text_.width(words, kLabel) + 6);
    const float x = std::clamp(at.x, 0.0F, std::max(0.0F, static_cast<float>(paper_.width) - w));
    const float y = std::clamp(at.y, 0.0F, static_cast<float>(paper_.height - kLabel - 6));
    fill(paper_, {x, y, x + w, y + kLabel + 4}, colour);
    text_.draw(paper_, static_cast<int>(x) + 3, static_cast<int>(y) + 1, words, kLabel, kBlack);
  }

 private:
  void stroke(Point a, Point b, Colour colour, int thickness, bool dashed) {
    const int pieces = dashed ? 12 : 1;
    for (int i = 0; i < pieces; ++i) {
      const float from = static_cast<float>(i) / static_cast<float>(pieces);
      const float to = from + (dashed ? 0.6F : 1.0F) / static_cast<float>(pieces);
      const auto at = [&](float t) {
        return cv::Point(cvRound(a.x + (b.x - a.x) * t), cvRound(a.y + (b.y - a.y) * t));
      };
      cv::line(over(paper_), at(from), at(to), pen(colour), thickness, cv::LINE_AA);
    }
  }
  Image& paper_;
  const TextPainter& text_;
};

Point middle(const std::vector<Point>& points) {
  Point sum;
  for (const Point& p : points) sum = {sum.x + p.x, sum.y + p.y};
  const auto n = static_cast<float>(std::max<std::size_t>(points.size(), 1));
  return {sum.x / n, sum.y / n};
}

bool yellow(LineKind kind) {
  return kind != LineKind::white_solid && kind != LineKind::white_dashed;
}

void draw_road(Sketch& sketch, const Road& road) {
  for (const Lane& lane : road.lanes) {
    sketch.line(lane.polygon, kLane, 1, true);
    sketch.line(lane.direction, kLane, 2);
    sketch.label(middle(lane.polygon.empty() ? lane.direction : lane.polygon),
                 "lane " + std::to_string(lane.number) + " " + std::string(name_of(lane.use)) +
                     " " + std::string(name_of(lane.travel)) + " " + lane.arrow,
                 kLane);
  }
  for (const LaneLine& line : road.lane_lines) {
    const bool dashed = line.kind == LineKind::white_dashed || line.kind == LineKind::yellow_dashed;
    sketch.line(line.polyline, yellow(line.kind) ? kYellow : kWhite, 3, false, dashed);
    sketch.label(middle(line.polyline), std::string(name_of(line.kind)),
                 yellow(line.kind) ? kYellow : kWhite);
  }
  for (const auto& area : road.crosswalks) {
    sketch.line(area, kArea, 2, true);
    sketch.label(middle(area), "crosswalk", kArea);
  }
  for (const auto& area : road.grids) {
    sketch.line(area, kArea, 2, true);
    sketch.label(middle(area), "grid", kArea);
  }
  for (const StopLine& line : road.stop_lines) {
    sketch.line(line.edge, kStop, 3);
    sketch.label(line.edge.front(), line.own ? "stop line" : "opposite stop line", kStop);
  }
}

std::string numbers(const std::vector<int>& all) {
  std::string text;
  for (const int n : all) text += (text.empty() ? "" : ",") + std::to_string(n);
  return text;
}

void draw_heads(Image& paper, Sketch& sketch, const Road& road) {
  for (const SignalHead& head : road.heads) {
    outline(paper, head.box, kHead, 2);
    std::string words = head.id + " " + std::string(name_of(head.shape));
    if (!head.governs_moves.empty()) words += " governs " + head.governs_moves;
    if (!head.governs_lanes.empty()) words += " of lanes " + numbers(head.governs_lanes);
    sketch.label({head.box.x0, head.box.y1 + 3}, words, kHead);
  }
}

std::string hours_of(const Restriction& rule) {
  std::string text;
  for (const HourSpan& span : rule.hours) {
    std::array<char, 48> hours{};
    std::snprintf(hours.data(), hours.size(), " %02d:%02d-%02d:%02d", span.from / 60,
                  span.from % 60, span.to / 60, span.to % 60);
    text += hours.data();
  }
  for (const std::string& name : rule.classes) text += " " + name;
  if (!rule.weekdays.empty()) text += ", weekdays " + numbers(rule.weekdays);
  if (!rule.lanes.empty()) text += ", lanes " + numbers(rule.lanes);
  return text;
}

std::vector<std::string> said_of(const Site& site) {
  std::vector<std::string> lines;
  lines.push_back(site.device_id + ", view " + site.view + "  " + site.place + "  " +
                  site.direction);
  if (site.confirmed())
    lines.push_back("confirmed by " + site.confirmed_by +
                    (site.confirmed_at ? " at " + format_time(*site.confirmed_at) : ""));
  else
    lines.push_back("not confirmed: it decides nothing" +
                    (site.learned_from > 0
                         ? "; learned from " + std::to_string(site.learned_from) + " cases"
                         : std::string()));
  if (site.facts.limit_kmh)
    lines.push_back("limit " + std::to_string(static_cast<int>(*site.facts.limit_kmh)) + " km/h");
  if (site.facts.truck_ban) lines.push_back("truck ban:" + hours_of(*site.facts.truck_ban));
  if (site.facts.bus_lane) lines.push_back("bus lane:" + hours_of(*site.facts.bus_lane));
  if (site.print.empty())
    lines.push_back("no fingerprint of the view: its geometry is not used; draw it from a picture");
  return lines;
}

}  // namespace

Image draw_site(const Image& picture, const Site& site) {
  const TextPainter text;
  Image paper = picture;
  if (picture.width != site.width || picture.height != site.height) {
    paper = Image(site.width, site.height);
    Image from = picture;
    cv::Mat target = over(paper);
    cv::resize(over(from), target, target.size(), 0, 0, cv::INTER_AREA);
  }
  Sketch sketch(paper, text);
  draw_road(sketch, site.road);
  draw_heads(paper, sketch, site.road);
  const std::vector<std::string> lines = said_of(site);
  Image strip = blank(paper.width, static_cast<int>(lines.size()) * kLineHeight + 2 * kMargin);
  for (std::size_t i = 0; i < lines.size(); ++i)
    text.draw(strip, kMargin, kMargin + static_cast<int>(i) * kLineHeight, lines[i], kTextSize,
              kInk);
  return below(paper, strip);
}

Image draw_ruler(const Image& picture) {
  constexpr int kFine = 20, kCoarse = 100;
  const TextPainter text;
  const int scale = picture.width < 1600 ? 2 : 1;
  Image paper = scaled(picture, scale);
  const cv::Mat on = over(paper);
  for (const int step : {kFine, kCoarse}) {
    const cv::Scalar colour = pen(step == kCoarse ? kYellow : Colour{120, 200, 255});
    cv::Mat lines = on.clone();
    for (int x = step; x < picture.width; x += step)
      cv::line(lines, {x * scale, 0}, {x * scale, paper.height}, colour, 1);
    for (int y = step; y < picture.height; y += step)
      cv::line(lines, {0, y * scale}, {paper.width, y * scale}, colour, 1);
    const double weight = step == kCoarse ? 0.8 : 0.3;  // what lies below stays visible
    cv::addWeighted(lines, weight, on, 1 - weight, 0, on);
  }
  // Where the thick lines cross, so that no eye has to follow a line to the border.
  for (int y = 0; y < picture.height; y += 2 * kCoarse)
    for (int x = 0; x < picture.width; x += 2 * kCoarse) {
      const std::string words = std::to_string(x) + "," + std::to_string(y);
      const auto w = static_cast<float>(text.width(words, kLabel) + 4);
      const auto left = static_cast<float>(x * scale + 2), top = static_cast<float>(y * scale + 2);
      fill(paper, {left, top, left + w, top + kLabel + 3}, kYellow);
      text.draw(paper, x * scale + 4, y * scale + 3, words, kLabel, kBlack);
    }
  return paper;
}

}  // namespace vioreview
