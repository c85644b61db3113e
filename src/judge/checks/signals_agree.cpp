// SPDX-License-Identifier: Apache-2.0
// Heads that rule the same movement do not contradict each other (程序规定: contradicting signals
// are a ground to erase a record).
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/heads.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"sure", 0.9, 0.5, 1, "probability from which a movement or a contradiction is told"}};

Finding check(const Evidence& e) {
  const Scene& scene = scene_of(e);
  const double sure = knob(e, kSignalsAgree, "sure");
  const char move = sure_movement(movement_of(scene), sure);
  double least = 1;
  bool any = false;
  for (const PanelScene& panel : scene.panels)
    for (const char m : move ? std::string{move} : std::string("LS")) {
      const auto lamp = own_lamp(e, panel, m);
      if (!lamp) continue;
      any = true;
      least = std::min({least, static_cast<double>(lamp->state.p), 1 - lamp->contradicted});
      if (lamp->contradicted >= sure)
        return at(fails(kSignalsAgree, "light_contradiction", lamp->contradicted,
                        "two signals for the same way show different colours",
                        "同一方向的信号灯显示不一致"),
                  panel.panel, lamp->box);
    }
  return any ? holds(kSignalsAgree, least, "the signals agree", "信号灯一致")
             : unknown(kSignalsAgree, "light_unreadable", "no signal for the target is seen",
                       "未见目标车辆的信号灯");
}

}  // namespace

const Check kSignalsAgree{"signals_agree", "Signals for the same way show the same", kKnobs, check};

}  // namespace vioreview
