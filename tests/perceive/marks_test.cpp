// SPDX-License-Identifier: Apache-2.0
// Lines and areas from grids that the test paints; lamps from a net that the test answers for.
#include "perceive/marks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_net.h"
#include "perceive/adapters.h"

namespace vioreview {
namespace {

constexpr int kWidth = 240, kHeight = 144;
constexpr float kStride = 4;
// A little larger than the grid: its last cells see no padding.
constexpr int kPanelWidth = kWidth * 4 + 4, kPanelHeight = kHeight * 4 + 4;

// All road, until something is painted; a painted cell is of its kind with a probability near 1.
struct Painting {
  Tensor grid{{1, kMarkChannels, kHeight, kWidth},
              std::vector<float>(static_cast<std::size_t>(kMarkChannels* kHeight* kWidth), 0.F)};
  Painting() {
    each([&](int x, int y) { set(x, y, 1, 6); });
  }
  template <class Visit>
  void each(Visit visit) {
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x) visit(x, y);
  }
  void set(int x, int y, int channel, float logit) {
    grid.data[static_cast<std::size_t>((channel * kHeight + y) * kWidth + x)] = logit;
  }
  void paint(int x, int y, MarkKind kind) {
    if (x >= 0 && x < kWidth && y >= 0 && y < kHeight) set(x, y, static_cast<int>(kind) + 2, 16);
  }
  std::vector<MarkSeen> traced() const {
    return trace_marks(grid, kStride, {}, kPanelWidth, kPanelHeight);
  }
};

TEST(TraceMarks, BareRoadHasNoMarks) {
  EXPECT_TRUE(Painting().traced().empty());
}

TEST(TraceMarks, ALeaningLineRunsFromItsNearEndToItsFarEnd) {
  Painting p;
  for (int y = 5; y < 35; ++y)
    for (int i = 0; i < 2; ++i) p.paint(40 - y / 2 + i, y, MarkKind::white_solid);
  const auto marks = p.traced();
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_EQ(marks[0].kind, MarkKind::white_solid);
  EXPECT_GT(marks[0].p, 0.99F);
  const Point near = marks[0].shape.front(), far = marks[0].shape.back();
  EXPECT_NEAR(near.y, 34.5 * kStride, kStride);
  EXPECT_NEAR(near.x, (40 - 17 + 1) * kStride, kStride);
  EXPECT_NEAR(far.y, 5.5 * kStride, kStride);
  EXPECT_NEAR(far.x, (40 - 2 + 1) * kStride, kStride);
}

TEST(TraceMarks, DashesOfOneLineAreJoinedAndTwoLinesAreNot) {
  Painting p;
  for (int y = 4; y < 38; ++y)
    if (y % 10 < 5) {
      p.paint(10 + y / 4, y, MarkKind::white_dashed);
      p.paint(11 + y / 4, y, MarkKind::white_dashed);
      p.paint(45 - y / 4, y, MarkKind::white_dashed);
      p.paint(46 - y / 4, y, MarkKind::white_dashed);
    }
  EXPECT_EQ(p.traced().size(), 2U);
}

TEST(TraceMarks, AStopLineRunsFromLeftToRightOverTheGapOfAWheel) {
  Painting p;
  for (int x = 8; x < 50; ++x)
    if (x < 20 || x > 26) p.paint(x, 20 + x / 15, MarkKind::stop_line);
  const auto marks = p.traced();
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_EQ(marks[0].kind, MarkKind::stop_line);
  EXPECT_NEAR(marks[0].shape.front().x, 8.5 * kStride, kStride);
  EXPECT_NEAR(marks[0].shape.back().x, 49.5 * kStride, kStride);
}

TEST(TraceMarks, BarsOfACrosswalkAreOneArea) {
  Painting p;
  for (int bar = 0; bar < 6; ++bar)
    for (int y = 10; y < 16; ++y)
      for (int i = 0; i < 2; ++i) p.paint(6 + bar * 5 + i, y, MarkKind::crosswalk);
  const auto marks = p.traced();
  ASSERT_EQ(marks.size(), 1U);
  Box box{1e9F, 1e9F, 0, 0};
  for (const Point& point : marks[0].shape)
    box = {std::min(box.x0, point.x), std::min(box.y0, point.y), std::max(box.x1, point.x),
           std::max(box.y1, point.y)};
  EXPECT_NEAR(box.x0, 6.5 * kStride, 1);
  EXPECT_NEAR(box.x1, 32.5 * kStride, 1);
}

// Two branches of an arrow, of which the picture ends above the fork.
std::vector<MarkSeen> branches(int gap, int below, int bottom = 40) {
  Painting p;
  for (int y = bottom - 10; y < bottom - below; ++y)
    for (int i = 0; i < 4; ++i) {
      p.paint(20 + i, y, MarkKind::arrow);
      p.paint(24 + gap + i, y, MarkKind::arrow);
    }
  return trace_marks(p.grid, kStride, {}, kPanelWidth, (bottom + 1) * 4);
}

TEST(TraceMarks, BranchesOfAnArrowThatThePictureCutsAreOne) {
  const auto marks = branches(4, 0);
  ASSERT_EQ(marks.size(), 1U);
  float left = 1e9F, right = 0;
  for (const Point& point : marks[0].shape)
    left = std::min(left, point.x), right = std::max(right, point.x);
  EXPECT_NEAR(left, 20.5 * kStride, 0.01);
  EXPECT_NEAR(right, 31.5 * kStride, 0.01);
  EXPECT_THAT(branches(5, 0), testing::SizeIs(2)) << "arrows of two lanes";
  EXPECT_THAT(branches(4, 1), testing::SizeIs(2)) << "both are seen whole";
}

TEST(TraceMarks, ASpeckIsNoMark) {
  Painting p;
  p.paint(10, 10, MarkKind::white_solid);
  p.paint(11, 10, MarkKind::arrow);
  p.paint(30, 30, MarkKind::stop_line);
  EXPECT_TRUE(p.traced().empty());
}

TEST(TraceMarks, PaintBesideThePictureIsPadding) {
  Painting p;
  for (int x = 8; x < 50; ++x) p.paint(x, 36, MarkKind::stop_line);
  EXPECT_EQ(p.traced().size(), 1U);
  EXPECT_TRUE(trace_marks(p.grid, kStride, {}, kPanelWidth, 36 * 4).empty());
}

TEST(TraceMarks, MarksLieInThePanelNotInTheInput) {
  Painting p;
  for (int y = 5; y < 35; ++y) p.paint(20, y, MarkKind::yellow_solid);
  const auto marks =
      trace_marks(p.grid, kStride, Letterbox{0.5F, 100, 0}, 2 * kPanelWidth, 2 * kPanelHeight);
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_NEAR(marks[0].shape.front().x, 100 + 20.5 * kStride / 0.5, 0.01);
}

FakeNet signal_net() {
  return {card_of("signal", 16, 16, {"off", "red", "yellow", "green"}),
          [](const std::vector<float>&, std::int64_t batch) {
            return std::vector<Tensor>{repeated(batch, {4}, {0, 9, 0, 0}),
                                       repeated(batch, {5}, {0, 0, 9, 0, 0})};
          }};
}

TEST(ReadLamps, TellsHeadsAndLeavesTheRestAlone) {
  ObjectSeen head, tiny, car;
  head.kind = tiny.kind = ObjectKind::signal_head;
  head.box = {10, 10, 30, 60};
  tiny.box = {50, 10, 53, 13};
  car.box = {0, 50, 80, 90};
  std::vector<ObjectSeen> objects{car, head, tiny};
  FakeNet net = signal_net();
  read_lamps(net, Image(100, 100), objects);
  ASSERT_TRUE(objects[1].lamp && objects[1].lamp_shape);
  EXPECT_EQ(objects[1].lamp->value, LampState::red);
  EXPECT_EQ(objects[1].lamp_shape->value, LampShape::straight);
  EXPECT_FALSE(objects[0].lamp || objects[2].lamp) << "a car has no lamp, a speck cannot be told";
}

// How surely the state of a head is told whose upper and lower lamp, 8 pixels high, have these
// colours.
float state_p(std::array<std::uint8_t, 3> upper, std::array<std::uint8_t, 3> lower) {
  Image panel(100, 100);
  for (int y = 10; y < 60; ++y)
    for (int x = 10; x < 30; ++x) {
      const auto colour = y >= 14 && y < 22   ? upper
                          : y >= 48 && y < 56 ? lower
                                              : std::array<std::uint8_t, 3>{30, 30, 30};
      std::copy(colour.begin(), colour.end(), panel.row(y) + 3 * static_cast<std::ptrdiff_t>(x));
    }
  ObjectSeen head;
  head.kind = ObjectKind::signal_head;
  head.box = {10, 10, 30, 60};
  std::vector<ObjectSeen> objects{head};
  FakeNet net = signal_net();
  read_lamps(net, panel, objects);
  return objects[0].lamp->p;
}

TEST(ReadLamps, OneThatShinesRedAndGreenHasNoSureState) {
  constexpr std::array<std::uint8_t, 3> kRed{255, 60, 50}, kGreen{40, 230, 190}, kDark{30, 30, 30};
  EXPECT_GT(state_p(kRed, kDark), 0.99);
  EXPECT_EQ(state_p(kRed, kGreen), 0.5F);
  EXPECT_GT(state_p(kRed, {20, 60, 50}), 0.99) << "a green lamp that is off";
  EXPECT_GT(state_p(kRed, {120, 200, 60}), 0.99) << "foliage";
}

// The score of a head that the detector finds with `detected` and the net answers with `logit`;
// empty when it is left out.
std::optional<float> score_with(const ModelCard& card, float logit, float detected) {
  ObjectSeen head;
  head.kind = ObjectKind::signal_head;
  head.box = {10, 10, 30, 60};
  head.score = detected;
  std::vector<ObjectSeen> objects{head};
  FakeNet net(card, [logit](const std::vector<float>&, std::int64_t batch) {
    return std::vector<Tensor>{repeated(batch, {4}, {0, 9, 0, 0}),
                               repeated(batch, {5}, {9, 0, 0, 0, 0}),
                               repeated(batch, {1}, {logit})};
  });
  read_lamps(net, Image(100, 100), objects);
  return objects.empty() ? std::nullopt : std::optional(objects[0].score);
}

TEST(ReadLamps, BothNetsSayTogetherWhatIsAHead) {
  ModelCard card = card_of("signal", 16, 16, {"off", "red", "yellow", "green"});
  card.calibration["is_head"] = {-1, 2, 0.5};
  EXPECT_NEAR(score_with(card, 2, 0.5F).value(), 0.5, 1e-4) << "sigmoid(-1 + 2 * 0 + 0.5 * 2)";
  EXPECT_NEAR(score_with(card, 4, 0.5F).value(), 0.7311, 1e-4);
  EXPECT_NEAR(score_with(card, 40, 0.9F).value(), 0.998, 1e-4) << "no net is surer";
  EXPECT_FALSE(score_with(card, -4, 0.5F)) << "foliage";
}

TEST(ReadLamps, WithoutWeightsTheDoubtingNetCounts) {
  const ModelCard card = card_of("signal", 16, 16, {"off", "red", "yellow", "green"});
  EXPECT_NEAR(score_with(card, 0, 0.9F).value(), 0.5, 1e-4);
  EXPECT_NEAR(score_with(card, 9, 0.7F).value(), 0.7, 1e-4);
}

TEST(LookAtScene, MarkingsAreReadWhereTheyAreAskedFor) {
  Painting p;
  for (int y = 5; y < 35; ++y) p.paint(20, y, MarkKind::yellow_solid);
  ModelCard card = card_of("detector", kWidth * 4, kHeight * 4, {"vehicle"});
  card.outputs = {{"boxes", {0, 1, 4}},
                  {"scores", {0, 1, 1}},
                  {"markings", {0, kMarkChannels, kHeight, kWidth}}};
  FakeNet net(card, [&](const std::vector<float>&, std::int64_t batch) {
    return std::vector<Tensor>{repeated(batch, {1, 4}, {0, 0, 9, 9}), repeated(batch, {1, 1}, {0}),
                               p.grid};
  });
  EXPECT_FALSE(look_at_scene(net, Image(240, 160), false).marks.has_value());
  const auto seen = look_at_scene(net, Image(240, 160), true).marks;
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->size(), 1U);
}

}  // namespace
}  // namespace vioreview
