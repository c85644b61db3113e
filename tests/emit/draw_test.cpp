// SPDX-License-Identifier: Apache-2.0
// Annotated pictures: the marks stand where the facts say, and only what concerns a panel is told.
#include "emit/draw.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <sys/stat.h>

#include <gtest/gtest.h>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/errors.h"
#include "emit/draw_canvas.h"
#include "testing.h"

namespace vioreview {
namespace {

constexpr Colour kStreet{90, 90, 90};

// 1200 x 700: drawn at its own size.
Image street() {
  return blank(1200, 700, kStreet);
}

PanelFacts facts_of_street() {
  PanelFacts facts;
  facts.file = "1.jpg";
  facts.width = 1200;
  facts.height = 700;
  return facts;
}

ObjectSeen object(ObjectKind kind, Box box) {
  ObjectSeen seen;
  seen.kind = kind;
  seen.box = box;
  seen.score = 0.9F;
  return seen;
}

PlateSeen plate(float p) {
  PlateSeen seen;
  seen.corners = {Point{500, 500}, {600, 500}, {600, 530}, {500, 530}};
  seen.box = bounds(seen.corners);
  seen.look = {PlateLook::blue, 0.9F};
  for (const char* c : {"湘", "F", "7", "9", "3", "8", "Q"}) seen.characters.push_back({c, p, {}});
  seen.readable = p;
  return seen;
}

Finding finding(Status status, int panel, const std::string& words) {
  Finding told;
  told.check = "plate_matches_record";
  told.status = status;
  told.probability = 0.9F;
  told.panel = panel;
  told.en = told.zh = words;
  return told;
}

Image drawn(const PanelFacts& facts, const Verdict* verdict = nullptr, int index = 0) {
  return draw_panel(street(), facts, std::vector<Image>(facts.plates.size(), Image(94, 24)),
                    verdict, index, true);
}

// Where `b` differs from `a`, of the same size.
Box changed(const Image& a, const Image& b) {
  Box box{1e6F, 1e6F, -1, -1};
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  for (int y = 0; y < std::min(a.height, b.height); ++y)
    for (int x = 0; x < a.width; ++x)
      if (!std::equal(a.row(y) + x * 3, a.row(y) + x * 3 + 3, b.row(y) + x * 3)) {
        const auto u = static_cast<float>(x), v = static_cast<float>(y);
        box = {std::min(box.x0, u), std::min(box.y0, v), std::max(box.x1, u), std::max(box.y1, v)};
      }
  return box;
}

std::ptrdiff_t count(const Image& image, Colour colour) {
  std::ptrdiff_t n = 0;
  for (std::size_t i = 0; i < image.pixels.size(); i += 3)
    n += std::equal(colour.begin(), colour.end(), image.pixels.begin() + static_cast<long>(i));
  return n;
}

// The picture begins below a head whose height is the drawing's own business.
int head_of(const Image& image) {
  int y = 0;
  while (y < image.height && !std::equal(kStreet.begin(), kStreet.end(), image.row(y) + 1199 * 3))
    ++y;
  return y;
}

TEST(Draw, BoxStandsRoundTheObjectAndLeavesItVisible) {
  const Image without = drawn(facts_of_street());
  PanelFacts facts = facts_of_street();
  facts.objects = {object(ObjectKind::vehicle, {400, 300, 700, 600})};
  const Image with = drawn(facts);
  const Box box = changed(without, with);
  const auto head = static_cast<float>(head_of(without));
  EXPECT_NEAR(box.x0, 400, 2);
  EXPECT_NEAR(box.x1, 700, 2);
  EXPECT_NEAR(box.y1, 600 + head, 2);
  EXPECT_LE(box.y0, 300 + head);  // the label stands above
  EXPECT_GE(box.y0, 300 + head - 40);
  for (int y = 310; y < 590; y += 20)
    for (int x = 410; x < 690; x += 20)
      ASSERT_TRUE(
          std::equal(kStreet.begin(), kStreet.end(), with.row(y + static_cast<int>(head)) + x * 3));
}

TEST(Draw, KindsHaveTheirOwnColours) {
  std::set<Colour> seen;
  for (const ObjectKind kind : {ObjectKind::vehicle, ObjectKind::two_wheeler, ObjectKind::person,
                                ObjectKind::signal_head}) {
    PanelFacts facts = facts_of_street();
    facts.objects = {object(kind, {400, 300, 700, 600})};
    const Image image = drawn(facts);
    const std::uint8_t* p = image.row(450 + head_of(image)) + 400 * 3;
    seen.insert({p[0], p[1], p[2]});
  }
  EXPECT_EQ(seen.size(), 4U);
}

// The target at the same place in shares of panels of two sizes, and one that it is not found in.
TEST(Draw, TheWayLeadsFromPanelToPanel) {
  Facts facts;
  for (const int width : {1200, 600, 1200, 1200}) {
    PanelFacts panel = facts_of_street();
    panel.width = width;
    panel.height = width * 7 / 12;
    const auto scale = static_cast<float>(width) / 1200;
    panel.objects = {
        object(ObjectKind::vehicle, {100 * scale, 300 * scale, 300 * scale, 500 * scale})};
    facts.panels.push_back(panel);
  }
  facts.panels[1].objects[0].box = {250, 100, 350, 200};
  facts.panels[3].role = Role::closeup;
  TargetSeen target;
  target.objects = {0, 0, -1, 0};
  const std::vector<WayPoint> way = way_of_target(facts, target);
  ASSERT_EQ(way.size(), 2U);
  EXPECT_EQ(way[1].panel, 1);
  EXPECT_NEAR(way[0].at.x, 200.0F / 1200, 1e-4);
  EXPECT_NEAR(way[0].at.y, 500.0F / 700, 1e-4);
  EXPECT_NEAR(way[1].at.x, 0.5, 1e-4);

  const PanelFacts empty = facts_of_street();
  const auto with = [&](const std::vector<WayPoint>& points, Role role = Role::panel) {
    PanelFacts panel = empty;
    panel.role = role;
    return draw_panel(street(), panel, {}, nullptr, 0, true, points);
  };
  const Image without = with({});
  const Box box = changed(without, with(way));
  const auto head = static_cast<float>(head_of(without));
  EXPECT_NEAR(box.x0, 200 - 10, 2);
  EXPECT_NEAR(box.x1, 600 + 10, 2);
  EXPECT_NEAR(box.y0, head + 400 - 10, 2);
  EXPECT_NEAR(box.y1, head + 500 + 10, 2);
  EXPECT_LT(changed(without, with({way[0]})).x1, 0) << "one place is no way";
  EXPECT_LT(changed(with({}, Role::closeup), with(way, Role::closeup)).x1, 0);
}

TEST(Draw, TheTargetStandsOut) {
  PanelFacts facts = facts_of_street();
  facts.objects = {object(ObjectKind::vehicle, {100, 300, 300, 500}),
                   object(ObjectKind::vehicle, {600, 300, 800, 500})};
  Verdict lost, found;
  lost.target.objects = {-1};
  found.target.objects = {1};
  const Box box = changed(drawn(facts, &lost), drawn(facts, &found));
  EXPECT_GT(box.x0, 550);  // the other one is as before
  EXPECT_LT(box.x0, 600);  // thicker lines
}

TEST(Draw, SurerCharactersHaveLongerBars) {
  std::ptrdiff_t before = 0;
  for (const float p : {0.91F, 0.95F, 1.0F}) {
    PanelFacts facts = facts_of_street();
    facts.plates = {plate(p)};
    const std::ptrdiff_t good = count(drawn(facts), kGood);
    EXPECT_GT(good, before) << p;
    before = good;
  }
  PanelFacts facts = facts_of_street();
  facts.plates = {plate(0.3F)};
  EXPECT_EQ(count(drawn(facts), kGood), 0);
  EXPECT_GT(count(drawn(facts), kBad), 0);
}

TEST(Draw, EveryPlateHasARow) {
  const Image none = drawn(facts_of_street());
  PanelFacts facts = facts_of_street();
  facts.plates = {plate(0.9F)};
  const Image one = drawn(facts);
  facts.plates.push_back(plate(0.9F));
  const Image two = drawn(facts);
  EXPECT_GE(one.height - none.height, 64);
  EXPECT_EQ(two.height - one.height, one.height - none.height);
}

TEST(Draw, FindingsOfOtherPanelsAreNotTold) {
  Verdict nothing, other, mine;
  other.findings = {finding(Status::fails, 1, "other"), finding(Status::holds, -1, "case")};
  mine.findings = {finding(Status::fails, 0, "mine")};
  EXPECT_EQ(drawn(facts_of_street(), &other).pixels, drawn(facts_of_street(), &nothing).pixels);
  const Image told = drawn(facts_of_street(), &mine);
  EXPECT_GT(told.height, drawn(facts_of_street(), &nothing).height);
  EXPECT_GT(count(told, kBad), 20);
}

TEST(Draw, PixelsOfAFindingAreShownUnlessItHolds) {
  for (const Status status : {Status::holds, Status::fails, Status::unknown}) {
    Verdict plain, boxed;
    plain.findings = boxed.findings = {finding(status, 0, "seen here")};
    boxed.findings[0].box = Box{200, 300, 400, 500};
    const Image a = drawn(facts_of_street(), &plain), b = drawn(facts_of_street(), &boxed);
    EXPECT_EQ(a.pixels == b.pixels, status == Status::holds);
  }
}

TEST(Draw, LongFindingsAreWrapped) {
  Verdict brief, wordy;
  brief.findings = {finding(Status::unknown, 0, "short")};
  std::string words;
  for (int i = 0; i < 60; ++i) words += "尚不能审核该项，";
  wordy.findings = {finding(Status::unknown, 0, words)};
  EXPECT_GE(drawn(facts_of_street(), &wordy).height,
            drawn(facts_of_street(), &brief).height + 5 * 18);
}

TEST(Draw, SmallCloseupsAreEnlargedAndLargePanelsReduced) {
  PanelFacts facts;
  facts.role = Role::closeup;
  facts.file = "closeup.jpg";
  const Image small = draw_panel(blank(94, 24, kStreet), facts, {}, nullptr, 0, true);
  EXPECT_GE(count(small, kStreet), 16 * 94 * 24 * 9 / 10);
  const Image large = draw_panel(blank(4096, 3000, kStreet), facts, {}, nullptr, 0, true);
  EXPECT_LE(large.width, 1300);
  EXPECT_GE(large.width, 1000);
}

TEST(Draw, APanelThatIsNotThereSaysWhy) {
  PanelFacts facts;
  facts.file = "2.jpg";
  const Image nothing = draw_panel(Image(), facts, {}, nullptr, 0, false);
  facts.failure = Problem{"picture_truncated", "2.jpg", "cut off"};
  const Image told = draw_panel(Image(), facts, {}, nullptr, 0, false);
  EXPECT_EQ(count(nothing, kBad), 0);
  EXPECT_GT(count(told, kBad), 20);
}

TEST(Draw, FactsOutsideThePictureDoNoHarm) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  PanelFacts facts = facts_of_street();
  for (const Box& box : {Box{-500, -500, -100, -100}, Box{-1e9F, -1e9F, 1e9F, 1e9F},
                         Box{5000, 5000, 6000, 6000}, Box{kNan, kNan, kNan, kNan}, Box{}})
    facts.objects.push_back(object(ObjectKind::vehicle, box));
  PlateSeen far = plate(0.9F);
  far.corners = {Point{-1e9F, 0}, {kNan, 0}, {1e9F, 1e9F}, {0, kNan}};
  far.characters = {{"\xFF", 7, {}}, {"", -1, {{"", 0}}}};
  facts.plates = {far, plate(kNan)};
  Verdict verdict;
  verdict.target.objects = {99};
  EXPECT_FALSE(drawn(facts, &verdict).empty());
  EXPECT_FALSE(drawn(facts, &verdict, 5).empty());
  EXPECT_FALSE(draw_panel(street(), facts, {}, &verdict, 0, false).empty());  // plates not warped
}

TEST(Draw, ACaseHoldsItsPanelsAndWhatIsSaidOfItAsAWhole) {
  const std::vector<Image> panels = {blank(800, 300, {1, 2, 3}), blank(800, 200, {4, 5, 6}),
                                     blank(700, 100, {7, 8, 9})};
  const Image image = draw_case(panels, {"530502-1  人工复核"});
  EXPECT_EQ(count(image, {1, 2, 3}), 800 * 300);
  EXPECT_EQ(count(image, {4, 5, 6}), 800 * 200);
  EXPECT_EQ(count(image, {7, 8, 9}), 700 * 100);
  EXPECT_LT(image.width, 3 * 700);  // not all in a row
  Verdict verdict;
  verdict.findings = {finding(Status::holds, -1, "3 panels"), finding(Status::fails, 0, "panel")};
  const Image told = draw_case(panels, {"530502-1"}, &verdict, false);
  EXPECT_GT(told.height, image.height);
  EXPECT_GT(count(told, kGood), 20);
  EXPECT_EQ(count(told, kBad), 0);  // panel 0 tells its own
  EXPECT_FALSE(draw_case({}, {}).empty());
}

TEST(Draw, PercentNeverRoundsUpToCertainty) {
  EXPECT_EQ(percent(0.9999F), "99%");
  EXPECT_EQ(percent(1), "100%");
  EXPECT_EQ(percent(0.29F), "29%");
  EXPECT_EQ(percent(0), "0%");
}

TEST(Draw, PngIsWhatWasDrawn) {
  const TestDir dir;
  Image image = blank(30, 20, {10, 20, 30});
  fill(image, {5, 5, 9, 9}, {200, 100, 50});
  write_png(dir / "a.png", image);
  const cv::Mat read = cv::imread((dir / "a.png").string(), cv::IMREAD_COLOR);
  ASSERT_EQ(read.cols, 30);
  ASSERT_EQ(read.rows, 20);
  for (int y = 0; y < 20; ++y)
    for (int x = 0; x < 30; ++x)
      for (int c = 0; c < 3; ++c)
        ASSERT_EQ(read.at<cv::Vec3b>(y, x)[2 - c], image.row(y)[x * 3 + c]);
  struct stat status {};
  ASSERT_EQ(stat((dir / "a.png").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
  EXPECT_THROW(write_png(dir / "no" / "a.png", image), IoError);
}

}  // namespace
}  // namespace vioreview
