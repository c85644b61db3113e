// SPDX-License-Identifier: Apache-2.0
// Recorded speed against limit, code and class: share over the limit = (scz - bzz) / bzz (domain
// reference 4). The code's bounds and the classes it does not cover stand in the catalogue.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

// The current code for a share over the limit, for vehicles below medium size (names of 1352, 1636,
// 1721).
std::string code_for(double share) {
  if (share >= 0.5) return "1721";
  if (share >= 0.2) return "1636";
  return share >= 0.1 ? "1352" : "";
}

Finding measured(Finding finding, double value, double limit) {
  finding.value = value;
  finding.limit = limit;
  return finding;
}

// A class or size that the record does not give is no contradiction; medium and larger vehicles
// have codes of their own.
bool wrong_class(const Evidence& e) {
  const auto& recorded = e.c.record.vehicle_class;
  return e.violation.not_for_medium_or_larger && recorded &&
         recorded->medium_or_larger.value_or(false);
}

Finding check(const Evidence& e) {
  const Record& record = e.c.record;
  if (record.collection == "7")
    return unknown(kSpeedOverLimit, "check_missing",
                   "interval speed between two points is not judged yet", "区间测速尚不能审核");
  if (!record.speed_kmh || !record.limit_kmh || *record.limit_kmh <= 0)
    return fails(kSpeedOverLimit, "speed_missing", 1, "speed or limit is missing",
                 "缺少车速或限速");
  const double speed = *record.speed_kmh, limit = *record.limit_kmh;
  const double share = (speed - limit) / limit;
  const std::string en = shown(speed) + " km/h where " + shown(limit) + " is allowed, " +
                         shown(100 * share) + " % over";
  const std::string zh =
      "车速 " + shown(speed) + ", 限速 " + shown(limit) + ", 超速 " + shown(100 * share) + "%";
  if (speed <= limit)
    return measured(fails(kSpeedOverLimit, "speed_below_limit", 1, en, zh), speed, limit);
  constexpr double kSlack = 1e-9;  // 72 where 60 is allowed is 20 %, not a hair less
  const bool fits = share >= e.violation.over_from.value_or(0) - kSlack &&
                    (!e.violation.over_to || share < *e.violation.over_to - kSlack);
  if (!fits) {
    Finding finding = fails(kSpeedOverLimit, "speed_code_differs", 1,
                            en + "; " + e.violation.code + " is for another share",
                            zh + "; 与代码 " + e.violation.code + " 不符");
    if (!wrong_class(e)) finding.suggested_code = code_for(share + kSlack);
    return measured(std::move(finding), speed, limit);
  }
  if (wrong_class(e))
    return measured(fails(kSpeedOverLimit, "speed_class_differs", 1,
                          en + "; the class is medium or larger", zh + "; 车型为中型以上"),
                    speed, limit);
  return measured(holds(kSpeedOverLimit, 1, en, zh), speed, limit);
}

}  // namespace

const Check kSpeedOverLimit{
    "speed_over_limit",
    "The speed is over the limit by as much as the code says, for such a class",
    {},
    check};

}  // namespace vioreview
