// SPDX-License-Identifier: Apache-2.0
// The names a record's fields go by: plain English, 六合一 / 集成指挥平台 / 卡口 (domain reference
// 7.1 to 7.3) and their Chinese labels.
#pragma once
#include <string_view>

namespace vioreview {

enum class Field {
  unknown,
  owner,         // names, addresses, telephones of people: dropped on reading
  ignored,       // known, and of no use here
  second_point,  // of interval speed: known, and not used
  case_id,
  violation,
  plate,
  plate_kind,
  plate_color,
  vehicle_class,
  body_color,
  time,  // of the case, or of one picture when numbered
  times,
  place,
  checkpoint_name,  // the place where no place is given
  place_code,       // of the road
  road_section,     // lddm, kilometres: with the road and the metres a place code
  road_metres,      // ddms
  device_id,
  checkpoint_id,  // the device where no device is given
  direction,
  lane,
  speed,
  limit,
  collection,
  layout,  // how its composites are divided
  site_facts,
  picture,          // one picture's name, maybe numbered
  closeup_picture,  // the plate or the vehicle enlarged
  picture_folder,   // what names of numbered pictures are relative to
  pictures,
};

// By name; upper or lower case, '_', '-' or a blank between words.
Field field_named(std::string_view name);

// The place that a numbered picture or time field has among its like (xp2: 2); 0 when it has no
// number.
int number_of(std::string_view name);

}  // namespace vioreview
