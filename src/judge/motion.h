// SPDX-License-Identifier: Apache-2.0
// Whether the target moved between panels, told by its boxes alone: the camera stands still.
#pragma once
#include <optional>

#include "judge/evidence.h"

namespace vioreview {

// How far the target's box went from the first to the last panel, as a share of its width: the
// second largest of what its four edges went, so that one hidden edge does not matter. Empty when
// it is not seen in both.
std::optional<double> shift_of_target(const Evidence& e);

// The same from the last panel but one; empty, too, where the record's times do not tell that half
// a second or more lies between.
std::optional<double> last_shift_of_target(const Evidence& e);

// Probability that the target stayed where it was, from the shift; even at 0.09 of its width,
// about 20 cm for a car.
double stayed(double shift);

}  // namespace vioreview
