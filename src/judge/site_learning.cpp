// SPDX-License-Identifier: Apache-2.0
#include "judge/site_learning.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "judge/evidence.h"
#include "judge/fuse_marks.h"
#include "judge/road_from_marks.h"
#include "judge/view_fit.h"

namespace vioreview {
namespace {

constexpr float kEvenChance = 0.5F;
constexpr float kSameLine = 0.015F;  // of the panel's width: lines this near are one
constexpr float kSameBox = 0.5F;     // of heads; of areas and arrows, of the smaller one

using Views = std::vector<const PanelFacts*>;

std::vector<Point> upwards(std::vector<Point> line) {
  if (line.front().y < line.back().y) std::reverse(line.begin(), line.end());
  return line;
}

// Whether two marks of two cases are one thing on the road, whatever kind of line each is taken
// for.
bool same_mark(const MarkSeen& a, const MarkSeen& b, float near) {
  const bool line = line_kind(a.kind).has_value();
  if (line != line_kind(b.kind).has_value() || (!line && a.kind != b.kind)) return false;
  if (line) {
    const auto la = upwards(a.shape), lb = upwards(b.shape);
    const float low = std::min(la.front().y, lb.front().y);
    const float high = std::max(la.back().y, lb.back().y);
    return low > high && std::abs(x_at(la, low) - x_at(lb, low)) < near &&
           std::abs(x_at(la, high) - x_at(lb, high)) < near;
  }
  if (a.kind == MarkKind::stop_line)
    return std::abs(a.shape.front().y - b.shape.front().y) < near &&
           std::abs(a.shape.back().y - b.shape.back().y) < near &&
           std::min(a.shape.back().x, b.shape.back().x) >
               std::max(a.shape.front().x, b.shape.front().x);
  // A vehicle may leave but a piece of an area to be seen.
  const Box one = bounds(a.shape), other = bounds(b.shape);
  return std::max(share_inside(one, other), share_inside(other, one)) > kSameBox;
}

float median(std::vector<float> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <class Of>
float median_of(const std::vector<MarkSeen>& marks, Of of) {
  std::vector<float> values;
  for (const MarkSeen& mark : marks) values.push_back(of(mark));
  return median(std::move(values));
}

std::vector<Point> typical_line(const std::vector<MarkSeen>& marks) {
  const float near = median_of(marks, [](const auto& m) { return upwards(m.shape).front().y; });
  const float far = median_of(marks, [](const auto& m) { return upwards(m.shape).back().y; });
  const auto x = [&](float y) {
    return median_of(marks, [&](const auto& m) { return x_at(upwards(m.shape), y); });
  };
  return {{x(near), near}, {x(far), far}};
}

// The member in which most others lie: a whole one rather than a piece, the middle one of several.
const MarkSeen& typical(const std::vector<MarkSeen>& marks) {
  const auto overlap = [&](const MarkSeen& one) {
    float sum = 0;
    for (const MarkSeen& other : marks)
      sum += share_inside(bounds(other.shape), bounds(one.shape)) +
             iou(bounds(one.shape), bounds(other.shape));
    return sum;
  };
  return *std::max_element(marks.begin(), marks.end(),
                           [&](const auto& a, const auto& b) { return overlap(a) < overlap(b); });
}

// The most frequent value and its share.
template <class T>
std::pair<T, double> most(const std::vector<T>& values) {
  std::map<T, int> counts;
  for (const T& value : values) ++counts[value];
  const auto best =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return {best->first, static_cast<double>(best->second) / static_cast<double>(values.size())};
}

// What the marks of one thing, one a case, agree on; nothing when they do not.
std::optional<MarkSeen> agreed_mark(const std::vector<MarkSeen>& marks, const Learning& learning) {
  std::vector<MarkKind> kinds;
  std::vector<std::string> moves;
  std::vector<LaneWord> says;
  for (const MarkSeen& mark : marks) {
    kinds.push_back(mark.kind);
    if (mark.moves) moves.push_back(mark.moves->value);
    if (mark.says) says.push_back(mark.says->value);
  }
  const auto [kind, share] = most(kinds);
  if (share < learning.kind_share) return std::nullopt;
  // The road is put together as if all that is learned were sure.
  MarkSeen result{kind, typical(marks).shape, 1, std::nullopt};
  if (line_kind(kind)) result.shape = typical_line(marks);
  if (!moves.empty()) {
    const auto [letters, agreeing] = most(moves);
    if (agreeing >= learning.kind_share) result.moves = Seen<std::string>{letters, 1};
  }
  if (!says.empty()) {
    const auto [word, agreeing] = most(says);
    result.says = Seen<LaneWord>{word, agreeing >= learning.kind_share ? 1.0F : 0.0F};
  }
  return result;
}

// Groups things of all views, one of each view at the most, and keeps the groups that enough have.
template <class T, class Things, class Same>
std::vector<std::vector<T>> seen_often(const Views& views, Things things, Same same, double share) {
  std::vector<std::vector<T>> groups;
  std::vector<std::size_t> last;  // the view that each group got its last from
  for (std::size_t i = 0; i < views.size(); ++i)
    for (const T& one : things(*views[i])) {
      std::size_t g = 0;
      while (g < groups.size() && !(last[g] != i && same(groups[g].front(), one))) ++g;
      if (g == groups.size()) groups.emplace_back(), last.push_back(i);
      groups[g].push_back(one);
      last[g] = i;
    }
  std::erase_if(groups, [&](const auto& group) {
    return static_cast<double>(group.size()) < share * static_cast<double>(views.size());
  });
  return groups;
}

std::vector<MarkSeen> sure_marks(const PanelFacts& panel) {
  std::vector<MarkSeen> marks;
  for (const MarkSeen& mark : panel.marks.value_or(std::vector<MarkSeen>{}))
    if (mark.p >= kEvenChance && mark.shape.size() >= 2) marks.push_back(mark);
  return marks;
}

std::vector<ObjectSeen> heads_in(const PanelFacts& panel) {
  std::vector<ObjectSeen> heads;
  for (const ObjectSeen& object : panel.objects)
    if (object.kind == ObjectKind::signal_head && object.score >= kEvenChance)
      heads.push_back(object);
  return heads;
}

SignalHead typical_head(const std::vector<ObjectSeen>& heads, std::size_t number) {
  const auto side = [&](auto of) {
    std::vector<float> values;
    for (const ObjectSeen& head : heads) values.push_back(of(head.box));
    return median(std::move(values));
  };
  std::vector<LampShape> shapes;
  for (const ObjectSeen& head : heads)
    if (head.lamp_shape) shapes.push_back(head.lamp_shape->value);
  SignalHead result;
  result.id = "h" + std::to_string(number);
  result.box = {side([](const Box& b) { return b.x0; }), side([](const Box& b) { return b.y0; }),
                side([](const Box& b) { return b.x1; }), side([](const Box& b) { return b.y1; })};
  if (!shapes.empty()) result.shape = most(shapes).first;
  return result;
}

// Edges that at least half of the views have.
ViewPrint common_print(const Views& views) {
  ViewPrint print = views.front()->print;
  for (std::size_t cell = 0; cell < print.cells.size(); ++cell) {
    unsigned bits = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
      const auto have = std::count_if(views.begin(), views.end(), [&](const PanelFacts* panel) {
        return (panel->print.cells[cell] >> bit & 1U) != 0;
      });
      if (2 * static_cast<std::size_t>(have) >= views.size()) bits |= 1U << bit;
    }
    print.cells[cell] = static_cast<std::uint8_t>(bits);
  }
  return print;
}

// A stop line is straight: pieces that lie on one line, with vehicles in front of the rest, are
// one.
void join_stop_lines(std::vector<MarkSeen>& marks, float near) {
  const auto on_line = [&](const MarkSeen& a, const MarkSeen& b) {
    const Point from = a.shape.front(), to = a.shape.back();
    return std::all_of(b.shape.begin(), b.shape.end(), [&](Point p) {
      const float y = from.y + (to.y - from.y) * (p.x - from.x) / std::max(1.0F, to.x - from.x);
      return std::abs(p.y - y) < near;
    });
  };
  for (std::size_t i = 0; i < marks.size(); ++i)
    for (std::size_t k = i + 1; k < marks.size();) {
      MarkSeen &a = marks[i], &b = marks[k];
      const bool one = a.kind == MarkKind::stop_line && b.kind == MarkKind::stop_line &&
                       on_line(a, b) && on_line(b, a);
      if (!one) {
        ++k;
        continue;
      }
      a.shape.insert(a.shape.end(), b.shape.begin(), b.shape.end());
      std::sort(a.shape.begin(), a.shape.end(), [](Point p, Point q) { return p.x < q.x; });
      marks.erase(marks.begin() + static_cast<std::ptrdiff_t>(k));
    }
}

Road road_of(const Views& views, const Learning& learning) {
  PanelFacts common;
  common.width = views.front()->width;
  common.height = views.front()->height;
  common.marks.emplace();
  const float near = kSameLine * static_cast<float>(common.width);
  const auto same = [&](const MarkSeen& a, const MarkSeen& b) { return same_mark(a, b, near); };
  for (const auto& group : seen_often<MarkSeen>(views, sure_marks, same, learning.share))
    if (const auto mark = agreed_mark(group, learning)) common.marks->push_back(*mark);
  join_stop_lines(*common.marks, near);
  Road road = road_from_marks(common, *common.marks).road;
  const auto same_head = [](const ObjectSeen& a, const ObjectSeen& b) {
    return iou(a.box, b.box) > kSameBox;
  };
  for (const auto& group : seen_often<ObjectSeen>(views, heads_in, same_head, learning.share))
    road.heads.push_back(typical_head(group, road.heads.size()));
  return road;
}

// Views that show one thing, by the first that each fits; the largest group first.
std::vector<Views> grouped(const std::vector<CaseView>& all) {
  std::vector<Views> groups;
  for (const CaseView& one : all) {
    const auto fits = [&](const Views& group) {
      return group.front()->width == one.panel.width && group.front()->height == one.panel.height &&
             fit_of(group.front()->print, one.panel.print).fit == Fit::fits;
    };
    const auto group = std::find_if(groups.begin(), groups.end(), fits);
    if (group == groups.end())
      groups.push_back({&one.panel});
    else
      group->push_back(&one.panel);
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Views& a, const Views& b) { return a.size() > b.size(); });
  return groups;
}

}  // namespace

std::vector<CaseView> views_of_cases(const std::vector<std::pair<Case, Facts>>& cases) {
  std::vector<CaseView> views;
  for (const auto& [c, facts] : cases) {
    std::vector<const PanelFacts*> shown;
    for (const int i : evidence_panels(c, facts)) {
      const PanelFacts& panel = facts.panels[static_cast<std::size_t>(i)];
      if (!panel.print.empty() && panel.marks) shown.push_back(&panel);
    }
    if (shown.empty()) continue;
    std::stable_sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) {
      return a->marks->size() > b->marks->size();
    });
    CaseView view{*shown.front()};
    view.panel.marks = fused_marks(shown);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<Site> learned_sites(const std::string& device_id, const std::vector<CaseView>& views,
                                const Learning& learning) {
  std::vector<Site> sites;
  for (const Views& group : grouped(views)) {
    if (group.size() < learning.least_cases) continue;
    Site site;
    site.device_id = device_id;
    site.view = "learned-" + std::to_string(sites.size() + 1);
    site.width = group.front()->width;
    site.height = group.front()->height;
    site.learned_from = static_cast<int>(group.size());
    site.road = road_of(group, learning);
    site.print = common_print(group);
    sites.push_back(std::move(site));
  }
  return sites;
}

}  // namespace vioreview
