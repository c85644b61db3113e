// SPDX-License-Identifier: Apache-2.0
// Reading numbers and magic words out of bytes, safely beyond their end.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vioreview {

using Bytes = std::span<const std::uint8_t>;

inline bool holds_at(Bytes bytes, std::size_t at, std::string_view word) {
  return at <= bytes.size() && bytes.size() - at >= word.size() &&
         std::equal(word.begin(), word.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

inline std::uint32_t byte_at(Bytes bytes, std::size_t at) {
  return at < bytes.size() ? bytes[at] : 0U;
}

// Numbers of one to four bytes; bytes beyond the end count as 0, so callers check sizes where it
// matters.
inline std::uint32_t big_endian(Bytes bytes, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < count; ++i) number = (number << 8) | byte_at(bytes, at + i);
  return number;
}
inline std::uint32_t little_endian(Bytes bytes, std::size_t at, std::size_t count) {
  std::uint32_t number = 0;
  for (std::size_t i = count; i-- > 0;) number = (number << 8) | byte_at(bytes, at + i);
  return number;
}

}  // namespace vioreview
