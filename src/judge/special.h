// SPDX-License-Identifier: Apache-2.0
// Special vehicles: what record and plate claim, and their names.
#pragma once
#include <string>
#include <string_view>

#include "judge/evidence.h"

namespace vioreview {

// What record or plate say of a special vehicle, in words; "" when nothing. Police first: "police
// plate", "police plate kind". A plate counts that is read with probability `likely` or more.
std::string_view claimed_special(const Evidence& e, double likely);

std::string_view zh_of(Special special);

}  // namespace vioreview
