// SPDX-License-Identifier: Apache-2.0
// Text of any script on a picture, by FreeType and a font found on the machine.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "core/image.h"

namespace vioreview {

using Colour = std::array<std::uint8_t, 3>;

class TextPainter {
 public:
  // The first usable of the known CJK and Latin fonts; without any, text is left out.
  TextPainter();
  ~TextPainter();
  TextPainter(const TextPainter&) = delete;
  TextPainter& operator=(const TextPainter&) = delete;

  // Draws `utf8` with its line's top left at (x, y), `size` pixels high. What leaves the picture is
  // cut. Returns the width.
  int draw(Image& image, int x, int y, const std::string& utf8, int size, Colour colour) const;
  int width(const std::string& utf8, int size) const;

 private:
  struct Face;
  std::unique_ptr<Face> face_;
};

}  // namespace vioreview
