// SPDX-License-Identifier: Apache-2.0
// Whether a part of a picture was drawn by a program (a border, a fill, a band of text) and not
// taken by a camera.
#pragma once
#include "core/image.h"
#include "decode/layout_edges.h"

namespace vioreview {

// Whole pixels, half-open.
struct Tile {
  Span x, y;
  bool empty() const { return x.length() <= 0 || y.length() <= 0; }
  bool operator==(const Tile&) const = default;
};

enum class Plain {
  no,
  fill,  // one colour throughout: a border, or where nothing was drawn
  text,  // letters on one colour
};

// A part that may be empty is no plain part.
Plain plainness(const Image& picture, const Tile& part);

// Whether the part is made of plain strips that lie above each other: a border, a band, a border.
// `text`: at least one of them is text.
struct Pile {
  bool plain = false, text = false;
};
Pile plain_pile(const Image& picture, const EdgeMap& edges, const Tile& part);

// The most rows in a row of a band that show nothing of its text.
int longest_blank(const Image& picture, const Tile& band);

}  // namespace vioreview
