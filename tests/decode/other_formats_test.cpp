// SPDX-License-Identifier: Apache-2.0
// PNG, BMP, TIFF and WebP: pixels, depth, damage, and headers that ask for too much.
#include <random>
#include <sys/resource.h>

#include <gmock/gmock.h>

#include "decode/decode.h"
#include "decode/pictures.h"
#include "sanitized.h"

namespace vioreview {
namespace {

using namespace pictures;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Formats : public testing::TestWithParam<std::string> {
 protected:
  const Image source = scene(61, 47);
  const File file = encoded(source, GetParam());
};
INSTANTIATE_TEST_SUITE_P(All, Formats, testing::Values(".png", ".bmp", ".tiff", ".webp"),
                         [](const auto& p) { return p.param.substr(1); });

TEST_P(Formats, PixelsAreExact) {
  const auto decoded = decode(file);
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_THAT(decoded.value().notes, IsEmpty());
  EXPECT_TRUE(decoded.value().colour);
  EXPECT_EQ(decoded.value().image.pixels, source.pixels);
}

TEST_P(Formats, CutOffAnywhereIsNeverReturnedAsWhole) {
  for (std::size_t size = 1; size < file.size();
       size += size < 200 || size + 60 > file.size() ? 1 : 37) {
    const auto cut = decode(first(file, size));
    if (!cut.ok()) continue;
    EXPECT_EQ(cut.value().image.pixels, source.pixels) << size << " of " << file.size();
  }
  for (const double share : {0.05, 0.3, 0.6, 0.9})
    EXPECT_EQ(outcome(decode(
                  first(file, static_cast<std::size_t>(share * static_cast<double>(file.size()))))),
              "picture_truncated")
        << share;
}

TEST_P(Formats, FlippedBitsNeverCrash) {
  std::mt19937 random(11);
  for (int round = 0; round < (kSanitized ? 120 : 300); ++round) {
    File hurt = file;
    // Every other round within the headers, where a bit does most.
    const std::size_t range =
        round % 2 == 0 ? std::min<std::size_t>(hurt.size(), 128) : hurt.size();
    for (int flips = 1 + round % 5; flips > 0; --flips)
      hurt[random() % range] ^= static_cast<std::uint8_t>(1U << (random() % 8));
    const auto decoded = decode(hurt);
    if (!decoded.ok()) {
      EXPECT_FALSE(decoded.problem().detail.empty());
    }
  }
}

TEST_P(Formats, RubbishBehindTheMagicNeverCrashes) {
  std::mt19937 random(13);
  for (int round = 0; round < (kSanitized ? 90 : 200); ++round) {
    File hurt = first(file, 4 + static_cast<std::size_t>(round) % 30);
    for (int i = 0; i < 300; ++i) hurt.push_back(static_cast<std::uint8_t>(random()));
    EXPECT_NE(outcome(decode(hurt)), "ok");
  }
}

TEST(Png, SixteenBitsBecomeEight) {
  const Image source = scene(40, 30);
  for (const std::string extension : {".png", ".tiff"}) {
    const auto decoded = decode(encoded(source, extension, 3, 16));
    ASSERT_EQ(outcome(decoded), "ok") << extension;
    EXPECT_EQ(decoded.value().image.pixels, source.pixels) << extension;
  }
}

TEST(Png, AlphaIsDropped) {
  const Image source = scene(40, 30);
  for (const std::string extension : {".png", ".webp", ".tiff"}) {
    const auto decoded = decode(encoded(source, extension, 4));
    ASSERT_EQ(outcome(decoded), "ok") << extension;
    // WebP need not keep what nobody sees: the first column, of alpha 0, may differ.
    double worst = 0;
    for (int y = 0; y < 30; ++y)
      for (int i = 3; i < 40 * 3; ++i)
        worst =
            std::max<double>(worst, std::abs(decoded.value().image.row(y)[i] - source.row(y)[i]));
    EXPECT_EQ(worst, 0) << extension;
  }
}

TEST(Png, GreyHasNoColour) {
  for (const std::string extension : {".png", ".bmp", ".tiff"})
    for (const int bits : {8, 16}) {
      if (extension == ".bmp" && bits == 16) continue;
      const auto decoded = decode(encoded(scene(40, 30), extension, 1, bits));
      ASSERT_EQ(outcome(decoded), "ok") << extension;
      EXPECT_FALSE(decoded.value().colour) << extension;
      EXPECT_EQ(decoded.value().chroma, 0) << extension;
    }
}

TEST(Png, AFlippedBitAnywhereIsSeen) {
  const File file = encoded(scene(20, 20), ".png");
  for (std::size_t at = 8; at < file.size(); ++at) {
    File hurt = file;
    hurt[at] ^= 0x10;
    EXPECT_NE(outcome(decode(hurt)), "ok") << at;
  }
}

TEST(Png, PixelDataWithoutTheirEndAreNoPicture) {
  const File file = encoded(scene(200, 200), ".png");
  const std::size_t data = find(file, text("IDAT")) + 4;
  const File some(file.begin() + static_cast<std::ptrdiff_t>(data),
                  file.begin() + static_cast<std::ptrdiff_t>(data + 5000));
  const File cut = cat({first(file, data - 8), png_chunk("IDAT", some), png_chunk("IEND", {})});
  EXPECT_EQ(outcome(decode(cut)), "picture_undecodable");
}

TEST(Png, BytesBehindTheEndAreNoted) {
  const Image source = scene(20, 20);
  for (const std::string extension : {".png", ".webp"}) {
    const auto decoded = decode(cat({encoded(source, extension), text("camera 7")}));
    ASSERT_EQ(outcome(decoded), "ok");
    EXPECT_EQ(decoded.value().image.pixels, source.pixels);
    EXPECT_THAT(decoded.value().notes,
                ElementsAre("8 bytes behind the end of the picture, not read"));
  }
}

File png_header(std::uint32_t side) {
  const auto b = [&](int shift) { return static_cast<std::uint8_t>(side >> shift); };
  return cat(
      {text({"\x89PNG\r\n\x1A\n", 8}),
       png_chunk("IHDR", {b(24), b(16), b(8), b(0), b(24), b(16), b(8), b(0), 8, 2, 0, 0, 0}),
       png_chunk("IDAT", File(100)), png_chunk("IEND", {})});
}
File bmp_header(std::int64_t width, std::int64_t height) {
  return cat({text("BM"), little_endian_bytes(54), little_endian_bytes(0), little_endian_bytes(54),
              little_endian_bytes(40), little_endian_bytes(width), little_endian_bytes(height),
              little_endian_bytes(1, 2), little_endian_bytes(24, 2), File(24)});
}
File tiff_header(std::int64_t side) {
  const auto entry = [](int tag, std::int64_t value) {
    return cat({little_endian_bytes(tag, 2), little_endian_bytes(4, 2), little_endian_bytes(1),
                little_endian_bytes(value)});
  };
  return cat({text({"II*\0", 4}), little_endian_bytes(8), little_endian_bytes(4, 2),
              entry(256, side), entry(257, side), entry(273, 8), entry(279, 1),
              little_endian_bytes(0)});
}
File webp_header() {  // lossless, 16384 x 16384
  return cat({text("RIFF"),
              little_endian_bytes(30),
              text("WEBPVP8L"),
              little_endian_bytes(17),
              {0x2F, 0xFF, 0xFF, 0xFF, 0x0F},
              File(13)});
}

TEST(Headers, TooLargeIsRefusedBeforeAllocation) {
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  for (const File& file :
       {png_header(30000), png_header(0x7FFFFFFF), bmp_header(30000, 30000),
        bmp_header(30000, -30000), bmp_header(0x7FFFFFFF, 0x7FFFFFFF), tiff_header(30000),
        tiff_header(0xFFFFFFFF), webp_header(), first(png_header(30000), 40)})
    EXPECT_EQ(outcome(decode(file)), "picture_too_large");
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 << 10);
}

TEST(Headers, NoSizeIsUndecodable) {
  for (const File& file :
       {png_header(0), bmp_header(0, 10), bmp_header(-5, 10), bmp_header(5, 0), tiff_header(0)})
    EXPECT_EQ(outcome(decode(file)), "picture_undecodable");
}

TEST(Headers, TiffWithoutCompression) {
  const Image source = scene(31, 22);
  const File file = plain_tiff(source);
  const auto decoded = decode(file);
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_EQ(decoded.value().image.pixels, source.pixels);
  for (std::size_t size = 8; size < file.size(); ++size)
    EXPECT_EQ(outcome(decode(first(file, size))), "picture_truncated") << size;
}

TEST(Headers, BmpWithTheTopRowFirst) {
  const Image source = scene(8, 5);
  File rows;
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 8; ++x)
      for (int c = 2; c >= 0; --c) rows.push_back(source.row(y)[x * 3 + c]);
  const auto decoded = decode(cat({bmp_header(8, -5), rows}));
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_EQ(decoded.value().image.pixels, source.pixels);
  rows.pop_back();
  EXPECT_EQ(outcome(decode(cat({bmp_header(8, -5), rows}))), "picture_truncated");
}

}  // namespace
}  // namespace vioreview
