// SPDX-License-Identifier: Apache-2.0
#include "ingest/json_array.h"

namespace vioreview {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

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
    if (encoding == Encoding::gb18030 && static_cast<unsigned char>(c) > 0x80) {
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
