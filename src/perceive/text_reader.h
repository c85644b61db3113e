// SPDX-License-Identifier: Apache-2.0
// The face of a text recogniser: one line of text in, its characters out. No library shows.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vioreview {

// One line of text, dark on light, 8-bit grey, rows without padding.
struct LinePicture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

struct Glyph {
  std::string text;      // one character, UTF-8
  float p = 0;           // the recogniser's confidence, 0 to 1; not calibrated
  float x0 = 0, x1 = 0;  // pixels of the line picture, half-open
  bool operator==(const Glyph&) const = default;
};

enum class Script {
  chinese,  // simplified Chinese with digits and Latin letters
  digits    // only 0 to 9
};

class TextReader {
 public:
  virtual ~TextReader() = default;
  // The characters from left to right, blanks left out; none when nothing was read.
  virtual std::vector<Glyph> read(const LinePicture& line, Script script) = 0;
};

}  // namespace vioreview
