// SPDX-License-Identifier: Apache-2.0
// Paper, pens and words of annotated pictures.
#pragma once
#include <string>
#include <vector>

#include "core/geometry.h"
#include "core/verdict.h"
#include "emit/draw_text.h"

namespace vioreview {

constexpr int kTextSize = 18, kLineHeight = 26, kMargin = 10;
constexpr Colour kPaper{250, 250, 247}, kInk{30, 30, 30}, kPale{150, 150, 150};
constexpr Colour kGood{20, 130, 50}, kBad{200, 30, 30}, kDoubt{190, 115, 0};

Image blank(int width, int height, Colour colour = kPaper);
// Smaller or larger, by the better method for either.
Image scaled(const Image& from, double scale);
// What does not fit is cut.
void place(Image& on, const Image& part, int x, int y);
// One under the other, as wide as the wider.
Image below(const Image& upper, const Image& lower);

void fill(Image& image, const Box& box, Colour colour);
void outline(Image& image, const Box& box, Colour colour, int thickness);
void outline(Image& image, const Quad& corners, Colour colour, int thickness);
// An open or closed stroke through points.
void stroke(Image& image, const std::vector<Point>& points, bool closed, Colour colour,
            int thickness);
// A tick, a cross or a question mark in a square of kTextSize.
void mark(Image& image, int x, int y, Status status, const TextPainter& text);

Colour colour_of(Status status);
Colour colour_of_probability(float p);  // good from .9, doubtful from .5
std::string percent(float p);           // "97%"; never "100%" for less than 1

}  // namespace vioreview
