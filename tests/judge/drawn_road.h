// SPDX-License-Identifier: Apache-2.0
// A road as a camera 6.5 m above it sees it, with a lens of 1.5 widths of a picture 1920 wide: it
// leads to (960, 100), and a metre has (y - 100) / 6.5 pixels.
#pragma once
#include <vector>

#include "judge/scene.h"

namespace vioreview {

inline constexpr float kRow = 750;  // where the target's near axle stands: 100 pixels a metre

inline Point at(double aside, float y) {
  return {static_cast<float>(960 + aside * (y - 100) / 6.5), y};
}

inline LaneLine drawn_line(LineKind kind, double aside, float near = 1000, float far = 400) {
  return {kind, {at(aside, near), at(aside, far)}, std::nullopt, std::nullopt};
}

inline Lane drawn_lane(double left, double right, LaneUse use = LaneUse::motor) {
  Lane one;
  one.use = use;
  one.polygon = {at(left, 1000), at(left, 400), at(right, 400), at(right, 1000)};
  return one;
}

// A target 1.6 m wide, at the same height in each panel, its middle so many metres aside.
inline Scene driving(const std::vector<double>& asides, const std::vector<LaneLine>& lines,
                     const std::vector<Lane>& lanes = {}) {
  Scene scene;
  scene.ground = Ground{{960, 100}, 18720, 0.1, 6.5, 0.05};
  scene.road.road.lane_lines = lines;
  scene.road.line_p.assign(lines.size(), 1);
  scene.road.road.lanes = lanes;
  scene.road.use_p.assign(lanes.size(), 0.95F);
  scene.road.lane_rows.assign(lanes.size(), Rows{400, 1000});
  for (const double aside : asides) {
    PanelScene& panel = scene.panels.emplace_back();
    panel.panel = static_cast<int>(scene.panels.size()) - 1;
    panel.target.emplace();
    Stand& stand = panel.target->stand;
    stand.left = at(aside - 0.8, kRow).x;
    stand.right = at(aside + 0.8, kRow).x;
    stand.row = kRow;
    stand.side_sd = 5;
  }
  return scene;
}

}  // namespace vioreview
