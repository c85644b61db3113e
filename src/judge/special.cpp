// SPDX-License-Identifier: Apache-2.0
#include "judge/special.h"

#include "judge/plates.h"

namespace vioreview {

std::string_view claimed_special(const Evidence& e, double likely) {
  const PlateSeen* plate = e.target.plate(e.facts);
  if (plate_form(e.c.record.plate) == PlateForm::police ||
      (plate && plate->readable >= likely && plate_form(plate->text) == PlateForm::police))
    return "police plate";
  if (e.c.record.plate_kind == "23" || e.c.record.plate_kind == "24") return "police plate kind";
  if (!e.c.record.vehicle_class) return "";
  for (const char* special : {"police_car", "ambulance", "fire_engine"})
    if (e.c.record.vehicle_class->code == special) return "special vehicle by the record";
  return "";
}

std::string_view zh_of(Special special) {
  switch (special) {
    case Special::police:
      return "警车";
    case Special::ambulance:
      return "救护车";
    case Special::fire:
      return "消防车";
    case Special::rescue:
      return "工程救险车";
    case Special::none:
      break;
  }
  return "普通车辆";
}

}  // namespace vioreview
