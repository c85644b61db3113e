// SPDX-License-Identifier: Apache-2.0
// How a composite is divided into panels, by its structure: straight lines from side to side,
// borders, bands of text and tiles of equal size.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry.h"
#include "core/image.h"
#include "core/vocabulary.h"

namespace vioreview {

struct LayoutPanel {
  Box box;                  // pixels of the picture, without borders and bands
  Role role = Role::panel;  // or closeup
  std::vector<Box> bands;   // of text, above or below it, in pixels of the picture
};

struct Layout {
  std::string name;  // "single", rows x columns ("2x2"), "1+3" (one above three), "3+1"
  float p = 0;       // that panels and roles are these
  std::vector<LayoutPanel> panels;  // in reading order; never empty for a picture with pixels
  std::vector<Box> bands;           // of text about all panels
  std::vector<Box> repeats;         // tiles that show a panel a second time
  std::string doubt;                // what speaks against it; empty when sure
};

// A layout with this probability is sure: the picture is divided by it.
inline constexpr float kSureLayout = 0.9F;
// One with less is a picture like any other as far as one sees, unless it is said to be a
// composite.
inline constexpr float kNoLayout = 0.3F;

// `stated`: what the device is known to make, or "": a name as above, with a "c" behind it where
// the last tile is a close-up ("2x2c"). A division that fits it needs fewer signs, any other is
// unsure.
Layout find_layout(const Image& picture, std::string_view stated = "");

}  // namespace vioreview
