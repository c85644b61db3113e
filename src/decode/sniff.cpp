// SPDX-License-Identifier: Apache-2.0
#include "decode/sniff.h"

#include <cctype>
#include <string>
#include <string_view>

namespace vioreview {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t at;
  std::string_view word, name;
};

constexpr std::string_view kJpeg = "\xFF\xD8\xFF"sv, kPng = "\x89PNG\r\n\x1A\n"sv;

// Other kinds than those decoded; the first that fits counts.
constexpr Magic kOthers[] = {{0, "GIF8"sv, "a GIF picture"},
                             {0, "PK\x03\x04"sv, "a ZIP archive"},
                             {0, "%PDF"sv, "a PDF document"},
                             {0, "\x1F\x8B"sv, "a gzip archive"},
                             {0, "7z\xBC\xAF"sv, "a 7z archive"},
                             {0, "Rar!"sv, "a RAR archive"},
                             {0, "\xD0\xCF\x11\xE0"sv, "an Office document"},
                             {0, "8BPS"sv, "a Photoshop document"},
                             {0, "II+\0"sv, "a BigTIFF picture"},
                             {0, "MM\0+"sv, "a BigTIFF picture"},
                             {0, "\0\0\0\x0CjP  "sv, "a JPEG 2000 picture"},
                             {0, "\xFF\x4F\xFF\x51"sv, "a JPEG 2000 picture"},
                             {0, "\0\0\1\0"sv, "an icon"},
                             {4, "ftyphei"sv, "a HEIC picture"},
                             {4, "ftyphev"sv, "a HEIC picture"},
                             {4, "ftypmif1"sv, "a HEIC picture"},
                             {4, "ftypavi"sv, "an AVIF picture"},
                             {4, "ftyp"sv, "an MP4 video"},
                             {8, "AVI "sv, "an AVI video"}};

// Words at the start of text, blanks and a byte order mark skipped, in lower case.
constexpr Magic kTexts[] = {{0, "<html"sv, "a web page"},    {0, "<!doctype"sv, "a web page"},
                            {0, "<?xml"sv, "an XML file"},   {0, "<svg"sv, "an SVG drawing"},
                            {0, "{"sv, "a JSON file"},       {0, "["sv, "a JSON file"},
                            {0, "<"sv, "a web page or XML"}, {0, ""sv, "text"}};

bool is_text(Bytes bytes) {
  const Bytes head = bytes.first(std::min<std::size_t>(bytes.size(), 512));
  return std::all_of(head.begin(), head.end(), [](std::uint8_t b) {
    return b >= 0x20 || b == '\t' || b == '\n' || b == '\r' || b == '\f';
  });
}

std::string_view name_of_text(Bytes bytes) {
  std::string head;
  for (const std::uint8_t b : bytes.first(std::min<std::size_t>(bytes.size(), 512))) {
    const bool skipped = b <= ' ' || b == 0xEF || b == 0xBB || b == 0xBF;
    if (head.empty() && skipped) continue;
    head += static_cast<char>(std::tolower(b));
  }
  for (const Magic& magic : kTexts)
    if (head.starts_with(magic.word)) return magic.name;
  return "text";
}

std::string_view looks_like(Bytes bytes) {
  for (const Magic& magic : kOthers)
    if (holds_at(bytes, magic.at, magic.word)) return magic.name;
  if (std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; }))
    return "nothing but zero bytes";
  return is_text(bytes) ? name_of_text(bytes) : "of an unknown kind";
}

// "BM" alone is also how a text may begin: the size of the second header must be one that exists.
bool is_bmp(Bytes bytes) {
  if (!holds_at(bytes, 0, "BM"sv)) return false;
  const std::uint32_t header = little_endian(bytes, 14, 4);
  return bytes.size() < 18 ? !is_text(bytes) : header == 12 || (header >= 40 && header <= 124);
}

}  // namespace

Result<Format> format_of(Bytes bytes) {
  if (bytes.empty()) return Problem{"picture_empty", "", "the file is empty; fetch it again"};
  if (holds_at(bytes, 0, kJpeg)) return Format::jpeg;
  if (holds_at(bytes, 0, kPng)) return Format::png;
  if (is_bmp(bytes)) return Format::bmp;
  if (holds_at(bytes, 0, "II*\0"sv) || holds_at(bytes, 0, "MM\0*"sv)) return Format::tiff;
  if (holds_at(bytes, 0, "RIFF"sv) && holds_at(bytes, 8, "WEBP"sv)) return Format::webp;
  for (const std::string_view magic : {kJpeg, kPng})
    if (bytes.size() < magic.size() && holds_at(bytes, 0, magic.substr(0, bytes.size())))
      return Problem{
          "picture_truncated", "",
          "the file ends after " + std::to_string(bytes.size()) + " bytes; fetch it again"};
  return Problem{
      "picture_undecodable", "",
      "the file is " + std::string(looks_like(bytes)) + ", not JPEG, PNG, BMP, TIFF or WebP"};
}

}  // namespace vioreview
