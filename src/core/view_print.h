// SPDX-License-Identifier: Apache-2.0
// The fingerprint of a camera view: what stands in it whatever the light and the traffic. Two of
// them tell whether the camera still looks the same way.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/geometry.h"

namespace vioreview {

// A grid over the panel, row by row. A cell holds one bit for each direction of edges that stand
// out in it.
struct ViewPrint {
  int columns = 0, rows = 0;
  std::vector<std::uint8_t> cells;  // columns * rows
  bool empty() const { return cells.empty(); }
  bool operator==(const ViewPrint&) const = default;
};

}  // namespace vioreview
