// SPDX-License-Identifier: Apache-2.0
// What the markers of a JPEG say (ITU-T T.81 annex B), read without decoding.
#pragma once
#include <cstddef>

#include "core/result.h"
#include "decode/header.h"

namespace vioreview {

struct JpegLayout {
  Size size;
  int components = 0;          // 1 grey, 3 colour, 4 CMYK
  bool adobe = false;          // an Adobe marker: CMYK inks are stored inverted
  bool scans_there = false;    // the scans' headers together cover every component and bit
  std::size_t behind_end = 0;  // bytes after the end marker
};

// Problems: picture_truncated (ends before its first scan), picture_undecodable (a kind no decoder
// here reads: 12 bits, arithmetic, lossless; no size; scans without number).
Result<JpegLayout> read_jpeg_layout(Bytes bytes);

}  // namespace vioreview
