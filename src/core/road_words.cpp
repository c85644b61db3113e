// SPDX-License-Identifier: Apache-2.0
// The words for what is seen on and above the road, burned into pictures, and of pictures
// themselves.
#include "core/vocabulary.h"
#include "core/word_table.h"

namespace vioreview {
namespace {

constexpr Word<LampState> kLampStates[] = {
    {LampState::off, "off", "灭"},
    {LampState::red, "red", "红"},
    {LampState::yellow, "yellow", "黄"},
    {LampState::green, "green", "绿"},
};
constexpr Word<LampShape> kLampShapes[] = {
    {LampShape::round, "round", "圆灯"},           {LampShape::left, "left", "左转箭头"},
    {LampShape::straight, "straight", "直行箭头"}, {LampShape::right, "right", "右转箭头"},
    {LampShape::u_turn, "u_turn", "掉头箭头"},
};
constexpr Word<MarkKind> kMarkKinds[] = {
    {MarkKind::white_solid, "white_solid", "白实线"},
    {MarkKind::white_dashed, "white_dashed", "白虚线"},
    {MarkKind::yellow_solid, "yellow_solid", "黄实线"},
    {MarkKind::yellow_dashed, "yellow_dashed", "黄虚线"},
    {MarkKind::stop_line, "stop_line", "停止线"},
    {MarkKind::crosswalk, "crosswalk", "人行横道"},
    {MarkKind::arrow, "arrow", "导向箭头"},
    {MarkKind::bus_text, "bus_text", "车道文字"},
    {MarkKind::grid, "grid", "网状线"},
    {MarkKind::guide, "guide", "导流线"},
};
constexpr Word<LaneWord> kLaneWords[] = {
    {LaneWord::bus, "bus", "公交专用"},
    {LaneWord::nonmotor, "nonmotor", "非机动车"},
    {LaneWord::other, "other", "其他文字"},
};
constexpr Word<OverlayField> kOverlayFields[] = {
    {OverlayField::time, "time", "时间"},
    {OverlayField::place, "place", "地点"},
    {OverlayField::direction, "direction", "方向"},
    {OverlayField::lane, "lane", "车道"},
    {OverlayField::device, "device", "设备编号"},
    {OverlayField::violation, "violation", "违法代码"},
    {OverlayField::speed, "speed", "车速"},
    {OverlayField::limit, "limit", "限速"},
    {OverlayField::plate, "plate", "号牌"},
    {OverlayField::anti_forgery, "anti_forgery", "防伪码"},
    {OverlayField::other, "other", "其他"},
};
constexpr Word<Oddity> kOddities[] = {
    {Oddity::strange, "strange", "内容陌生"},     {Oddity::dark, "dark", "过暗"},
    {Oddity::bright, "bright", "过亮"},           {Oddity::colourless, "colourless", "颜色过淡"},
    {Oddity::colourful, "colourful", "颜色过浓"}, {Oddity::small, "small", "过小"},
};

}  // namespace

std::string_view name_of(LampState v) {
  return entry_of(kLampStates, v).name;
}
std::string_view zh_of(LampState v) {
  return entry_of(kLampStates, v).zh;
}
std::string_view name_of(LampShape v) {
  return entry_of(kLampShapes, v).name;
}
std::string_view zh_of(LampShape v) {
  return entry_of(kLampShapes, v).zh;
}
std::string_view name_of(MarkKind v) {
  return entry_of(kMarkKinds, v).name;
}
std::string_view zh_of(MarkKind v) {
  return entry_of(kMarkKinds, v).zh;
}
std::string_view name_of(LaneWord v) {
  return entry_of(kLaneWords, v).name;
}
std::string_view zh_of(LaneWord v) {
  return entry_of(kLaneWords, v).zh;
}
std::string_view name_of(OverlayField v) {
  return entry_of(kOverlayFields, v).name;
}
std::string_view zh_of(OverlayField v) {
  return entry_of(kOverlayFields, v).zh;
}
std::string_view name_of(Oddity v) {
  return entry_of(kOddities, v).name;
}
std::string_view zh_of(Oddity v) {
  return entry_of(kOddities, v).zh;
}
std::optional<LampState> lamp_state_named(std::string_view name) {
  return named(kLampStates, name);
}
std::optional<LampShape> lamp_shape_named(std::string_view name) {
  return named(kLampShapes, name);
}
std::optional<MarkKind> mark_kind_named(std::string_view name) {
  return named(kMarkKinds, name);
}
std::optional<LaneWord> lane_word_named(std::string_view name) {
  return named(kLaneWords, name);
}
std::optional<OverlayField> overlay_field_named(std::string_view name) {
  return named(kOverlayFields, name);
}
std::optional<Oddity> oddity_named(std::string_view name) {
  return named(kOddities, name);
}

}  // namespace vioreview
