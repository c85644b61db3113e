// SPDX-License-Identifier: Apache-2.0
// vioreview_judge_bench [RECORDS]: how many records a second one core judges when no picture was
// looked at: all that a record alone decides. Median of five rounds; records of speed codes, for
// which every check is built, with a twentieth of each mistake that a record can hold.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "format/codecs.h"
#include "judge/judge.h"

namespace vioreview {
namespace {

constexpr std::int64_t kNight = 1773446400000;  // 2026-03-14T00:00 in UTC

std::vector<Case> night_of(int records) {
  std::mt19937 random(7);
  const auto one_in = [&](unsigned n) { return random() % n == 0; };
  std::vector<Case> cases;
  cases.reserve(static_cast<std::size_t>(records));
  for (int i = 0; i < records; ++i) {
    Case c;
    c.id = std::to_string(10000000 + i);
    Record& r = c.record;
    r.plate = "皖A" + std::to_string(10000 + random() % 90000);
    if (one_in(20)) r.plate.pop_back();
    r.plate_kind = one_in(20) ? "01" : "02";
    r.plate_color = PlateColor::blue;
    r.vehicle_class = parse_vehicle_class("K33");
    r.place = "永昌路" + std::to_string(random() % 200) + "号";
    r.device_id = "5305020000000" + std::to_string(10000 + i % 40);
    r.limit_kmh = 60;
    r.speed_kmh = 66 + static_cast<double>(random() % 34);
    const double over = *r.speed_kmh / *r.limit_kmh - 1;
    r.violation = (over < .2) != one_in(20) ? "1352" : over < .5 ? "1636" : "1721";
    r.times = {Time{kNight + 300 * i}, Time{kNight + 300 * i + (one_in(20) ? -400 : 400)}};
    c.pictures.resize(2);
    for (std::size_t k = 0; k < 2; ++k) c.pictures[k].file = std::to_string(k) + ".jpg";
    cases.push_back(std::move(c));
  }
  return cases;
}

// Pictures that are there and show nothing.
Facts unseen(const Case& c) {
  Facts facts;
  for (const PictureRef& picture : c.pictures) {
    PanelFacts panel;
    panel.file = picture.file;
    panel.sha256 = c.id + picture.file;
    panel.width = 1920;
    panel.height = 1080;
    facts.panels.push_back(std::move(panel));
  }
  return facts;
}

void bench(int records) {
  const Catalogue catalogue = catalogue_from_toml(builtin_catalogue_text(), "catalogue.toml");
  const Policy policy = policy_from_toml(builtin_policy_text(), "policy.toml");
  const std::vector<Case> cases = night_of(records);
  std::vector<Facts> facts;
  std::vector<Event> events;
  for (const Case& c : cases) {
    facts.push_back(unseen(c));
    if (auto event = event_of(c, catalogue)) events.push_back(std::move(*event));
  }
  const EventIndex index(std::move(events));
  std::vector<double> rates;
  std::map<std::string, int> reasons;
  for (int round = 0; round < 5; ++round) {
    reasons.clear();
    const std::clock_t start = std::clock();  // of this core, whatever else the machine does
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Verdict verdict = judge(cases[i], facts[i], index, catalogue, policy);
      for (const Finding& finding : verdict.findings)
        if (!finding.reason.empty()) ++reasons[finding.reason];
    }
    const auto took = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    rates.push_back(static_cast<double>(cases.size()) / took);
  }
  std::nth_element(rates.begin(), rates.begin() + 2, rates.end());
  std::printf("%d records, one core: %.0f a second\n| reason | records |\n|---|---|\n", records,
              rates[2]);
  for (const auto& [reason, n] : reasons) std::printf("| %s | %d |\n", reason.c_str(), n);
}

}  // namespace
}  // namespace vioreview

int main(int argc, char** argv) {
  const int records = argc > 1 ? std::atoi(argv[1]) : 100000;
  if (records < 1) {
    std::fprintf(stderr, "usage: vioreview_judge_bench [RECORDS]\n");
    return 2;
  }
  vioreview::bench(records);
  return 0;
}
