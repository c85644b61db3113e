// SPDX-License-Identifier: Apache-2.0
// Moves of lane arrows, over nets whose outputs the test writes by hand.
#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_net.h"
#include "perceive/adapters.h"
#include "perceive/marks.h"
#include "perceive/pipeline.h"

namespace vioreview {
namespace {

MarkSeen arrow_at(float x0, float y0, float x1, float y1) {
  return {MarkKind::arrow, {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, 0.9F, std::nullopt};
}

// Answers by the brightness of the crop: white shows an arrow whose logits are `moves`, black none.
FakeNet arrow_net(std::vector<float> moves) {
  ModelCard card = card_of("arrow", 8, 8, {"U", "L", "S", "R"});
  return {card, [=](const std::vector<float>& input, std::int64_t batch) {
            Tensor whole{{batch, 1}, {}};
            const std::size_t stride = input.size() / static_cast<std::size_t>(batch);
            for (std::size_t i = 0; i < static_cast<std::size_t>(batch); ++i)
              whole.data.push_back(input[i * stride + 4 * 8 + 4] > 0.5F ? 2.0F : -2.0F);
            return std::vector<Tensor>{repeated(batch, {4}, moves), whole};
          }};
}

Image white_left_half() {
  Image panel(100, 100);
  for (int y = 0; y < 100; ++y) std::fill_n(panel.row(y), 150, std::uint8_t{255});
  return panel;
}

double sure(double logit) {
  return 1 / (1 + std::exp(-logit));
}

TEST(ReadArrows, FillsTheMovesInTheirOrderAndTheProductOfAllAnswers) {
  FakeNet net = arrow_net({-3, -4, 5, 1});
  std::vector<MarkSeen> marks{arrow_at(10, 40, 30, 60)};
  read_arrows(net, white_left_half(), marks);
  ASSERT_TRUE(marks[0].moves);
  EXPECT_EQ(marks[0].moves->value, "SR");
  EXPECT_NEAR(marks[0].moves->p, sure(2) * sure(3) * sure(4) * sure(5) * sure(1), 1e-5);
  EXPECT_NEAR(marks[0].p, 0.9, 1e-6) << "whether it is an arrow is the detector's word";
}

TEST(ReadArrows, WhatIsNoWholeArrowOrAllowsNothingStaysOpen) {
  FakeNet net = arrow_net({-3, -4, 5, 1});
  std::vector<MarkSeen> marks{arrow_at(70, 40, 90, 60)};
  read_arrows(net, white_left_half(), marks);
  EXPECT_FALSE(marks[0].moves) << "the right half is black";
  FakeNet silent = arrow_net({-3, -4, -5, -1});
  marks = {arrow_at(10, 40, 30, 60)};
  read_arrows(silent, white_left_half(), marks);
  EXPECT_FALSE(marks[0].moves);
}

TEST(ReadArrows, TheCardsTemperaturesCoolTheAnswers) {
  ModelCard card = arrow_net({}).card();
  card.calibration["moves_temperature"] = {2};
  card.calibration["whole_temperature"] = {4};
  FakeNet net(card, [](const std::vector<float>&, std::int64_t batch) {
    return std::vector<Tensor>{repeated(batch, {4}, {-2, 4, -6, -8}), repeated(batch, {1}, {4})};
  });
  std::vector<MarkSeen> marks{arrow_at(10, 40, 30, 60)};
  read_arrows(net, white_left_half(), marks);
  ASSERT_TRUE(marks[0].moves);
  EXPECT_EQ(marks[0].moves->value, "L");
  EXPECT_NEAR(marks[0].moves->p, sure(1) * sure(1) * sure(2) * sure(3) * sure(4), 1e-5);
}

TEST(ReadArrows, AsksAboutArrowsOnlyInBatchesAndNotAboutSpecks) {
  FakeNet net = arrow_net({-3, -4, 5, -5});
  std::vector<MarkSeen> marks(11, arrow_at(10, 40, 30, 60));
  marks[3].kind = MarkKind::crosswalk;
  marks[5] = arrow_at(10, 40, 30, 43);
  marks[7].shape.clear();
  read_arrows(net, white_left_half(), marks);
  EXPECT_THAT(net.batches, testing::ElementsAre(8));
  for (std::size_t i = 0; i < marks.size(); ++i)
    EXPECT_EQ(marks[i].moves.has_value(), i != 3 && i != 5 && i != 7) << i;
}

TEST(ReadArrows, SeesTheArrowWithItsMarginCutAtTheFrame) {
  // The arrow is 20 px long: 3 px round it. Black beyond, so a larger crop would show it at its
  // rim.
  Image panel(100, 100);
  for (int y = 0; y < 23; ++y) std::fill_n(panel.row(y), 3 * 13, std::uint8_t{255});
  ModelCard card = arrow_net({}).card();
  float darkest = 9;
  FakeNet net(card, [&](const std::vector<float>& input, std::int64_t batch) {
    darkest = *std::min_element(input.begin(), input.end());
    return std::vector<Tensor>{repeated(batch, {4}, {1, 1, 1, 1}), repeated(batch, {1}, {1})};
  });
  std::vector<MarkSeen> marks{arrow_at(0, 0, 10, 20)};
  read_arrows(net, panel, marks);
  EXPECT_NEAR(darkest, 1, 1e-5);
  marks = {arrow_at(0, 0, 11, 20)};
  read_arrows(net, panel, marks);
  EXPECT_LT(darkest, 0.99);
}

PanelFacts looked_at(bool with_arrow_net, bool markings) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["detector"] = painted_scene(MarkKind::arrow);
  if (with_arrow_net) nets["arrow"] = std::make_unique<FakeNet>(arrow_net({-3, 5, -4, -5}));
  Needs needs;
  needs.markings = markings;
  PanelFacts facts;
  make_pipeline(std::move(nets))->perceive(white_left_half(), needs, facts);
  EXPECT_FALSE(facts.failure);
  return facts;
}

TEST(Pipeline, TracedArrowsGetTheirMoves) {
  const PanelFacts facts = looked_at(true, true);
  ASSERT_TRUE(facts.marks && facts.marks->size() == 1);
  ASSERT_TRUE(facts.marks->front().moves);
  EXPECT_EQ(facts.marks->front().moves->value, "L");
}

TEST(Pipeline, WithoutAnArrowNetOrWithoutMarkingsNoMovesAreSeen) {
  const PanelFacts facts = looked_at(false, true);
  ASSERT_TRUE(facts.marks && facts.marks->size() == 1) << "the arrow itself is still seen";
  EXPECT_FALSE(facts.marks->front().moves);
  EXPECT_FALSE(looked_at(true, false).marks);
}

}  // namespace
}  // namespace vioreview
