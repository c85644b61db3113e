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

// What is left of a long side where nothing of what lies beyond it shows.
Span without_ends(Span side);

// Levels of luma by which the pixels of a row (of a column) differ: hardly any in a row of a band
// that shows nothing of its text, rarely so few over a whole row that a camera took.
float row_spread(const Image& picture, int y, Span x);
float column_spread(const Image& picture, int x, Span y);
inline constexpr float kEvenSpread = 2;
// Levels by which the pixels of a row (of a column) differ from those above (to the left of) them.
float row_step(const Image& picture, int y, Span x);
float column_step(const Image& picture, int x, Span y);

// Levels by which the mean colours (the mean lights) of two strips beside each other differ, from
// place to place along them.
float colour_step(const Image& picture, const Tile& one, const Tile& other);
float light_step(const Image& picture, const Tile& one, const Tile& other);

// Whether two fills are of one colour.
bool same_fill(const Image& picture, const Tile& a, const Tile& b);

// A fill so even that no camera took it.
bool is_one_colour(const Image& picture, const Tile& part);

// Whether much of the part has the colour of the row, which is even.
bool is_on_paper(const Image& picture, const Tile& part, int row);

// Whether rows of the part show many short strokes on one paper, as letters do: what is smooth in a
// close-up does not.
bool has_letters(const Image& picture, const Tile& part);

// Whether the part is made of plain strips that lie above each other: a border, a band, a border.
// `text`: at least one of them is text.
struct Pile {
  bool plain = false, text = false;
};
Pile plain_pile(const Image& picture, const EdgeMap& edges, const Tile& part);

}  // namespace vioreview
