// SPDX-License-Identifier: Apache-2.0
// EXIF: the eight ways to hold a camera, when a picture was taken, and broken data.
#include <random>

#include <gtest/gtest.h>

#include "decode/decode.h"
#include "decode/pictures.h"
#include "sanitized.h"

namespace vioreview {
namespace {

using namespace pictures;

// Where the stored picture's row 0 and column 0 are in the upright one (CIPA DC-008, tag 274).
enum class Side { top, right, bottom, left };
struct Held {
  int orientation;
  Side row0, column0;
};
constexpr Held kHeld[] = {{1, Side::top, Side::left},     {2, Side::top, Side::right},
                          {3, Side::bottom, Side::right}, {4, Side::bottom, Side::left},
                          {5, Side::left, Side::top},     {6, Side::right, Side::top},
                          {7, Side::right, Side::bottom}, {8, Side::left, Side::bottom}};

// What a camera held so stores of the upright picture.
Image stored(const Image& upright, const Held& held) {
  const bool lying = held.row0 == Side::left || held.row0 == Side::right;
  Image image(lying ? upright.height : upright.width, lying ? upright.width : upright.height);
  for (int row = 0; row < image.height; ++row)
    for (int column = 0; column < image.width; ++column) {
      int x = 0, y = 0;
      const auto put = [&](Side side, int distance) {  // `distance` from that side
        if (side == Side::left) x = distance;
        if (side == Side::right) x = upright.width - 1 - distance;
        if (side == Side::top) y = distance;
        if (side == Side::bottom) y = upright.height - 1 - distance;
      };
      put(held.row0, row);
      put(held.column0, column);
      std::copy_n(upright.row(y) + x * 3, 3, image.row(row) + column * 3);
    }
  return image;
}

File app1_of(const File& tiff) {
  return cat({text({"Exif\0\0", 6}), tiff});
}

class Orientations : public testing::TestWithParam<Held> {
 protected:
  const Image upright = scene(70, 40);
  const Image as_stored = stored(upright, GetParam());
};
INSTANTIATE_TEST_SUITE_P(All, Orientations, testing::ValuesIn(kHeld),
                         [](const auto& p) { return std::to_string(p.param.orientation); });

TEST_P(Orientations, PngStandsUpright) {
  for (const bool big_endian : {false, true}) {
    const File file = with_png_chunk(encoded(as_stored, ".png"), "eXIf",
                                     exif(GetParam().orientation, big_endian));
    const auto decoded = decode(file);
    ASSERT_EQ(outcome(decoded), "ok");
    EXPECT_EQ(difference(decoded.value().image, upright), 0);
  }
}

TEST_P(Orientations, JpegStandsUpright) {
  JpegOptions options;
  options.quality = 100;
  options.sampling = {1, 1, 1, 1, 1, 1};
  for (const bool big_endian : {false, true}) {
    options.app1 = app1_of(exif(GetParam().orientation, big_endian));
    const auto decoded = decode(jpeg(as_stored, options));
    ASSERT_EQ(outcome(decoded), "ok");
    EXPECT_LT(difference(decoded.value().image, upright), 2);
  }
}

TEST_P(Orientations, TiffStandsUpright) {
  const auto decoded = decode(plain_tiff(as_stored, GetParam().orientation));
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_EQ(difference(decoded.value().image, upright), 0);
}

TEST_P(Orientations, WebpStandsUpright) {
  // A lossless picture put into the extended form: canvas size, picture, EXIF.
  const File simple = encoded(as_stored, ".webp");
  const File tiff = exif(GetParam().orientation, false);
  const auto side = [&](int pixels) {
    return little_endian_bytes(static_cast<std::size_t>(pixels) - 1, 3);
  };
  constexpr std::uint8_t kHasExif = 8;
  const File chunks = cat({text("WEBP"),
                           text("VP8X"),
                           little_endian_bytes(10, 4),
                           {kHasExif, 0, 0, 0},
                           side(as_stored.width),
                           side(as_stored.height),
                           File(simple.begin() + 12, simple.end()),
                           text("EXIF"),
                           little_endian_bytes(tiff.size(), 4),
                           tiff});
  const auto decoded = decode(cat({text("RIFF"), little_endian_bytes(chunks.size(), 4), chunks}));
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_EQ(difference(decoded.value().image, upright), 0);
}

TEST(Orientation, BrokenExifIsNoOrientation) {
  const Image upright = scene(70, 40);
  File far = exif(6, false);
  far[4] = 0xF0;  // the directory lies beyond the end
  File many = exif(6, true);
  many[8] = 0xFF;  // more entries than there are bytes
  for (const File& tiff : {exif(0, false), exif(9, false), File{}, text("II"), text("XX*"), far,
                           many, first(exif(6, false), 20)}) {
    JpegOptions options;
    options.app1 = app1_of(tiff);
    const auto decoded = decode(jpeg(upright, options));
    ASSERT_EQ(outcome(decoded), "ok");
    EXPECT_EQ(decoded.value().image.width, 70);
    EXPECT_EQ(decoded.value().image.height, 40);
  }
}

// A little-endian TIFF structure with DateTime and, in the EXIF directory, DateTimeOriginal; "":
// the entry is left out.
File exif_times(const std::string& changed, const std::string& taken) {
  constexpr int kAscii = 2, kLong = 4;
  const auto entry = [](int tag, int type, std::size_t count, std::size_t value) {
    return cat({little_endian_bytes(tag, 2), little_endian_bytes(type, 2),
                little_endian_bytes(static_cast<std::int64_t>(count)),
                little_endian_bytes(static_cast<std::int64_t>(value))});
  };
  const auto directory = [](const File& entries) {
    return cat({little_endian_bytes(static_cast<std::int64_t>(entries.size() / 12), 2), entries,
                little_endian_bytes(0)});
  };
  // The header, a directory of two entries, one of one entry, the texts.
  constexpr std::size_t kFirst = 8, kSecond = kFirst + 2 + 24 + 4, kTexts = kSecond + 2 + 12 + 4;
  File first, second;
  if (!changed.empty()) first = entry(0x0132, kAscii, changed.size(), kTexts);
  first = cat({first, entry(0x8769, kLong, 1, kSecond)});
  if (!taken.empty()) second = entry(0x9003, kAscii, taken.size(), kTexts + changed.size());
  File head =
      cat({text("II"), little_endian_bytes(42, 2), little_endian_bytes(kFirst), directory(first)});
  head.resize(kSecond);
  File body = cat({head, directory(second)});
  body.resize(kTexts);
  return cat({body, text(changed), text(taken)});
}

std::string written(const File& tiff) {
  JpegOptions options;
  options.app1 = app1_of(tiff);
  const auto decoded = decode(jpeg(scene(24, 16), options));
  if (!decoded) return outcome(decoded);
  return decoded.value().written ? format_time(*decoded.value().written) : "";
}

std::string terminated(std::string_view text) {
  return std::string(text) + '\0';
}

TEST(Written, IsWhenThePictureWasTaken) {
  const std::string changed = terminated("2026:03:20 09:00:00"),
                    taken = terminated("2026:03:14 08:25:31");
  EXPECT_EQ(written(exif_times(changed, taken)), "2026-03-14T08:25:31.000");
  EXPECT_EQ(written(exif_times("", taken)), "2026-03-14T08:25:31.000");
  EXPECT_EQ(written(exif_times(changed, "")), "") << "when it was saved again says nothing";
  EXPECT_EQ(written(exif_times("", "")), "");
}

TEST(Written, IsNothingWhereThereIsNoTime) {
  for (const char* unset : {"0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:14 08:25:31"})
    EXPECT_EQ(written(exif_times("", terminated(unset))), "") << unset;
  EXPECT_EQ(written({}), "");
  EXPECT_EQ(written(first(exif_times("", terminated("2026:03:14 08:25:31")), 60)), "");
}

TEST(Orientation, FlippedBitsInExifNeverCrash) {
  const Image upright = scene(24, 16);
  std::mt19937 random(3);
  for (int round = 0; round < (kSanitized ? 150 : 400); ++round) {
    JpegOptions options;
    options.app1 = app1_of(round % 3 ? exif(6, round % 2 == 0)
                                     : exif_times("2026:03:20 09:00:00", "2026:03:14 08:25:31"));
    for (int flips = 1 + round % 4; flips > 0; --flips)
      options.app1[6 + random() % (options.app1.size() - 6)] ^=
          static_cast<std::uint8_t>(1U << (random() % 8));
    EXPECT_EQ(outcome(decode(jpeg(upright, options))), "ok");
  }
}

}  // namespace
}  // namespace vioreview
