// SPDX-License-Identifier: Apache-2.0
// JPEG: TurboJPEG where all is well; where it complains, libjpeg says whether every row was really
// there.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/image.h"
#include "decode/jpeg_layout.h"

namespace vioreview {

struct JpegPicture {
  Image image;
  bool grey = false;
  std::vector<std::string> notes;
};

// Problems: picture_too_large (before anything is allocated), picture_truncated,
// picture_undecodable.
Result<JpegPicture> decode_jpeg(Bytes bytes, const DecodeLimits& limits);

// Room for the pixels of a JPEG: RGB, or CMYK as the file stores it.
struct Canvas {
  int width = 0, height = 0, channels = 3;
  std::vector<std::uint8_t> pixels;
};

// A JPEG about which TurboJPEG complained, decoded once more into `canvas`. `scans_there`
// as in JpegLayout. A note where every row
// was decoded from data that are there (a missing end marker, a harmless warning); else
// picture_truncated when the data ran out before, picture_undecodable when they are damaged.
Result<std::string> examine_jpeg(Bytes bytes, bool scans_there, Canvas& canvas);

}  // namespace vioreview
