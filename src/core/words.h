// SPDX-License-Identifier: Apache-2.0
// How the tables of vocabulary.h compare words.
#pragma once
#include <string>
#include <string_view>

namespace vioreview {

// Lower case (ASCII), without blanks, '_' and '-'.
inline std::string folded_word(std::string_view text) {
  std::string key;
  for (const char c : text) {
    if (c == ' ' || c == '_' || c == '-' || c == '\t') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key;
}

}  // namespace vioreview
