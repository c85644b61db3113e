// SPDX-License-Identifier: Apache-2.0
// The fingerprint of a view, from pixels.
#pragma once
#include "core/image.h"
#include "core/view_print.h"

namespace vioreview {

// 96 columns and as many rows as keep the cells square. A cell's bits are the eight directions
// (of 180 degrees, so that light on dark and dark on light are alike) in which its edges are strong
// among those of its surroundings: light and weather change how strong edges are, not where.
ViewPrint print_of(const Image& image);

}  // namespace vioreview
