// SPDX-License-Identifier: Apache-2.0
#include "judge/rules.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "judge/views.h"

namespace vioreview {
namespace {

constexpr double kRecordRight = 0.97;  // how often a recorded vehicle class is right
constexpr double kSureLook = 0.85;     // looks less sure than this confirm no record

// Words for whole groups of vehicle codes (GA/T 16.4: H heavy to light goods vehicles).
constexpr std::pair<std::string_view, std::string_view> kGroups[] = {
    {"truck", "H"},         {"lorry", "H"},        {"heavy_truck", "H1"},
    {"medium_truck", "H2"}, {"light_truck", "H3"}, {"bus", "K1"}};

bool has(const std::vector<VehicleClass>& looks, VehicleClass look) {
  return std::find(looks.begin(), looks.end(), look) != looks.end();
}

std::vector<Time> times_of(const Evidence& e) {
  std::vector<Time> times;
  for (const int panel : evidence_panels(e.c, e.facts))
    if (const auto time = time_of_panel(e.c, e.facts, panel)) times.push_back(*time);
  return times.empty() ? e.c.record.times : times;
}

}  // namespace

const Restriction* rule_of(const Evidence& e) {
  const auto& rule =
      e.violation.group == "prohibition" ? e.site_facts.truck_ban : e.site_facts.bus_lane;
  return rule ? &*rule : nullptr;
}

bool covers_class(const std::string& listed, const RecordedClass& recorded) {
  const auto known = parse_vehicle_class(listed);
  if (!known) return false;
  if (known->code == recorded.code || recorded.code.starts_with(known->code)) return true;
  for (const auto& [word, prefix] : kGroups) {
    if (known->code != word) continue;
    if (recorded.code.starts_with(prefix)) return true;
    // A word for all trucks covers the words for some of them.
    if (prefix == "H" && recorded.code.ends_with("_truck") && recorded.code != "pickup_truck")
      return true;
  }
  return false;
}

OfClasses of_classes(const Evidence& e, const std::vector<std::string>& classes) {
  std::vector<VehicleClass> looks, typical;
  bool listed = false;
  const auto& recorded = e.c.record.vehicle_class;
  for (const std::string& name : classes) {
    const auto known = parse_vehicle_class(name);
    if (!known || known->looks.empty()) continue;
    looks.insert(looks.end(), known->looks.begin(), known->looks.end());
    typical.push_back(known->looks.front());
    listed = listed || (recorded && covers_class(name, *recorded));
  }
  const auto views = all_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  const auto like = surest(views, [&](VehicleClass look) { return has(looks, look); });
  const auto unlike = surest(views, [&](VehicleClass look) { return !has(looks, look); });
  OfClasses result;
  if (looks.empty() || (!like && !unlike)) return result;
  result.not_in = contradiction(like, unlike);
  if (listed) {
    const double looks_it = contradiction(unlike, like);
    result.in = looks_it < kSureLook ? looks_it : agreed(looks_it, kRecordRight);
    return result;
  }
  // The record's own class is not listed, and the target looks like it and like none of those.
  const auto other = surest(views, [&](VehicleClass look) {
    return recorded && !has(typical, look) && has(recorded->looks, look);
  });
  const auto same = surest(views, [&](VehicleClass look) { return has(typical, look); });
  const double looks_other = contradiction(same, other);
  if (looks_other >= kSureLook)
    result.not_in = std::max(result.not_in, agreed(looks_other, kRecordRight));
  return result;
}

std::optional<bool> in_force_throughout(const Evidence& e, const Restriction& rule,
                                        double border_s) {
  const auto border = static_cast<std::int64_t>(border_s * 1000);
  bool always = true, ever = false;
  const std::vector<Time> times = times_of(e);
  for (const Time time : times)
    for (const std::int64_t off : {-border, std::int64_t{0}, border}) {
      const bool now = in_force(rule, Time{time.ms + off});
      always = always && now;
      ever = ever || now;
    }
  if (times.empty() || (ever && !always)) return std::nullopt;
  return always;
}

}  // namespace vioreview
