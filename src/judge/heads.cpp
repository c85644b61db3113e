// SPDX-License-Identifier: Apache-2.0
#include "judge/heads.h"

#include <algorithm>

namespace vioreview {
namespace {

constexpr double kSeen = 0.5;       // from here on a head, or its shape, counts
constexpr float kSamePlace = 0.3F;  // heads are small: two boxes of one overlap this little

// Whether a head of this shape rules the movement. A round head leaves the right turn free.
bool rules(LampShape shape, char move, bool arrow_seen) {
  switch (shape) {
    case LampShape::left:
      return move == 'L' || move == 'U';
    case LampShape::u_turn:
      return move == 'U';
    case LampShape::straight:
      return move == 'S';
    case LampShape::right:
      return move == 'R';
    case LampShape::round:
      return move != 'R' && !arrow_seen;
  }
  return false;
}

// Whether a site's head rules the movement from a lane (0: not known). What the profile does not
// say of a head is taken from its shape.
bool rules(const SignalHead& head, char move, bool arrow_seen, int lane) {
  const auto& lanes = head.governs_lanes;
  if (lane != 0 && !lanes.empty() && std::find(lanes.begin(), lanes.end(), lane) == lanes.end())
    return false;
  return head.governs_moves.empty() || move == 0
             ? rules(head.shape, move, arrow_seen)
             : head.governs_moves.find(move) != std::string::npos;
}

// The site's lane on which the target stands in the first panel with most of its width; 0 when not
// known.
int lane_of_target(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  const ObjectSeen* target = panels.empty() ? nullptr : e.target.object_in(e.facts, panels.front());
  if (!target || !e.site_road || !e.site_confirmed) return 0;
  const Box& box = target->box;
  const float quarter = (box.x1 - box.x0) / 4;
  const int left = lane_at(*e.site_road, {box.x0 + quarter, box.y1});
  const int right = lane_at(*e.site_road, {box.x1 - quarter, box.y1});
  return left < 0 || left != right ? 0 : e.site_road->lanes[static_cast<std::size_t>(left)].number;
}

// The site's head at this place, or nullptr.
const SignalHead* head_of_site(const Road& road, const Box& box) {
  const SignalHead* best = nullptr;
  for (const SignalHead& head : road.heads)
    if (iou(head.box, box) > 0.2F && (!best || iou(head.box, box) > iou(best->box, box)))
      best = &head;
  return best;
}

// A head does not move, nor does its shape change: both are as sure as in the panel that shows them
// best. What fewer than half of the panels show comes and goes, which no head does.
struct Stands {
  float p = 0;
  // What it shows in its own panel, or in the others where its lamps are off; empty when it is lit
  // in none, or then in several shapes.
  std::optional<Seen<LampShape>> shape;
  bool stays = false;
};
Stands stands(const Evidence& e, const ObjectSeen& head) {
  Stands at;
  std::size_t shown = 0;
  at.shape = head.lamp_shape;
  bool one_shape = true;
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  for (const int panel : panels) {
    float here = 0;
    for (const ObjectSeen& object : e.facts.panels[static_cast<std::size_t>(panel)].objects)
      if (object.kind == ObjectKind::signal_head && iou(object.box, head.box) > kSamePlace) {
        here = std::max(here, object.score);
        if (!object.lamp_shape) continue;
        if (!at.shape)
          at.shape = object.lamp_shape;
        else if (object.lamp_shape->value != at.shape->value)
          one_shape = false;
        else
          at.shape->p = std::max(at.shape->p, object.lamp_shape->p);
      }
    at.p = std::max(at.p, here);
    shown += here > 0;
  }
  at.stays = 2 * shown >= panels.size();
  if (!one_shape) at.shape = head.lamp_shape;
  return at;
}

struct Lamp {
  Box box;
  Seen<LampState> state;  // as sure as the head and its shape are, too
  double otherwise = 0;   // how surely the head shows another state than this one
  LampShape shape;
  Stands at;
  const SignalHead* of_site = nullptr;
};

bool lit(const Lamp& lamp) {
  return lamp.state.value != LampState::off;
}

Lamp lamp_of(const ObjectSeen& head, Stands at, Seen<LampShape> shape, const SignalHead* site) {
  return {head.box,
          {head.lamp->value, std::min({head.lamp->p, shape.p, at.p})},
          std::min<double>({1 - head.lamp->p, shape.p, at.p}),
          shape.value,
          at,
          site};
}

// Two heads do not overlap: a box that shares more than this with a surer one is none, but lies
// over parts of heads.
constexpr float kShared = 0.15F;
bool lies_over(const Lamp& lamp, const Lamp& surer) {
  return surer.at.p > lamp.at.p && share_inside(lamp.box, surer.box) > kShared;
}

bool rules(const Lamp& lamp, char move, bool arrow_seen, int lane) {
  return lamp.of_site ? rules(*lamp.of_site, move, arrow_seen, lane)
                      : rules(lamp.shape, move, arrow_seen);
}

std::vector<Lamp> lamps_in(const Evidence& e, const PanelScene& panel) {
  constexpr float kSiteShape = 0.99F;  // a person has confirmed it
  std::vector<Lamp> lamps;
  const bool site = e.site_road && e.site_confirmed && !e.site_road->heads.empty();
  for (const ObjectSeen& object : e.facts.panels[static_cast<std::size_t>(panel.panel)].objects) {
    if (object.kind != ObjectKind::signal_head || !object.lamp) continue;
    const Stands at = stands(e, object);
    if (at.p < kSeen) continue;
    if (site) {
      if (const SignalHead* head = head_of_site(*e.site_road, object.box))
        lamps.push_back(lamp_of(object, at, {head->shape, kSiteShape}, head));
    } else if (at.shape) {
      lamps.push_back(lamp_of(object, at, *at.shape, nullptr));
    }
  }
  std::vector<Lamp> heads;
  std::copy_if(lamps.begin(), lamps.end(), std::back_inserter(heads), [&](const Lamp& lamp) {
    return std::none_of(lamps.begin(), lamps.end(),
                        [&](const Lamp& other) { return lies_over(lamp, other); });
  });
  return heads;
}

}  // namespace

std::optional<OwnLamp> own_lamp(const Evidence& e, const PanelScene& panel, char move) {
  const std::vector<Lamp> lamps = lamps_in(e, panel);
  const bool arrow = std::any_of(lamps.begin(), lamps.end(), [&](const Lamp& lamp) {
    return lamp.at.stays && lamp.shape != LampShape::round && lamp.state.p >= kSeen &&
           rules(lamp.shape, move, false);
  });
  const int lane = lane_of_target(e);
  // One that is lit tells more than one that is off, and is not contradicted by it.
  const auto before = [](const Lamp& a, const Lamp& b) {
    return lit(a) == lit(b) ? a.state.p > b.state.p : lit(a);
  };
  const Lamp* own = nullptr;
  for (const Lamp& lamp : lamps)
    if (lamp.at.stays && rules(lamp, move, arrow, lane) && (!own || before(lamp, *own)))
      own = &lamp;
  if (!own) return std::nullopt;
  OwnLamp found{own->state, own->box, 0};
  for (const Lamp& lamp : lamps)
    if (&lamp != own && lit(lamp) && rules(lamp, move, arrow, lane))
      found.contradicted =
          std::max<double>(found.contradicted,
                           lamp.state.value == found.state.value ? lamp.otherwise : lamp.state.p);
  return found;
}

double own_red(const Evidence& e, const Scene& scene, char move) {
  double red = scene.panels.empty() ? 0 : 1;
  for (const PanelScene& panel : scene.panels) {
    const std::optional<OwnLamp> own = own_lamp(e, panel, move);
    if (!own || own->state.value != LampState::red) return 0;
    red = std::min({red, static_cast<double>(own->state.p), 1 - own->contradicted});
  }
  return red;
}

namespace {

// How surely all heads seen in a panel are as wanted. What is hardly a head hardly counts, whatever
// it shows; but one must be sure.
struct Heads {
  float least = 1, surest = 0;
};
template <class Wanted>
void weigh(const Evidence& e, const PanelScene& panel, Wanted wanted, Heads& heads) {
  for (const ObjectSeen& object : e.facts.panels[static_cast<std::size_t>(panel.panel)].objects) {
    if (object.kind != ObjectKind::signal_head || !object.lamp) continue;
    const float not_so = wanted(object.lamp->value) ? 1 - object.lamp->p : object.lamp->p;
    heads.least = std::min(heads.least, 1 - object.score * not_so);
    heads.surest = std::max(heads.surest, stands(e, object).p);
  }
}

}  // namespace

double every_head_red(const Evidence& e, const Scene& scene) {
  Heads heads;
  for (const PanelScene& panel : scene.panels)
    weigh(
        e, panel, [](LampState state) { return state == LampState::red; }, heads);
  return std::min(heads.least, heads.surest);
}

double no_head_red(const Evidence& e, const PanelScene& panel) {
  Heads heads;
  weigh(
      e, panel,
      [](LampState state) { return state == LampState::green || state == LampState::yellow; },
      heads);
  return std::min(heads.least, heads.surest);
}

bool shows_heads(const Evidence& e, const PanelScene& panel) {
  return !lamps_in(e, panel).empty();
}

}  // namespace vioreview
