// SPDX-License-Identifier: Apache-2.0
// What a picture file says of itself, read before anything is allocated.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/result.h"

namespace vioreview {

enum class Format { jpeg, png, bmp, tiff, webp };

struct Header {
  Format format = Format::jpeg;
  std::int64_t width = 0, height = 0;
};

using Bytes = std::span<const std::uint8_t>;

// The format by content, whatever the file is called; a problem names what the file looks like
// instead.
Result<Format> format_of(Bytes bytes);

// Size of PNG, BMP, TIFF and WebP, and whether all their data are there (picture_truncated,
// picture_undecodable). JPEG is read by its own library.
Result<Header> read_header(Bytes bytes, Format format);

// EXIF orientation of a JPEG, 1 to 8; 1 when there is none or it is broken.
int exif_orientation(Bytes jpeg);

}  // namespace vioreview
