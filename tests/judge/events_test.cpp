// SPDX-License-Identifier: Apache-2.0
// Which cases are the same event.
#include <gtest/gtest.h>

#include "judge/example.h"

namespace vioreview {
namespace {

Event event(std::string id, std::int64_t second) {
  return {std::move(id), "云M12345", "1636", "53050201", Time{second * 1000}};
}

TEST(Events, TheEarliestStands) {
  const EventIndex index({event("b", 20), event("c", 40), event("a", 0)});
  EXPECT_EQ(index.standing_before(event("a", 0), 60), nullptr);
  EXPECT_EQ(index.standing_before(event("b", 20), 60)->case_id, "a");
  EXPECT_EQ(index.standing_before(event("c", 40), 60)->case_id, "a");
  EXPECT_EQ(index.standing_before(event("c", 40), 30)->case_id, "b");
}

TEST(Events, OrderOfArrivalDoesNotMatter) {
  const EventIndex one({event("a", 0), event("b", 20)}), other({event("b", 20), event("a", 0)});
  EXPECT_EQ(*one.standing_before(event("b", 20), 60), *other.standing_before(event("b", 20), 60));
}

TEST(Events, AnotherCaseBehindTheOwnEarlierRunCounts) {
  const EventIndex index({event("b", 5), event("a", 10), event("b", 20)});
  EXPECT_EQ(index.standing_before(event("b", 20), 60)->case_id, "a");
}

TEST(Events, OfACaseNeedPlateCodePlaceAndTime) {
  const Catalogue& catalogue = shipped_catalogue();
  const Event own = *event_of(base("speed").c, catalogue);
  EXPECT_EQ(own.plate, "皖A28593");
  EXPECT_EQ(own.code, "1636");
  EXPECT_EQ(own.place, "34010001");
  EXPECT_EQ(format_time(own.time), "2026-03-14T08:59:10.120");
  EXPECT_FALSE(event_of(base("speed", R"({"case/record/plate": null})").c, catalogue));
  EXPECT_FALSE(event_of(base("speed", R"({"case/record/times": null})").c, catalogue));
  EXPECT_FALSE(event_of(base("speed", R"({"case/record/violation": "9999"})").c, catalogue));
}

TEST(Events, TheCodeIsTheCanonicalOneAndTheTimeTheFirst) {
  const Case c = base("red_light", R"({"case/record/violation": "13020"})").c;
  const Event own = *event_of(c, shipped_catalogue());
  EXPECT_EQ(own.code, "1625");
  EXPECT_EQ(format_time(own.time), "2026-03-14T08:25:31.120");
}

TEST(Events, PlaceFallsBackToNameAndDevice) {
  const auto place = [](const char* changes) {
    return event_of(base("speed", changes).c, shipped_catalogue())->place;
  };
  EXPECT_EQ(place(R"({"case/record/place_code": null})"), "示范路路口");
  EXPECT_EQ(place(R"({"case/record/place_code": null, "case/record/place": null})"),
            "340100000000010001");
}

}  // namespace
}  // namespace vioreview
