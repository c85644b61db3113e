// SPDX-License-Identifier: Apache-2.0
// Whether the tests run under AddressSanitizer, which makes them slow and their memory large.
#pragma once

namespace vioreview {

#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace vioreview
