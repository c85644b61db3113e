// SPDX-License-Identifier: Apache-2.0
// The shipped catalogue and policy: codes of all generations, and what stands behind them.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "judge/example.h"

namespace vioreview {
namespace {

std::string canonical(std::string_view code) {
  const Violation* found = find_violation(shipped_catalogue(), code);
  return found ? found->code : "";
}

bool needs(const Violation& v, std::string_view check) {
  return std::any_of(v.checks.begin(), v.checks.end(),
                     [&](const NeededCheck& c) { return c.check == check; });
}

// Domain reference 3: the codes that a source confirms.
TEST(ShippedCatalogue, HoldsEveryVerifiedCode) {
  for (const char* code :
       {"1625", "1208", "1211", "1228", "1243", "1023", "1024", "1025", "1344", "1345",
        "1301", "4602", "1018", "1019", "1042", "1039", "1044", "1043", "1357", "1356",
        "1313", "1223", "6011", "4204", "1352", "1636", "1721", "1303", "1603", "1622",
        "1613", "1614", "1615", "1616", "1333", "1340", "1628", "1635"})
    EXPECT_EQ(canonical(code), code);
}

TEST(ShippedCatalogue, KnowsOldCodes) {
  const std::pair<const char*, const char*> old[] = {
      {"1302", "1625"}, {"1229", "1344"}, {"1230", "1345"}, {"1205", "1357"}, {"1204", "1356"},
      {"1021", "1243"}, {"1022", "1243"}, {"4305", "1303"}, {"1332", "1613"}, {"1329", "1614"},
      {"1330", "1615"}, {"1331", "1616"}, {"1101", "6011"}};
  for (const auto& [given, code] : old) EXPECT_EQ(canonical(given), code) << given;
}

TEST(ShippedCatalogue, TheFifthCharacterIsLocal) {
  for (const char* code : {"16250", "16252", "1352A", "13453", "60112", "13020"})
    EXPECT_EQ(canonical(code), canonical(std::string_view(code).substr(0, 4))) << code;
  EXPECT_EQ(canonical("16250"), "1625");
  EXPECT_EQ(canonical("162500"), "");
  EXPECT_EQ(canonical("162"), "");
  EXPECT_EQ(canonical(""), "");
  EXPECT_EQ(canonical("9999"), "");
}

TEST(ShippedCatalogue, ProvincialCodesMatchWhole) {
  Catalogue own;
  own.violations.resize(2);
  own.violations[0].code = "7012";
  own.violations[1].code = "83036";
  EXPECT_EQ(find_violation(own, "7012"), &own.violations[0]);
  EXPECT_EQ(find_violation(own, "70121"), nullptr);
  EXPECT_EQ(find_violation(own, "83036"), &own.violations[1]);
  EXPECT_EQ(find_violation(own, "8303"), nullptr);
  EXPECT_EQ(canonical("7012"), "") << "they differ from place to place: none is shipped";
}

TEST(ShippedCatalogue, EveryEntryIsWhole) {
  const std::set<std::string> marks = {"V2", "V", "S", "R", "D"};
  for (const Violation& v : shipped_catalogue().violations) {
    SCOPED_TRACE(v.code);
    EXPECT_EQ(v.code.size(), 4U);
    EXPECT_FALSE(v.zh.empty());
    EXPECT_FALSE(v.en.empty());
    EXPECT_TRUE(marks.contains(v.source.substr(0, v.source.find(' ')))) << v.source;
    for (const char* check :
         {"record_complete", "panels_decodable", "panels_enough", "target_in_panels", "same_target",
          "plate_readable", "plate_covered", "plate_matches_record", "plates_agree_between_panels",
          "plate_color_fits", "vehicle_class_fits", "not_exempt", "not_duplicate"})
      EXPECT_TRUE(needs(v, check)) << check;
    if (needs(v, "same_scene")) {
      EXPECT_TRUE(v.needs.markings) << "a place is known by its markings";
    }
    std::set<std::string> names;
    for (const NeededCheck& check : v.checks)
      EXPECT_TRUE(names.insert(check.check).second) << check.check << " stands twice";
  }
}

TEST(ShippedCatalogue, EveryBuiltCheckIsNeeded) {
  const auto& all = shipped_catalogue().violations;
  for (const CheckInfo& check : built_checks())
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Violation& v) {
      return needs(v, check.id);
    })) << check.id;
}

// What is not built yet is known by name: a check that loses its place in the table shows here.
TEST(ShippedCatalogue, SpeedCodesAreWhollyBuilt) {
  std::set<std::string_view> built;
  for (const CheckInfo& check : built_checks()) built.insert(check.id);
  for (const Violation& v : shipped_catalogue().violations) {
    if (v.group != "speed") continue;
    for (const NeededCheck& needed : v.checks)
      EXPECT_TRUE(built.contains(needed.check)) << v.code << " " << needed.check;
  }
}

// GA/T 832-2014 3.5 b; domain reference 4.
TEST(ShippedCatalogue, PanelsAndIntervals) {
  const auto entry = [](const char* code) { return *find_violation(shipped_catalogue(), code); };
  EXPECT_EQ(entry("1625").min_panels, 3);
  EXPECT_EQ(entry("1208").min_panels, 3);
  EXPECT_EQ(entry("1039").min_panels, 2);
  EXPECT_EQ(entry("1039").min_interval_s, 10);
  EXPECT_TRUE(entry("1625").needs_displacement);
  EXPECT_FALSE(entry("1039").needs_displacement);
  EXPECT_TRUE(entry("1625").needs.signals);
  EXPECT_FALSE(entry("1636").needs.signals);
}

TEST(ShippedCatalogue, SpeedCodesMeetWithoutGapOrOverlap) {
  const auto entry = [](const char* code) { return *find_violation(shipped_catalogue(), code); };
  EXPECT_EQ(*entry("1352").over_from, 0.1);
  EXPECT_EQ(*entry("1352").over_to, *entry("1636").over_from);
  EXPECT_EQ(*entry("1636").over_to, *entry("1721").over_from);
  EXPECT_FALSE(entry("1721").over_to);
  EXPECT_EQ(*entry("1303").over_to, *entry("1603").over_from);
  for (const char* code : {"1352", "1636", "1721"})
    EXPECT_TRUE(entry(code).not_for_medium_or_larger) << code;
  for (const char* code : {"1303", "1603"})
    EXPECT_FALSE(entry(code).not_for_medium_or_larger) << code;
  EXPECT_TRUE(entry("1628").only_manual);
}

TEST(NeedsOf, AreThoseOfTheViolation) {
  EXPECT_TRUE(needs_of(base("red_light").c, shipped_catalogue()).signals);
  EXPECT_FALSE(needs_of(base("speed").c, shipped_catalogue()).signals);
  const Case unknown = base("speed", R"({"case/record/violation": "9999"})").c;
  Needs of_a_lone_picture;
  of_a_lone_picture.panels = true;
  EXPECT_EQ(needs_of(unknown, shipped_catalogue()), of_a_lone_picture);
}

TEST(ShippedPolicy, IsRightAndUnproven) {
  const Policy& policy = shipped_policy();
  EXPECT_EQ(wrong_in(policy, shipped_catalogue()), "");
  EXPECT_TRUE(policy.proven.empty());
  EXPECT_TRUE(policy.fitted_on.empty());
  EXPECT_FALSE(policy.min_panel);
  EXPECT_FALSE(policy.want_colour);
  EXPECT_GE(policy.base.accept, 0.9);
  EXPECT_GE(policy.base.reject, 0.9);
}

TEST(WrongInPolicy, NamesWhatIsWrong) {
  const auto wrong = [](auto change) {
    Policy policy;
    change(policy);
    return wrong_in(policy, shipped_catalogue());
  };
  EXPECT_EQ(wrong([](Policy& p) { p.knobs["plate_readable.readable"] = 0.8; }), "");
  EXPECT_NE(wrong([](Policy& p) {
              p.knobs["plate_readable.readabel"] = 0.8;
            }).find("plate_readable.readabel"),
            std::string::npos);
  EXPECT_NE(wrong([](Policy& p) { p.knobs["plate_readable"] = 0.8; }), "");
  EXPECT_NE(wrong([](Policy& p) { p.knobs["no_check.readable"] = 0.8; }), "");
  EXPECT_NE(wrong([](Policy& p) { p.knobs["plate_readable.readable"] = 1.5; }).find("between"),
            std::string::npos);
  EXPECT_NE(wrong([](Policy& p) { p.knobs["plate_readable.readable"] = -0.1; }), "");
  EXPECT_NE(wrong([](Policy& p) { p.groups["sped"] = {}; }).find("sped"), std::string::npos);
  EXPECT_NE(wrong([](Policy& p) { p.proven["1"] = {"sped"}; }).find("sped"), std::string::npos);
}

TEST(Knobs, FallbacksLieWithinTheirBounds) {
  for (const CheckInfo& check : built_checks())
    for (const Knob& knob : check.knobs) {
      EXPECT_LE(knob.low, knob.fallback) << check.id << "." << knob.name;
      EXPECT_GE(knob.high, knob.fallback) << check.id << "." << knob.name;
      EXPECT_FALSE(knob.help.empty()) << check.id << "." << knob.name;
    }
}

}  // namespace
}  // namespace vioreview
