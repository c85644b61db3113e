// SPDX-License-Identifier: Apache-2.0
// A plate flat, as the reader sees it.
#pragma once
#include "core/geometry.h"
#include "core/image.h"

namespace vioreview {

// How far beyond the corners the warp reaches, in shares of the plate's width and height (each
// side).
struct WarpMargin {
  float x = 0.015F, y = 0.04F;
};

// width x height. Two rows are split at 41 % of the height and put side by side, the upper one on
// 35 % of the width.
Image warp_plate(const Image& panel, const Quad& corners, int rows, int width = 168,
                 int height = 48, WarpMargin margin = {});

}  // namespace vioreview
