// SPDX-License-Identifier: Apache-2.0
// PanelFacts and Facts: what the state remembers and workers send.
#include <algorithm>
#include <array>

#include "format/codecs.h"
#include "format/problem_codec.h"
#include "format/read.h"
#include "format/site_cells.h"

namespace vioreview {
namespace {

constexpr std::array kObjectKinds = {"vehicle", "two_wheeler", "person", "signal_head"};

template <class T>
Value seen(const Seen<T>& s) {
  return Value().set("value", name_of(s.value)).set("p", rounded(s.p));
}

template <class T, class Named>
std::optional<Seen<T>> seen_from(const Value& object, std::string_view key, Named named) {
  const Value& value = read::member(object, key);
  if (value.is_null()) return std::nullopt;
  return Seen<T>{read::word(value, "value", named), read::real(value, "p")};
}

std::optional<BodyColor> body_color_named(std::string_view name) {
  const std::vector<BodyColor> colors = parse_body_color(name);
  return colors.size() == 1 ? std::optional(colors.front()) : std::nullopt;
}

Value to_value(const CharacterSeen& c) {
  Value others{Value::Array{}};
  for (const auto& other : c.others)
    others.push(Value().set("text", other.value).set("p", rounded(other.p)));
  return Value().set("text", c.text).set("p", rounded(c.p)).set("others", std::move(others));
}

CharacterSeen character_from(const Value& value) {
  CharacterSeen c{read::text(value, "text"), read::real(value, "p"), {}};
  for (const Value& other : read::list(value, "others"))
    c.others.push_back({read::text(other, "text"), read::real(other, "p")});
  return c;
}

template <class Points>
Value points(const Points& all) {
  Value list{Value::Array{}};
  for (const Point& p : all) list.push(Value().push(rounded(p.x, 2)).push(rounded(p.y, 2)));
  return list;
}

std::vector<Point> points_from(const Value& object, std::string_view key) {
  std::vector<Point> all;
  for (const Value& point : read::list(object, key)) {
    const Value::Array* xy = point.as_array();
    if (!xy || xy->size() != 2) read::foreign(key);
    all.push_back({static_cast<float>((*xy)[0].number()), static_cast<float>((*xy)[1].number())});
  }
  return all;
}

// Two cells a byte.
std::string to_text(const PlatePrint& print) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < print.cells.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(print.cells[i] << 4 | print.cells[i + 1]));
  return text_of_cells(bytes);
}

PlatePrint plate_print_from(std::string_view text) {
  const auto bytes = cells_from_text(text);
  if (!bytes || bytes->size() * 2 != PlatePrint::kColumns * PlatePrint::kRows)
    read::foreign("print");
  PlatePrint print;
  for (const std::uint8_t byte : *bytes) {
    print.cells.push_back(byte >> 4);
    print.cells.push_back(byte & 15);
  }
  return print;
}

Value to_value(const PlateSeen& plate) {
  Value characters{Value::Array{}};
  for (const CharacterSeen& c : plate.characters) characters.push(to_value(c));
  Value value;
  value.set("text", plate.text).set("readable", rounded(plate.readable));
  if (plate.covered) value.set("covered", rounded(*plate.covered));
  value.set("look", seen(plate.look)).set("rows", plate.rows).set("score", rounded(plate.score));
  value.set("box", to_value(plate.box))
      .set("corners", points(plate.corners))
      .set("object", plate.object);
  if (!plate.print.empty()) value.set("print", to_text(plate.print));
  return value.set("characters", std::move(characters));
}

Box box_from(const Value::Array& n, std::string_view key) {
  if (n.size() != 4) read::foreign(key);
  const auto at = [&](std::size_t i) { return static_cast<float>(n[i].number()); };
  return {at(0), at(1), at(2), at(3)};
}

Box box_from(const Value& object, std::string_view key) {
  return box_from(read::list(object, key), key);
}

PlateSeen plate_from(const Value& value) {
  PlateSeen plate;
  plate.text = read::text(value, "text");
  plate.readable = read::real(value, "readable");
  if (value.find("covered")) plate.covered = read::real(value, "covered");
  if (const auto look = seen_from<PlateLook>(value, "look", plate_look_named)) plate.look = *look;
  plate.rows = read::whole(value, "rows", 1);
  plate.score = read::real(value, "score");
  plate.box = box_from(value, "box");
  plate.object = read::whole(value, "object", -1);
  const std::vector<Point> corners = points_from(value, "corners");
  if (corners.size() != plate.corners.size()) read::foreign("corners");
  std::copy(corners.begin(), corners.end(), plate.corners.begin());
  if (value.find("print")) plate.print = plate_print_from(read::text(value, "print"));
  for (const Value& c : read::list(value, "characters"))
    plate.characters.push_back(character_from(c));
  return plate;
}

Value to_value(const ObjectSeen& object) {
  Value value;
  value.set("kind", kObjectKinds[static_cast<std::size_t>(object.kind)]);
  value.set("box", to_value(object.box)).set("score", rounded(object.score));
  if (object.vehicle_class) value.set("class", seen(*object.vehicle_class));
  if (object.color) value.set("color", seen(*object.color));
  if (object.special) value.set("special", seen(*object.special));
  if (object.facing) value.set("facing", seen(*object.facing));
  if (object.lamp) value.set("lamp", seen(*object.lamp));
  if (object.lamp_shape) value.set("lamp_shape", seen(*object.lamp_shape));
  if (!object.embedding.empty()) {
    Value embedding{Value::Array{}};
    for (const float x : object.embedding) embedding.push(rounded(x, 4));
    value.set("embedding", std::move(embedding));
  }
  return value;
}

ObjectSeen object_from(const Value& value) {
  ObjectSeen object;
  object.kind = read::word(value, "kind", [](std::string_view name) -> std::optional<ObjectKind> {
    for (std::size_t i = 0; i < kObjectKinds.size(); ++i)
      if (kObjectKinds[i] == name) return static_cast<ObjectKind>(i);
    return std::nullopt;
  });
  object.box = box_from(value, "box");
  object.score = read::real(value, "score");
  object.vehicle_class = seen_from<VehicleClass>(value, "class", vehicle_class_named);
  object.color = seen_from<BodyColor>(value, "color", body_color_named);
  object.special = seen_from<Special>(value, "special", special_named);
  object.facing = seen_from<Facing>(value, "facing", facing_named);
  object.lamp = seen_from<LampState>(value, "lamp", lamp_state_named);
  object.lamp_shape = seen_from<LampShape>(value, "lamp_shape", lamp_shape_named);
  for (const Value& x : read::list(value, "embedding"))
    object.embedding.push_back(static_cast<float>(x.number()));
  return object;
}

Value to_value(const MarkSeen& mark) {
  Value value;
  value.set("kind", name_of(mark.kind)).set("p", rounded(mark.p)).set("shape", points(mark.shape));
  if (mark.moves)
    value.set("moves", Value().set("value", mark.moves->value).set("p", rounded(mark.moves->p)));
  if (mark.says) value.set("says", seen(*mark.says));
  return value;
}

MarkSeen mark_from(const Value& value) {
  MarkSeen mark{read::word(value, "kind", mark_kind_named), points_from(value, "shape"),
                read::real(value, "p"), std::nullopt};
  if (const Value* moves = value.find("moves"))
    mark.moves = Seen<std::string>{read::text(*moves, "value"), read::real(*moves, "p")};
  mark.says = seen_from<LaneWord>(value, "says", lane_word_named);
  return mark;
}

Value to_value(const OverlaySeen& seen) {
  return Value()
      .set("field", name_of(seen.field))
      .set("text", seen.text)
      .set("p", rounded(seen.p))
      .set("box", to_value(seen.box));
}

OverlaySeen overlay_from(const Value& value) {
  return {read::word(value, "field", overlay_field_named), read::text(value, "text"),
          read::real(value, "p"), box_from(value, "box")};
}

Value to_value(const ViewPrint& print) {
  return Value()
      .set("columns", print.columns)
      .set("rows", print.rows)
      .set("cells", text_of_cells(print.cells));
}

ViewPrint print_from(const Value& value) {
  ViewPrint print{read::whole(value, "columns"), read::whole(value, "rows"), {}};
  auto cells = cells_from_text(read::text(value, "cells"));
  if (!cells || print.columns < 0 || print.rows < 0 ||
      cells->size() !=
          static_cast<std::size_t>(print.columns) * static_cast<std::size_t>(print.rows))
    read::foreign("cells");
  print.cells = std::move(*cells);
  return print;
}

template <class T>
Value list_of(const std::vector<T>& all) {
  Value list{Value::Array{}};
  for (const T& one : all) list.push(to_value(one));
  return list;
}

}  // namespace

Value to_value(const Box& box) {
  return Value()
      .push(rounded(box.x0, 1))
      .push(rounded(box.y0, 1))
      .push(rounded(box.x1, 1))
      .push(rounded(box.y1, 1));
}

Value to_value(const PanelFacts& panel) {
  Value value;
  value.set("file", panel.file).set("sha256", panel.sha256).set("role", name_of(panel.role));
  value.set("crop", to_value(panel.crop)).set("width", panel.width).set("height", panel.height);
  if (panel.failure) value.set("failure", to_value(*panel.failure));
  value.set("notes", to_value(panel.notes));
  if (panel.colour) value.set("colour", *panel.colour);
  if (panel.brightness) value.set("brightness", rounded(*panel.brightness, 2));
  if (panel.chroma) value.set("chroma", rounded(*panel.chroma, 2));
  if (panel.unfamiliar)
    value.set("unfamiliar", Value()
                                .set("distance", rounded(panel.unfamiliar->distance))
                                .set("in", name_of(panel.unfamiliar->in)));
  if (panel.written) value.set("written", format_time(*panel.written));
  value.set("perceptual_hash", panel.perceptual_hash);
  if (!panel.print.empty()) value.set("print", to_value(panel.print));
  value.set("objects", list_of(panel.objects)).set("plates", list_of(panel.plates));
  if (const auto& part = panel.enlarges)
    value.set("enlarges", Value()
                              .set("sha256", part->sha256)
                              .set("crop", to_value(part->crop))
                              .set("box", to_value(part->box))
                              .set("p", rounded(part->p)));
  if (panel.layout)
    value.set("layout",
              Value().set("value", panel.layout->value).set("p", rounded(panel.layout->p)));
  if (!panel.bands.empty()) value.set("bands", list_of(panel.bands));
  if (!panel.parts.empty()) value.set("parts", list_of(panel.parts));
  if (panel.marks) value.set("marks", list_of(*panel.marks));
  if (panel.overlay) value.set("overlay", list_of(*panel.overlay));
  return value;
}

Value to_value(const Facts& facts) {
  Value panels{Value::Array{}};
  for (const PanelFacts& panel : facts.panels) panels.push(to_value(panel));
  return Value().set("panels", std::move(panels));
}

namespace {

EnlargedSeen enlarged_from(const Value& value) {
  return {read::text(value, "sha256"), box_from(value, "crop"), box_from(value, "box"),
          read::real(value, "p")};
}

void read_division(const Value& value, PanelFacts& panel) {
  if (const Value* layout = value.find("layout"))
    panel.layout = Seen<std::string>{read::text(*layout, "value"), read::real(*layout, "p")};
  for (const Value& band : read::list(value, "bands")) {
    if (!band.as_array()) read::foreign("bands");
    panel.bands.push_back(box_from(*band.as_array(), "bands"));
  }
  for (const Value& part : read::list(value, "parts"))
    panel.parts.push_back(panel_facts_from(part));
}

}  // namespace

PanelFacts panel_facts_from(const Value& value) {
  PanelFacts panel;
  panel.file = read::text(value, "file");
  panel.sha256 = read::text(value, "sha256");
  panel.role = read::word(value, "role", role_named);
  panel.crop = box_from(value, "crop");
  panel.width = read::whole(value, "width");
  panel.height = read::whole(value, "height");
  if (const Value* failure = value.find("failure")) panel.failure = problem_from(*failure);
  panel.notes = read::texts(value, "notes");
  if (value.find("colour")) panel.colour = read::flag(value, "colour");
  if (value.find("brightness")) panel.brightness = read::real(value, "brightness");
  if (value.find("chroma")) panel.chroma = read::real(value, "chroma");
  if (const Value* unfamiliar = value.find("unfamiliar"))
    panel.unfamiliar = UnfamiliarSeen{read::real(*unfamiliar, "distance"),
                                      read::word(*unfamiliar, "in", oddity_named)};
  if (value.find("written")) panel.written = read::word(value, "written", parse_time);
  panel.perceptual_hash = read::text(value, "perceptual_hash");
  if (const Value* print = value.find("print")) panel.print = print_from(*print);
  if (const Value* part = value.find("enlarges")) panel.enlarges = enlarged_from(*part);
  for (const Value& object : read::list(value, "objects"))
    panel.objects.push_back(object_from(object));
  for (const Value& plate : read::list(value, "plates")) panel.plates.push_back(plate_from(plate));
  if (value.find("marks")) {
    panel.marks.emplace();
    for (const Value& mark : read::list(value, "marks")) panel.marks->push_back(mark_from(mark));
  }
  if (value.find("overlay")) {
    panel.overlay.emplace();
    for (const Value& text : read::list(value, "overlay"))
      panel.overlay->push_back(overlay_from(text));
  }
  read_division(value, panel);
  return panel;
}

Facts facts_from(const Value& value) {
  Facts facts;
  for (const Value& panel : read::list(value, "panels"))
    facts.panels.push_back(panel_facts_from(panel));
  return facts;
}

}  // namespace vioreview
