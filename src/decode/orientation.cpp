// SPDX-License-Identifier: Apache-2.0
#include "decode/orientation.h"

#include <algorithm>

#include "decode/tiff.h"

namespace vioreview {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kExif = "Exif\0\0"sv;  // before the TIFF structure in APP1

Bytes without_prefix(Bytes exif) {
  return holds_at(exif, 0, kExif) ? exif.subspan(kExif.size()) : exif;
}

Bytes exif_of_jpeg(Bytes b) {
  constexpr std::uint8_t kApp1 = 0xE1, kStartOfScan = 0xDA;
  for (std::size_t at = 2; at + 4 <= b.size() && b[at] == 0xFF;) {
    const std::size_t length = big_endian(b, at + 2, 2);
    if (b[at + 1] == kStartOfScan || length < 2 || length > b.size() - at - 2) break;
    const Bytes segment = b.subspan(at + 4, length - 2);
    if (b[at + 1] == kApp1 && holds_at(segment, 0, kExif)) return without_prefix(segment);
    at += 2 + length;
  }
  return {};
}

// Chunks of a PNG (length before the type) or a WebP (after it, padded to even).
Bytes exif_of_png(Bytes b) {
  for (std::size_t at = 8; at + 12 <= b.size();) {
    const std::size_t length = big_endian(b, at, 4);
    if (length > b.size() - at - 12) break;
    if (holds_at(b, at + 4, "eXIf")) return b.subspan(at + 8, length);
    at += 12 + length;
  }
  return {};
}
Bytes exif_of_webp(Bytes b) {
  for (std::size_t at = 12; at + 8 <= b.size();) {
    const std::size_t length = little_endian(b, at + 4, 4);
    if (length > b.size() - at - 8) break;
    if (holds_at(b, at, "EXIF")) return without_prefix(b.subspan(at + 8, length));
    at += 8 + length + length % 2;
  }
  return {};
}

// The TIFF structure that holds a picture's EXIF data; empty when there is none.
Bytes exif_of(Bytes bytes, Format format) {
  switch (format) {
    case Format::jpeg:
      return exif_of_jpeg(bytes);
    case Format::png:
      return exif_of_png(bytes);
    case Format::webp:
      return exif_of_webp(bytes);
    case Format::tiff:
      return bytes;
    case Format::bmp:
      break;
  }
  return {};
}

// Where a turned picture reads its pixels from: the first, and the steps to the next column and
// row, in pixels of the source with sides w and h.
struct Walk {
  std::ptrdiff_t first, column, row;
};
Walk walk_of(int orientation, std::ptrdiff_t w, std::ptrdiff_t h) {
  const std::ptrdiff_t right = w - 1, below = (h - 1) * w;
  switch (orientation) {
    case 2:  // mirrored
      return {right, -1, w};
    case 3:  // upside down
      return {below + right, -1, -w};
    case 4:
      return {below, 1, -w};
    case 5:  // rows are columns
      return {0, w, 1};
    case 6:  // to be turned right
      return {below, -w, 1};
    case 7:
      return {below + right, -w, -1};
    case 8:  // to be turned left
      return {right, w, -1};
    default:
      return {0, 1, w};
  }
}

}  // namespace

int orientation_of(Bytes bytes, Format format) {
  // OpenCV turns a TIFF itself, whatever its flags.
  return format == Format::tiff ? 1 : tiff_orientation(exif_of(bytes, format));
}

std::optional<Time> written_at(Bytes bytes, Format format) {
  std::string text = tiff_written(exif_of(bytes, format));  // "2021:03:14 08:25:31"
  for (const std::size_t colon : {4, 7})
    if (text.size() > colon && text[colon] == ':') text[colon] = '-';
  return parse_time(text);
}

Image oriented(Image image, int orientation) {
  if (orientation <= 1 || orientation > 8 || image.empty()) return image;
  const bool sides_swapped = orientation >= 5;
  Image out(sides_swapped ? image.height : image.width, sides_swapped ? image.width : image.height);
  const Walk walk = walk_of(orientation, image.width, image.height);
  for (int y = 0; y < out.height; ++y) {
    std::ptrdiff_t from = walk.first + y * walk.row;
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x, from += walk.column, to += 3)
      std::copy_n(image.pixels.data() + from * 3, 3, to);
  }
  return out;
}

}  // namespace vioreview
