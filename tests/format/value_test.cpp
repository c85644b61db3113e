// SPDX-License-Identifier: Apache-2.0
// JSON and TOML through the one tree.
#include "format/value.h"

#include <gtest/gtest.h>

#include "core/errors.h"

namespace vioreview {
namespace {

Value parsed(std::string_view text) {
  auto result = parse_json(text);
  EXPECT_TRUE(result.ok()) << text << ": " << (result.ok() ? "" : result.problem().detail);
  return result.ok() ? std::move(result).value() : Value();
}

TEST(Json, KeepsOrderAndKinds) {
  const std::string text = R"({"z":1,"a":[true,null,2.5,"皖A"],"m":{"n":-7}})";
  EXPECT_EQ(write_json(parsed(text)), text);
}

TEST(Json, LastOfARepeatedKeyCounts) {
  EXPECT_EQ(write_json(parsed(R"({"a":1,"b":2,"a":3})")), R"({"a":3,"b":2})");
}

TEST(Json, WholeNumbersStayWhole) {
  const Value value = parsed("[9007199254740993, 1.0, 18446744073709551615]");
  ASSERT_TRUE(value.as_array());
  EXPECT_EQ(*(*value.as_array())[0].as_int(), 9007199254740993);
  EXPECT_EQ((*value.as_array())[1].as_int(), nullptr);
  EXPECT_DOUBLE_EQ((*value.as_array())[2].number(), 18446744073709551615.0);
}

TEST(Json, SaysWhereItIsBroken) {
  for (const char* text :
       {"", "{", "[1,]", "{\"a\":}", "nul", "{\"a\":1} x", "\"\xff\"", "<html></html>"}) {
    const auto result = parse_json(text);
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_EQ(result.problem().reason, "record_invalid");
    EXPECT_NE(result.problem().detail.find("at byte"), std::string::npos)
        << result.problem().detail;
  }
}

TEST(Json, RefusesDeepNestingWithoutDeepRecursion) {
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')).ok());
  EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')).ok());
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')).ok());
}

TEST(Json, WritesInvalidBytesAsReplacement) {
  EXPECT_EQ(write_json(Value("a\xff")), "\"a\xEF\xBF\xBD\"");
}

TEST(Json, EqualTreesAreEqual) {
  EXPECT_EQ(parsed(R"({"a":[1,2]})"), parsed(R"( { "a" : [ 1 , 2 ] } )"));
  EXPECT_FALSE(parsed("[1]") == parsed("[1.0]"));
}

TEST(Rounded, RoundsAndNeverWritesWhatJsonCannotHold) {
  EXPECT_EQ(write_json(rounded(0.123456)), "0.12346");
  EXPECT_EQ(write_json(rounded(-0.000001)), "0.0");
  EXPECT_EQ(write_json(rounded(std::numeric_limits<double>::quiet_NaN())), "null");
  EXPECT_EQ(write_json(rounded(2, 1)), "2.0");
}

TEST(Toml, KeepsTheOrderOfTheFileAndItsLines) {
  const Value value = parse_toml("z = [0, 21]\na = 1\n[m]\nk = 'x'\n", "f.toml");
  EXPECT_EQ(write_json(value), R"({"z":[0,21],"a":1,"m":{"k":"x"}})");
  EXPECT_EQ(value.find("a")->line, 2);
}

TEST(Toml, NamesFileAndLineOfAMistake) {
  try {
    parse_toml("a = 1\nb = \n", "policy.toml");
    FAIL() << "no error";
  } catch (const ConfigError& error) {
    EXPECT_EQ(std::string(error.what()).rfind("policy.toml:2", 0), 0U) << error.what();
  }
}

}  // namespace
}  // namespace vioreview
