// SPDX-License-Identifier: Apache-2.0
// What words on the road say, over nets whose outputs the test writes by hand.
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

MarkSeen words_at(float x0, float y0, float x1, float y1) {
  return {MarkKind::bus_text, {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, 0.9F, std::nullopt};
}

FakeNet word_net(std::vector<float> logits) {
  return {card_of("word", 8, 12, {"bus", "nonmotor", "other"}),
          [=](const std::vector<float>&, std::int64_t batch) {
            return std::vector<Tensor>{repeated(batch, {3}, logits)};
          }};
}

const Image kPanel(100, 100);

TEST(ReadWords, SaysTheMostLikelyAndHowSurely) {
  FakeNet net = word_net({1, 3, 0});
  std::vector<MarkSeen> marks{words_at(10, 40, 30, 80)};
  read_words(net, kPanel, marks);
  ASSERT_TRUE(marks[0].says);
  EXPECT_EQ(marks[0].says->value, LaneWord::nonmotor);
  EXPECT_NEAR(marks[0].says->p, std::exp(3) / (std::exp(1) + std::exp(3) + 1), 1e-5);
  EXPECT_NEAR(marks[0].p, 0.9, 1e-6) << "whether words are there is the detector's word";
}

TEST(ReadWords, TheLabelsOrderIsTheCards) {
  FakeNet net(card_of("word", 8, 12, {"other", "bus"}),
              [](const std::vector<float>&, std::int64_t batch) {
                return std::vector<Tensor>{repeated(batch, {2}, {0, 1})};
              });
  std::vector<MarkSeen> marks{words_at(10, 40, 30, 80)};
  read_words(net, kPanel, marks);
  ASSERT_TRUE(marks[0].says);
  EXPECT_EQ(marks[0].says->value, LaneWord::bus);
}

TEST(ReadWords, TheCardsTemperatureCoolsTheAnswerAndNoneIsSurerThanTheSurest) {
  ModelCard card = word_net({}).card();
  card.calibration["words_temperature"] = {2};
  FakeNet net(card, [](const std::vector<float>&, std::int64_t batch) {
    return std::vector<Tensor>{repeated(batch, {3}, {0, 0, 4})};
  });
  std::vector<MarkSeen> marks{words_at(10, 40, 30, 80)};
  read_words(net, kPanel, marks);
  ASSERT_TRUE(marks[0].says);
  EXPECT_EQ(marks[0].says->value, LaneWord::other);
  EXPECT_NEAR(marks[0].says->p, std::exp(2) / (2 + std::exp(2)), 1e-5);
  FakeNet sure = word_net({90, 0, 0});
  read_words(sure, kPanel, marks);
  EXPECT_LT(marks[0].says->p, 0.999);
}

TEST(ReadWords, AsksAboutAllWordsAndNothingElse) {
  FakeNet net = word_net({3, 0, 0});
  std::vector<MarkSeen> marks(11, words_at(10, 40, 30, 80));
  marks[3].kind = MarkKind::arrow;
  marks[5] = words_at(10, 40, 12, 42);  // what nobody read would be taken for a bus lane's
  marks[7].shape.clear();
  read_words(net, kPanel, marks);
  for (std::size_t i = 0; i < marks.size(); ++i)
    EXPECT_EQ(marks[i].says.has_value(), i != 3 && i != 7) << i;
}

PanelFacts looked_at(bool with_word_net) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["detector"] = painted_scene(MarkKind::bus_text);
  if (with_word_net) nets["word"] = std::make_unique<FakeNet>(word_net({0, 5, 0}));
  Needs needs;
  needs.markings = true;
  PanelFacts facts;
  make_pipeline(std::move(nets))->perceive(kPanel, needs, facts);
  EXPECT_FALSE(facts.failure);
  return facts;
}

TEST(Pipeline, TracedWordsAreRead) {
  const PanelFacts facts = looked_at(true);
  ASSERT_TRUE(facts.marks && facts.marks->size() == 1);
  ASSERT_TRUE(facts.marks->front().says);
  EXPECT_EQ(facts.marks->front().says->value, LaneWord::nonmotor);
}

TEST(Pipeline, WithoutAWordNetWordsAreSeenAndNotRead) {
  const PanelFacts facts = looked_at(false);
  ASSERT_TRUE(facts.marks && facts.marks->size() == 1);
  EXPECT_EQ(facts.marks->front().kind, MarkKind::bus_text);
  EXPECT_FALSE(facts.marks->front().says);
}

}  // namespace
}  // namespace vioreview
