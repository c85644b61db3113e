// SPDX-License-Identifier: Apache-2.0
// Tesseract behind the reader: one drawn picture with a band and outlined text says what is in it.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "decode/decode.h"
#include "perceive/overlay.h"
#include "perceive/tesseract/tesseract_reader.h"

namespace vioreview {
namespace {

TEST(Tesseract, ReadsABandAndOutlinedText) {
  std::ifstream in(VIOREVIEW_SOURCE_DIR "/tests/perceive/data/overlay/band_and_outlined.png",
                   std::ios::binary);
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
  const auto picture = decode(bytes);
  ASSERT_TRUE(picture);
  const auto reader = make_overlay_reader();
  ASSERT_TRUE(reader);
  const auto seen = reader->read(picture.value().image, {{0, 0, 700, 170}});
  const auto says = [&](OverlayField field, std::string_view text) {
    return std::any_of(seen.begin(), seen.end(), [&](const OverlaySeen& s) {
      return s.field == field && s.text == text && s.p >= 0.5F && s.box.x1 > s.box.x0;
    });
  };
  EXPECT_TRUE(says(OverlayField::time, "2026-03-14T08:25:31.120"));
  EXPECT_TRUE(says(OverlayField::violation, "1625"));
  EXPECT_TRUE(says(OverlayField::place, "解放大道中山路口"));
  EXPECT_TRUE(says(OverlayField::speed, "78"));
  EXPECT_TRUE(says(OverlayField::device, "340100000000010001"));
}

TEST(Tesseract, ReadsNothingInAnEmptyLine) {
  const auto reader = make_tesseract_reader();
  EXPECT_TRUE(reader->read({}, Script::chinese).empty());
  EXPECT_TRUE(reader->read({40, 40, std::vector<std::uint8_t>(1600, 255)}, Script::digits).empty());
}

TEST(Tesseract, NamesItsVersion) {
  EXPECT_FALSE(tesseract_version().empty());
  EXPECT_NE(overlay_reader_version().find(tesseract_version()), std::string::npos);
}

}  // namespace
}  // namespace vioreview
