// SPDX-License-Identifier: Apache-2.0
#include "judge/fuse_marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "judge/road_from_marks.h"

namespace vioreview {
namespace {

constexpr float kEvenChance = 0.5F;
// Shares of the picture's width or height within which two traces are of one mark.
constexpr float kLineApart = 0.006F, kStopLineApart = 0.015F;
constexpr float kLongestGap = 0.05F;  // of a line, in widths of the picture
// Two areas that have this much in common are one.
constexpr float kSameArea = 0.3F;
// A mark below kSurely that only one of many open panels shows keeps this share of its probability.
constexpr float kSurely = 0.88F, kSeenOnce = 0.5F;
constexpr float kTouched = 0.05F;  // words of which a vehicle hides more may be unreadable for that
constexpr float kHalfRead = 0.75F;  // and what they seem to say is worth this much
constexpr float kTelling = 0.75F;   // a thing that tells whether two pictures show one place
constexpr float kHeadApart = 0.02F;
constexpr std::size_t kKinds = static_cast<std::size_t>(MarkKind::guide) + 1;

struct Group {
  MarkSeen mark;
  std::set<std::size_t> panels;        // that show it
  std::array<float, kKinds> paint{};   // of each kind: length times probability
  std::array<float, kKinds> surest{};  // of each kind
  // What the views say of words: the surest one of each meaning. One that vehicles hide in part may
  // say nothing for that.
  float bus = 0, nonmotor = 0, other = 0, hidden_other = 0;
};

float length_of(const std::vector<Point>& line) {
  float sum = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    sum += std::hypot(line[i + 1].x - line[i].x, line[i + 1].y - line[i].y);
  return sum;
}

// Lines run from their near end, the lower one, to the far end. Pieces of one line overlap, or one
// ends a little before the other begins and both point through the gap.
bool one_line(const std::vector<Point>& a, const std::vector<Point>& b, float width) {
  const float low = std::min(a.front().y, b.front().y), high = std::max(a.back().y, b.back().y);
  const float apart = kLineApart * width;
  if (low - high < -kLongestGap * width) return false;
  if (low - high < 0.01F * width) {
    const float y = (low + high) / 2;
    return std::abs(straight_x(a, y) - straight_x(b, y)) < apart &&
           std::abs(straight_x(a, b.back().y) - b.back().x) < 2 * apart &&
           std::abs(straight_x(b, a.back().y) - a.back().x) < 2 * apart;
  }
  for (const float share : {0.2F, 0.5F, 0.8F}) {
    const float y = low + share * (high - low);
    if (std::abs(x_at(a, y) - x_at(b, y)) > apart) return false;
  }
  return true;
}

bool one_stop_line(const Box& a, const Box& b, float mean_a, float mean_b, float height) {
  const float common = std::min(a.x1, b.x1) - std::max(a.x0, b.x0);
  return common > 0.3F * std::min(a.width(), b.width()) &&
         std::abs(mean_a - mean_b) < kStopLineApart * height;
}

bool one_mark(const MarkSeen& a, const MarkSeen& b, const PanelFacts& panel) {
  const auto width = static_cast<float>(panel.width), height = static_cast<float>(panel.height);
  if (line_kind(a.kind) && line_kind(b.kind)) return one_line(a.shape, b.shape, width);
  if (a.kind != b.kind) return false;
  const Box box = bounds(a.shape), other = bounds(b.shape);
  if (a.kind == MarkKind::stop_line)
    return one_stop_line(box, other, mean_y(a.shape), mean_y(b.shape), height);
  const float smaller = std::min(box.area(), other.area());
  return smaller > 0 && intersect(box, other).area() > kSameArea * smaller;
}

// What of `piece` goes beyond the ends of `line`.
void prolong(std::vector<Point>& line, const std::vector<Point>& piece) {
  const float near = line.front().y, far = line.back().y;
  std::vector<Point> all;
  for (const Point& p : piece)
    if (p.y > near) all.push_back(p);
  all.insert(all.end(), line.begin(), line.end());
  for (const Point& p : piece)
    if (p.y < far) all.push_back(p);
  line = std::move(all);
}

void join(Group& group, const MarkSeen& mark, std::size_t panel) {
  const auto kind = static_cast<std::size_t>(mark.kind);
  group.panels.insert(panel);
  group.paint[kind] += mark.p * std::max(1.0F, length_of(mark.shape));
  group.surest[kind] = std::max(group.surest[kind], mark.p);
  MarkSeen& own = group.mark;
  if (own.shape.empty()) {
    own = mark;
    if (line_kind(own.kind) && own.shape.front().y < own.shape.back().y)
      std::reverse(own.shape.begin(), own.shape.end());
  } else if (line_kind(mark.kind)) {
    prolong(own.shape, mark.shape);
  } else if (mark.kind != MarkKind::stop_line &&  // whose longest trace came first
             bounds(mark.shape).area() > bounds(own.shape).area()) {
    own.shape = mark.shape;
  }
  if (mark.moves && (!own.moves || mark.moves->p > own.moves->p)) own.moves = mark.moves;
}

// Views of the same paint are no witnesses of their own: none makes another surer, but one that
// says something else makes it doubtful.
void hear(Group& group, const Seen<LaneWord>& says, bool open) {
  float& p = says.value == LaneWord::bus        ? group.bus
             : says.value == LaneWord::nonmotor ? group.nonmotor
             : open                             ? group.other
                                                : group.hidden_other;
  p = std::max(p, open ? says.p : kHalfRead * says.p);
}

std::optional<Seen<LaneWord>> heard(const Group& group) {
  const float told = std::max(group.bus, group.nonmotor);
  const float nothing = std::max(group.other, group.hidden_other);
  if (told == 0)
    return nothing > 0 ? std::optional(Seen<LaneWord>{LaneWord::other, nothing}) : std::nullopt;
  const float against = std::max(std::min(group.bus, group.nonmotor), group.other);
  return Seen<LaneWord>{group.bus >= group.nonmotor ? LaneWord::bus : LaneWord::nonmotor,
                        std::min(told, told / (told + against))};
}

// Pieces that met only after others had joined them.
void merge(Group& group, const Group& other) {
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    group.paint[kind] += other.paint[kind];
    group.surest[kind] = std::max(group.surest[kind], other.surest[kind]);
  }
  group.panels.insert(other.panels.begin(), other.panels.end());
  prolong(group.mark.shape, other.mark.shape);
}

void merge_lines(std::vector<Group>& groups, const PanelFacts& panel) {
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (std::size_t k = i + 1; k < groups.size();) {
      if (!line_kind(groups[i].mark.kind) || !one_mark(groups[i].mark, groups[k].mark, panel)) {
        ++k;
        continue;
      }
      merge(groups[i], groups[k]);
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(k));
      k = i + 1;
    }
}

// Some vehicle or person hides more than `share` of the mark or its middle.
bool hidden(const MarkSeen& mark, const PanelFacts& panel, float share = 0.3F) {
  const Box box = bounds(mark.shape);
  return std::any_of(panel.objects.begin(), panel.objects.end(), [&](const ObjectSeen& object) {
    return object.kind != ObjectKind::signal_head &&
           (intersect(object.box, box).area() > share * box.area() ||
            (object.box.x0 < box.centre().x && box.centre().x < object.box.x1 &&
             object.box.y0 < box.centre().y && box.centre().y < object.box.y1));
  });
}

// The kind with the most paint, and how surely it is there.
void settle(Group& group, const std::vector<const PanelFacts*>& panels) {
  const auto most = std::max_element(group.paint.begin(), group.paint.end());
  const auto kind = static_cast<std::size_t>(most - group.paint.begin());
  float all = 0;
  for (const float paint : group.paint) all += paint;
  std::size_t open = group.panels.size();
  for (std::size_t i = 0; i < panels.size(); ++i)
    if (!group.panels.count(i) && !hidden(group.mark, *panels[i])) ++open;
  const float seen = static_cast<float>(group.panels.size()) / static_cast<float>(open);
  group.mark.kind = static_cast<MarkKind>(kind);
  group.mark.says = heard(group);
  group.mark.p = group.surest[kind] * (*most / all);
  // What one panel shows surely is there; what it shows vaguely the others should show too.
  if (group.surest[kind] < kSurely) group.mark.p *= kSeenOnce + (1 - kSeenOnce) * seen;
}

bool shows_head(const PanelFacts& panel, const Box& head) {
  return std::any_of(panel.objects.begin(), panel.objects.end(), [&](const ObjectSeen& object) {
    const Point a = object.box.centre(), b = head.centre();
    return object.kind == ObjectKind::signal_head &&
           std::hypot(a.x - b.x, a.y - b.y) < kHeadApart * static_cast<float>(panel.width);
  });
}

}  // namespace

double share_shown(const PanelFacts& of, const PanelFacts& in) {
  constexpr int kLeastThings = 3;
  if (!of.marks || !in.marks || of.width != in.width || of.height != in.height) return -1;
  int open = 0, shown = 0;
  for (const MarkSeen& mark : *of.marks) {
    if (mark.p < kTelling || mark.shape.size() < 2) continue;
    const bool there = std::any_of(in.marks->begin(), in.marks->end(), [&](const MarkSeen& other) {
      return other.p >= kEvenChance && other.shape.size() > 1 && one_mark(mark, other, in);
    });
    if (!there && hidden(mark, in)) continue;
    ++open;
    shown += there;
  }
  for (const ObjectSeen& object : of.objects)
    if (object.kind == ObjectKind::signal_head && object.score >= kTelling)
      ++open, shown += shows_head(in, object.box);
  return open < kLeastThings ? -1 : static_cast<double>(shown) / open;
}

std::vector<MarkSeen> fused_marks(const std::vector<const PanelFacts*>& panels) {
  std::vector<std::pair<const MarkSeen*, std::size_t>> all;
  std::vector<const PanelFacts*> used;
  for (const PanelFacts* panel : panels) {
    if (!panel->marks || panel->width != panels[0]->width || panel->height != panels[0]->height)
      continue;
    used.push_back(panel);
    for (const MarkSeen& mark : *panel->marks)
      if (mark.p >= kEvenChance && mark.shape.size() > 1) all.push_back({&mark, used.size() - 1});
  }
  // The longest trace first: shorter ones are pieces of it.
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return length_of(a.first->shape) > length_of(b.first->shape);
  });
  std::vector<Group> groups;
  for (const auto& [mark, panel] : all) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
      return one_mark(g.mark, *mark, *used[0]);
    });
    Group& own = group == groups.end() ? groups.emplace_back() : *group;
    join(own, *mark, panel);
    if (mark->says) hear(own, *mark->says, !hidden(*mark, *used[panel], kTouched));
  }
  if (!used.empty()) merge_lines(groups, *used[0]);
  std::vector<MarkSeen> fused;
  for (Group& group : groups) {
    settle(group, used);
    if (group.mark.p >= kEvenChance) fused.push_back(std::move(group.mark));
  }
  return fused;
}

}  // namespace vioreview
