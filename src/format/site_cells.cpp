// SPDX-License-Identifier: Apache-2.0
#include "format/site_cells.h"

namespace vioreview {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string text_of_cells(std::span<const std::uint8_t> cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); i += 3) {
    const auto at = [&](std::size_t k) { return k < cells.size() ? cells[k] : 0U; };
    const std::uint32_t bits = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    for (const int shift : {18, 12, 6, 0}) text += kLetters[bits >> shift & 63U];
  }
  for (std::size_t missing = (3 - cells.size() % 3) % 3; missing > 0; --missing)
    text[text.size() - missing] = '=';
  return text;
}

std::optional<std::vector<std::uint8_t>> cells_from_text(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::vector<std::uint8_t> cells;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pad = i + padding >= text.size();
    const std::size_t letter = pad ? 0 : kLetters.find(text[i]);
    if (letter == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(letter);
    if (i % 4 != 3) continue;
    for (const int shift : {16, 8, 0}) cells.push_back(static_cast<std::uint8_t>(bits >> shift));
    bits = 0;
  }
  cells.resize(cells.size() - padding);
  return cells;
}

}  // namespace vioreview
