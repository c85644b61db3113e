// SPDX-License-Identifier: Apache-2.0
// The order in which people read file names.
#pragma once
#include <string_view>

namespace vioreview {

// Whether `a` stands before `b`: runs of digits by their value ("2.jpg" before "10.jpg"), the rest
// byte by byte. Names that this does not tell apart ("1", "01") are compared byte by byte.
bool name_before(std::string_view a, std::string_view b);

}  // namespace vioreview
