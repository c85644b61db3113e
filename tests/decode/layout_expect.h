// SPDX-License-Identifier: Apache-2.0
// What tests expect of the division of a drawn composite.
#pragma once
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "decode/layout.h"
#include "decode/pictures.h"

namespace vioreview::layouts {

// The picture after JPEG of this quality.
inline Image by_jpeg(const Image& image, int quality) {
  pictures::JpegOptions options;
  options.quality = quality;
  return decode(pictures::jpeg(image, options)).value().image;
}

// A panel where it was drawn.
struct Expected {
  int x0, y0, x1, y1;
  Role role = Role::panel;
};

// Surely these panels, each edge within 2 pixels.
inline void expect_panels(const Layout& layout, const std::vector<Expected>& expected) {
  EXPECT_GE(layout.p, kSureLayout) << layout.name << ": " << layout.doubt;
  ASSERT_EQ(layout.panels.size(), expected.size()) << layout.name << ": " << layout.doubt;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& [box, role, bands] = layout.panels[i];
    EXPECT_EQ(role, expected[i].role) << i;
    EXPECT_NEAR(box.x0, expected[i].x0, 2) << i;
    EXPECT_NEAR(box.y0, expected[i].y0, 2) << i;
    EXPECT_NEAR(box.x1, expected[i].x1, 2) << i;
    EXPECT_NEAR(box.y1, expected[i].y1, 2) << i;
  }
}

}  // namespace vioreview::layouts
