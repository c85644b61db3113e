// SPDX-License-Identifier: Apache-2.0
// Bytes of a record to clean UTF-8 text.
#pragma once
#include <string>
#include <string_view>

namespace vioreview {

bool valid_utf8(std::string_view bytes);

// UTF-8 as is (without a byte order mark); else GB18030 (which holds GBK and GB2312); bytes that
// are neither become U+FFFD. `converted` says that it was not UTF-8.
std::string to_utf8(std::string_view bytes, bool* converted = nullptr);

std::string trimmed(std::string_view text);

// Full-width letters, digits and blanks (as Chinese keyboards give them) to ASCII.
std::string half_width(std::string_view utf8);

std::string upper_case(std::string_view text);

}  // namespace vioreview
