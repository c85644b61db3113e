// SPDX-License-Identifier: Apache-2.0
// Small work on decoded pixels.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/image.h"
#include "decode/decode.h"

namespace vioreview {

// picture_too_large, or nothing.
std::optional<Problem> over_limit(std::int64_t width, std::int64_t height,
                                  const DecodeLimits& limits);

// Four inks a pixel; Adobe writes them inverted.
Image rgb_from_cmyk(const std::vector<std::uint8_t>& inks, int width, int height, bool inverted);

// Turned and mirrored as EXIF orientation 1 to 8 says.
Image oriented(Image image, int orientation);

// Brightness, chroma and the difference hash into `decoded`, from its image.
void measure(Decoded& decoded);

}  // namespace vioreview
