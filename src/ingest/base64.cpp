// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648, 4) as uploads carry pictures: one pass, nothing guessed.
#include <array>
#include <optional>

#include "ingest/read_picture.h"

namespace vioreview {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kBlank = 64, kPadding = 65, kForeign = 66;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kForeign);
  for (std::size_t i = 0; i < kLetters.size(); ++i)
    values[static_cast<unsigned char>(kLetters[i])] = static_cast<std::uint8_t>(i);
  for (const char blank : {' ', '\t', '\r', '\n'})
    values[static_cast<unsigned char>(blank)] = kBlank;
  values['='] = kPadding;
  return values;
}();

std::string_view without_address(std::string_view text) {
  constexpr std::string_view kMark = ";base64,";
  const std::size_t mark = text.substr(0, 64).find(kMark);
  return text.starts_with("data:") && mark != std::string_view::npos
             ? text.substr(mark + kMark.size())
             : text;
}

// Why the text is no base64, or nullptr; `take` gets each byte.
template <class Take>
const char* decode(std::string_view text, Take take) {
  std::uint32_t bits = 0;
  std::size_t letters = 0, padding = 0;
  for (const char c : without_address(text)) {
    const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
    if (value == kBlank) continue;
    if (value == kForeign) return "holds a character that base64 does not have";
    if (value == kPadding) {
      ++padding;
      continue;
    }
    if (padding > 0) return "goes on behind the padding of its base64";
    bits = (bits << 6) | value;
    if (++letters % 4 == 0)
      for (const int shift : {16, 8, 0}) take(static_cast<std::uint8_t>(bits >> shift));
  }
  if ((letters + padding) % 4 != 0 || padding > 2)
    return "is base64 of the wrong length: it was cut off or changed";
  if (letters % 4 == 2) take(static_cast<std::uint8_t>(bits >> 4));
  if (letters % 4 == 3)
    for (const int shift : {10, 2}) take(static_cast<std::uint8_t>(bits >> shift));
  return nullptr;
}

}  // namespace

Result<std::vector<std::uint8_t>> base64_decoded(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() / 4 * 3);
  if (const char* why = decode(text, [&](std::uint8_t byte) { bytes.push_back(byte); }))
    return Problem{"picture_undecodable", "", why};
  return bytes;
}

std::int64_t base64_size(std::string_view text) {
  std::int64_t size = 0;
  return decode(text, [&](std::uint8_t) { ++size; }) ? -1 : size;
}

}  // namespace vioreview
