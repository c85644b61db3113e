// SPDX-License-Identifier: Apache-2.0
// The names a record's fields go by: plain English, and 六合一 / 集成指挥平台 / 卡口 (domain
// reference 7.1 to 7.3).
#pragma once
#include <string_view>

namespace vioreview {

enum class Field {
  unknown,
  owner,    // names, addresses, telephones: dropped on reading
  ignored,  // known, and of no use here
  case_id,
  violation,
  plate,
  plate_kind,
  plate_color,
  vehicle_class,
  body_color,
  time,  // one time, or the first
  times,
  place,
  place_code,
  device_id,
  direction,
  lane,
  speed,
  limit,
  collection,
  site_facts,
  picture,  // one picture's name
  pictures,
};

// By name, upper or lower case.
Field field_named(std::string_view name);

// The place that a numbered picture or time field has among its like (xp2: 2); 0 when it has no
// number.
int number_of(std::string_view name);

}  // namespace vioreview
