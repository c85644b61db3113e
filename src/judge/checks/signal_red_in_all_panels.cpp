// SPDX-License-Identifier: Apache-2.0
// The signal that rules the target's movement is red in every panel (local standard 2014; vendor
// reason 48). Other heads do not matter. One that is off in a panel and lit in another is not red
// there; one that is not seen tells nothing.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/heads.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which a movement, arrow or lamp is told"}};

// The ways the target may go that red stops, the surest knowledge first: its movement, its lane's
// arrow, any. Right turns have a check of their own.
std::string moves_of(const Scene& scene, double sure) {
  if (const char move = sure_movement(movement_of(scene), sure)) return {move};
  Seen<std::string> arrow = arrow_of_target(scene);
  arrow.value.erase(std::remove(arrow.value.begin(), arrow.value.end(), 'R'), arrow.value.end());
  return arrow.p >= sure && !arrow.value.empty() ? arrow.value : "LS";
}

// Whether the signal that rules `move` is lit in some panel: a head that is off in another works,
// and what is taken for it is none that hides.
bool lit_in_some(const Evidence& e, const Scene& scene, char move) {
  return std::any_of(scene.panels.begin(), scene.panels.end(), [&](const PanelScene& panel) {
    const auto lamp = own_lamp(e, panel, move);
    return lamp && lamp->state.value != LampState::off;
  });
}

// How surely no vehicle is stopped by red in this panel: the signals of all ways but right are
// seen, and no head shows red. Then it does not matter which vehicle is the target.
double red_for_nobody(const Evidence& e, const PanelScene& panel) {
  double p = no_head_red(e, panel);
  for (const char move : {'L', 'S'}) {
    const auto lamp = own_lamp(e, panel, move);
    p = std::min<double>(p, lamp ? lamp->state.p : 0);
  }
  return p;
}

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kSignalRedInAllPanels, "sure");
  const std::string moves = moves_of(scene, sure);
  double red = scene.panels.empty() ? 0 : 1;
  for (const PanelScene& panel : scene.panels) {
    double not_red = 1;
    const OwnLamp* shown = nullptr;
    std::optional<OwnLamp> lamp;
    for (const char move : moves) {
      lamp = own_lamp(e, panel, move);
      if (!lamp || (lamp->state.value == LampState::off && !lit_in_some(e, scene, move))) {
        red = not_red = 0;
        continue;
      }
      shown = &*lamp;
      const bool is_red = lamp->state.value == LampState::red;
      red = is_red ? std::min<double>(red, lamp->state.p) : 0;
      not_red = is_red ? 0 : std::min<double>(not_red, lamp->state.p);
    }
    if (shown && not_red > 0) {
      Finding finding = fails(kSignalRedInAllPanels, "light_not_red_in_all_panels", not_red,
                              "the target's signal is " + std::string(name_of(shown->state.value)),
                              "目标车辆的信号灯为" + std::string(zh_of(shown->state.value)));
      if (const double nobody = red_for_nobody(e, panel); nobody >= sure)
        finding.this_panel = true, finding.probability = static_cast<float>(nobody);
      return at(std::move(finding), panel.panel, shown->box);
    }
  }
  return red > 0 ? holds(kSignalRedInAllPanels, red, "the target's signal is red in every panel",
                         "各分图信号灯均为红灯")
                 : unknown(kSignalRedInAllPanels, "light_unreadable",
                           "the target's signal is not seen in every panel", "信号灯无法辨认");
}

}  // namespace

const Check kSignalRedInAllPanels{"signal_red_in_all_panels",
                                  "The target's signal is red in every panel", kKnobs, check};

}  // namespace vioreview
