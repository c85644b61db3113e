// SPDX-License-Identifier: Apache-2.0
// Loading through LibTorch: the shipped models, a user's own, and files that are damaged, cut off
// or swapped.
#include <filesystem>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "core/sha256.h"
#include "decode/decode.h"
#include "format/codecs.h"
#include "perceive/adapters.h"
#include "perceive/torch/torch_net.h"
#include "perceive/torch/torch_perceiver.h"
#include "testing.h"

namespace vioreview {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kSource = VIOREVIEW_SOURCE_DIR;

ModelCard user_detector() {
  return read_model_card(kSource / "tests/perceive/data/user_detector/card.toml");
}

TEST(ShippedModels, AllLoadAndKeepTheirCards) {
  const auto cards = read_model_cards(kSource / "models");
  std::set<std::string> tasks;
  for (const ModelCard& card : cards) tasks.insert(card.task);
  EXPECT_EQ(tasks, (std::set<std::string>{"arrow", "detector", "plate", "reader", "signal",
                                          "vehicle", "word"}));
  for (const ModelCard& card : cards) EXPECT_EQ(verify_model(card), "") << card.name;
}

PanelFacts seen_in(Perceiver& perceiver, const std::string& picture, Role role) {
  const std::string bytes = read_file(kSource / "tests/perceive/data/plates" / picture);
  const auto decoded = decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  PanelFacts facts;
  facts.role = role;
  if (decoded) perceiver.perceive(decoded.value().image, Needs{}, facts);
  return facts;
}

TEST(ShippedModels, ReadRealPlates) {
  const auto perceiver = make_torch_perceiver(read_model_cards(kSource / "models"));
  for (const auto& [picture, text] :
       {std::pair("all_plate.jpg", "皖AUR520"), std::pair("tilted.jpg", "皖NF6999")}) {
    const PanelFacts facts = seen_in(*perceiver, picture, Role::closeup);
    ASSERT_EQ(facts.plates.size(), 1U) << picture;
    EXPECT_EQ(facts.plates[0].text, text);
    EXPECT_EQ(facts.plates[0].look.value, PlateLook::blue);
    EXPECT_GT(facts.plates[0].readable, 0.5) << picture;
    EXPECT_EQ(facts.plates[0].characters.size(), 7U);
  }
}

TEST(ShippedModels, SeeTheSameTwice) {
  const auto perceiver = make_torch_perceiver(read_model_cards(kSource / "models"));
  EXPECT_EQ(seen_in(*perceiver, "tilted.jpg", Role::panel),
            seen_in(*perceiver, "tilted.jpg", Role::panel));
}

TEST(ShippedModels, FitBelowTheSizeLimit) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSource / "models"))
    if (entry.is_regular_file()) bytes += entry.file_size();
  EXPECT_LT(bytes, 40U << 20);
}

TEST(UserModel, TakesThePlaceOfOursThroughItsCard) {
  const auto net = make_torch_net(user_detector());
  const auto objects = look_at_scene(*net, Image(128, 128), false).objects;
  ASSERT_EQ(objects.size(), 2U) << "the third candidate is below the card's threshold";
  EXPECT_EQ(objects[0].kind, ObjectKind::vehicle);
  EXPECT_EQ(objects[0].box, (Box{0, 0, 64, 64}));
  EXPECT_EQ(objects[1].kind, ObjectKind::person);
}

TEST(UserModel, InTheModelsFolderItServesTheWholeProgram) {
  std::vector<ModelCard> cards;
  for (const ModelCard& card : read_model_cards(kSource / "models"))
    if (card.task != "detector") cards.push_back(card);
  cards.push_back(user_detector());
  PanelFacts facts;
  make_torch_perceiver(cards)->perceive(Image(128, 128), Needs{}, facts);
  EXPECT_FALSE(facts.failure);
  EXPECT_EQ(facts.objects.size(), 2U);
}

class DamagedModel : public testing::Test {
 protected:
  // The user's detector with its file changed; the card is told the new sum where `honest`.
  std::string refusal(const std::function<void(std::string&)>& change, bool honest = false) {
    ModelCard card = user_detector();
    std::string bytes = read_file(card.file);
    change(bytes);
    card.file = dir_.write("detector.pt", bytes);
    if (honest) card.sha256 = sha256(bytes);
    return verify_model(card);
  }
  TestDir dir_;
};

TEST_F(DamagedModel, AFlippedBitIsRefusedByName) {
  const std::string said = refusal([](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; });
  EXPECT_THAT(said, AllOf(HasSubstr("user_detector"), HasSubstr("sha256"),
                          HasSubstr("restore the models folder")));
}

TEST_F(DamagedModel, ATruncatedOneIsRefusedEvenWhenItsSumIsRight) {
  EXPECT_NE(refusal([](std::string& bytes) { bytes.resize(bytes.size() / 2); }, true), "");
  EXPECT_NE(refusal([](std::string& bytes) { bytes.clear(); }, true), "");
}

TEST_F(DamagedModel, AMissingOneIsRefused) {
  ModelCard card = user_detector();
  card.file = dir_ / "nowhere.pt";
  EXPECT_THAT(verify_model(card), HasSubstr("missing"));
}

TEST_F(DamagedModel, ASwappedOneIsRefusedByItsShapes) {
  ModelCard card = user_detector();
  card.outputs[0].second = {0, 5, 4};
  card.outputs[1].second = {0, 5, 2};
  EXPECT_THAT(verify_model(card), HasSubstr("its card says [1, 5, 4]"));
}

TEST(Perceiver, SaysWhichTaskHasNoModel) {
  try {
    make_torch_perceiver({user_detector()});
    FAIL() << "no error";
  } catch (const SetupError& error) {
    EXPECT_THAT(error.what(), HasSubstr("plate"));
  }
}

}  // namespace
}  // namespace vioreview
