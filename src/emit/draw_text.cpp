// SPDX-License-Identifier: Apache-2.0
#include "emit/draw_text.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <string_view>

namespace vioreview {
namespace {

constexpr const char* kFonts[] = {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                                  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                  "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                                  "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"};

// The next code point of `text`, which loses it; an invalid byte is U+FFFD.
std::uint32_t next_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80    ? 1
                             : lead >= 0xF0 ? 4
                             : lead >= 0xE0 ? 3
                             : lead >= 0xC2 ? 2
                                            : 0;
  if (length == 0 || text.size() < length) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  std::uint32_t code = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return code;
}

void blend(std::uint8_t* pixel, Colour colour, int alpha) {
  for (std::size_t c = 0; c < 3; ++c)
    pixel[c] = static_cast<std::uint8_t>((pixel[c] * (255 - alpha) + colour[c] * alpha) / 255);
}

void paint(Image& image, const FT_Bitmap& glyph, int left, int top, Colour colour) {
  for (int v = 0; v < static_cast<int>(glyph.rows); ++v)
    for (int u = 0; u < static_cast<int>(glyph.width); ++u) {
      const int x = left + u, y = top + v;
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      blend(image.row(y) + static_cast<std::ptrdiff_t>(x) * 3, colour,
            glyph.buffer[v * glyph.pitch + u]);
    }
}

}  // namespace

struct TextPainter::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  ~Face() {
    if (face) FT_Done_Face(face);
    if (library) FT_Done_FreeType(library);
  }
};

TextPainter::TextPainter() : face_(std::make_unique<Face>()) {
  if (FT_Init_FreeType(&face_->library) != 0) return;
  for (const char* font : kFonts)
    if (FT_New_Face(face_->library, font, 0, &face_->face) == 0) return;
  face_->face = nullptr;
}

TextPainter::~TextPainter() = default;

int TextPainter::draw(Image& image, int x, int y, const std::string& utf8, int size,
                      Colour colour) const {
  if (!face_->face || FT_Set_Pixel_Sizes(face_->face, 0, static_cast<FT_UInt>(size)) != 0) return 0;
  const int baseline = y + static_cast<int>(face_->face->size->metrics.ascender >> 6);
  int pen = x;
  for (std::string_view rest = utf8; !rest.empty();) {
    if (FT_Load_Char(face_->face, next_code_point(rest), FT_LOAD_RENDER) != 0) continue;
    const FT_GlyphSlot glyph = face_->face->glyph;
    paint(image, glyph->bitmap, pen + glyph->bitmap_left, baseline - glyph->bitmap_top, colour);
    pen += static_cast<int>(glyph->advance.x >> 6);
  }
  return pen - x;
}

int TextPainter::width(const std::string& utf8, int size) const {
  Image nowhere(1, 1);
  return draw(nowhere, 2, 2, utf8, size, {});
}

}  // namespace vioreview
