// SPDX-License-Identifier: Apache-2.0
// Whether a panel shows the view that a site was drawn in: the camera may have been turned since.
#pragma once
#include <vector>

#include "core/facts.h"
#include "core/geometry.h"
#include "core/view_print.h"

namespace vioreview {

enum class Fit {
  fits,      // the same view, but for a shake of a few pixels
  moved,     // surely the same place, surely shifted: the camera was turned
  not_told,  // another place, a far turn, another zoom, or too little to see
};

struct ViewFit {
  Fit fit = Fit::not_told;
  double right = 0, down = 0;  // by how many cells the seen view's things lie off; a cell is 1/96
                               // of the width
};

// Slides one print over the other by up to 12 cells. `burned_in`: boxes of text, as shares of width
// and height, which stay where they are whatever the camera does; the outer 13 % of the rows, where
// most such text lies, never count. Prints of different shapes tell nothing.
ViewFit fit_of(const ViewPrint& site, const ViewPrint& seen,
               const std::vector<Box>& burned_in = {});

// The same with a panel's print, its burned-in text left aside.
ViewFit fit_in(const PanelFacts& panel, const ViewPrint& view);

}  // namespace vioreview
