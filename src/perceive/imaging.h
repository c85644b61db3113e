// SPDX-License-Identifier: Apache-2.0
// Views of a panel as nets want them: cut, scaled, normalised. No OpenCV type shows.
#pragma once
#include <vector>

#include "core/geometry.h"
#include "core/image.h"
#include "core/model_card.h"

namespace vioreview {

// Net input 3 x height x width of one view is appended to `to`.

// A letterboxed window: how its pixels map back to the panel.
struct Letterbox {
  float scale = 1, x0 = 0, y0 = 0;  // panel = x0 + input / scale
  Point to_panel(Point p) const { return {x0 + p.x / scale, y0 + p.y / scale}; }
  Box to_panel(const Box& b) const {
    return {x0 + b.x0 / scale, y0 + b.y0 / scale, x0 + b.x1 / scale, y0 + b.y1 / scale};
  }
};

// The window (cut at the frame) scaled to fit, top left, padded with grey 114.
Letterbox append_letterbox(const Image& panel, const Box& window, const ModelCard& card,
                           std::vector<float>& to);

// The box (cut at the frame) stretched over the whole input.
void append_stretched(const Image& panel, const Box& box, const ModelCard& card,
                      std::vector<float>& to);

// A picture of exactly the input's size.
void append_picture(const Image& picture, const ModelCard& card, std::vector<float>& to);

// How much colour the box (cut at the frame) shows: mean of max(R, G, B) - min(R, G, B), 0 to 255.
float mean_chroma(const Image& panel, const Box& box);

// Pixels of the box (cut at the frame) that shine red and green, bright and full of colour.
struct Shine {
  int red = 0, green = 0;
};
Shine shine_of(const Image& panel, const Box& box);

// No threads of OpenCV's own in this process: the workers are the parallelism.
void use_one_thread();

}  // namespace vioreview
