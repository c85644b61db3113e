// SPDX-License-Identifier: Apache-2.0
// Drawn composites, whose panels are known to the pixel.
#pragma once
#include <array>
#include <cstdint>

#include "core/image.h"

namespace vioreview::composites {

using Rgb = std::array<std::uint8_t, 3>;
inline constexpr Rgb kWhite{255, 255, 255}, kBlack{0, 0, 0}, kBlue{25, 50, 150};
inline constexpr int kWidth = 320, kHeight = 180;  // of a tile

void fill(Image& image, int x0, int y0, int x1, int y1, Rgb colour);
void paste(Image& image, const Image& part, int x, int y);

// A part of a picture that begins at x0, y0, `times` as large.
Image enlarged(const Image& picture, int x0, int y0, int times, int width, int height);

// The picture a third as wide and as high, each pixel the mean of nine.
Image a_third(const Image& picture);

// A road seen by one camera: hundreds of patches that stay, one vehicle that moves with `moment`.
Image road(int moment, int width = kWidth, int height = kHeight, unsigned place = 1);

// Strokes like those of letters, in lines, on paper.
void write_text(Image& image, int x0, int y0, int x1, int y1, Rgb paper, Rgb ink);

}  // namespace vioreview::composites
