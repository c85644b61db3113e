// SPDX-License-Identifier: Apache-2.0
// Whether facts can be judged at all: every probability is one, every index points to something.
#pragma once
#include "core/facts.h"

namespace vioreview {

// False for a NaN, an infinity, a probability outside 0..1 or an index outside its list: a NaN
// makes comparisons false, which a check could take for "surely not".
bool sound(const Facts& facts);

}  // namespace vioreview
