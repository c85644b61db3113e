// SPDX-License-Identifier: Apache-2.0
#include "judge/plates.h"

#include <gtest/gtest.h>

namespace vioreview {
namespace {

TEST(Plates, CharactersAreOfUtf8) {
  EXPECT_EQ(characters_of("皖A2"), (std::vector<std::string>{"皖", "A", "2"}));
  EXPECT_EQ(characters_of(""), std::vector<std::string>{});
  EXPECT_EQ(characters_of("\xE7\x9A").size(), 1U) << "a cut-off character ends with the text";
}

// Forms: GA 36 as in domain reference 7.6.
TEST(Plates, KnownForms) {
  EXPECT_EQ(plate_form("云M12345"), PlateForm::ordinary);
  EXPECT_EQ(plate_form("京N8P8F8"), PlateForm::ordinary);
  EXPECT_EQ(plate_form("云MD12345"), PlateForm::small_new_energy);
  EXPECT_EQ(plate_form("云MFA2345"), PlateForm::small_new_energy);
  EXPECT_EQ(plate_form("云M12345D"), PlateForm::large_new_energy);
  EXPECT_EQ(plate_form("云M1234警"), PlateForm::police);
  EXPECT_EQ(plate_form("云M1234学"), PlateForm::coach);
  EXPECT_EQ(plate_form("云M1234挂"), PlateForm::trailer);
  EXPECT_EQ(plate_form("粤Z1234港"), PlateForm::hk_macau);
  EXPECT_EQ(plate_form("粤Z1234澳"), PlateForm::hk_macau);
  EXPECT_EQ(plate_form("沪A1234领"), PlateForm::consulate);
  EXPECT_EQ(plate_form("123456使"), PlateForm::embassy);
}

TEST(Plates, UnknownForms) {
  for (const char* text : {"", "云", "云M1234", "云M123456", "云MX12345", "云MD1234A", "M云12345",
                           "云112345", "云M1234O", "云I12345", "云M12I45", "粤B1234港", "12345使",
                           "1234567使", "WJ12345", "云M12345警", "AUDI", "13800138000"})
    EXPECT_FALSE(plate_form(text)) << text;
}

TEST(Plates, ColoursOfForms) {
  EXPECT_EQ(colors_of(PlateForm::small_new_energy), std::vector{PlateColor::green});
  EXPECT_EQ(colors_of(PlateForm::police), std::vector{PlateColor::white});
  EXPECT_EQ(colors_of(PlateForm::trailer), std::vector{PlateColor::yellow});
}

TEST(Plates, DistanceCountsEveryCharacterAlike) {
  EXPECT_EQ(edit_distance("云M12345", "云M12345"), 0);
  EXPECT_EQ(edit_distance("云M12345", "贵M12345"), 1) << "the province as much as any";
  EXPECT_EQ(edit_distance("云M12345", "云M1234"), 1);
  EXPECT_EQ(edit_distance("云M12345", ""), 7);
  EXPECT_EQ(edit_distance("云M12345", "云M21345"), 2);
}

TEST(Plates, LookAlikesCountHalf) {
  EXPECT_DOUBLE_EQ(plate_distance("云M82345", "云MB2345"), 0.5);
  EXPECT_DOUBLE_EQ(plate_distance("云M02345", "云MD2345"), 0.5);
  EXPECT_DOUBLE_EQ(plate_distance("苏A12345", "鲁A12345"), 0.5);
  EXPECT_DOUBLE_EQ(plate_distance("京A12345", "琼A12345"), 0.5);
  EXPECT_DOUBLE_EQ(plate_distance("云M82345", "云M92345"), 1);
  EXPECT_DOUBLE_EQ(plate_distance("云M82Z45", "云MB245"), 1.5);
}

TEST(Plates, LookAlikesWorkBothWays) {
  for (const auto& [a, b] : {std::pair("8", "B"), {"2", "Z"}, {"5", "S"}, {"0", "Q"}, {"1", "L"}}) {
    EXPECT_TRUE(look_alike(a, b)) << a << b;
    EXPECT_TRUE(look_alike(b, a)) << a << b;
  }
  EXPECT_FALSE(look_alike("8", "2"));
  EXPECT_FALSE(look_alike("云", "京"));
}

}  // namespace
}  // namespace vioreview
