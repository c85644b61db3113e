// SPDX-License-Identifier: Apache-2.0
// What tells records from the other texts that lie between captures.
#pragma once
#include <string_view>

#include "format/value.h"

namespace vioreview {

// Whether the fields claim a capture: pictures and something about them, or a plate with a time or
// a violation. Lists of devices, notes of programs and what a review wrote claim none.
bool says_a_case(const Value& fields);

// Of a text that cannot be read: whether it names what records have.
bool may_be_record(std::string_view text);

}  // namespace vioreview
