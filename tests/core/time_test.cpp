// SPDX-License-Identifier: Apache-2.0
// Times: the milliseconds were worked out with `date -u -d ... +%s`.
#include "core/time.h"

#include <stdlib.h>
#include <time.h>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

// 2021-03-14 08:25:31 in UTC+8 is 00:25:31 UTC.
constexpr std::int64_t kMoment = 1615681531000;

struct Read {
  const char* text;
  std::int64_t ms;
};

TEST(Time, ReadsEveryForm) {
  const Read cases[] = {
      {"2021-03-14T08:25:31", kMoment},
      {"2021-03-14T08:25:31.120", kMoment + 120},
      {"2021-03-14 08:25:31.0", kMoment},
      {"2021-03-14 08:25:31,5", kMoment + 500},
      {"2021-03-14 08:25:31.1239", kMoment + 123},
      {"2021/03/14 08:25:31", kMoment},
      {"2021.03.14 08:25:31", kMoment},
      {"2021/3/14 8:25", kMoment - 31000},
      {"2021-03-14 08:25", kMoment - 31000},
      {"20210314082531", kMoment},
      {"20210314082531120", kMoment + 120},
      {"20210314082531.12", kMoment + 120},
      {"2021-03-14T00:25:31Z", kMoment},
      {"2021-03-14T00:25:31.120z", kMoment + 120},
      {"2021-03-14T08:25:31+08:00", kMoment},
      {"2021-03-14T08:25:31+0800", kMoment},
      {"2021-03-13T19:25:31-05:00", kMoment},
      {"20210314002531Z", kMoment},
      {"  2021-03-14 08:25:31 ", kMoment},
      {"1970-01-01T08:00:00", 0},
      {"1969-12-31T23:59:59.999", -8LL * 3600 * 1000 - 1},
      {"2020-02-29T12:00:00", 1582948800000},
  };
  for (const Read& c : cases) {
    const auto time = parse_time(c.text);
    ASSERT_TRUE(time) << c.text;
    EXPECT_EQ(time->ms, c.ms) << c.text;
  }
}

TEST(Time, RefusesWhatIsNone) {
  for (const char* text : {"",
                           " ",
                           "yesterday",
                           "2021-03-14",
                           "20210314",
                           "2021-02-29 12:00:00",
                           "2021-13-01 12:00:00",
                           "2021-00-10 12:00:00",
                           "2021-03-32 12:00:00",
                           "2021-03-14 24:00:00",
                           "2021-03-14 08:60:00",
                           "2021-03-14 08:25:61",
                           "2021-03-14 08:25:31x",
                           "2021-03-14 08:25:31.",
                           "2021-03-14T08:25:31+25:00",
                           "2021-03-14T08:25:31+08:99",
                           "202103140825",
                           "2021031408253112",
                           "202103140825311200",
                           "0000-00-00 00:00:00",
                           "-2021-03-14 08:25:31",
                           "2021-03-14 8",
                           "２０２１-03-14 08:25:31"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(Time, IsWrittenInLocalTimeOfChina) {
  EXPECT_EQ(format_time(Time{kMoment + 120}), "2021-03-14T08:25:31.120");
  EXPECT_EQ(format_time(Time{0}), "1970-01-01T08:00:00.000");
  EXPECT_EQ(format_time(Time{-8LL * 3600 * 1000 - 1}), "1969-12-31T23:59:59.999");
}

TEST(Time, ReadsWhatItWrites) {
  for (const std::int64_t ms : {kMoment, kMoment + 1, std::int64_t{0}, std::int64_t{-1},
                                std::int64_t{4102444799999}, std::int64_t{-5000000000001}})
    EXPECT_EQ(parse_time(format_time(Time{ms})), Time{ms}) << ms;
}

TEST(Time, DoesNotLookAtTheZoneOfTheHost) {
  setenv("TZ", "America/New_York", 1);
  tzset();
  const auto time = parse_time("2021-03-14 08:25:31");
  const std::string text = format_time(Time{kMoment});
  unsetenv("TZ");
  tzset();
  EXPECT_EQ(time, Time{kMoment});
  EXPECT_EQ(text, "2021-03-14T08:25:31.000");
}

}  // namespace
}  // namespace vioreview
