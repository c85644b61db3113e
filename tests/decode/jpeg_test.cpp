// SPDX-License-Identifier: Apache-2.0
// JPEG: what is whole, what is cut off, what is damaged.
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

const File kEnd = {0xFF, 0xD9};

struct Kind {
  std::string name;
  JpegOptions options;
};
void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.name;
}

std::vector<Kind> kinds() {
  Kind baseline{"baseline", {}}, full{"full_chroma", {}}, progressive{"progressive", {}},
      grey{"grey", {}}, restarts{"restarts", {}}, odd{"odd_sampling", {}};
  full.options.sampling = {1, 1, 1, 1, 1, 1};
  progressive.options.progressive = true;
  grey.options.colours = Colours::grey;
  restarts.options.restart_rows = 1;
  odd.options.sampling = {2, 2, 1, 2, 2, 1};  // not one of TurboJPEG's named kinds
  return {baseline, full, progressive, grey, restarts, odd};
}

class JpegKinds : public testing::TestWithParam<Kind> {
 protected:
  const Image source = scene(203, 149);
  const File file = jpeg(source, GetParam().options);
};
INSTANTIATE_TEST_SUITE_P(All, JpegKinds, testing::ValuesIn(kinds()),
                         [](const auto& p) { return p.param.name; });

TEST_P(JpegKinds, WholeIsDecodedWithoutANote) {
  const auto decoded = decode(file);
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_THAT(decoded.value().notes, IsEmpty());
  const bool grey = GetParam().options.colours == Colours::grey;
  EXPECT_EQ(decoded.value().colour, !grey);
  ASSERT_EQ(decoded.value().image.width, 203);
  ASSERT_EQ(decoded.value().image.height, 149);
  if (!grey) {
    EXPECT_LT(difference(decoded.value().image, source), 12);
    return;
  }
  for (std::size_t i = 0; i < source.pixels.size(); i += 3) {
    const auto* p = decoded.value().image.pixels.data() + i;
    ASSERT_TRUE(p[0] == p[1] && p[1] == p[2]);
  }
}

// A missing end marker is the only cut after which the picture is whole: then every pixel is right.
TEST_P(JpegKinds, CutOffAnywhereIsNeverReturnedAsWhole) {
  const auto whole = decode(file);
  ASSERT_EQ(outcome(whole), "ok");
  std::size_t accepted = 0;
  const std::size_t step = std::max<std::size_t>(1, file.size() / 400);
  for (std::size_t size = 3;
       size<file.size(); size += size + 80> file.size() || size < 700 ? 1 : step) {
    const auto cut = decode(first(file, size));
    if (!cut.ok()) {
      EXPECT_EQ(cut.problem().reason, "picture_truncated") << size << " of " << file.size();
      continue;
    }
    ++accepted;
    EXPECT_GE(size + 8, file.size());
    EXPECT_THAT(cut.value().notes, ElementsAre("no end marker, all rows decoded"));
    EXPECT_EQ(cut.value().image.pixels, whole.value().image.pixels) << size;
  }
  EXPECT_GE(accepted, 2U);  // without the end marker, and with half of it
}

TEST_P(JpegKinds, BytesBehindTheEndAreNotedAndNotRead) {
  const auto whole = decode(file);
  for (const File& more : {text("camera 7"), kEnd, jpeg(scene(40, 30, 9))}) {
    const auto decoded = decode(cat({file, more}));
    ASSERT_EQ(outcome(decoded), "ok");
    EXPECT_EQ(decoded.value().image.pixels, whole.value().image.pixels);
    EXPECT_THAT(decoded.value().notes,
                ElementsAre(std::to_string(more.size()) +
                            " bytes behind the end of the picture, not read"));
  }
}

// A file of full length whose end was never written.
TEST_P(JpegKinds, ZeroFilledTailIsRefused) {
  for (const double share : {0.3, 0.6, 0.9, 0.97}) {
    File half = file;
    std::fill(half.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(file.size())),
              half.end(), std::uint8_t{0});
    EXPECT_NE(outcome(decode(half)), "ok") << share;
  }
}

TEST_P(JpegKinds, EndMarkerInTheMiddleIsRefused) {
  for (const double share : {0.4, 0.7, 0.95}) {
    const File cut = cat(
        {first(file, static_cast<std::size_t>(share * static_cast<double>(file.size()))), kEnd});
    EXPECT_NE(outcome(decode(cut)), "ok") << share;
  }
}

TEST_P(JpegKinds, FlippedBitsNeverCrash) {
  std::mt19937 random(7);
  for (int round = 0; round < (kSanitized ? 60 : 150); ++round) {
    File hurt = file;
    for (int flips = 1 + round % 5; flips > 0; --flips)
      hurt[random() % hurt.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
    const auto decoded = decode(hurt);
    if (decoded.ok()) {
      EXPECT_FALSE(decoded.value().image.empty());
    } else {
      EXPECT_FALSE(decoded.problem().detail.empty());
    }
  }
}

TEST(Jpeg, BytesThatBelongToNothingAreDamage) {
  const File file = jpeg(scene(80, 60));
  const File hurt = cat({first(file, file.size() - 2), text("junk"), kEnd});
  const auto decoded = decode(hurt);
  ASSERT_EQ(outcome(decoded), "picture_undecodable");
  EXPECT_THAT(decoded.problem().detail, HasSubstr("extraneous"));
}

// A run of ones is no code of any Huffman table (T.81 annex C).
TEST(Jpeg, CodesThatCannotBeAreDamage) {
  File file = jpeg(scene(160, 120));
  const std::size_t middle = file.size() / 2;
  for (std::size_t i = 0; i < 16; i += 2) {
    file[middle + i] = 0xFF;
    file[middle + i + 1] = 0x00;
  }
  const auto decoded = decode(file);
  ASSERT_EQ(outcome(decoded), "picture_undecodable");
  EXPECT_THAT(decoded.problem().detail, HasSubstr("damaged"));
}

// Each progressive scan refines the picture; without the last ones it only looks whole.
TEST(Jpeg, MissingScansAreATruncatedPicture) {
  JpegOptions options;
  options.progressive = true;
  const File file = jpeg(scene(120, 90), options);
  int scans = 0;
  for (std::size_t at = find(file, {0xFF, 0xDA}); at < file.size();
       at = find(file, {0xFF, 0xDA}, at + 1), ++scans) {
    EXPECT_EQ(outcome(decode(first(file, at))), "picture_truncated");
    EXPECT_EQ(outcome(decode(cat({first(file, at), kEnd}))), "picture_truncated");
  }
  EXPECT_GE(scans, 6);
}

TEST(Jpeg, ScansWithoutNumberAreRefused) {
  JpegOptions options;
  options.progressive = true;
  const File file = jpeg(scene(64, 64), options);
  const std::size_t last = [&] {
    std::size_t at = 0;
    for (std::size_t next = find(file, {0xFF, 0xDA}); next < file.size();
         next = find(file, {0xFF, 0xDA}, next + 1))
      at = next;
    return at;
  }();
  File bomb = first(file, file.size() - 2);
  for (int i = 0; i < 200; ++i)
    bomb.insert(bomb.end(), file.begin() + static_cast<long>(last), file.end() - 2);
  const auto decoded = decode(cat({bomb, kEnd}));
  ASSERT_EQ(outcome(decoded), "picture_undecodable");
  EXPECT_THAT(decoded.problem().detail, HasSubstr("too many scans"));
}

// Inks of four fields: red (magenta and yellow), black, white, cyan; 255 is full ink.
struct Field {
  std::array<std::uint8_t, 4> inks;
  std::array<int, 3> rgb;
};
constexpr Field kFields[] = {{{0, 255, 255, 0}, {255, 0, 0}},
                             {{0, 0, 0, 255}, {0, 0, 0}},
                             {{0, 0, 0, 0}, {255, 255, 255}},
                             {{255, 0, 0, 0}, {0, 255, 255}}};

std::vector<std::uint8_t> field_inks(bool inverted) {
  std::vector<std::uint8_t> inks;
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 128; ++x)
      for (const std::uint8_t ink : kFields[x / 32].inks)
        inks.push_back(inverted ? static_cast<std::uint8_t>(255 - ink) : ink);
  return inks;
}

class Inks : public testing::TestWithParam<std::pair<Colours, bool>> {};
INSTANTIATE_TEST_SUITE_P(All, Inks,
                         testing::Values(std::pair{Colours::cmyk, true},
                                         std::pair{Colours::cmyk, false},
                                         std::pair{Colours::ycck, true}));

TEST_P(Inks, BecomeRgb) {
  JpegOptions options;
  options.quality = 98;
  options.colours = GetParam().first;
  options.adobe_marker = GetParam().second;  // whose inks are stored inverted
  const File file = jpeg_of_inks(field_inks(options.adobe_marker), 128, 32, options);
  const auto decoded = decode(file);
  ASSERT_EQ(outcome(decoded), "ok");
  EXPECT_TRUE(decoded.value().colour);
  for (int i = 0; i < 4; ++i)
    for (int c = 0; c < 3; ++c)
      EXPECT_NEAR(decoded.value().image.row(16)[(i * 32 + 16) * 3 + c],
                  kFields[i].rgb[static_cast<std::size_t>(c)], 8)
          << "field " << i << " channel " << c;
  EXPECT_EQ(outcome(decode(first(file, file.size() / 2))), "picture_truncated");
  const auto open = decode(first(file, file.size() - 2));
  ASSERT_EQ(outcome(open), "ok");
  EXPECT_EQ(open.value().image.pixels, decoded.value().image.pixels);
}

// The frame header: FF C0, length, bits a sample, height, width.
File with_frame(File file, std::size_t at, std::initializer_list<std::uint8_t> bytes) {
  std::copy(bytes.begin(), bytes.end(),
            file.begin() + static_cast<std::ptrdiff_t>(find(file, {0xFF, 0xC0}) + at));
  return file;
}

TEST(Jpeg, KindsThatNoDecoderHereReadsAreNamed) {
  const File file = jpeg(scene(64, 48));
  const auto deep = decode(with_frame(file, 4, {12}));
  ASSERT_EQ(outcome(deep), "picture_undecodable");
  EXPECT_THAT(deep.problem().detail, HasSubstr("12 bits"));
  for (const std::uint8_t frame : {0xC3, 0xC9, 0xCA}) {  // lossless, two arithmetic kinds
    const auto decoded = decode(with_frame(file, 1, {frame}));
    ASSERT_EQ(outcome(decoded), "picture_undecodable");
    EXPECT_THAT(decoded.problem().detail, HasSubstr("arithmetic"));
  }
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Jpeg, TooLargeIsRefusedBeforeAllocation) {
  const File file = with_frame(jpeg(scene(64, 48)), 5, {0x75, 0x30, 0x75, 0x30});  // 30000 x 30000
  const long before = peak_kib();
  const auto decoded = decode(file);
  ASSERT_EQ(outcome(decoded), "picture_too_large");
  EXPECT_THAT(decoded.problem().detail, HasSubstr("30000x30000"));
  EXPECT_LT(peak_kib() - before, 64 << 10);
  DecodeLimits limits;
  limits.max_side = 63;
  EXPECT_EQ(outcome(decode(jpeg(scene(64, 48)), limits)), "picture_too_large");
  limits.max_side = 64;
  EXPECT_EQ(outcome(decode(jpeg(scene(64, 48)), limits)), "ok");
  limits.max_pixels = 64 * 48 - 1;
  EXPECT_EQ(outcome(decode(jpeg(scene(64, 48)), limits)), "picture_too_large");
}

TEST(Jpeg, NoSizeIsUndecodable) {
  EXPECT_EQ(outcome(decode(with_frame(jpeg(scene(64, 48)), 5, {0, 0}))), "picture_undecodable");
}

}  // namespace
}  // namespace vioreview
