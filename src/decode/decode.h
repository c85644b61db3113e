// SPDX-License-Identifier: Apache-2.0
// Bytes of a picture file to pixels. A damaged picture is never returned as if whole.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image.h"
#include "core/result.h"
#include "core/time.h"
#include "core/view_print.h"

namespace vioreview {

// Checked against the file's size and header before anything is allocated.
struct DecodeLimits {
  std::int64_t max_bytes = 64LL << 20;  // of the file
  std::int64_t max_pixels = 100LL * 1000 * 1000;
  int max_side = 30000;
};

struct Decoded {
  Image image;                       // EXIF rotation applied; grey and CMYK turned into RGB
  std::vector<std::string> notes;    // for example "no end marker, all rows decoded"
  bool colour = true;                // false: a grey file, or channels that hardly differ
  float brightness = 0, chroma = 0;  // means over the picture: luma 0-255; max-min of RGB 0-255
  std::string perceptual_hash;       // 64-bit difference hash, 16 hex digits
  ViewPrint print;                   // where edges lie, whatever the light
  std::optional<Time> written;       // when it was taken by its EXIF data
};

// JPEG by TurboJPEG; PNG, BMP, TIFF and WebP by OpenCV; by content, whatever the file is called.
// Problems: picture_empty, picture_undecodable, picture_truncated, picture_too_large. Never throws
// for bad bytes.
Result<Decoded> decode(std::span<const std::uint8_t> bytes, const DecodeLimits& limits = {});

}  // namespace vioreview
