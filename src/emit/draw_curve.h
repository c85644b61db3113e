// SPDX-License-Identifier: Apache-2.0
// Risk-coverage curves of fitted limits.
#pragma once
#include "core/image.h"
#include "emit/calibration.h"

namespace vioreview {

// Accept on the left, reject on the right: for each limit of the grid, how many of the group's
// cases it decides and how many of those are wrong, as seen and at most; the promise as a line, the
// chosen limit marked.
Image draw_curves(const GroupFit& fit, const Promises& promises);

}  // namespace vioreview
