// SPDX-License-Identifier: Apache-2.0
// The kind of a picture file by its first bytes, whatever the file is called.
#pragma once
#include "core/result.h"
#include "decode/bytes.h"

namespace vioreview {

enum class Format { jpeg, png, bmp, tiff, webp };

// Problems: picture_empty; picture_truncated (less than the magic of a known kind);
// picture_undecodable, whose detail names what the file looks like instead.
Result<Format> format_of(Bytes bytes);

}  // namespace vioreview
