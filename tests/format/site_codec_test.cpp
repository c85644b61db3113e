// SPDX-License-Identifier: Apache-2.0
// Site profiles: what a person writes is read, what is wrong is named with its line, what is
// written reads back equal.
#include "format/site_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/errors.h"
#include "format/site_cells.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kProfile = R"(device_id = "530502000000012345"
view = "north"
picture = [1280, 720]

[confirmed]
by = "王"
at = "2026-03-14T08:25:31"

[facts]
limit_kmh = 60
interval_m = 3200.5

[facts.truck_ban]
classes = ["heavy_truck", "H11"]
hours = ["07:00-09:00", "22:00-06:00"]
weekdays = [1, 5]

[facts.bus_lane]
hours = ["00:00-24:00"]
lanes = [2]

[[stop_line]]
edge = [[398.3, 356], [850.7, 357.4]]

[[lane]]
number = 1
moves = "SL"
polygon = [[457, 720], [552, 356], [403, 356]]
direction = [[303, 720], [477, 356]]

[[lane]]
number = 2
use = "bus"

[[lane]]
number = -1

[[lane_line]]
kind = "yellow_solid_double"
between = [-1, 1]
polyline = [[457, 720], [552, 356]]

[[lane_line]]
kind = "kerb"
between = [2, 0]
polyline = [[1200, 720], [700, 356]]

[[crosswalk]]
polygon = [[0, 340], [866, 342], [848, 316], [0, 314]]

[[grid]]
polygon = [[460, 285], [820, 286], [770, 208]]

[[head]]
id = "h0"
box = [600, 29, 636, 42]
shape = "left"
moves = "L"
lanes = [1]

[print]
columns = 2
rows = 2
cells = ["AQID", "BA=="]
)";

Site example() {
  return site_from_toml(kProfile, "north.toml");
}

TEST(SiteToml, ReadsWhatAPersonWrote) {
  const Site site = example();
  EXPECT_EQ(site.device_id, "530502000000012345");
  EXPECT_EQ(site.view, "north");
  EXPECT_EQ(site.width, 1280);
  EXPECT_EQ(site.height, 720);
  EXPECT_TRUE(site.confirmed());
  EXPECT_EQ(format_time(*site.confirmed_at), "2026-03-14T08:25:31.000");
  EXPECT_EQ(site.learned_from, 0);
  EXPECT_EQ(site.file, "north.toml");
  EXPECT_EQ(site.sha256.size(), 64U);
}

TEST(SiteToml, ReadsWhatPicturesCannotShow) {
  const SiteFacts facts = example().facts;
  EXPECT_EQ(facts.limit_kmh, 60);
  EXPECT_EQ(facts.interval_m, 3200.5);
  ASSERT_TRUE(facts.truck_ban);
  EXPECT_THAT(facts.truck_ban->classes, ElementsAre("heavy_truck", "H11"));
  EXPECT_THAT(facts.truck_ban->hours, ElementsAre(HourSpan{420, 540}, HourSpan{1320, 360}));
  EXPECT_THAT(facts.truck_ban->weekdays, ElementsAre(1, 5));
  ASSERT_TRUE(facts.bus_lane);
  EXPECT_THAT(facts.bus_lane->hours, ElementsAre(HourSpan{0, 1440}));
  EXPECT_THAT(facts.bus_lane->lanes, ElementsAre(2));
}

TEST(SiteToml, ReadsTheRoad) {
  const Road road = example().road;
  ASSERT_EQ(road.stop_lines.size(), 1U);
  EXPECT_TRUE(road.stop_lines[0].own);
  EXPECT_EQ(road.stop_lines[0].edge[1], (Point{850.7F, 357.4F}));
  ASSERT_EQ(road.lanes.size(), 3U);
  EXPECT_EQ(road.lanes[0].arrow, "LS");  // in the order of road.h
  EXPECT_EQ(road.lanes[0].travel, Travel::away);
  EXPECT_EQ(road.lanes[1].use, LaneUse::bus);
  EXPECT_EQ(road.lanes[2].travel, Travel::towards);
  ASSERT_EQ(road.lane_lines.size(), 2U);
  EXPECT_EQ(road.lane_lines[0].kind, LineKind::yellow_solid_double);
  EXPECT_EQ(road.lane_lines[0].left_lane, -1);
  EXPECT_EQ(road.lane_lines[1].right_lane, std::nullopt);  // 0: none
  EXPECT_EQ(road.crosswalks.size(), 1U);
  EXPECT_EQ(road.grids.size(), 1U);
  ASSERT_EQ(road.heads.size(), 1U);
  EXPECT_EQ(road.heads[0].box, (Box{600, 29, 636, 42}));
  EXPECT_EQ(road.heads[0].shape, LampShape::left);
  EXPECT_THAT(road.heads[0].governs_lanes, ElementsAre(1));
}

TEST(SiteToml, WhatIsWrittenReadsBackEqual) {
  Site site = example();
  site.place = "永昌路 \"北\" \\ 口\n";
  const std::string text = site_to_toml(site);
  Site again = site_from_toml(text, "north.toml");
  again.sha256 = site.sha256;
  EXPECT_EQ(again, site);
  EXPECT_EQ(site_to_toml(again), text);
}

TEST(SiteToml, ALearnedSiteIsNotConfirmed) {
  Site site = example();
  site.confirmed_by.clear();
  site.confirmed_at.reset();
  site.learned_from = 17;
  const Site again = site_from_toml(site_to_toml(site), "x.toml");
  EXPECT_FALSE(again.confirmed());
  EXPECT_EQ(again.learned_from, 17);
}

// The message for the example with `from` replaced by `to`.
std::string error_with(const std::string& from, const std::string& to) {
  std::string text = kProfile;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    site_from_toml(text, "north.toml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no ConfigError";
}

TEST(SiteToml, NamesFileAndLineOfWhatIsWrong) {
  const struct {
    const char *from, *to, *says;
  } cases[] = {
      {"view = ", "views = ",
       "north.toml:2: the site profile: views is not a known key; did you mean view?"},
      {"picture = [1280, 720]", "picture = [1280]",
       "north.toml:3: the site profile: picture must be"},
      {"at = \"2026-03-14T08:25:31\"", "at = \"spring\"",
       "north.toml:7: [confirmed]: at must be a time"},
      {"limit_kmh = 60", "limit_kmh = 0", "limit_kmh must lie above 0"},
      {"\"07:00-09:00\"", "\"7-9\"", "hours holds \"7-9\""},
      {"\"07:00-09:00\"", "\"07:00-25:00\"", "hours holds"},
      {"\"07:00-09:00\"", "\"07:00-07:00\"", "hours holds"},
      {"hours = [\"00:00-24:00\"]", "hours = []", "hours is missing"},
      {"\"heavy_truck\"", "\"spaceship\"", "no vehicle class"},
      {"weekdays = [1, 5]", "weekdays = [0]", "whole numbers from 1 to 7"},
      {"[[398.3, 356], [850.7, 357.4]]", "[[398.3, 356]]",
       "north.toml:23: [[stop_line]]: edge needs at least 2 points"},
      {"[[398.3, 356], [850.7, 357.4]]", "[398.3, 356]", "must be a list of points"},
      {"[850.7, 357.4]", "[8507, 357.4]", "far outside the picture"},
      {"number = 2", "number = 1", "1 stands twice"},
      {"number = 2", "number = 0", "number is missing or 0"},
      {"moves = \"SL\"", "moves = \"SS\"", "letters of U"},
      {"kind = \"kerb\"", "kind = \"curb\"", "known are white_solid"},
      {"between = [2, 0]", "between = [2]", "the two lanes beside the line"},
      {"box = [600, 29, 636, 42]", "box = [636, 29, 600, 42]", "from left to right"},
      {"lanes = [1]", "lanes = [7]", "names lane 7"},
      {"\"BA==\"", "\"BA=\"", "was changed by hand"},
      {"rows = 2", "rows = 3", "was changed by hand"},
  };
  for (const auto& c : cases) EXPECT_THAT(error_with(c.from, c.to), HasSubstr(c.says)) << c.to;
}

TEST(SiteCells, AreBase64) {  // RFC 4648, 10
  const auto bytes = [](std::string_view text) {
    return std::vector<std::uint8_t>(text.begin(), text.end());
  };
  for (const auto& [plain, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}}) {
    EXPECT_EQ(text_of_cells(bytes(plain)), text);
    EXPECT_EQ(cells_from_text(text), bytes(plain));
  }
  for (const char* wrong : {"Z", "Zg=", "Zm9$", "=m9v", "Zg==Zg=="})
    EXPECT_FALSE(cells_from_text(wrong)) << wrong;
}

TEST(SiteFactsOfARecord, AreReadAsFarAsUnderstood) {
  const SiteFacts facts = site_facts_from_json(
      R"({"truck_ban": {"classes": ["heavy_truck"], "hours": ["07:00-20:00"]},
          "bus_lane": {"lane": 3, "hours": ["07:00-09:00"]}, "limit_kmh": 40, "colour": "red"})");
  ASSERT_TRUE(facts.truck_ban && facts.bus_lane);
  EXPECT_THAT(facts.truck_ban->classes, ElementsAre("heavy_truck"));
  EXPECT_THAT(facts.bus_lane->lanes, ElementsAre(3));
  EXPECT_EQ(facts.limit_kmh, 40);
}

TEST(SiteFactsOfARecord, WithHoursThatCannotBeReadSayNothing) {
  for (const char* text :
       {"", "[]", "{", R"({"truck_ban": {"classes": ["heavy_truck"]}})", R"({"truck_ban": 7})",
        R"({"truck_ban": {"hours": ["daytime"]}})", R"({"limit_kmh": -3})"})
    EXPECT_EQ(site_facts_from_json(text), SiteFacts{}) << text;
}

}  // namespace
}  // namespace vioreview
