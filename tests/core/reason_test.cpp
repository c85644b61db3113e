// SPDX-License-Identifier: Apache-2.0
// The closed list of reasons: well formed, and with the effects that people get wrong.
#include "core/reason.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "testing.h"

namespace vioreview {
namespace {

TEST(Reasons, AreAllOfTheListAndWellFormed) {
  const std::string csv =
      read_file(std::filesystem::path(VIOREVIEW_SOURCE_DIR) / "src/core/reasons.csv");
  const auto lines = std::count(csv.begin(), csv.end(), '\n');
  EXPECT_EQ(static_cast<long>(all_reasons().size()), lines - 1);
  std::set<std::string_view> ids;
  for (const Reason& reason : all_reasons()) {
    EXPECT_TRUE(ids.insert(reason.id).second) << reason.id << " stands twice";
    EXPECT_EQ(reason.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos);
    EXPECT_FALSE(reason.stage.empty() || reason.zh.empty() || reason.en.empty()) << reason.id;
    EXPECT_EQ(find_reason(reason.id), &reason);
  }
}

TEST(Reasons, EffectsThatPeopleGetWrong) {
  for (const char* id :
       {"plate_misread", "vehicle_differs", "plate_covered", "plate_absent", "target_ambiguous",
        "stopped_over_line", "exempt_possible", "unfamiliar_picture", "picture_missing",
        "record_missing", "record_invalid", "id_repeated", "violation_unknown", "case_crashed"}) {
    ASSERT_TRUE(find_reason(id)) << id;
    EXPECT_EQ(find_reason(id)->effect, Effect::manual) << id;
  }
  for (const char* id : {"plate_unreadable", "target_differs_between_panels", "exempt_vehicle",
                         "duplicate_case", "speed_below_limit"}) {
    ASSERT_TRUE(find_reason(id)) << id;
    EXPECT_EQ(find_reason(id)->effect, Effect::reject) << id;
  }
}

TEST(Reasons, QuotedCellsKeepTheirCommas) {
  const Reason* misread = find_reason("plate_misread");
  ASSERT_TRUE(misread);
  EXPECT_EQ(misread->stage, "plate");
  EXPECT_EQ(misread->domain_id, "R205");
  EXPECT_EQ(misread->vendor_no, "5");
  EXPECT_EQ(misread->zh, "记录号牌与图片不符");
  EXPECT_EQ(misread->en,
            "the plate in the picture is not the recorded one, all else fits (suggested_plate)");
}

TEST(Reasons, UnknownIdsAreNone) {
  EXPECT_EQ(find_reason(""), nullptr);
  EXPECT_EQ(find_reason("id"), nullptr);  // the header
  EXPECT_EQ(find_reason("plate_misread "), nullptr);
}

}  // namespace
}  // namespace vioreview
