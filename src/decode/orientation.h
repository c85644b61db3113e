// SPDX-License-Identifier: Apache-2.0
// How the camera was held: EXIF orientation, and pixels turned accordingly.
#pragma once
#include "core/image.h"
#include "decode/sniff.h"

namespace vioreview {

// EXIF orientation (CIPA DC-008 4.6.4, tag 0x0112), 1 to 8, in a JPEG's APP1, a PNG's eXIf or a
// WebP's EXIF chunk; 1 when there is none or it is broken, and for a TIFF, which its decoder turns.
int orientation_of(Bytes bytes, Format format);

// Turned and mirrored so that the picture stands upright.
Image oriented(Image image, int orientation);

}  // namespace vioreview
