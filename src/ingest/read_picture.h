// SPDX-License-Identifier: Apache-2.0
// The bytes of a picture, wherever they lie: a file, a member of an archive, base64 text of a
// record.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "core/case.h"

namespace vioreview {

inline constexpr std::int64_t kLargestPicture = 64LL << 20;  // bytes

// Problems: picture_missing, picture_empty, picture_too_large (over `most` bytes),
// picture_truncated, picture_undecodable (no file, no right to read, damaged archive, no base64).
// Archives stay open between calls of a thread, so that pictures in the order of their entries cost
// one pass.
Result<std::vector<std::uint8_t>> read_picture(const PictureRef& picture,
                                               std::int64_t most = kLargestPicture);

// The range that `within` names, whatever it holds. Problems as above; a shorter range is
// picture_truncated.
Result<std::vector<std::uint8_t>> read_range(const std::filesystem::path& file,
                                             const Within& within);

// An entry of an archive from its start; nullptr when the archive cannot be read to it. Damage
// within the entry ends it.
std::unique_ptr<std::streambuf> open_entry(const std::filesystem::path& archive,
                                           std::int64_t entry);

// Bytes of base64 text with its padding, blanks and line ends left out; picture_undecodable when
// it is none. "data:image/jpeg;base64," may stand before it.
Result<std::vector<std::uint8_t>> base64_decoded(std::string_view text);
// How many bytes it says to hold; -1 when it is no base64 by its length or its letters.
std::int64_t base64_size(std::string_view text);

}  // namespace vioreview
