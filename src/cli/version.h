// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace vioreview {

inline constexpr const char* kVersion = VIOREVIEW_VERSION;  // from CMakeLists.txt

}  // namespace vioreview
