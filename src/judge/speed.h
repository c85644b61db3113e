// SPDX-License-Identifier: Apache-2.0
// What speed codes ask: the share over the limit and the size of the vehicle.
#pragma once
#include <optional>
#include <string>

#include "judge/evidence.h"

namespace vioreview {

// Whether a code is for this share over the limit (0.2 = 20 %): from its lower bound on, below its
// upper one. A code without bounds is for none.
bool covers(const Violation& violation, double share_over);

// The first code of the catalogue for this share among those for vehicles below medium size; ""
// when there is none.
std::string code_for(const Catalogue& catalogue, double share_over);

// Whether the target is 中型以上: by recorded class and plate kind; where neither tells, by its
// look (car, SUV, van, pickup and two-wheelers are smaller). Empty when nothing tells or they
// contradict.
std::optional<bool> medium_or_larger(const Evidence& e);

}  // namespace vioreview
