// SPDX-License-Identifier: Apache-2.0
// Catalogue, policy and card: what is right is read, what is wrong is named with file, line and the
// nearest known name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "format/codecs.h"

namespace vioreview {
namespace {

using testing::HasSubstr;

template <class Read>
std::string error_of(Read read) {
  try {
    read();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no ConfigError";
}

constexpr const char* kCatalogue = R"(version = "1"
[sets]
common = ["panels_decodable", "plate_readable"]
[[violation]]
code = "1636"
aliases = ["1303"]
zh = "超速"
en = "speeding"
group = "speed"
over_from = 0.2
over_to = 0.5
not_for_medium_or_larger = true
checks = ["@common", "plate_matches_record:plate_misread"]
needs = ["vehicles", "signals"]
)";

TEST(CatalogueToml, ReadsSetsReasonsAndNeeds) {
  const Catalogue catalogue = catalogue_from_toml(kCatalogue, "c.toml");
  ASSERT_EQ(catalogue.violations.size(), 1U);
  const Violation& v = catalogue.violations[0];
  EXPECT_EQ(v.code, "1636");
  EXPECT_THAT(v.aliases, testing::ElementsAre("1303"));
  ASSERT_EQ(v.checks.size(), 3U);
  EXPECT_EQ(v.checks[0].check, "panels_decodable");
  EXPECT_EQ(v.checks[2].when_fails, "plate_misread");
  EXPECT_DOUBLE_EQ(*v.over_from, 0.2);
  EXPECT_TRUE(v.needs.signals);
  EXPECT_FALSE(v.needs.markings);
  EXPECT_EQ(catalogue.sha256.size(), 64U);
}

std::string with(std::string from, std::string to) {
  std::string text = kCatalogue;
  text.replace(text.find(from), from.size(), to);
  return error_of([&] { catalogue_from_toml(text, "c.toml"); });
}

TEST(CatalogueToml, NamesEveryMistake) {
  EXPECT_THAT(with("aliases", "alaises"),
              AllOf(HasSubstr("c.toml:6"), HasSubstr("did you mean aliases?")));
  EXPECT_THAT(with("\"@common\"", "\"@comon\""), HasSubstr("unknown set @comon"));
  EXPECT_THAT(with(":plate_misread", ":plate_misred"), HasSubstr("not in reasons.csv"));
  EXPECT_THAT(with("[\"1303\"]", "[\"1636\"]"), HasSubstr("1636 stands twice"));
  EXPECT_THAT(with("0.2", "\"a\""), HasSubstr("must be a number, not a string"));
  EXPECT_THAT(with("\"signals\"", "\"signal\""), HasSubstr("names signal"));
  EXPECT_THAT(with("zh = \"超速\"\n", ""), HasSubstr("zh is missing"));
}

TEST(CatalogueToml, RefusesAViolationWithoutChecks) {
  EXPECT_THAT(with("checks = [\"@common\", \"plate_matches_record:plate_misread\"]", "checks = []"),
              HasSubstr("always be accepted"));
}

TEST(PolicyToml, GroupsInheritTheBaseLimits) {
  const Policy policy = policy_from_toml(
      "min_panel = true\n[limits]\naccept = 0.9\nreject = 0.97\n[limits.speed]\naccept = "
      "0.8\n[knobs]\n\"interval.slack_s\" = 1\n"
      "[proven]\n\"530502\" = [\"speed\"]\n",
      "p.toml");
  EXPECT_DOUBLE_EQ(policy.groups.at("speed").accept, 0.8);
  EXPECT_DOUBLE_EQ(policy.groups.at("speed").reject, 0.97);
  EXPECT_DOUBLE_EQ(policy.knobs.at("interval.slack_s"), 1);
  EXPECT_THAT(policy.proven.at("530502"), testing::ElementsAre("speed"));
  EXPECT_TRUE(policy.min_panel);
}

TEST(PolicyToml, ReadsBackWhatWasWritten) {
  Policy policy;
  policy.base = {0.9, 0.97};
  policy.groups = {{"speed", {0.985, 0.999}}, {"red light", {1, 0.5}}};
  policy.knobs = {{"interval.slack_s", 0.1}, {"overlay_agrees.wanted", 1}};
  policy.proven = {{"530502\"x", {"speed", "red light"}}};
  policy.fitted_on = std::string(64, 'f');
  policy.min_panel = policy.want_colour = true;
  const std::string text =
      policy_to_toml(policy, {{"speed", {"two wrong of 1300"}}},
                     {{"confidence", 0.95},
                      {"reviewed", Value().push(Value("out/decisions.csv")).push(Value("2"))}});
  EXPECT_THAT(text, HasSubstr("# two wrong of 1300\n[limits.speed]\naccept = 0.985\n"));
  const Policy read = policy_from_toml(text, "p.toml");
  EXPECT_EQ(read.base.accept, 0.9);
  EXPECT_EQ(read.groups.at("speed").reject, 0.999);
  EXPECT_EQ(read.groups.at("red light").accept, 1);
  EXPECT_EQ(read.knobs, policy.knobs);
  EXPECT_EQ(read.proven, policy.proven);
  EXPECT_EQ(read.fitted_on, policy.fitted_on);
  EXPECT_TRUE(read.min_panel && read.want_colour);
  EXPECT_EQ(policy_to_toml(policy_from_toml(policy_to_toml(Policy()), "p.toml")),
            policy_to_toml(Policy()));
}

TEST(PolicyToml, RefusesImpossibleLimits) {
  for (const char* limit : {"0", "1.01", "-1", "nan"})
    EXPECT_THAT(
        error_of([&] { policy_from_toml("[limits]\naccept = " + std::string(limit), "p.toml"); }),
        HasSubstr("p.toml:2"))
        << limit;
}

constexpr const char* kCard = R"(name = "reader"
task = "reader"
file = "reader.pt"
sha256 = "00"
charset = "京津"
[input]
width = 168
height = 48
mean = [0.5, 0.4, 0.3]
std = 0.5
[outputs]
z_probs = [0, 21, 3]
a_second = [0, 2]
[calibration]
readable = [1, 2.5]
char_temperature = 1.5
[training]
data = ["CCPD, MIT"]
seed = 1
[accuracy]
ccpd1000 = { value = 0.98, n = 1000, data = "test-public" }
)";

TEST(ModelCardToml, ReadsAllThatLoadingNeeds) {
  std::string text = kCard;
  text.replace(text.find("std = 0.5"), 9, "std = [0.5, 0.5, 0.5]");
  const ModelCard card = model_card_from_toml(text, "models/reader/card.toml");
  EXPECT_EQ(card.file, "models/reader/reader.pt");
  ASSERT_EQ(card.outputs.size(), 2U);
  EXPECT_EQ(card.outputs[0].first, "z_probs") << "the order of outputs is the order of the file";
  EXPECT_THAT(card.calibration.at("readable"), testing::ElementsAre(1, 2.5));
  EXPECT_THAT(card.calibration.at("char_temperature"), testing::ElementsAre(1.5));
  EXPECT_FLOAT_EQ(card.mean[1], 0.4F);
  EXPECT_EQ(card.accuracy.at("ccpd1000"), "0.98 (n = 1000, test-public)");
}

TEST(ModelCardToml, RefusesHalfANormalisation) {
  EXPECT_THAT(error_of([] { model_card_from_toml(kCard, "models/reader/card.toml"); }),
              HasSubstr("must be three numbers"));
}

}  // namespace
}  // namespace vioreview
