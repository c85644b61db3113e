// SPDX-License-Identifier: Apache-2.0
// The cells of a view's fingerprint as text (Base64 of RFC 4648); shared by the codecs only.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vioreview {

std::string text_of_cells(std::span<const std::uint8_t> cells);
// Empty optional: not what text_of_cells writes.
std::optional<std::vector<std::uint8_t>> cells_from_text(std::string_view text);

}  // namespace vioreview
