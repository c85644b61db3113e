// SPDX-License-Identifier: Apache-2.0
// Kinds of characters in a line of text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "perceive/text_reader.h"

namespace vioreview {

inline bool digit(std::string_view c) {
  return c.size() == 1 && c[0] >= '0' && c[0] <= '9';
}

inline bool letter(std::string_view c) {
  return c.size() == 1 && ((c[0] >= 'A' && c[0] <= 'Z') || (c[0] >= 'a' && c[0] <= 'z'));
}

inline bool han(std::string_view c) {
  return c.size() == 3 && c >= "\u4E00" && c <= "\u9FFF";
}

inline std::string text_of(const std::vector<Glyph>& glyphs) {
  std::string text;
  for (const Glyph& glyph : glyphs) text += glyph.text;
  return text;
}

}  // namespace vioreview
