// SPDX-License-Identifier: Apache-2.0
#include "emit/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emit/example.h"
#include "emit/queue.h"

namespace vioreview {
namespace {

using testing::ElementsAre;
using testing::Pair;

void add(Tally& tally, const std::string& device, const std::string& code, Decision decision,
         bool proven, const std::vector<std::string>& reasons) {
  Case c;
  c.record.device_id = device;
  c.record.violation = code;
  Verdict verdict;
  verdict.decision = decision;
  verdict.proven = proven;
  for (const std::string& reason : reasons)
    verdict.findings.push_back(finding("x", Status::unknown, 0, reason));
  tally.add(c, verdict, stated_reasons(c, {}, verdict));
}

TEST(Tally, CountsCasesAndReasons) {
  Tally tally;
  add(tally, "d1", "1625", Decision::accept, true, {});
  add(tally, "d1", "1625", Decision::manual, true, {"picture_truncated", "picture_truncated"});
  add(tally, "d2", "1208", Decision::manual, false, {"plate_unsure", "check_missing"});
  add(tally, "", "", Decision::manual, false, {"record_invalid"});
  add(tally, "d2", "1208", Decision::manual, false, {"case_timeout", "check_missing"});
  add(tally, "d2", "1208", Decision::manual, false, {"panels_waiting"});  // was processed
  // A decided case was processed, whatever is said beside.
  add(tally, "d2", "1208", Decision::reject, false, {"plate_unreadable", "picture_too_small"});
  const Summary& summary = tally.summary();
  EXPECT_EQ(summary.cases, 7);
  EXPECT_EQ(summary.unprocessed, 3);  // truncated, invalid, timed out
  EXPECT_THAT(summary.by_verdict,
              ElementsAre(Pair("accept", 1), Pair("manual", 5), Pair("reject", 1)));
  EXPECT_THAT(
      summary.by_reason,
      ElementsAre(Pair("case_timeout", 1), Pair("check_missing", 2), Pair("panels_waiting", 1),
                  Pair("picture_too_small", 1), Pair("picture_truncated", 1),
                  Pair("plate_unreadable", 1), Pair("plate_unsure", 1), Pair("record_invalid", 1)));
}

TEST(Tally, WritesTheSummary) {
  Tally tally;
  add(tally, "d1", "1625", Decision::accept, true, {});
  add(tally, "", "1625", Decision::manual, false, {"plate_unsure"});
  RunCounters counters;
  counters.cases_perceived = 1;
  counters.cases_remembered = 2;
  counters.pictures_opened = 3;
  counters.worker_crashes = 4;
  counters.worker_timeouts = 5;
  counters.seconds = 61.5;
  counters.workers = 2;
  counters.revised = 6;
  counters.received = at("2021-03-15T00:30:00");
  counters.overdue = {{"a-7", "d1", at("2021-03-13T00:00:00")}};
  counters.clocks = {{"d9", 4, at("2022-03-15T01:00:00"), 31536000.0, "ahead"},
                     {"", 1, Time{0}, std::nullopt, "too old"}};
  Versions versions;
  versions.tool = "0.1.0";
  versions.isa = "avx2";
  EXPECT_EQ(tally.text(counters, versions, at("2021-03-15T01:01:01.500")), R"({
  "schema": "vioreview/summary/1",
  "cases": 2,
  "unprocessed": 0,
  "unproven": 1,
  "by_verdict": {
    "accept": 1,
    "manual": 1,
    "reject": 0
  },
  "by_reason": {
    "plate_unsure": 1
  },
  "by_code": {
    "1625": {
      "cases": 2,
      "accept": 1,
      "reject": 0,
      "manual": 1,
      "unproven": 1
    }
  },
  "by_device": {
    "unknown": {
      "cases": 1,
      "accept": 0,
      "reject": 0,
      "manual": 1,
      "unproven": 1
    },
    "d1": {
      "cases": 1,
      "accept": 1,
      "reject": 0,
      "manual": 0,
      "unproven": 0
    }
  },
  "clock_suspect": [
    {
      "device_id": "d9",
      "cases": 4,
      "newest": "2022-03-15T01:00:00.000",
      "offset_s": 31536000.0,
      "why": "ahead"
    },
    {
      "device_id": "",
      "cases": 1,
      "newest": "1970-01-01T08:00:00.000",
      "offset_s": null,
      "why": "too old"
    }
  ],
  "revised": 6,
  "waited_in_vain": [
    {
      "case_id": "a-7",
      "device_id": "d1",
      "first": "2021-03-13T00:00:00.000"
    }
  ],
  "received": "2021-03-15T00:30:00.000",
  "counters": {
    "cases_perceived": 1,
    "cases_remembered": 2,
    "pictures_opened": 3,
    "worker_crashes": 4,
    "worker_timeouts": 5
  },
  "workers": 2,
  "started": "2021-03-15T01:00:00.000",
  "finished": "2021-03-15T01:01:01.500",
  "seconds": 61.5,
  "versions": {
    "tool": "0.1.0",
    "isa": "avx2",
    "catalogue": null,
    "policy": null,
    "sites": null,
    "models": {},
    "basis": null
  }
}
)");
}

}  // namespace
}  // namespace vioreview
