// SPDX-License-Identifier: Apache-2.0
// The parts an annotated panel is put together from.
#pragma once
#include <string>
#include <vector>

#include "core/facts.h"
#include "core/verdict.h"
#include "emit/draw_canvas.h"
#include "emit/target.h"

namespace vioreview {

// A panel's picture as it stands on the paper: `scale` times as large, `top` pixels down.
struct Placed {
  float scale = 1;
  int top = 0;
};

// The road's markings; boxes of objects with class, colour and score (the `target`, an index or -1,
// with thick lines), the plates' corners, and the boxes of findings of panel `index` that do not
// hold. `verdict` may be null.
void draw_marks(Image& paper, Placed placed, const PanelFacts& facts, const Verdict* verdict,
                int index, const TextPainter& text, bool chinese);

// The target's way over the panels of a camera: a line from where it stands in one to where it
// stands in the next, with their numbers. A single place is no way.
void draw_way(Image& paper, Placed placed, const PanelFacts& facts,
              const std::vector<WayPoint>& way, const TextPainter& text);

// Each plate warped flat and enlarged, its characters with their probabilities as bars, look and
// readability. `width`: at least so wide.
Image plate_strip(const PanelFacts& facts, const std::vector<Image>& plates, int width,
                  const TextPainter& text, bool chinese);

// What the checks say of panel `index`; -1: of the case as a whole. One pixel high when nothing.
Image finding_list(const Verdict& verdict, int index, int width, const TextPainter& text,
                   bool chinese);

}  // namespace vioreview
