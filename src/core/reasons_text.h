// SPDX-License-Identifier: Apache-2.0
// reasons.csv as compiled in; core/reason.h gives its rows.
#pragma once
#include <string_view>

namespace vioreview {

std::string_view reasons_csv();

}  // namespace vioreview
