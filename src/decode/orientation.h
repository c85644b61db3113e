// SPDX-License-Identifier: Apache-2.0
// What EXIF data say: how the camera was held, with the pixels turned accordingly, and when the
// picture was taken.
#pragma once
#include <optional>

#include "core/image.h"
#include "core/time.h"
#include "decode/sniff.h"

namespace vioreview {

// EXIF orientation (CIPA DC-008 4.6.4, tag 0x0112), 1 to 8, in a JPEG's APP1, a PNG's eXIf or a
// WebP's EXIF chunk; 1 when there is none or it is broken, and for a TIFF, which its decoder turns.
int orientation_of(Bytes bytes, Format format);

// When the picture was taken: DateTimeOriginal (CIPA DC-008 4.6.5, tag 0x9003), else DateTime (tag
// 0x0132), taken for UTC+8. Empty when neither is there or is a time.
std::optional<Time> written_at(Bytes bytes, Format format);

// Turned and mirrored so that the picture stands upright.
Image oriented(Image image, int orientation);

}  // namespace vioreview
