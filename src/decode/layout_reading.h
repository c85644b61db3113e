// SPDX-License-Identifier: Apache-2.0
// What a division of a picture shows: its panels, their roles, and how sure that is.
#pragma once
#include <string_view>

#include "decode/layout.h"
#include "decode/layout_search.h"

namespace vioreview {

// Every line of a framed division is at least so clear.
inline constexpr float kClearLine = 0.55F;

// `stated`: the layout as the record states it, "" when it does not.
Layout read_division(const Image& picture, const EdgeMap& edges, const Division& division,
                     std::string_view stated);

}  // namespace vioreview
