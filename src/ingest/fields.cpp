// SPDX-License-Identifier: Apache-2.0
#include "ingest/fields.h"

#include <array>
#include <string>
#include <utility>

namespace vioreview {
namespace {

using Row = std::pair<std::string_view, Field>;

// Plain names first, then 六合一 VIO_SURVEIL and upload JSON (7.1, 7.2), then passing records
// (7.3).
constexpr Row kNames[] = {
    {"case_id", Field::case_id},
    {"id", Field::case_id},
    {"violation", Field::violation},
    {"violation_code", Field::violation},
    {"plate", Field::plate},
    {"plate_kind", Field::plate_kind},
    {"plate_color", Field::plate_color},
    {"plate_colour", Field::plate_color},
    {"vehicle_class", Field::vehicle_class},
    {"body_color", Field::body_color},
    {"body_colour", Field::body_color},
    {"time", Field::time},
    {"times", Field::times},
    {"place", Field::place},
    {"place_code", Field::place_code},
    {"device_id", Field::device_id},
    {"direction", Field::direction},
    {"lane", Field::lane},
    {"speed_kmh", Field::speed},
    {"speed", Field::speed},
    {"limit_kmh", Field::limit},
    {"speed_limit", Field::limit},
    {"collection", Field::collection},
    {"site_facts", Field::site_facts},
    {"picture", Field::picture},
    {"pictures", Field::pictures},
    {"xh", Field::case_id},
    {"wfxw", Field::violation},
    {"wfdm", Field::violation},
    {"hphm", Field::plate},
    {"hpzl", Field::plate_kind},
    {"hpys", Field::plate_color},
    {"jtfs", Field::vehicle_class},
    {"cllx", Field::vehicle_class},
    {"csys", Field::body_color},
    {"wfsj", Field::time},
    {"gcsj", Field::time},
    {"wfdz", Field::place},
    {"kkmc", Field::place},
    {"wfdd", Field::place_code},
    {"sbbh", Field::device_id},
    {"kkbh", Field::device_id},
    {"fx", Field::direction},
    {"fxlx", Field::direction},
    {"cdh", Field::lane},
    {"scz", Field::speed},
    {"clsd", Field::speed},
    {"bzz", Field::limit},
    {"clxs", Field::limit},
    {"cjfs", Field::collection},
    {"xp", Field::picture},
    {"tp", Field::picture},
    // owner and driver
    {"owner", Field::owner},
    {"address", Field::owner},
    {"phone", Field::owner},
    {"jdcsyr", Field::owner},
    {"zsxxdz", Field::owner},
    {"zsxzqh", Field::owner},
    {"dh", Field::owner},
    {"lxfs", Field::owner},
    {"zqmj", Field::owner},
    {"lrr", Field::owner},
    {"sxr", Field::owner},
    {"shr", Field::owner},
    // known, of no use here
    {"violation_name", Field::ignored},
    {"ysxh", Field::ignored},
    {"ph", Field::ignored},
    {"fxjg", Field::ignored},
    {"fxjgmc", Field::ignored},
    {"cjjg", Field::ignored},
    {"clfl", Field::ignored},
    {"syxz", Field::ignored},
    {"clpp", Field::ignored},
    {"fzjg", Field::ignored},
    {"clyt", Field::ignored},
    {"xcfw", Field::ignored},
    {"sblx", Field::ignored},
    {"ysbbh", Field::ignored},
    {"qjbh", Field::ignored},
    {"xzqh", Field::ignored},
    {"dllx", Field::ignored},
    {"glxzdj", Field::ignored},
    {"lddm", Field::ignored},
    {"ddms", Field::ignored},
    {"tzsh", Field::ignored},
    {"tzbj", Field::ignored},
    {"tzrq", Field::ignored},
    {"lrbm", Field::ignored},
    {"lrsj", Field::ignored},
    {"scbj", Field::ignored},
    {"scsj", Field::ignored},
    {"xxly", Field::ignored},
    {"gxsj", Field::ignored},
    {"bz", Field::ignored},
    {"wfspdz", Field::ignored},
    {"spdz", Field::ignored},
    {"zpsl", Field::ignored},
    {"tpzl", Field::ignored},
    {"tpw", Field::ignored},
    {"tph", Field::ignored},
    {"tplj", Field::ignored},
    {"cwkc", Field::ignored},
    {"clwx", Field::ignored},
};

std::string folded(std::string_view name) {
  std::string key;
  for (const char c : name) key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return key;
}

}  // namespace

int number_of(std::string_view name) {
  const std::size_t end = name.find_last_not_of("0123456789");
  const std::string_view digits = name.substr(end == std::string_view::npos ? 0 : end + 1);
  if (digits.empty() || digits.size() > 2) return 0;
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

Field field_named(std::string_view name) {
  const std::string key = folded(name);
  for (const auto& [known, field] : kNames)
    if (known == key) return field;
  // xp1, tp2, picture3; a second point of interval speed (wfsj1, wfdd1 ...) is known and not used
  // yet
  if (number_of(key) > 0) {
    const std::string stem = key.substr(0, key.find_last_not_of("0123456789") + 1);
    if (stem == "xp" || stem == "tp" || stem == "picture" || stem == "picture_")
      return Field::picture;
    for (const auto& [known, field] : kNames)
      if (known == stem) return Field::ignored;
  }
  return Field::unknown;
}

}  // namespace vioreview
