// SPDX-License-Identifier: Apache-2.0
// Recorded speed against limit, code and class: share over the limit = (scz - bzz) / bzz (domain
// reference 4). The codes' bounds and the classes they do not cover stand in the catalogue.
#include <algorithm>
#include <cmath>
#include <optional>

#include "judge/checks/checks.h"
#include "judge/speed.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"fastest", 300, 50, 1000, "km/h above which a recorded speed is no speed"},
    {"highest_limit", 130, 50, 1000, "km/h above which a recorded limit is no limit"},
    {"agree", 0.03, 0, 0.5, "share by which interval speed may differ from way through time"}};

bool plausible(const std::optional<double>& number, double most) {
  return number && *number > 0 && *number <= most;  // a NaN is not above 0
}

std::string plain(const std::optional<double>& number) {
  return number ? shown(*number) : "-";
}

// Interval speed (采集方式 7) is the section's length through the time between its ends: the record
// must say so too. Nothing to object: an empty optional.
std::optional<Finding> doubted_interval(const Evidence& e) {
  const Record& record = e.c.record;
  if (record.collection != "7") return std::nullopt;
  if (!e.site_facts.interval_m || record.times.size() < 2)
    return unknown(kSpeedOverLimit, "check_missing",
                   "interval speed cannot be checked without the section's length and both times",
                   "缺少区间长度或起止时间, 无法审核区间测速");
  const auto [first, last] = std::minmax_element(record.times.begin(), record.times.end());
  const double seconds = static_cast<double>(last->ms - first->ms) / 1000;
  const double speed = seconds > 0 ? *e.site_facts.interval_m / seconds * 3.6 : 0;
  const double recorded = record.speed_kmh.value_or(0);
  if (std::abs(speed - recorded) <= knob(e, kSpeedOverLimit, "agree") * recorded)
    return std::nullopt;
  return measured(unknown(kSpeedOverLimit, "not_sure",
                          "way through time gives " + shown(speed) + " km/h, the record says " +
                              shown(recorded),
                          "按区间长度与时间计算为 " + shown(speed) + ", 记录为 " + shown(recorded)),
                  speed, recorded);
}

// A site whose limit is another than the record's: one of them is wrong.
std::optional<Finding> doubted_limit(const Evidence& e) {
  const auto &site = e.site_facts.limit_kmh, &recorded = e.c.record.limit_kmh;
  if (!site || !recorded || std::abs(*site - *recorded) < 0.5) return std::nullopt;
  return measured(unknown(kSpeedOverLimit, "not_sure",
                          "the record says that " + shown(*recorded) +
                              " km/h are allowed, the site profile " + shown(*site),
                          "记录限速 " + shown(*recorded) + ", 点位限速 " + shown(*site)),
                  *recorded, *site);
}

Finding check(const Evidence& e) {
  const Record& record = e.c.record;
  if (auto doubted = doubted_interval(e)) return *doubted;
  if (!plausible(record.speed_kmh, knob(e, kSpeedOverLimit, "fastest")) ||
      !plausible(record.limit_kmh, knob(e, kSpeedOverLimit, "highest_limit")))
    return fails(
        kSpeedOverLimit, "speed_missing", 1,
        "speed " + plain(record.speed_kmh) + ", limit " + plain(record.limit_kmh) +
            ": one is missing or impossible",
        "车速 " + plain(record.speed_kmh) + ", 限速 " + plain(record.limit_kmh) + ": 缺失或不合理");
  if (auto doubted = doubted_limit(e)) return *doubted;
  const double speed = *record.speed_kmh, limit = *record.limit_kmh;
  const double share = (speed - limit) / limit;
  const std::string en = shown(speed) + " km/h where " + shown(limit) + " is allowed, " +
                         shown(100 * share) + " % over";
  const std::string zh =
      "车速 " + shown(speed) + ", 限速 " + shown(limit) + ", 超速 " + shown(100 * share) + "%";
  const auto said = [&](Finding finding) { return measured(std::move(finding), speed, limit); };
  if (speed <= limit)
    return said(fails(kSpeedOverLimit, "speed_below_limit", 1,
                      shown(speed) + " km/h where " + shown(limit) + " is allowed",
                      "车速 " + shown(speed) + ", 限速 " + shown(limit)));
  if (!e.violation.over_from)
    return said(unknown(kSpeedOverLimit, "check_missing",
                        en + "; which share and class the code is for is not known",
                        zh + "; 该代码适用的比例与车型未知"));
  const std::optional<bool> large = medium_or_larger(e);
  if (!covers(e.violation, share)) {
    Finding finding = fails(kSpeedOverLimit, "speed_code_differs", 1,
                            en + "; " + e.violation.code + " is for another share",
                            zh + "; 与代码 " + e.violation.code + " 不符");
    if (!large.value_or(true)) finding.suggested_code = code_for(e.catalogue, share);
    return said(std::move(finding));
  }
  if (!e.violation.not_for_medium_or_larger || large == false)
    return said(holds(kSpeedOverLimit, 1, en, zh));
  const std::string of_code = e.violation.code;
  return said(large ? fails(kSpeedOverLimit, "speed_class_differs", 1,
                            en + "; the class is medium or larger, which has other codes",
                            zh + "; 车型为中型以上, 不适用代码 " + of_code)
                    : unknown(kSpeedOverLimit, "speed_class_differs",
                              en + "; whether the class is medium or larger is not known",
                              zh + "; 是否中型以上未知"));
}

}  // namespace

const Check kSpeedOverLimit{"speed_over_limit",
                            "The speed is over the limit by as much as the code says, for such a "
                            "class",
                            kKnobs, check};

}  // namespace vioreview
