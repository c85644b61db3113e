// SPDX-License-Identifier: Apache-2.0
// Marks on the picture itself.
#include <algorithm>

#include "emit/draw_parts.h"

namespace vioreview {
namespace {

// In the order of ObjectKind; then plates.
constexpr Colour kKinds[] = {{70, 215, 100}, {250, 200, 50}, {90, 175, 255}, {240, 110, 230}};
constexpr Colour kPlate{255, 70, 70};
constexpr int kLabelSize = 15, kLabelHeight = 20;

class Marker {
 public:
  Marker(Image& paper, Placed placed, const TextPainter& text)
      : paper_(paper), placed_(placed), text_(text) {}

  Point on_paper(Point p) const {
    return {p.x * placed_.scale, p.y * placed_.scale + static_cast<float>(placed_.top)};
  }
  Box on_paper(const Box& b) const {
    const Point low = on_paper(Point{b.x0, b.y0}), high = on_paper(Point{b.x1, b.y1});
    return {low.x, low.y, high.x, high.y};
  }

  // Dark words on the mark's colour, above the box where that is free, else below or further up.
  void label(const Box& box, const std::string& words, Colour colour) {
    const auto w = static_cast<float>(text_.width(words, kLabelSize) + 6);
    const auto limit_x = std::max(0.0F, static_cast<float>(paper_.width) - w);
    const auto limit_y = static_cast<float>(paper_.height - kLabelHeight);
    constexpr float kHeight = kLabelHeight;
    const float x = std::clamp(box.x0, 0.0F, limit_x);
    const float tries[] = {box.y0 - kHeight, box.y1, box.y0 - 2 * kHeight, box.y1 + kHeight,
                           box.y0};
    Box best;
    for (const float y : tries) {
      const float inside = std::clamp(y, 0.0F, std::max(0.0F, limit_y));
      best = {x, inside, x + w, inside + kHeight - 1};
      if (inside == y && free(best)) break;
    }
    taken_.push_back(best);
    fill(paper_, best, colour);
    text_.draw(paper_, static_cast<int>(best.x0) + 3, static_cast<int>(best.y0) + 1, words,
               kLabelSize, {0, 0, 0});
  }

  void box(const Box& where, Colour colour, int thickness) {
    outline(paper_, on_paper(where), colour, thickness);
  }
  void corners(const Quad& quad, Colour colour) {
    Quad scaled_quad;
    std::transform(quad.begin(), quad.end(), scaled_quad.begin(),
                   [&](Point p) { return on_paper(p); });
    outline(paper_, scaled_quad, colour, 2);
  }
  void mark(const MarkSeen& seen, Colour colour, bool area) {
    std::vector<Point> points;
    for (const Point& p : seen.shape) points.push_back(on_paper(p));
    stroke(paper_, points, area, colour, 2);
  }
  // Where no label may come.
  void keep_free(const Box& where) { taken_.push_back(on_paper(where)); }

 private:
  bool free(const Box& box) const {
    return std::none_of(taken_.begin(), taken_.end(),
                        [&](const Box& other) { return intersect(box, other).area() > 0; });
  }

  Image& paper_;
  Placed placed_;
  const TextPainter& text_;
  std::vector<Box> taken_;
};

constexpr Colour kWhite{235, 235, 235}, kYellow{255, 225, 60}, kStop{255, 60, 60},
    kArea{190, 120, 255}, kArrow{60, 240, 140};
constexpr float kShownMark = 0.5F;  // below an even chance nothing is judged by it

// Whether a line is dashed or solid the paint itself shows.
Colour colour_of(MarkKind kind) {
  switch (kind) {
    case MarkKind::white_solid:
    case MarkKind::white_dashed:
      return kWhite;
    case MarkKind::yellow_solid:
    case MarkKind::yellow_dashed:
      return kYellow;
    case MarkKind::stop_line:
      return kStop;
    case MarkKind::arrow:
      return kArrow;
    default:
      return kArea;
  }
}

bool is_area(MarkKind kind) {
  return kind >= MarkKind::crosswalk;
}

std::string label_of(const MarkSeen& mark, bool chinese) {
  if (mark.moves) return mark.moves->value + " " + percent(mark.moves->p);
  if (mark.says)
    return std::string(chinese ? zh_of(mark.says->value) : name_of(mark.says->value)) + " " +
           percent(mark.says->p);
  return std::string(chinese ? zh_of(mark.kind) : name_of(mark.kind)) + " " + percent(mark.p);
}

// The road as it was seen; stop lines, arrows and words say what they are.
void draw_road(Marker& marker, const PanelFacts& facts, bool chinese) {
  if (!facts.marks) return;
  for (const MarkSeen& mark : *facts.marks) {
    if (mark.p < kShownMark || mark.shape.size() < 2) continue;
    marker.mark(mark, colour_of(mark.kind), is_area(mark.kind));
    if (mark.kind != MarkKind::stop_line && !mark.moves && !mark.says) continue;
    const Point at = marker.on_paper(mark.shape.front());
    marker.label({at.x, at.y, at.x + 1, at.y + 1}, label_of(mark, chinese), colour_of(mark.kind));
  }
}

std::string words_of(const ObjectSeen& object, bool target, bool chinese) {
  std::string words;
  const auto add = [&](std::string_view word) { words.append(word).append(" "); };
  if (target) add(chinese ? "目标" : "target");
  if (object.kind == ObjectKind::person) add(chinese ? "行人" : "person");
  if (object.kind == ObjectKind::signal_head) add(chinese ? "信号灯" : "signal");
  if (object.lamp) add(chinese ? zh_of(object.lamp->value) : name_of(object.lamp->value));
  if (object.lamp && object.lamp_shape)
    add(chinese ? zh_of(object.lamp_shape->value) : name_of(object.lamp_shape->value));
  if (const auto& c = object.vehicle_class) add(chinese ? zh_of(c->value) : name_of(c->value));
  if (const auto& c = object.color) add(chinese ? zh_of(c->value) : name_of(c->value));
  if (object.special && object.special->value != Special::none) add(name_of(object.special->value));
  return words + percent(object.score);
}

}  // namespace

void draw_marks(Image& paper, Placed placed, const PanelFacts& facts, const Verdict* verdict,
                int index, const TextPainter& text, bool chinese) {
  Marker marker(paper, placed, text);
  const int target =
      verdict && index >= 0 && index < static_cast<int>(verdict->target.objects.size())
          ? verdict->target.objects[static_cast<std::size_t>(index)]
          : -1;
  for (const PlateSeen& plate : facts.plates) marker.keep_free(bounds(plate.corners));
  draw_road(marker, facts, chinese);
  for (std::size_t i = 0; i < facts.objects.size(); ++i)
    marker.box(facts.objects[i].box, kKinds[static_cast<std::size_t>(facts.objects[i].kind)],
               static_cast<int>(i) == target ? 4 : 2);
  for (const PlateSeen& plate : facts.plates) marker.corners(plate.corners, kPlate);
  for (std::size_t i = 0; i < facts.plates.size(); ++i)
    marker.label(marker.on_paper(bounds(facts.plates[i].corners)), "P" + std::to_string(i + 1),
                 kPlate);
  for (std::size_t i = 0; i < facts.objects.size(); ++i) {
    const ObjectSeen& object = facts.objects[i];
    marker.label(marker.on_paper(object.box),
                 words_of(object, static_cast<int>(i) == target, chinese),
                 kKinds[static_cast<std::size_t>(object.kind)]);
  }
  if (!verdict) return;
  for (const Finding& finding : verdict->findings)
    if (finding.panel == index && finding.box && finding.status != Status::holds) {
      const Colour pale =
          finding.status == Status::fails ? Colour{255, 130, 120} : Colour{255, 200, 110};
      marker.box(*finding.box, pale, 2);
      marker.label(marker.on_paper(*finding.box), finding.check, pale);
    }
}

void draw_way(Image& paper, Placed placed, const PanelFacts& facts,
              const std::vector<WayPoint>& way, const TextPainter& text) {
  if (way.size() < 2) return;
  constexpr Colour kCasing{20, 20, 20}, kWay{0, 220, 255};
  constexpr float kHalf = 10;  // of the field of a number
  std::vector<Point> points;
  points.reserve(way.size());
  for (const WayPoint& point : way)
    points.push_back({point.at.x * static_cast<float>(facts.width) * placed.scale,
                      point.at.y * static_cast<float>(facts.height) * placed.scale +
                          static_cast<float>(placed.top)});
  stroke(paper, points, false, kCasing, 6);
  stroke(paper, points, false, kWay, 3);
  for (std::size_t i = 0; i < way.size(); ++i) {
    const Box field{points[i].x - kHalf, points[i].y - kHalf, points[i].x + kHalf,
                    points[i].y + kHalf};
    fill(paper, field, kWay);
    outline(paper, field, kCasing, 1);
    const std::string number = std::to_string(way[i].panel + 1);
    text.draw(paper, static_cast<int>(points[i].x) - text.width(number, kLabelSize) / 2,
              static_cast<int>(field.y0) + 1, number, kLabelSize, {0, 0, 0});
  }
}

}  // namespace vioreview
