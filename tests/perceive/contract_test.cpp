// SPDX-License-Identifier: Apache-2.0
// Cards that do not keep their task's contract are refused by name.
#include "perceive/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "fake_net.h"
#include "perceive/perceiver.h"
#include "testing.h"

namespace vioreview {
namespace {

std::string refusal(const ModelCard& card) {
  try {
    check_contract(card);
  } catch (const SetupError& error) {
    return error.what();
  }
  return "";
}

ModelCard detector() {
  ModelCard card = card_of("detector", 64, 64, {"car", "person"});
  card.outputs = {{"boxes", {0, 10, 4}}, {"scores", {0, 10, 2}}};
  return card;
}

TEST(Contract, AGoodDetectorIsTaken) {
  EXPECT_EQ(refusal(detector()), "");
}

TEST(Contract, NamesTheModelAndTheFault) {
  ModelCard card = detector();
  card.outputs[1].second = {0, 10, 3};
  EXPECT_THAT(refusal(card), AllOf(testing::HasSubstr("fake"), testing::HasSubstr("scores")));
  card = detector();
  card.outputs[1].second = {0, 9, 2};
  EXPECT_THAT(refusal(card), testing::HasSubstr("different numbers of candidates"));
  card = detector();
  card.outputs.pop_back();
  EXPECT_THAT(refusal(card), testing::HasSubstr("2 are needed"));
  card = detector();
  card.labels.clear();
  EXPECT_THAT(refusal(card), testing::HasSubstr("no labels"));
  card = detector();
  card.task = "oracle";
  EXPECT_THAT(refusal(card), testing::HasSubstr("unknown task"));
}

TEST(Contract, AReaderHasAClassForEachCharacterAndTheBlank) {
  ModelCard card = card_of("reader", 168, 48, {});
  card.charset = "京津A";
  card.outputs = {{"log_probs", {0, 42, 4}}};
  EXPECT_EQ(refusal(card), "");
  card.outputs = {{"log_probs", {0, 42, 3}}};
  EXPECT_NE(refusal(card), "");
}

TEST(Contract, AnArrowNetAnswersForEachMoveInOrder) {
  ModelCard card = card_of("arrow", 64, 64, {"U", "L", "S", "R"});
  card.outputs = {{"moves", {0, 4}}, {"whole", {0, 1}}};
  EXPECT_EQ(refusal(card), "");
  card.labels = {"L", "U", "S", "R"};
  EXPECT_THAT(refusal(card), testing::HasSubstr("U L S R"));
  card.labels = {"U", "L", "S", "R"};
  card.outputs = {{"moves", {0, 4}}};
  EXPECT_THAT(refusal(card), testing::HasSubstr("2 are needed"));
  card.outputs = {{"moves", {0, 5}}, {"whole", {0, 1}}};
  EXPECT_THAT(refusal(card), testing::HasSubstr("moves"));
}

TEST(Contract, AWordNetKnowsWhoseLaneItIs) {
  ModelCard card = card_of("word", 64, 96, {"bus", "nonmotor", "other"});
  card.outputs = {{"words", {0, 3}}};
  EXPECT_EQ(refusal(card), "");
  card.labels = {"bus", "tram", "other"};
  EXPECT_THAT(refusal(card), testing::HasSubstr("tram"));
  card.labels = {"bus", "other"};
  EXPECT_THAT(refusal(card), testing::HasSubstr("words"));
}

TEST(ModelsKey, FollowsWeightsAndNumbers) {
  ModelCard card = detector();
  card.sha256 = "aa";
  const std::string before = models_key({card});
  EXPECT_EQ(models_key({card}), before);
  card.thresholds["car"] = 0.7;
  EXPECT_NE(models_key({card}), before);
  card.thresholds.clear();
  card.sha256 = "bb";
  EXPECT_NE(models_key({card}), before);
  card.sha256 = "aa";
  card.labels[0] = "person";
  EXPECT_NE(models_key({card}), before);
}

TEST(RecordedPerceiver, NamesFileAndLineOfWhatItCannotRead) {
  const TestDir dir;
  for (const char* line : {"{\"file\":", "{\"file\":\"x\"}"}) {
    const auto file = dir.write("facts.jsonl", std::string("\n") + line + "\n");
    try {
      make_recorded_perceiver(file);
      FAIL() << line;
    } catch (const ConfigError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("facts.jsonl:2: "));
    }
  }
  EXPECT_THROW(make_recorded_perceiver(dir / "nowhere.jsonl"), IoError);
}

TEST(RecordedPerceiver, GivesTheFactsOfThePictureAndSaysWhenItHasNone) {
  const TestDir dir;
  const auto file = dir.write(
      "facts.jsonl",
      R"({"file":"x","sha256":"aa","role":"panel","crop":[0,0,1,1],"width":1,"height":1,"notes":[],"perceptual_hash":"","objects":[{"kind":"person","box":[0,0,1,1],"score":0.5}],"plates":[]})"
      "\n");
  const auto perceiver = make_recorded_perceiver(file);
  PanelFacts known, strange;
  known.sha256 = "aa";
  strange.sha256 = "bb";
  perceiver->perceive(Image(8, 8), Needs{}, known);
  perceiver->perceive(Image(8, 8), Needs{}, strange);
  EXPECT_EQ(known.objects.size(), 1U);
  ASSERT_TRUE(strange.failure);
  EXPECT_EQ(strange.failure->reason, "check_missing");
}

}  // namespace
}  // namespace vioreview
