// SPDX-License-Identifier: Apache-2.0
// JPEG: TurboJPEG where all is well; where it complains, libjpeg says whether every row was really
// there.
#pragma once
#include <string>
#include <vector>

#include "core/image.h"
#include "decode/decode.h"
#include "decode/header.h"

namespace vioreview {

struct JpegPicture {
  Image image;
  bool grey = false;
  std::vector<std::string> notes;
};

Result<JpegPicture> decode_jpeg(Bytes bytes, const DecodeLimits& limits);

// A JPEG about which TurboJPEG complained. Whole with a note when only the end marker is missing;
// else picture_truncated when the data end early, picture_undecodable when they are damaged.
Result<JpegPicture> examine_jpeg(Bytes bytes);

}  // namespace vioreview
