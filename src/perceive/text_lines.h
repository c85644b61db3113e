// SPDX-License-Identifier: Apache-2.0
// Finds lines of burned-in text: on a band, or outlined over the scene. Image processing only.
#pragma once
#include <vector>

#include "core/geometry.h"
#include "core/image.h"
#include "perceive/text_reader.h"

namespace vioreview {

struct TextLine {
  Box box;              // pixels of the picture
  LinePicture picture;  // the line as a recogniser wants it, without the background
  // Where a column of `picture` lies in the picture: x0 + column / scale.
  float x0 = 0, scale = 1;
};

// Level lines of text in the region (cut at the frame), the most text-like first, at most `most`:
// strokes much lighter or darker than what is around them, 10 to 80 px high, three characters or
// more. Scenery that looks like text comes along, and a line may come twice, by its strokes and by
// their outline: only one of the two reads well.
std::vector<TextLine> find_text_lines(const Image& picture, const Box& region, std::size_t most);

// The picture so many times as large.
LinePicture scaled(const LinePicture& line, float scale);

}  // namespace vioreview
