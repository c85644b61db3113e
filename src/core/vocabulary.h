// SPDX-License-Identifier: Apache-2.0
// The field's closed word lists: enums, and tables from codes (GA/T 16.4, 16.7, 16.8 as used by
// 六合一), English and Chinese words. Sources: domain reference 7.6. Unknown text gives an empty
// optional, never a guess.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vioreview {

// How a plate looks. `yellow_double` has two rows; green is small new energy, yellow_green large
// new energy.
enum class PlateLook { blue, yellow, yellow_double, green, yellow_green, white, black };
// 号牌颜色, coarser than the look.
enum class PlateColor { blue, yellow, green, yellow_green, white, black };
// What a vehicle looks like (what a model can tell).
enum class VehicleClass { car, suv, van, minibus, bus, truck, pickup, motorcycle, tricycle, other };
// 车身颜色, GA/T 16.8: A white B grey C yellow D pink E red F purple G green H blue I brown J black
// Z other.
enum class BodyColor { white, grey, yellow, pink, red, purple, green, blue, brown, black, other };
enum class Special { none, police, ambulance, fire, rescue };
enum class Facing { front, rear };
enum class Role { panel, closeup, driver, signal, composite };
// State and shape of a signal head (信号灯); off: no lamp is lit.
enum class LampState { off, red, yellow, green };
enum class LampShape { round, left, straight, right, u_turn };
// What is painted on the road (GB 5768.3), as far as a model tells it apart.
enum class MarkKind {
  white_solid,
  white_dashed,
  yellow_solid,
  yellow_dashed,
  stop_line,
  crosswalk,
  arrow,
  bus_text,
  grid,
  guide
};
// Whose lane words painted on the road say it is: 公交专用, 非机动车 or a bicycle, anything else.
enum class LaneWord { bus, nonmotor, other };
// In what a panel is unlike those that the detector was trained on; strange: in what it shows.
enum class Oddity { strange, dark, bright, colourless, colourful, small };
// A field of the text burned into a picture (GA/T 832 5.2).
enum class OverlayField {
  time,
  place,
  direction,
  lane,
  device,
  violation,
  speed,
  limit,
  plate,
  anti_forgery,
  other
};

std::string_view name_of(PlateLook);
std::string_view name_of(PlateColor);
std::string_view name_of(VehicleClass);
std::string_view name_of(BodyColor);
std::string_view name_of(Special);
std::string_view name_of(Facing);
std::string_view name_of(Role);
std::string_view name_of(LampState);
std::string_view name_of(LampShape);
std::string_view name_of(MarkKind);
std::string_view name_of(LaneWord);
std::string_view name_of(OverlayField);
std::string_view name_of(Oddity);
// Chinese words for people: 蓝, 小型轿车, 白, ...
std::string_view zh_of(PlateColor);
std::string_view zh_of(VehicleClass);
std::string_view zh_of(BodyColor);
std::string_view zh_of(LampState);
std::string_view zh_of(LampShape);
std::string_view zh_of(MarkKind);
std::string_view zh_of(LaneWord);
std::string_view zh_of(OverlayField);
std::string_view zh_of(Oddity);
char code_of(BodyColor);  // 'A' ... 'J', 'Z'
PlateColor color_of(PlateLook);

// Exact inverse of name_of (for JSON and model labels).
std::optional<PlateLook> plate_look_named(std::string_view);
std::optional<VehicleClass> vehicle_class_named(std::string_view);
std::optional<Special> special_named(std::string_view);
std::optional<Facing> facing_named(std::string_view);
std::optional<Role> role_named(std::string_view);
std::optional<LampState> lamp_state_named(std::string_view);
std::optional<LampShape> lamp_shape_named(std::string_view);
std::optional<MarkKind> mark_kind_named(std::string_view);
std::optional<LaneWord> lane_word_named(std::string_view);
std::optional<OverlayField> overlay_field_named(std::string_view);
std::optional<Oddity> oddity_named(std::string_view);

// Accept a code, an English or a Chinese word. Plate colour codes are the national 六合一 style (0
// white 1 yellow 2 blue 3 black 5 green); makers' numbers conflict and go through their adapters.
std::optional<PlateColor> parse_plate_color(std::string_view text);
// One letter, a pair ("AB": both count), an English or a Chinese word.
std::vector<BodyColor> parse_body_color(std::string_view text);

// What a recorded vehicle class (K33, H11, "car", 小型轿车) says: which looks fit it, and whether
// it is medium or larger (中型以上: K1x K2x H1x H2x), which decides speed codes. Empty `looks`:
// says nothing about the look.
struct RecordedClass {
  std::string code;  // as normalised: "K33" or the English word
  std::vector<VehicleClass> looks;
  std::optional<bool> medium_or_larger;
  bool operator==(const RecordedClass&) const = default;
};
std::optional<RecordedClass> parse_vehicle_class(std::string_view text);

// 号牌种类 hpzl: two digits, or a Chinese name. What a kind says about plate colours; no colours:
// no grammar known.
struct PlateKind {
  std::string_view code;  // "02"
  std::string_view zh;
  std::vector<PlateColor> colors;
};
const PlateKind* find_plate_kind(std::string_view code_or_name);

// 方向: "01".."08" (E->W, W->E, S->N, N->S, SE->NW, NW->SE, NE->SW, SW->NE) or 由南向北 style text;
// gives the Chinese phrase.
std::optional<std::string> parse_direction(std::string_view text);

// The 31 provinces' short names, in the reader's order.
std::span<const std::string_view> provinces();

}  // namespace vioreview
