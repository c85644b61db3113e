// SPDX-License-Identifier: Apache-2.0
// Text of any script on a picture, by FreeType and a font found on the machine.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image.h"

namespace vioreview {

using Colour = std::array<std::uint8_t, 3>;

// Where Debian's packages of fonts with Chinese characters (and, last, one without) put them.
std::span<const char* const> known_fonts();

class TextPainter {
 public:
  // The first of `fonts` that can be used; without any, plain ASCII strokes with '?' for the rest.
  explicit TextPainter(std::span<const char* const> fonts = known_fonts());
  ~TextPainter();
  TextPainter(const TextPainter&) = delete;
  TextPainter& operator=(const TextPainter&) = delete;

  // Draws `utf8` with its line's top left at (x, y), `size` pixels high. What leaves the picture is
  // cut. Returns the width in pixels.
  int draw(Image& image, int x, int y, std::string_view utf8, int size, Colour colour) const;
  int width(std::string_view utf8, int size) const;
  // Lines of at most `width` pixels (one character at least), broken at blanks and beside Chinese
  // characters.
  std::vector<std::string> wrap(std::string_view utf8, int size, int width) const;

 private:
  struct Face;
  std::unique_ptr<Face> face_;
};

}  // namespace vioreview
