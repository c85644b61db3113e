// SPDX-License-Identifier: Apache-2.0
// SHA-256 of bytes and files, as 64 lower-case hex digits.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace vioreview {

std::string sha256(std::span<const std::uint8_t> bytes);
std::string sha256(std::string_view text);

// Throws IoError when the file cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace vioreview
