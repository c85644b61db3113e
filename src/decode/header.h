// SPDX-License-Identifier: Apache-2.0
// What PNG, BMP, TIFF and WebP files say of themselves, read before anything is allocated. JPEG:
// jpeg_layout.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "decode/decode.h"
#include "decode/sniff.h"

namespace vioreview {

struct Size {
  std::int64_t width = 0, height = 0;
};

// Pixels of the (first) picture, 0 or less when the header names none. Problem: picture_truncated
// when the file ends within its header.
Result<Size> read_size(Bytes bytes, Format format);

// picture_too_large, picture_undecodable for no size at all, or nothing.
std::optional<Problem> over_limit(Size size, const DecodeLimits& limits);

// Notes on a file whose data are all there (bytes behind its end). Problems: picture_truncated,
// picture_undecodable (a PNG chunk whose sum is wrong, a header that cannot be). What it looks at:
// PNG: every chunk and its CRC up to IEND. BMP: the rows, or the size the header names when they
// are packed. WebP: the RIFF size. TIFF: strips or tiles of the first page lie within the file.
Result<std::vector<std::string>> check_whole(Bytes bytes, Format format);

Problem truncated_picture(const std::string& what);  // "<what>; fetch the file again"
Problem damaged_picture(const std::string& what);
std::string note_on_bytes_behind(std::size_t count);

}  // namespace vioreview
