// SPDX-License-Identifier: Apache-2.0
// How far a panel lies from the training data, by the limits of a detector's card.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "fake_net.h"
#include "perceive/adapters.h"
#include "perceive/contract.h"
#include "perceive/pipeline.h"

namespace vioreview {
namespace {

// Input 100 x 50; familiar: distance up to 8, brightness 20 to 220, chroma 0 to 80, enlarged 2
// times.
ModelCard limited_detector() {
  ModelCard card = card_of("detector", 100, 50, {"vehicle"});
  card.outputs = {{"boxes", {0, 1, 4}}, {"scores", {0, 1, 1}}, {"unfamiliar", {0}}};
  card.calibration = {{"familiar_distance", {8}},
                      {"familiar_brightness", {20, 220}},
                      {"familiar_chroma", {0, 80}},
                      {"familiar_enlarged", {2}}};
  return card;
}

FakeNet detector(const ModelCard& card, float distance) {
  return {card, [distance](const std::vector<float>&, std::int64_t batch) {
            return std::vector<Tensor>{repeated(batch, {1, 4}, {0, 0, 20, 20}),
                                       repeated(batch, {1, 1}, {0.9F}),
                                       repeated(batch, {}, {distance})};
          }};
}

PanelFacts ordinary() {
  PanelFacts facts;
  facts.brightness = 120;
  facts.chroma = 40;
  facts.width = 100;
  facts.height = 50;
  return facts;
}

UnfamiliarSeen of(const PanelFacts& facts, float distance) {
  const FakeNet net = detector(limited_detector(), distance);
  return unfamiliar_by(net, facts, distance).value_or(UnfamiliarSeen{-1, Oddity::strange});
}

TEST(Unfamiliar, IsWhatLiesFarthestInLimitsOfTheCard) {
  EXPECT_EQ(of(ordinary(), 6), (UnfamiliarSeen{0.75F, Oddity::strange}));
  PanelFacts facts = ordinary();
  facts.brightness = 20;
  EXPECT_EQ(of(facts, 6), (UnfamiliarSeen{1, Oddity::dark})) << "at the limit";
  facts.brightness = 240;
  EXPECT_EQ(of(facts, 6), (UnfamiliarSeen{1.2F, Oddity::bright}));
  facts.chroma = 100;
  EXPECT_EQ(of(facts, 6), (UnfamiliarSeen{1.5F, Oddity::colourful}));
  facts = ordinary();
  facts.chroma = 0;
  EXPECT_EQ(of(facts, 6), (UnfamiliarSeen{1, Oddity::colourless}));
  facts = ordinary();
  facts.width = 25;  // the panel has to be enlarged 4 times to fill the input
  facts.height = 10;
  EXPECT_EQ(of(facts, 6), (UnfamiliarSeen{2, Oddity::small}));
}

TEST(Unfamiliar, JudgesWhatIsKnownAndStatedAlone) {
  EXPECT_EQ(of(PanelFacts{}, 4), (UnfamiliarSeen{0.5F, Oddity::strange}));
  ModelCard card = limited_detector();
  card.calibration.erase("familiar_distance");
  const FakeNet net = detector(card, 80);
  EXPECT_EQ(unfamiliar_by(net, ordinary(), 80)->distance, 0.5F) << "enlarged once of twice";
  card.calibration.clear();
  const FakeNet without_limits = detector(card, 80);
  EXPECT_FALSE(unfamiliar_by(without_limits, ordinary(), 80));
}

TEST(Unfamiliar, ADistanceThatIsNoNumberDoesNotCountAsNear) {
  EXPECT_TRUE(std::isnan(of(ordinary(), std::nanf("")).distance));
}

PanelFacts looked_at(const ModelCard& card, bool throws = false) {
  std::map<std::string, std::unique_ptr<Net>> nets;
  nets["detector"] = std::make_unique<FakeNet>(detector(card, 12));
  if (throws)
    nets["vehicle"] = std::make_unique<FakeNet>(
        card_of("vehicle", 16, 16, {"car"}),
        [](const std::vector<float>&, std::int64_t) -> std::vector<Tensor> {
          throw std::runtime_error("no");
        });
  PanelFacts facts = ordinary();
  make_pipeline(std::move(nets))->perceive(Image(100, 50), Needs{}, facts);
  return facts;
}

TEST(Pipeline, ThePanelsDistanceIsAFact) {
  EXPECT_EQ(looked_at(limited_detector()).unfamiliar, (UnfamiliarSeen{1.5F, Oddity::strange}));
  ModelCard users = limited_detector();
  users.outputs.pop_back();
  users.calibration.clear();
  EXPECT_FALSE(looked_at(users).unfamiliar);
  EXPECT_FALSE(looked_at(limited_detector(), true).unfamiliar) << "of a failed panel nothing is";
}

TEST(Contract, ADetectorSaysWhatIsFamiliarInFullOrNotAtAll) {
  const auto refusal = [](const ModelCard& card) -> std::string {
    try {
      check_contract(card);
    } catch (const SetupError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal(limited_detector()), "");
  ModelCard card = limited_detector();
  card.outputs.pop_back();
  EXPECT_THAT(refusal(card), testing::HasSubstr("familiar_distance"));
  card = limited_detector();
  card.calibration.erase("familiar_distance");
  EXPECT_THAT(refusal(card), testing::HasSubstr("familiar_distance"));
  card.calibration["familiar_distance"] = {0};
  EXPECT_THAT(refusal(card), testing::HasSubstr("familiar_distance"));
  card = limited_detector();
  card.outputs[2].second = {0, 1};
  EXPECT_THAT(refusal(card), testing::HasSubstr("unfamiliar"));
  for (const std::vector<double>& range : {std::vector<double>{20}, {220, 20}, {}}) {
    card = limited_detector();
    card.calibration["familiar_brightness"] = range;
    EXPECT_THAT(refusal(card), testing::HasSubstr("familiar_brightness"));
  }
}

}  // namespace
}  // namespace vioreview
