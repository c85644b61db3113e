// SPDX-License-Identifier: Apache-2.0
// vioreview sites, in process: a profile from a picture to a review that uses it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_codes.h"
#include "cli/site_profile.h"
#include "cli/site_sketch.h"
#include "core/errors.h"
#include "emit/draw.h"
#include "format/site_codec.h"
#include "judge/view_fit.h"
#include "run.h"
#include "testing.h"

namespace vioreview {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Boxes of many sizes and greys anywhere in a wide world; the camera that looks at it is turned by
// (right, down) px.
Image scene(int right, int down) {
  constexpr int kBoxes = 700;
  std::mt19937 random(3);
  Image image(960, 540);
  std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{90});
  for (int i = 0; i < kBoxes; ++i) {
    const int left = static_cast<int>(random() % 1200) - 100 - right;
    const int top = static_cast<int>(random() % 800) - 100 - down;
    const int wide = 15 + static_cast<int>(random() % 90),
              high = 15 + static_cast<int>(random() % 90);
    const auto grey = static_cast<std::uint8_t>(random() % 256);
    for (int y = std::max(top, 0); y < std::min(top + high, image.height); ++y)
      for (int x = std::max(left, 0); x < std::min(left + wide, image.width); ++x)
        std::fill_n(image.row(y) + static_cast<std::ptrdiff_t>(x) * 3, 3, grey);
  }
  return image;
}

class Sites : public testing::Test {
 protected:
  Sites() {
    write_png(dir_ / "day.png", scene(0, 0));
    write_png(dir_ / "turned.png", scene(60, 20));
  }
  std::string at(const std::string& name) const { return (dir_ / name).string(); }
  Ran drawn(std::vector<std::string> more = {}) {
    std::vector<std::string> all = {"sites",
                                    "draw",
                                    at("day.png"),
                                    "--device",
                                    "77",
                                    "-o",
                                    at("77.toml"),
                                    "--stop-line",
                                    "100,300 800,300",
                                    "--line",
                                    "white_solid 300,500 400,200",
                                    "--lane",
                                    "2:bus:S 300,500 400,200 600,200 700,500",
                                    "--head",
                                    "h1:round:LS 400,20 460,40"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  TestDir dir_;
};

TEST_F(Sites, ADrawnProfileHoldsWhatWasSaidAndThePrint) {
  ASSERT_EQ(drawn().code, kDone);
  const Site site = site_from_toml(text_of(at("77.toml")), "77.toml");
  EXPECT_EQ(site.device_id, "77");
  EXPECT_FALSE(site.confirmed());
  EXPECT_EQ(site.width, 960);
  EXPECT_EQ(site.road.stop_lines[0].edge, (std::vector<Point>{{100, 300}, {800, 300}}));
  EXPECT_EQ(site.road.lane_lines[0].kind, LineKind::white_solid);
  EXPECT_EQ(site.road.lanes[0].use, LaneUse::bus);
  EXPECT_EQ(site.road.lanes[0].arrow, "S");
  EXPECT_EQ(site.road.heads[0].governs_moves, "LS");
  EXPECT_EQ(fit_of(site.print, decoded_picture(at("day.png")).facts.print).fit, Fit::fits);
  EXPECT_EQ(fit_of(site.print, decoded_picture(at("turned.png")).facts.print).fit, Fit::moved);
}

TEST_F(Sites, WhatCannotBeReadIsNamed) {
  EXPECT_THAT(drawn({"--line", "white_solid 300;500 400,200"}).err, HasSubstr("300;500"));
  EXPECT_THAT(drawn({"--line", "white_sold 300,500 400,200"}).err, HasSubstr("white_sold"));
  EXPECT_EQ(drawn({"--lane", "motor 1,1 2,2 3,3"}).code, kUsage);
  EXPECT_FALSE(fs::exists(at("77.toml"))) << "nothing was written";
  EXPECT_EQ(run({"sites", "draw", at("day.png"), "-o", at("x.toml")}).code, kUsage) << "no device";
  EXPECT_EQ(run({"sites", "draw", at("day.png"), "--device", "1"}).code, kUsage) << "no output";
  EXPECT_EQ(run({"sites"}).code, kUsage);
}

TEST_F(Sites, TheRulerIsAPicture) {
  ASSERT_EQ(run({"sites", "draw", at("day.png"), "--ruler", at("ruler.png")}).code, kDone);
  const Looked ruler = decoded_picture(at("ruler.png"));
  EXPECT_EQ(ruler.image.width, 1920) << "twice as large, to read coordinates off";
}

TEST_F(Sites, ShowSaysWhetherTheViewFits) {
  ASSERT_EQ(drawn().code, kDone);
  const Ran same =
      run({"sites", "show", at("77.toml"), "--picture", at("day.png"), "-o", at("a.png")});
  EXPECT_EQ(same.code, kDone);
  EXPECT_GT(decoded_picture(at("a.png")).image.height, 540) << "a strip below";
  const Ran moved =
      run({"sites", "show", at("77.toml"), "--picture", at("turned.png"), "-o", at("b.png")});
  EXPECT_EQ(moved.code, kDifferent);
  EXPECT_THAT(moved.out, HasSubstr("turned"));
}

TEST_F(Sites, ConfirmKeepsCommentsAndIsDoneOnce) {
  ASSERT_EQ(drawn().code, kDone);
  dir_.write("77.toml", "# drawn on a clear day\n" + text_of(at("77.toml")));
  ASSERT_EQ(
      run({"sites", "confirm", at("77.toml"), "--by", "Li \"4\"", "--at", "2026-03-14T08:25"}).code,
      kDone);
  const std::string text = text_of(at("77.toml"));
  EXPECT_THAT(text, HasSubstr("# drawn on a clear day"));
  const Site site = site_from_toml(text, "77.toml");
  EXPECT_EQ(site.confirmed_by, "Li \"4\"");
  EXPECT_EQ(format_time(*site.confirmed_at), "2026-03-14T08:25:00.000");
  EXPECT_EQ(run({"sites", "confirm", at("77.toml"), "--by", "Wang"}).code, kUsage);
  EXPECT_EQ(drawn({"--replace"}).code, kUsage) << "a confirmed profile is never written over";
  EXPECT_EQ(site_from_toml(text_of(at("77.toml")), "").confirmed_by, "Li \"4\"");
}

TEST_F(Sites, ADraftIsWrittenOverOnlyWhenSaid) {
  ASSERT_EQ(drawn().code, kDone);
  EXPECT_EQ(drawn().code, kUsage);
  EXPECT_EQ(drawn({"--replace"}).code, kDone);
}

// A batch of one case of device 77 whose only panel is this picture.
void write_case(const TestDir& dir, const std::string& name, const std::string& picture) {
  const fs::path folder = dir / name / "case";
  fs::create_directories(folder);
  fs::copy(dir / picture, folder / "1.png");
  std::ofstream(folder / "record.json")
      << R"({"case_id": "case", "violation": "1345", "device_id": "77", "plate": "云M12345",)"
      << R"("times": ["2026-03-14T08:25:31"], "pictures": ["1.png"]})";
}

TEST_F(Sites, CheckFindsAMovedCamera) {
  fs::create_directories(dir_ / "sites");
  ASSERT_EQ(drawn().code, kDone);
  fs::rename(at("77.toml"), dir_ / "sites" / "77.toml");
  write_case(dir_, "before", "day.png");
  write_case(dir_, "after", "turned.png");
  const Ran before = run({"sites", "check", at("before"), "--sites", at("sites")});
  EXPECT_EQ(before.code, kDone);
  EXPECT_THAT(before.out, HasSubstr("fits 1, moved 0, not told 0"));
  const Ran after = run({"sites", "check", at("after"), "--sites", at("sites")});
  EXPECT_EQ(after.code, kDifferent);
  EXPECT_THAT(after.out, HasSubstr("fits 0, moved 1, not told 0"));
}

TEST_F(Sites, LearnOfTwoCasesIsNotOffered) {
  write_case(dir_, "before", "day.png");
  fs::create_directories(dir_ / "state");
  const Ran ran = run(
      {"sites", "learn", at("before"), "--state", at("state"), "-o", at("out"), "--least", "2"});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err, HasSubstr("--least"));
}

TEST_F(Sites, LearnWantsAReviewedBatch) {
  write_case(dir_, "before", "day.png");
  fs::create_directories(dir_ / "state");
  const auto facts = dir_.write("facts.jsonl", "");
  const Ran ran = run({"sites", "learn", at("before"), "--state", at("state"), "-o", at("out"),
                       "--recorded", facts.string()});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err, HasSubstr("review it first"));
}

}  // namespace
}  // namespace vioreview
