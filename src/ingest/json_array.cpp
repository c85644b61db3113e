// SPDX-License-Identifier: Apache-2.0
#include "ingest/json_array.h"

namespace vioreview {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// A lead byte whose character was cut stands alone: what follows it, often the closing quote, is
// not part of it.
bool is_character(unsigned char lead, unsigned char trail) {
  const bool digit = trail >= '0' && trail <= '9';  // of a character of four bytes
  return lead > 0x80 && lead < 0xFF && trail < 0xFF && trail != 0x7F && (digit || trail >= 0x40);
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

std::vector<std::string_view> array_elements(std::string_view json, Encoding encoding) {
  std::vector<std::string_view> elements;
  json = without_blanks(json);
  if (!json.starts_with('[')) return elements;
  std::size_t start = 1;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    // The second byte of a Chinese character may look like a backslash or a bracket.
    if (encoding == Encoding::gb18030 && i + 1 < json.size() &&
        is_character(static_cast<unsigned char>(c), static_cast<unsigned char>(json[i + 1]))) {
      ++i;
    } else if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}' || (c == ',' && depth == 1)) {
      if (depth == 1)
        if (const auto element = without_blanks(json.substr(start, i - start)); !element.empty())
          elements.push_back(element);
      if (depth == 1) start = i + 1;
      depth -= c != ',';
    }
  }
  return elements;
}

}  // namespace vioreview
