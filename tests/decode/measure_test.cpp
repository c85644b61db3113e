// SPDX-License-Identifier: Apache-2.0
// Brightness, chroma, colour and the perceptual hash.
#include <bit>

#include <gtest/gtest.h>

#include "decode/decode.h"
#include "decode/pictures.h"

namespace vioreview {
namespace {

using namespace pictures;

Decoded seen(const Image& image) {
  return decode(encoded(image, ".png")).value();
}

template <class Paint>
Image painted(int width, int height, Paint paint) {
  Image image(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const std::array<int, 3> rgb = paint(x, y);
      for (int c = 0; c < 3; ++c)
        image.row(y)[x * 3 + c] = static_cast<std::uint8_t>(rgb[static_cast<std::size_t>(c)]);
    }
  return image;
}

int bits_apart(const std::string& a, const std::string& b) {
  return std::popcount(std::stoull(a, nullptr, 16) ^ std::stoull(b, nullptr, 16));
}

TEST(Measure, BrightnessIsMeanLumaAndChromaMeanSpread) {
  const Decoded red = seen(painted(64, 48, [](int, int) { return std::array{200, 0, 0}; }));
  EXPECT_NEAR(red.brightness, 0.299 * 200, 0.01);  // ITU-R BT.601
  EXPECT_NEAR(red.chroma, 200, 0.01);
  const Decoded half = seen(painted(64, 48, [](int x, int) {
    return x < 32 ? std::array{0, 0, 0} : std::array{255, 255, 255};
  }));
  EXPECT_NEAR(half.brightness, 127.5, 0.5);
  EXPECT_NEAR(half.chroma, 0, 0.01);
}

// `share` of the rows, at the bottom, are red; the rest is grey.
Image grey_with_red(double share) {
  return painted(400, 400, [&](int x, int y) {
    return y >= 400 * (1 - share) ? std::array{250, 30, 30} : std::array{x / 2, x / 2, x / 2};
  });
}

TEST(Measure, ColourIsMoreThanAStripOfText) {
  EXPECT_FALSE(seen(grey_with_red(0)).colour);
  EXPECT_FALSE(seen(grey_with_red(0.005)).colour);
  EXPECT_TRUE(seen(grey_with_red(0.05)).colour);
}

TEST(Measure, GreyStoredAsColourJpegHasNoColour) {
  Image grey = scene(320, 240);
  for (std::size_t i = 0; i < grey.pixels.size(); i += 3)
    grey.pixels[i + 1] = grey.pixels[i + 2] = grey.pixels[i];
  for (const int quality : {95, 60, 25}) {
    JpegOptions options;
    options.quality = quality;
    EXPECT_FALSE(decode(jpeg(grey, options)).value().colour) << quality;
  }
  EXPECT_TRUE(decode(jpeg(scene(320, 240))).value().colour);
}

TEST(Measure, HashTellsWhereItGrowsBrighterToTheRight) {
  const auto slope = [](int x, int) { return std::array{x, x, x}; };
  EXPECT_EQ(seen(painted(180, 80, slope)).perceptual_hash, "ffffffffffffffff");
  const auto fall = [](int x, int) { return std::array{180 - x, 180 - x, 180 - x}; };
  EXPECT_EQ(seen(painted(180, 80, fall)).perceptual_hash, "0000000000000000");
  // Rising in the upper half only: the first four rows of eight bits.
  const auto half = [](int x, int y) {
    const int v = y < 40 ? x : 180 - x;
    return std::array{v, v, v};
  };
  EXPECT_EQ(seen(painted(180, 80, half)).perceptual_hash, "ffffffff00000000");
}

TEST(Measure, HashSurvivesScaleAndCompressionAndTellsScenesApart) {
  const Image large = scene(800, 600, 3);
  Image half(400, 300);
  for (int y = 0; y < 300; ++y)
    for (int x = 0; x < 400; ++x) std::copy_n(large.row(y * 2) + x * 6, 3, half.row(y) + x * 3);
  JpegOptions poor;
  poor.quality = 30;
  const std::string hash = seen(large).perceptual_hash;
  EXPECT_LE(bits_apart(hash, decode(jpeg(half, poor)).value().perceptual_hash), 8);
  EXPECT_GE(bits_apart(hash, seen(scene(800, 600, 4)).perceptual_hash), 16);
}

TEST(Measure, SmallestPictures) {
  for (const auto& [w, h] : {std::pair{1, 1}, {1, 40}, {40, 1}, {3, 2}}) {
    const Decoded decoded = seen(painted(w, h, [](int, int) { return std::array{10, 20, 30}; }));
    EXPECT_EQ(decoded.image.width, w);
    EXPECT_EQ(decoded.perceptual_hash, "0000000000000000");
    EXPECT_NEAR(decoded.chroma, 20, 0.01);
  }
}

}  // namespace
}  // namespace vioreview
