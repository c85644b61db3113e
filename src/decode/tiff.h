// SPDX-License-Identifier: Apache-2.0
// The first directory of a classic TIFF (TIFF 6.0): a picture file's, or the body of EXIF data.
#pragma once
#include <string>
#include <vector>

#include "core/result.h"
#include "decode/bytes.h"

namespace vioreview {

struct Size;

// As header.h read_size and check_whole say.
Result<Size> tiff_size(Bytes tiff);
Result<std::vector<std::string>> tiff_whole(Bytes tiff);

// EXIF orientation, 1 to 8; 1 when there is none or it is broken.
int tiff_orientation(Bytes tiff);

// EXIF DateTimeOriginal as written; "" when there is none or it is broken. Not DateTime, which
// every program that saves the picture again rewrites.
std::string tiff_written(Bytes tiff);

}  // namespace vioreview
