// SPDX-License-Identifier: Apache-2.0
#include "emit/draw_text.h"

#include <cstddef>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vioreview {
namespace {

constexpr const char* kFonts[] = {"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                                  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                                  "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
                                  "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                                  "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"};

constexpr char32_t kUnknown = 0xFFFD;

// The first code point of `text` and its bytes; an invalid byte is U+FFFD.
struct CodePoint {
  char32_t code = kUnknown;
  std::size_t bytes = 1;
};
CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t bytes = byte(0) < 0x80   ? 1
                            : byte(0) < 0xC2 ? 0
                            : byte(0) < 0xE0 ? 2
                            : byte(0) < 0xF0 ? 3
                            : byte(0) < 0xF5 ? 4
                                             : 0;
  if (bytes == 1) return {byte(0), 1};
  if (bytes == 0 || text.size() < bytes) return {};
  char32_t code = byte(0) & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = (code << 6) | (byte(i) & 0x3FU);
  }
  return {code, bytes};
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

// Strokes of OpenCV's own, which knows ASCII only.
std::string ascii_of(std::string_view utf8) {
  std::string text;
  while (!utf8.empty()) {
    const CodePoint point = first_code_point(utf8);
    text += point.code >= ' ' && point.code < 0x7F ? static_cast<char>(point.code) : '?';
    utf8.remove_prefix(point.bytes);
  }
  return text;
}
constexpr int kStrokes = cv::FONT_HERSHEY_SIMPLEX;
double stroke_scale(int size) {
  return size / 30.0;  // a line of scale 1 is some 30 pixels high
}
int stroke_width(std::string_view utf8, int size) {
  if (utf8.empty()) return 0;
  return cv::getTextSize(ascii_of(utf8), kStrokes, stroke_scale(size), 1, nullptr).width;
}

}  // namespace

std::span<const char* const> known_fonts() {
  return kFonts;
}

struct TextPainter::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  ~Face() {
    if (face) FT_Done_Face(face);
    if (library) FT_Done_FreeType(library);
  }

  // Hands each glyph and its pen position to `use`; the pen's way. Needs a face.
  template <class Use>
  int walk(std::string_view utf8, int size, FT_Int32 flags, Use use) const {
    FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(size));
    int pen = 0;
    while (!utf8.empty()) {
      const CodePoint point = first_code_point(utf8);
      utf8.remove_prefix(point.bytes);
      if (FT_Load_Char(face, point.code, flags) != 0) continue;
      use(*face->glyph, pen);
      pen += static_cast<int>(face->glyph->advance.x >> 6);
    }
    return pen;
  }
};

TextPainter::TextPainter(std::span<const char* const> fonts) : face_(std::make_unique<Face>()) {
  if (FT_Init_FreeType(&face_->library) != 0) return;
  for (const char* font : fonts) {
    if (FT_New_Face(face_->library, font, 0, &face_->face) == 0) return;
    face_->face = nullptr;
  }
}

TextPainter::~TextPainter() = default;

int TextPainter::draw(Image& image, int x, int y, std::string_view utf8, int size,
                      Colour colour) const {
  if (!face_->face) {
    cv::Mat view(image.height, image.width, CV_8UC3, image.pixels.data());
    cv::putText(view, ascii_of(utf8), {x, y + size * 4 / 5}, kStrokes, stroke_scale(size),
                cv::Scalar(colour[0], colour[1], colour[2]), 1, cv::LINE_AA);
    return stroke_width(utf8, size);
  }
  return face_->walk(utf8, size, FT_LOAD_RENDER, [&](const FT_GlyphSlotRec& glyph, int pen) {
    const int baseline = y + static_cast<int>(face_->face->size->metrics.ascender >> 6);
    paint(image, glyph.bitmap, x + pen + glyph.bitmap_left, baseline - glyph.bitmap_top, colour);
  });
}

int TextPainter::width(std::string_view utf8, int size) const {
  if (!face_->face) return stroke_width(utf8, size);
  return face_->walk(utf8, size, FT_LOAD_DEFAULT, [](const FT_GlyphSlotRec&, int) {});
}

std::vector<std::string> TextPainter::wrap(std::string_view utf8, int size, int max_width) const {
  constexpr char32_t kFirstChinese = 0x2E80;
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  while (at < utf8.size()) {
    // A word: a Chinese character, or all up to the next blank or Chinese character.
    std::size_t end = at;
    do {
      const CodePoint point = first_code_point(utf8.substr(end));
      if (point.code >= kFirstChinese && end > at) break;
      end += point.bytes;
      if (point.code >= kFirstChinese || point.code == ' ') break;
    } while (end < utf8.size());
    const std::string_view word = utf8.substr(at, end - at);
    if (!lines.back().empty() && width(lines.back() + std::string(word), size) > max_width)
      lines.emplace_back();
    if (!lines.back().empty() || word != " ") lines.back() += word;
    at = end;
  }
  return lines;
}

}  // namespace vioreview
