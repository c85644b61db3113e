// SPDX-License-Identifier: Apache-2.0
// Composites through the whole program: drawn pictures, divided and looked at by recorded facts.
#include "../decode/composites.h"

#include <cstdlib>
#include <map>
#include <sstream>
#include <sys/wait.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../decode/pictures.h"
#include "cli/exit_codes.h"
#include "core/sha256.h"
#include "format/codecs.h"
#include "run.h"
#include "testing.h"

namespace vioreview {
namespace {

using namespace composites;
using ::testing::HasSubstr;

class Composites : public ::testing::Test {
 protected:
  // A case of one picture; `more` fields of its record begin with a comma.
  void write(const std::string& id, const Image& image, const std::string& more = "") {
    const pictures::File bytes = pictures::jpeg(image);
    dir_.write("in/" + id + "/1.jpg", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    dir_.write("in/" + id + "/record.json",
               R"({"case_id":")" + id +
                   R"(","violation":"1039","device_id":"d-1","pictures":["1.jpg"])" + more + "}");
    PanelFacts seen;
    seen.sha256 = sha256(bytes);
    recorded_ += write_json(to_value(seen)) + "\n";
  }
  // The manifest's lines, by case.
  std::map<std::string, Value> review(int expected_code) {
    const auto facts = dir_.write("facts.jsonl", recorded_);
    // The program itself: its workers are its own file started again.
    const std::string command =
        std::string(VIOREVIEW_PROGRAM) + " review " + (dir_ / "in").string() + " -o " +
        (dir_ / "out").string() + " --recorded " + facts.string() +
        " --workers 1 --worker-memory 0 > " + (dir_ / "said.txt").string() + " 2>&1";
    const int status = std::system(command.c_str());
    EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, expected_code)
        << read_file(dir_ / "said.txt") << read_file(dir_ / "out/manifest.jsonl");
    std::map<std::string, Value> lines;
    std::istringstream manifest(read_file(dir_ / "out/manifest.jsonl"));
    for (std::string line; std::getline(manifest, line);) {
      Value value = parse_json(line).value();
      const std::string id = *value.find("case_id")->as_string();
      lines.emplace(id, std::move(value));
    }
    return lines;
  }
  static std::vector<std::string> reasons(const Value& line) {
    std::vector<std::string> ids;
    for (const Value& reason : *line.find("reasons")->as_array())
      ids.push_back(*reason.find("id")->as_string());
    return ids;
  }

  TestDir dir_;
  std::string recorded_;
};

// Three tiles beside each other, without borders.
Image strip() {
  Image image(3 * kWidth, kHeight);
  for (int i = 0; i < 3; ++i) paste(image, road(i), i * kWidth, 0);
  return image;
}

// Two tiles of different places: nothing says whether the second is a close-up.
Image two_places() {
  Image image(2 * kWidth + 4, kHeight);
  paste(image, road(0), 0, 0);
  paste(image, road(0, kWidth, kHeight, 9), kWidth + 4, 0);
  return image;
}

TEST_F(Composites, EachPanelIsListedWithItsPlaceInThePicture) {
  write("strip", strip());
  write("single", road(0, 640, 360));
  const auto lines = review(kUnprocessed);  // it shows no vehicle: who knows what it holds
  const Value::Array& panels = *lines.at("strip").find("panels")->as_array();
  ASSERT_EQ(panels.size(), 3U);
  for (int i = 0; i < 3; ++i) {
    const Value& panel = panels[static_cast<std::size_t>(i)];
    EXPECT_EQ(*panel.find("file")->as_string(), "1.jpg");
    const Value::Array& crop = *panel.find("crop")->as_array();
    EXPECT_NEAR(crop[0].number(), i * kWidth, 2);
    EXPECT_NEAR(crop[2].number(), (i + 1) * kWidth, 2);
  }
  EXPECT_EQ(lines.at("single").find("panels")->as_array()->size(), 1U);
}

TEST_F(Composites, AnUnsureDivisionIsForAPersonUnlessTheLayoutIsStated) {
  write("unsure", two_places());
  write("stated", two_places(), R"(,"layout":"1x2")");
  write("other", strip(), R"(,"layout":"2x2")");
  const auto lines = review(kUnprocessed);
  for (const char* id : {"unsure", "other"}) {
    EXPECT_EQ(*lines.at(id).find("verdict")->as_string(), "manual") << id;
    EXPECT_THAT(reasons(lines.at(id)), ::testing::Contains("layout_unsure")) << id;
  }
  EXPECT_THAT(reasons(lines.at("stated")), ::testing::Not(::testing::Contains("layout_unsure")));
  EXPECT_EQ(lines.at("stated").find("panels")->as_array()->size(), 2U);
}

TEST_F(Composites, AStatedLayoutThatIsNoneIsAUsageError) {
  const std::string picture = dir_.write("any.jpg", "x").string();
  const Ran ran = run({"layout", "--stated", "foo", picture});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err,
              HasSubstr("--stated foo: is no layout; give rows x columns (2x2), 1+3, 3+1"));
}

TEST_F(Composites, WhatTheDeviceUsuallyMakesIsNoted) {
  for (int i = 0; i < 3; ++i) {
    Image image = strip();
    fill(image, 10 + 20 * i, 10, 20 + 20 * i, 20, kWhite);
    write("strip" + std::to_string(i), image);
  }
  write("unsure", two_places());
  const auto lines = review(kUnprocessed);
  EXPECT_THAT(write_json(*lines.at("unsure").find("notes")),
              HasSubstr("3 other composites of the device are 1x3"));
}

}  // namespace
}  // namespace vioreview
