// SPDX-License-Identifier: Apache-2.0
// Where a close-up comes from.
#include "decode/closeup.h"

#include <gtest/gtest.h>

#include "decode/composites.h"

namespace vioreview {
namespace {

using composites::enlarged;
using composites::road;

constexpr int kWidth = 1280, kHeight = 720;

std::optional<Enlarged> found(const Image& closeup, const std::vector<Image>& panels) {
  std::vector<Sketch> sketches;
  for (const Image& panel : panels) sketches.push_back(sketch_of(panel));
  return find_enlarged(sketch_of(closeup), sketches);
}

void expect_box(const Box& box, const Box& truth) {
  constexpr float kOff = 8;  // px: a scale of a few per cent, at half size
  EXPECT_NEAR(box.x0, truth.x0, kOff);
  EXPECT_NEAR(box.y0, truth.y0, kOff);
  EXPECT_NEAR(box.x1, truth.x1, kOff);
  EXPECT_NEAR(box.y1, truth.y1, kOff);
}

TEST(FindEnlarged, TellsPanelAndPlace) {
  const std::vector<Image> panels{road(0, kWidth, kHeight, 1), road(1, kWidth, kHeight, 2)};
  for (const int times : {2, 3, 4}) {
    const auto part = found(enlarged(panels[1], 620, 300, times, 130 * times, 74 * times), panels);
    ASSERT_TRUE(part) << times;
    EXPECT_EQ(part->panel, 1U);
    expect_box(part->box, {620, 300, 750, 374});
  }
}

TEST(FindEnlarged, LightAndContrastDoNotMatter) {
  const Image panel = road(0, kWidth, kHeight);
  Image closeup = enlarged(panel, 620, 300, 3, 390, 222);
  for (auto& level : closeup.pixels) level = static_cast<std::uint8_t>(40 + level / 2);
  const auto part = found(closeup, {panel});
  ASSERT_TRUE(part);
  expect_box(part->box, {620, 300, 750, 374});
}

TEST(FindEnlarged, AnotherPicturesPartIsNotFound) {
  EXPECT_FALSE(found(enlarged(road(0, kWidth, kHeight, 7), 620, 300, 3, 390, 222),
                     {road(0, kWidth, kHeight, 1), road(1, kWidth, kHeight, 1)}));
}

TEST(FindEnlarged, TwoEqualPartsOfOnePanelNameNone) {
  Image panel = road(0, kWidth, kHeight);
  composites::paste(panel, enlarged(panel, 620, 300, 1, 130, 74), 200, 500);
  EXPECT_FALSE(found(enlarged(panel, 620, 300, 3, 390, 222), {panel}));
}

TEST(FindEnlarged, NothingIsFoundWithoutContrastOrPixels) {
  const Image panel = road(0, kWidth, kHeight);
  Image flat(390, 222);
  composites::fill(flat, 0, 0, 390, 222, {90, 90, 90});
  EXPECT_FALSE(found(flat, {panel}));
  EXPECT_FALSE(found(Image(), {panel}));
  EXPECT_FALSE(found(enlarged(panel, 620, 300, 3, 390, 222), {Image()}));
  EXPECT_FALSE(found(enlarged(panel, 620, 300, 3, 390, 222), {}));
  EXPECT_FALSE(found(enlarged(panel, 620, 300, 1, 3, 2), {panel}));
}

TEST(FindEnlarged, AnEnormousCloseUpIsNotEvenScaled) {
  Sketch closeup = sketch_of(enlarged(road(0, kWidth, kHeight), 620, 300, 3, 390, 222));
  closeup.scale = 1e-5F;  // of a picture of 39 million columns
  EXPECT_FALSE(find_enlarged(closeup, {sketch_of(road(0, kWidth, kHeight))}));
}

}  // namespace
}  // namespace vioreview
