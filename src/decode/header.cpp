// SPDX-License-Identifier: Apache-2.0
#include "decode/header.h"

#include <cstdlib>
#include <zlib.h>

#include "decode/tiff.h"

namespace vioreview {
namespace {

using Notes = std::vector<std::string>;

Notes notes_on_end(Bytes bytes, std::size_t end) {
  if (bytes.size() <= end) return {};
  return {note_on_bytes_behind(bytes.size() - end)};
}

Result<Size> png_size(Bytes b) {
  if (b.size() < 33) return truncated_picture("the PNG ends within its header");
  if (!holds_at(b, 12, "IHDR")) return damaged_picture("the PNG does not begin with its header");
  return Size{big_endian(b, 16, 4), big_endian(b, 20, 4)};
}

// A chunk: length, type, data, CRC of type and data (PNG specification 5.3).
Result<Notes> png_whole(Bytes b) {
  for (std::size_t at = 8;;) {
    const std::size_t length = big_endian(b, at, 4);
    if (b.size() < at + 12 || b.size() - at - 12 < length)
      return truncated_picture("the PNG is cut off");
    const uLong sum = crc32(0, b.data() + at + 4, static_cast<uInt>(length + 4));
    if (sum != big_endian(b, at + 8 + length, 4))
      return damaged_picture("a chunk of the PNG has a wrong check sum");
    const bool last = holds_at(b, at + 4, "IEND");
    at += 12 + length;
    if (last) return notes_on_end(b, at);
  }
}

constexpr std::uint32_t kOldBmpHeader = 12;  // BITMAPCOREHEADER: 16-bit sides

std::int32_t signed_at(Bytes b, std::size_t at) {
  return static_cast<std::int32_t>(little_endian(b, at, 4));
}

Result<Size> bmp_size(Bytes b) {
  const bool old = little_endian(b, 14, 4) == kOldBmpHeader;
  if (b.size() < (old ? 26U : 54U)) return truncated_picture("the BMP ends within its header");
  if (old) return Size{little_endian(b, 18, 2), little_endian(b, 20, 2)};
  // A negative height says that the top row comes first.
  return Size{signed_at(b, 18), std::abs(static_cast<std::int64_t>(signed_at(b, 22)))};
}

Result<Notes> bmp_whole(Bytes b, Size size) {
  const bool old = little_endian(b, 14, 4) == kOldBmpHeader;
  const std::uint32_t bits = little_endian(b, old ? 24 : 28, 2);
  if (bits == 0 || bits > 32) return damaged_picture("the BMP's header names no depth");
  constexpr std::uint32_t kPlain = 0, kMasks = 3;  // BI_RGB and BI_BITFIELDS: rows are not packed
  const std::uint32_t compression = old ? kPlain : little_endian(b, 30, 4);
  const std::int64_t row = (size.width * bits + 31) / 32 * 4;
  const std::int64_t end = compression == kPlain || compression == kMasks
                               ? little_endian(b, 10, 4) + row * size.height
                               : little_endian(b, 2, 4);
  if (static_cast<std::int64_t>(b.size()) < end) return truncated_picture("the BMP is cut off");
  return Notes{};  // paddings behind the rows are common
}

Result<Size> webp_size(Bytes b) {
  if (b.size() < 30) return truncated_picture("the WebP ends within its header");
  if (holds_at(b, 12, "VP8X"))
    return Size{1 + little_endian(b, 24, 3), 1 + little_endian(b, 27, 3)};
  if (holds_at(b, 12, "VP8L")) {
    const std::uint32_t packed = little_endian(b, 21, 4);
    return Size{1 + (packed & 0x3FFF), 1 + ((packed >> 14) & 0x3FFF)};
  }
  if (holds_at(b, 12, "VP8 "))
    return Size{little_endian(b, 26, 2) & 0x3FFF, little_endian(b, 28, 2) & 0x3FFF};
  return damaged_picture("the WebP holds no known picture");
}

Result<Notes> webp_whole(Bytes b) {
  const std::size_t end = 8 + static_cast<std::size_t>(little_endian(b, 4, 4));
  if (b.size() < end) return truncated_picture("the WebP is cut off");
  return notes_on_end(b, end);
}

}  // namespace

Problem truncated_picture(const std::string& what) {
  return {"picture_truncated", "", what + "; fetch the file again"};
}
Problem damaged_picture(const std::string& what) {
  return {"picture_undecodable", "", what + "; fetch the file again"};
}
std::string note_on_bytes_behind(std::size_t count) {
  return std::to_string(count) + " bytes behind the end of the picture, not read";
}

std::optional<Problem> over_limit(Size size, const DecodeLimits& limits) {
  if (size.width <= 0 || size.height <= 0)
    return damaged_picture("the picture's header names no size");
  if (size.width <= limits.max_side && size.height <= limits.max_side &&
      size.width * size.height <= limits.max_pixels)
    return std::nullopt;
  return Problem{"picture_too_large", "",
                 "the picture has " + std::to_string(size.width) + "x" +
                     std::to_string(size.height) + " pixels, over the limit of " +
                     std::to_string(limits.max_pixels) + " or " + std::to_string(limits.max_side) +
                     " a side"};
}

Result<Size> read_size(Bytes bytes, Format format) {
  switch (format) {
    case Format::png:
      return png_size(bytes);
    case Format::bmp:
      return bmp_size(bytes);
    case Format::tiff:
      return tiff_size(bytes);
    case Format::webp:
      return webp_size(bytes);
    case Format::jpeg:
      break;
  }
  return damaged_picture("a JPEG has no header of this kind");
}

Result<Notes> check_whole(Bytes bytes, Format format) {
  switch (format) {
    case Format::png:
      return png_whole(bytes);
    case Format::bmp: {
      const Result<Size> size = bmp_size(bytes);
      return size ? bmp_whole(bytes, size.value()) : size.problem();
    }
    case Format::tiff:
      return tiff_whole(bytes);
    case Format::webp:
      return webp_whole(bytes);
    case Format::jpeg:
      break;
  }
  return damaged_picture("a JPEG has no header of this kind");
}

}  // namespace vioreview
