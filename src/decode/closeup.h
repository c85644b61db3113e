// SPDX-License-Identifier: Apache-2.0
// Where a close-up comes from. Devices enlarge a part of one of a case's panels (domain: 特写), so
// the panel shows the same pixels, smaller.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/geometry.h"
#include "core/image.h"

namespace vioreview {

// A small grey copy of a picture, row by row.
struct Sketch {
  int width = 0, height = 0;
  float scale = 1;  // its pixels for one of the picture
  std::vector<std::uint8_t> grey;
};
// Empty for an empty picture.
Sketch sketch_of(const Image& picture);

// The part of a panel that a close-up shows, in pixels of the panel's picture.
struct Enlarged {
  std::size_t panel = 0;  // index into the panels given
  Box box;
  float p = 0;  // probability that it is the part (a proposal)
};

// Empty when no part of any panel is alike enough, or two parts of one panel are nearly equally
// alike. The close-up may be 1 to 8 times as large as the part.
std::optional<Enlarged> find_enlarged(const Sketch& closeup, const std::vector<Sketch>& panels);

}  // namespace vioreview
