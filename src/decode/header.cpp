// SPDX-License-Identifier: Apache-2.0
#include "decode/header.h"

#include <algorithm>
#include <string_view>
#include <zlib.h>

namespace vioreview {
namespace {

Problem truncated(const std::string& why) {
  return {"picture_truncated", "", why + "; fetch the file again"};
}
Problem undecodable(const std::string& why) {
  return {"picture_undecodable", "", why + "; fetch the file again"};
}

bool starts_with(Bytes bytes, std::string_view magic, std::size_t at = 0) {
  return bytes.size() >= at + magic.size() &&
         std::equal(magic.begin(), magic.end(), bytes.begin() + static_cast<long>(at),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

// Numbers out of bytes; beyond the end they are 0, and sizes are checked by the callers.
std::uint32_t big(Bytes b, std::size_t at, std::size_t count) {
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < count; ++i) n = (n << 8) | (at + i < b.size() ? b[at + i] : 0U);
  return n;
}
std::uint32_t little(Bytes b, std::size_t at, std::size_t count) {
  std::uint32_t n = 0;
  for (std::size_t i = count; i-- > 0;) n = (n << 8) | (at + i < b.size() ? b[at + i] : 0U);
  return n;
}

std::string looks_like(Bytes bytes) {
  struct Magic {
    std::string_view bytes, name;
  };
  constexpr Magic kKnown[] = {{"GIF8", "a GIF"},
                              {"PK\x03\x04", "a ZIP archive"},
                              {"%PDF", "a PDF"},
                              {"<html", "a web page"},
                              {"<HTML", "a web page"},
                              {"<!DOCTYPE", "a web page"},
                              {"<!doctype", "a web page"},
                              {"<?xml", "XML"},
                              {"{", "JSON"},
                              {"\x1F\x8B", "a gzip archive"}};
  for (const Magic& magic : kKnown)
    if (starts_with(bytes, magic.bytes)) return std::string(magic.name);
  if (starts_with(bytes, "ftyp", 4)) return "a video or HEIC";
  return "no picture";
}

// All chunks with their sums, up to IEND: a PNG that ends early or holds a flipped bit is seen
// here.
Result<Header> read_png(Bytes b) {
  Header header{Format::png, big(b, 16, 4), big(b, 20, 4)};
  if (b.size() < 33 || !starts_with(b, "IHDR", 12))
    return truncated("the PNG ends within its header");
  for (std::size_t at = 8;;) {
    const std::size_t length = big(b, at, 4);
    if (b.size() < at + 12 || b.size() - at - 12 < length) return truncated("the PNG is cut off");
    const uLong sum = crc32(0, b.data() + at + 4, static_cast<uInt>(length + 4));
    if (sum != big(b, at + 8 + length, 4)) return undecodable("a chunk of the PNG is damaged");
    if (starts_with(b, "IEND", at + 4)) return header;
    at += 12 + length;
  }
}

Result<Header> read_bmp(Bytes b) {
  if (b.size() < 34) return truncated("the BMP ends within its header");
  const auto width = static_cast<std::int32_t>(little(b, 18, 4)),
             height = static_cast<std::int32_t>(little(b, 22, 4));
  if (width <= 0 || height == 0 || height == INT32_MIN)
    return undecodable("the BMP's header names no size");
  const Header header{Format::bmp, width, height < 0 ? -static_cast<std::int64_t>(height) : height};
  const std::uint32_t bits = little(b, 28, 2), compression = little(b, 30, 4);
  const std::int64_t row = (header.width * bits + 31) / 32 * 4;
  const std::int64_t end =
      compression == 0 ? little(b, 10, 4) + row * header.height : little(b, 2, 4);
  if (static_cast<std::int64_t>(b.size()) < end) return truncated("the BMP is cut off");
  return header;
}

Result<Header> read_webp(Bytes b) {
  if (b.size() < 30) return truncated("the WebP ends within its header");
  if (b.size() < 8 + static_cast<std::uint64_t>(little(b, 4, 4)))
    return truncated("the WebP is cut off");
  if (starts_with(b, "VP8X", 12))
    return Header{Format::webp, 1 + little(b, 24, 3), 1 + little(b, 27, 3)};
  if (starts_with(b, "VP8L", 12)) {
    const std::uint32_t packed = little(b, 21, 4);
    return Header{Format::webp, 1 + (packed & 0x3FFF), 1 + ((packed >> 14) & 0x3FFF)};
  }
  if (starts_with(b, "VP8 ", 12))
    return Header{Format::webp, little(b, 26, 2) & 0x3FFF, little(b, 28, 2) & 0x3FFF};
  return undecodable("the WebP holds no known picture");
}

// The first page of a classic TIFF: its size, and that its strips or tiles lie within the file.
class TiffReader {
 public:
  explicit TiffReader(Bytes b) : b_(b), big_endian_(b[0] == 'M') {}

  Result<Header> read() {
    const std::size_t directory = number(4, 4);
    if (directory + 2 > b_.size()) return truncated("the TIFF is cut off");
    const std::size_t entries = number(directory, 2);
    if (directory + 2 + entries * 12 > b_.size()) return truncated("the TIFF is cut off");
    Header header{Format::tiff, 0, 0};
    std::size_t offsets = 0, counts = 0;
    for (std::size_t i = 0; i < entries; ++i) {
      const std::size_t entry = directory + 2 + i * 12;
      const std::uint32_t tag = number(entry, 2);
      if (tag == 256) header.width = value(entry, 0);
      if (tag == 257) header.height = value(entry, 0);
      if (tag == 273 || tag == 324) offsets = entry;
      if (tag == 279 || tag == 325) counts = entry;
    }
    if (header.width <= 0 || header.height <= 0) return undecodable("the TIFF names no size");
    if (offsets == 0 || counts == 0) return undecodable("the TIFF names no picture data");
    for (std::uint32_t i = 0; i < number(offsets + 4, 4) && i < kMostStrips; ++i)
      if (static_cast<std::uint64_t>(value(offsets, i)) + value(counts, i) > b_.size())
        return truncated("the TIFF is cut off");
    return header;
  }

 private:
  static constexpr std::uint32_t kMostStrips = 1U << 20;
  std::uint32_t number(std::size_t at, std::size_t count) const {
    return big_endian_ ? big(b_, at, count) : little(b_, at, count);
  }
  // Element i of a SHORT or LONG entry: in the entry itself where it fits.
  std::uint32_t value(std::size_t entry, std::uint32_t i) const {
    const std::size_t size = number(entry + 2, 2) == 3 ? 2 : 4;
    const std::size_t count = number(entry + 4, 4);
    const std::size_t at = count * size <= 4 ? entry + 8 : number(entry + 8, 4);
    return i < count ? number(at + i * size, size) : 0;
  }

  Bytes b_;
  bool big_endian_;
};

// Orientation in a TIFF structure (the body of an EXIF segment).
int orientation_in(Bytes tiff) {
  if (tiff.size() < 14) return 1;
  const bool m = starts_with(tiff, "MM");
  if (!m && !starts_with(tiff, "II")) return 1;
  const auto number = [&](std::size_t at, std::size_t count) {
    return m ? big(tiff, at, count) : little(tiff, at, count);
  };
  const std::size_t directory = number(4, 4);
  const std::size_t entries = directory < tiff.size() ? number(directory, 2) : 0;
  for (std::size_t i = 0; i < entries && directory + 2 + (i + 1) * 12 <= tiff.size(); ++i) {
    const std::size_t entry = directory + 2 + i * 12;
    if (number(entry, 2) != 0x0112) continue;
    const std::uint32_t orientation = number(entry + 8, 2);
    return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
  }
  return 1;
}

}  // namespace

Result<Format> format_of(Bytes bytes) {
  if (bytes.empty()) return Problem{"picture_empty", "", "the file is empty; fetch it again"};
  if (starts_with(bytes, "\xFF\xD8\xFF")) return Format::jpeg;
  if (starts_with(bytes, "\x89PNG\r\n\x1A\n")) return Format::png;
  if (starts_with(bytes, "BM")) return Format::bmp;
  if (bytes.size() >= 8 && (starts_with(bytes, std::string_view("II*\0", 4)) ||
                            starts_with(bytes, std::string_view("MM\0*", 4))))
    return Format::tiff;
  if (starts_with(bytes, "RIFF") && starts_with(bytes, "WEBP", 8)) return Format::webp;
  return Problem{"picture_undecodable", "",
                 "the file is " + looks_like(bytes) + ", not JPEG, PNG, BMP, TIFF or WebP"};
}

Result<Header> read_header(Bytes bytes, Format format) {
  switch (format) {
    case Format::png:
      return read_png(bytes);
    case Format::bmp:
      return read_bmp(bytes);
    case Format::tiff:
      return TiffReader(bytes).read();
    case Format::webp:
      return read_webp(bytes);
    case Format::jpeg:
      break;
  }
  return undecodable("a JPEG has no header of this kind");
}

int exif_orientation(Bytes jpeg) {
  for (std::size_t at = 2; at + 4 <= jpeg.size() && jpeg[at] == 0xFF;) {
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == 0xDA || marker == 0xD9) break;  // picture data: no more headers
    const std::size_t length = big(jpeg, at + 2, 2);
    if (length < 2 || at + 2 + length > jpeg.size()) break;
    const Bytes segment = jpeg.subspan(at + 4, length - 2);
    if (marker == 0xE1 && starts_with(segment, std::string_view("Exif\0\0", 6)))
      return orientation_in(segment.subspan(6));
    at += 2 + length;
  }
  return 1;
}

}  // namespace vioreview
