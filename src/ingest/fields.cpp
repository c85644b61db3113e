// SPDX-License-Identifier: Apache-2.0
#include "ingest/fields.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ingest/text.h"

namespace vioreview {
namespace {

using Row = std::pair<std::string_view, Field>;

constexpr Row kNames[] = {
    // plain
    {"case_id", Field::case_id},
    {"id", Field::case_id},
    {"violation", Field::violation},
    {"violation_code", Field::violation},
    {"plate", Field::plate},
    {"plate_number", Field::plate},
    {"plate_kind", Field::plate_kind},
    {"plate_color", Field::plate_color},
    {"plate_colour", Field::plate_color},
    {"vehicle_class", Field::vehicle_class},
    {"vehicle_type", Field::vehicle_class},
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
    {"limit", Field::limit},
    {"speed_limit", Field::limit},
    {"collection", Field::collection},
    {"layout", Field::layout},
    {"site_facts", Field::site_facts},
    {"picture", Field::picture},
    {"pictures", Field::pictures},
    // 六合一 VIO_SURVEIL and its upload form
    {"xh", Field::case_id},
    {"wfxw", Field::violation},
    {"hphm", Field::plate},
    {"hpzl", Field::plate_kind},
    {"jtfs", Field::vehicle_class},
    {"csys", Field::body_color},
    {"wfsj", Field::time},
    {"wfdz", Field::place},
    {"wfdd", Field::place_code},
    {"lddm", Field::road_section},
    {"ddms", Field::road_metres},
    {"sbbh", Field::device_id},
    {"scz", Field::speed},
    {"bzz", Field::limit},
    {"cjfs", Field::collection},
    {"xp", Field::picture},
    {"wfsj1", Field::second_point},
    {"wfdd1", Field::second_point},
    {"lddm1", Field::second_point},
    {"ddms1", Field::second_point},
    // 卡口 passing records
    {"wfdm", Field::violation},
    {"hpys", Field::plate_color},
    {"cllx", Field::vehicle_class},
    {"gcsj", Field::time},
    {"kkmc", Field::checkpoint_name},
    {"kkbh", Field::checkpoint_id},
    {"fx", Field::direction},
    {"fxlx", Field::direction},
    {"cd", Field::lane},
    {"cdh", Field::lane},
    {"clsd", Field::speed},
    {"clxs", Field::limit},
    {"tp", Field::picture},
    {"tztp", Field::closeup_picture},
    {"hptp", Field::closeup_picture},
    {"tplj", Field::picture_folder},
    // the same as labels of a table
    {"序号", Field::case_id},
    {"违法行为", Field::violation},
    {"违法代码", Field::violation},
    {"号牌号码", Field::plate},
    {"号牌种类", Field::plate_kind},
    {"号牌颜色", Field::plate_color},
    {"交通方式", Field::vehicle_class},
    {"车辆类型", Field::vehicle_class},
    {"车身颜色", Field::body_color},
    {"违法时间", Field::time},
    {"过车时间", Field::time},
    {"违法地址", Field::place},
    {"违法地点", Field::place},
    {"设备编号", Field::device_id},
    {"方向", Field::direction},
    {"车道", Field::lane},
    {"车道号", Field::lane},
    {"实测值", Field::speed},
    {"标准值", Field::limit},
    {"车速", Field::speed},
    {"限速", Field::limit},
    {"采集方式", Field::collection},
    {"图片", Field::pictures},
    // people: owner, driver, officers
    {"owner", Field::owner},
    {"owner_name", Field::owner},
    {"owner_address", Field::owner},
    {"owner_phone", Field::owner},
    {"driver", Field::owner},
    {"driver_name", Field::owner},
    {"name", Field::owner},
    {"address", Field::owner},
    {"phone", Field::owner},
    {"mobile", Field::owner},
    {"telephone", Field::owner},
    {"id_number", Field::owner},
    {"jdcsyr", Field::owner},
    {"zsxxdz", Field::owner},
    {"zsxzqh", Field::owner},
    {"dh", Field::owner},
    {"lxfs", Field::owner},
    {"lxdh", Field::owner},
    {"sjhm", Field::owner},
    {"sfzmhm", Field::owner},
    {"dsr", Field::owner},
    {"jszh", Field::owner},
    {"zqmj", Field::owner},
    {"lrr", Field::owner},
    {"sxr", Field::owner},
    {"shr", Field::owner},
    {"机动车所有人", Field::owner},
    {"所有人", Field::owner},
    {"车主", Field::owner},
    {"姓名", Field::owner},
    {"当事人", Field::owner},
    {"驾驶人", Field::owner},
    {"住址", Field::owner},
    {"住所详细地址", Field::owner},
    {"地址", Field::owner},
    {"电话", Field::owner},
    {"联系电话", Field::owner},
    {"联系方式", Field::owner},
    {"手机", Field::owner},
    {"手机号码", Field::owner},
    {"身份证号", Field::owner},
    {"身份证明号码", Field::owner},
    {"执勤民警", Field::owner},
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
    {"clwx", Field::ignored},
    {"fzjg", Field::ignored},
    {"clyt", Field::ignored},
    {"xcfw", Field::ignored},
    {"sblx", Field::ignored},
    {"ysbbh", Field::ignored},
    {"qjbh", Field::ignored},
    {"xzqh", Field::ignored},
    {"dllx", Field::ignored},
    {"glxzdj", Field::ignored},
    {"tzsh", Field::ignored},
    {"tzbj", Field::ignored},
    {"tzrq", Field::ignored},
    {"lrbm", Field::ignored},
    {"lrsj", Field::ignored},
    {"sxbm", Field::ignored},
    {"sxsj", Field::ignored},
    {"shbm", Field::ignored},
    {"shsj", Field::ignored},
    {"scbj", Field::ignored},
    {"scsj", Field::ignored},
    {"csbj", Field::ignored},
    {"bjcsbj", Field::ignored},
    {"txbj", Field::ignored},
    {"yszt", Field::ignored},
    {"xxly", Field::ignored},
    {"gxsj", Field::ignored},
    {"bz", Field::ignored},
    {"wfspdz", Field::ignored},
    {"spdz", Field::ignored},
    {"fwqdz", Field::ignored},
    {"zpsl", Field::ignored},
    {"zpstr1", Field::ignored},
    {"zpstr2", Field::ignored},
    {"zpstr3", Field::ignored},
    {"tpzl", Field::ignored},
    {"tpw", Field::ignored},
    {"tph", Field::ignored},
    {"cwkc", Field::ignored},
    {"fzhpzl", Field::ignored},
    {"fzhphm", Field::ignored},
    {"fzhpys", Field::ignored},
    {"hpzxd", Field::ignored},
    {"cid", Field::ignored},
    {"tid", Field::ignored},
    {"zkrs", Field::ignored},
    {"sjly", Field::ignored},
    {"dslx", Field::ignored},
    {"maker", Field::ignored},
    {"cjbh", Field::ignored},
    {"cjmc", Field::ignored},
};

// Fields that come in numbers: xp1, xp2 ...
constexpr Row kNumbered[] = {
    {"xp", Field::picture},       {"tp", Field::picture},   {"picture", Field::picture},
    {"picture_", Field::picture}, {"图片", Field::picture}, {"time", Field::time},
    {"time_", Field::time},
};

template <std::size_t N>
Field found_in(const Row (&rows)[N], std::string_view name) {
  const auto* row =
      std::find_if(std::begin(rows), std::end(rows), [&](const Row& r) { return r.first == name; });
  return row == std::end(rows) ? Field::unknown : row->second;
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
  std::string key = lower_case(half_width(trimmed(name)));
  for (char& c : key)
    if (c == ' ' || c == '-') c = '_';
  const Field field = found_in(kNames, key);
  if (field != Field::unknown || number_of(key) == 0) return field;
  return found_in(kNumbered,
                  std::string_view(key).substr(0, key.find_last_not_of("0123456789") + 1));
}

}  // namespace vioreview
