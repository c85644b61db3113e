// SPDX-License-Identifier: Apache-2.0
// Clocks over a whole batch: what is newest, who is listed, and that a repeated night changes
// nothing. What makes a single capture suspect stands in checks/clock_sane.
#include "judge/clocks.h"

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "judge/example.h"

namespace vioreview {
namespace {

Time at(const char* text) {
  return *parse_time(text);
}

Capture capture(const char* device, const char* time) {
  return {device, at(time), at(time)};
}

Clocks clocks(const std::vector<Capture>& batch, const std::vector<DeviceSpan>& earlier = {}) {
  return Clocks(batch, earlier, std::nullopt, shipped_policy());
}

TEST(Clocks, TheCaptureOfACaseSpansAllItsTimes) {
  const auto own = capture_of(base("red_light").c);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->device, "340100000000010001");
  EXPECT_EQ(format_time(own->first), "2026-03-14T08:25:31.120");
  EXPECT_EQ(format_time(own->last), "2026-03-14T08:25:33.900");
  EXPECT_FALSE(capture_of(base("speed", R"({"case/record/times": null})").c));
}

TEST(Clocks, TheNewestCaptureIsOfThisBatchOrBefore) {
  const Clocks known = clocks({capture("a", "2026-03-14T20:00"), capture("a", "2026-03-14T23:00"),
                               capture("b", "2026-03-14T21:00")},
                              {{"b", at("2026-03-01T00:00"), at("2026-03-15T04:00")},
                               {"c", at("2026-03-01T00:00"), at("2026-03-02T00:00")}});
  EXPECT_EQ(known.newest("a"), at("2026-03-14T23:00"));
  EXPECT_EQ(known.newest("b"), at("2026-03-15T04:00"));
  EXPECT_EQ(known.newest("c"), at("2026-03-02T00:00"));
  EXPECT_FALSE(known.newest("d"));
}

TEST(Clocks, TheNewestCaptureIsATrustedOne) {
  const Clocks known = clocks({capture("a", "2026-03-14T20:00"), capture("a", "2027-03-14T20:00"),
                               capture("b", "2026-03-14T21:00"), capture("c", "2026-03-14T22:00")});
  EXPECT_EQ(known.newest("a"), at("2026-03-14T20:00"));
}

// One capture of 2099 that nobody could tell from a right one must not spoil all nights after it.
TEST(Clocks, WhatEarlierNightsTrustedWasNotCapturedAfterTheBatchWasReceived) {
  const std::vector<DeviceSpan> earlier{{"a", at("2026-03-01T00:00"), at("2099-01-01T08:00")},
                                        {"b", at("2099-01-01T08:00"), at("2099-01-01T08:00")}};
  const std::vector<Capture> batch{capture("a", "2026-03-14T20:00"),
                                   capture("b", "2026-03-14T21:00")};
  const Clocks stated(batch, earlier, at("2026-03-15T06:00"), shipped_policy());
  EXPECT_LE(stated.newest("a"), at("2026-03-15T06:10"));
  EXPECT_EQ(stated.newest("b"), at("2026-03-14T21:00"));
  for (const Capture& one : batch) EXPECT_FALSE(stated.doubt(one));
  EXPECT_TRUE(clocks(batch, earlier).doubt(batch[1])) << "without a time of receipt nothing tells";
}

TEST(Clocks, ListsDevicesWithTheirOffset) {
  const std::vector<Capture> batch = {
      capture("a", "2026-03-14T20:00"), capture("b", "2026-03-14T21:00"),
      capture("c", "2026-03-14T22:00"), capture("d", "2027-03-14T20:00"),
      capture("d", "2027-03-14T22:00"), capture("e", "2000-01-01T00:00")};
  const Clocks known = clocks(batch);
  std::vector<std::pair<Capture, ClockDoubt>> doubts;
  for (const Capture& one : batch)
    if (const auto doubt = known.doubt(one)) doubts.emplace_back(one, *doubt);
  const auto doubted = doubted_devices(doubts);
  ASSERT_EQ(doubted.size(), 2U);
  EXPECT_EQ(doubted[0].device, "d");
  EXPECT_EQ(doubted[0].cases, 2);
  EXPECT_EQ(doubted[0].newest, at("2027-03-14T22:00"));
  EXPECT_EQ(doubted[0].doubt.offset_s, 365.0 * 86400);  // from c, the newest of the others
  EXPECT_EQ(doubted[1].device, "e");
  EXPECT_EQ(doubted[1].doubt.offset_s, -(9569.0 * 86400 + 22 * 3600));  // 26 years, 73 days
}

TEST(Clocks, OfAnUnknownDeviceAreHeldAgainstTheNightToo) {
  const std::vector<Capture> night = {capture("a", "2026-03-14T20:00"),
                                      capture("b", "2026-03-14T21:00"),
                                      capture("c", "2026-03-14T22:00")};
  EXPECT_TRUE(clocks(night).doubt(capture("", "2027-03-14T20:00")));
  EXPECT_FALSE(clocks(night).doubt(capture("", "2026-03-14T23:00")));
}

// Whatever the devices say: a night that is reviewed again, when the ledger knows what was trusted
// of it, is doubted as before.
TEST(Clocks, ARepeatedNightChangesNothing) {
  std::mt19937 random(4);
  const std::int64_t day = 86'400'000, start = at("2026-03-14T00:00").ms;
  int doubts = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<Capture> batch;
    std::map<std::string, DeviceSpan> ledger;
    const auto some_time = [&] {
      const std::int64_t jump = random() % 4 ? 0 : static_cast<std::int64_t>(random() % 1500) - 750;
      return Time{start + jump * day + static_cast<std::int64_t>(random() % day)};
    };
    const auto some_device = [&] { return std::string(1, static_cast<char>('a' + random() % 4)); };
    for (unsigned i = random() % 3; i > 0; --i) {
      const std::string device = some_device();
      ledger[device] = {device, some_time(), Time{}};
      ledger[device].last =
          Time{ledger[device].first.ms + static_cast<std::int64_t>(random() % 90) * day};
    }
    for (unsigned i = 1 + random() % 10; i > 0; --i) {
      const Time time = some_time();
      batch.push_back({some_device(), time, Time{time.ms + 2000}});
    }
    const auto run = [&] {
      std::vector<DeviceSpan> earlier;
      for (const auto& [device, span] : ledger) earlier.push_back(span);
      return Clocks(batch, earlier, std::nullopt, shipped_policy());
    };
    const Clocks first = run();
    for (const Capture& c : batch) {
      if (first.doubt(c)) continue;
      DeviceSpan& span =
          ledger.try_emplace(c.device, DeviceSpan{c.device, c.first, c.first}).first->second;
      span.first = std::min(span.first, c.first);
      span.last = std::max(span.last, c.first);
    }
    const Clocks again = run();
    std::shuffle(batch.begin(), batch.end(), random);
    for (const Capture& c : batch) {
      EXPECT_EQ(first.doubt(c).has_value(), again.doubt(c).has_value()) << "round " << round;
      doubts += first.doubt(c) ? 1 : 0;
    }
    for (const char* device : {"a", "b", "c", "d"})
      EXPECT_EQ(first.newest(device), again.newest(device)) << "round " << round;
  }
  EXPECT_GT(doubts, 1000);
}

}  // namespace
}  // namespace vioreview
