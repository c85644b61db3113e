// SPDX-License-Identifier: Apache-2.0
#include "judge/speed.h"

#include <algorithm>

#include "judge/plates.h"
#include "judge/views.h"

namespace vioreview {
namespace {

constexpr double kSlack = 1e-9;  // 72 where 60 is allowed is 20 %, not a hair less
constexpr float kSureLook = 0.85F;

// Plates of kind 01, 15 and 51 are for medium and larger vehicles, 02 and 52 for smaller ones
// (kinds by domain reference 7.6; their sizes remembered, not seen in a source).
std::optional<bool> by_plate_kind(std::string_view kind) {
  if (kind == "01" || kind == "15" || kind == "51") return true;
  if (kind == "02" || kind == "52") return false;
  return std::nullopt;
}

// Sizes by the colours of GA 36 (remembered, not seen in a source): blue and small new energy are
// for vehicles below medium, yellow and large new energy for medium ones and larger; a learner's
// plate (学) is yellow on any.
std::optional<bool> by_plate_color(const Evidence& e) {
  using enum PlateColor;
  const std::optional<PlateColor> color = plate_color_of(e), recorded = e.c.record.plate_color;
  if (recorded && recorded != color) return std::nullopt;
  if (color == blue || color == green) return false;
  const bool learner = plate_form(e.c.record.plate) == PlateForm::coach;
  return (color == yellow && !learner) || color == yellow_green ? std::optional(true)
                                                                : std::nullopt;
}

std::optional<bool> by_look(const Evidence& e) {
  using enum VehicleClass;
  const auto small = [](VehicleClass look) {
    constexpr VehicleClass kSmall[] = {car, suv, van, pickup, motorcycle, tricycle};
    return std::find(std::begin(kSmall), std::end(kSmall), look) != std::end(kSmall);
  };
  const auto views = all_seen(e, [](const ObjectSeen& o) { return o.vehicle_class; });
  const auto surely = [&](auto is) {
    const auto yes = surest(views, is), no = surest(views, [&](VehicleClass v) { return !is(v); });
    return yes && yes->what.p >= kSureLook && (!no || no->what.p < kSureLook);
  };
  if (surely(small)) return false;
  if (surely([](VehicleClass look) { return look == bus; })) return true;
  return std::nullopt;  // a lorry may be a light one, a minibus a small one
}

}  // namespace

bool covers(const Violation& violation, double share_over) {
  return violation.over_from && share_over >= *violation.over_from - kSlack &&
         (!violation.over_to || share_over < *violation.over_to - kSlack);
}

std::string code_for(const Catalogue& catalogue, double share_over) {
  for (const Violation& v : catalogue.violations)
    if (v.not_for_medium_or_larger && covers(v, share_over)) return v.code;
  return "";
}

std::optional<bool> medium_or_larger(const Evidence& e) {
  const Record& record = e.c.record;
  const auto by_class =
      record.vehicle_class ? record.vehicle_class->medium_or_larger : std::nullopt;
  const auto by_kind = by_plate_kind(record.plate_kind);
  const auto by_plate = by_kind ? by_kind : by_plate_color(e);
  const auto by_vehicle = by_class ? by_class : by_look(e);
  if (by_vehicle && by_plate && *by_vehicle != *by_plate) return std::nullopt;
  return by_vehicle ? by_vehicle : by_plate;
}

}  // namespace vioreview
