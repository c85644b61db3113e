// SPDX-License-Identifier: Apache-2.0
// EXIF orientation: the eight ways to hold a camera, and broken EXIF.
#include <random>

#include <gtest/gtest.h>

#include "decode/decode.h"
#include "decode/pictures.h"

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

TEST(Orientation, FlippedBitsInExifNeverCrash) {
  const Image upright = scene(24, 16);
  std::mt19937 random(3);
  for (int round = 0; round < 400; ++round) {
    JpegOptions options;
    options.app1 = app1_of(exif(6, round % 2 == 0));
    for (int flips = 1 + round % 4; flips > 0; --flips)
      options.app1[6 + random() % (options.app1.size() - 6)] ^=
          static_cast<std::uint8_t>(1U << (random() % 8));
    EXPECT_EQ(outcome(decode(jpeg(upright, options))), "ok");
  }
}

}  // namespace
}  // namespace vioreview
