// SPDX-License-Identifier: Apache-2.0
#include "cli/inspect_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "format/codecs.h"

namespace vioreview {
namespace {

// A plate counts as readable when its whole string is more likely right than not; the policy
// decides for verdicts.
constexpr float kReadable = 0.5F;

constexpr std::array kKinds = {"vehicle", "two_wheeler", "person", "signal_head"};

std::string percent(float p) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.1f%%", 100.0 * static_cast<double>(p));
  return text.data();
}

template <class T>
void set_seen(Value& value, const std::string& key, const std::optional<Seen<T>>& seen) {
  value.set(key, seen ? Value(name_of(seen->value)) : Value());
  if (seen) value.set(key + "_p", rounded(seen->p));
}

Value box_object(const ObjectSeen& object) {
  Value value;
  value.set("kind", kKinds[static_cast<std::size_t>(object.kind)]);
  set_seen(value, "class", object.vehicle_class);
  set_seen(value, "colour", object.color);
  set_seen(value, "special", object.special);
  set_seen(value, "facing", object.facing);
  if (object.kind == ObjectKind::signal_head) {
    set_seen(value, "lamp", object.lamp);
    set_seen(value, "lamp_shape", object.lamp_shape);
  }
  return value.set("score", rounded(object.score)).set("box", to_value(object.box));
}

Value points_of(const std::vector<Point>& shape) {
  Value points{Value::Array{}};
  for (const Point& p : shape) points.push(Value().push(rounded(p.x, 1)).push(rounded(p.y, 1)));
  return points;
}

Value mark_object(const MarkSeen& mark) {
  Value value;
  value.set("kind", name_of(mark.kind)).set("p", rounded(mark.p));
  if (mark.moves) value.set("moves", mark.moves->value).set("moves_p", rounded(mark.moves->p));
  if (mark.says) set_seen(value, "says", mark.says);
  return value.set("shape", points_of(mark.shape));
}

Value text_object(const OverlaySeen& text) {
  Value value;
  value.set("field", name_of(text.field)).set("text", text.text).set("p", rounded(text.p));
  return value.set("box", to_value(text.box));
}

// Null: nobody looked.
template <class Seen, class Say>
Value list_of(const std::optional<std::vector<Seen>>& all, Say say) {
  if (!all) return {};
  Value list{Value::Array{}};
  for (const Seen& one : *all) list.push(say(one));
  return list;
}

Value plate_object(const PlateSeen& plate) {
  Value corners{Value::Array{}}, characters{Value::Array{}};
  for (const Point& p : plate.corners)
    corners.push(Value().push(rounded(p.x, 2)).push(rounded(p.y, 2)));
  for (const CharacterSeen& c : plate.characters) {
    Value others{Value::Array{}};
    for (const auto& other : c.others)
      others.push(Value().set("text", other.value).set("p", rounded(other.p)));
    characters.push(
        Value().set("text", c.text).set("p", rounded(c.p)).set("others", std::move(others)));
  }
  Value value;
  value.set("text", plate.text).set("confidence", rounded(plate.readable));
  value.set("readable", plate.readable >= kReadable && !plate.text.empty());
  value.set("kind", name_of(plate.look.value)).set("colour", name_of(color_of(plate.look.value)));
  value.set("kind_p", rounded(plate.look.p))
      .set("rows", plate.rows)
      .set("score", rounded(plate.score));
  value.set("covered", plate.covered ? rounded(*plate.covered) : Value());
  value.set("corners", std::move(corners))
      .set("box", to_value(plate.box))
      .set("vehicle", plate.object);
  return value.set("characters", std::move(characters));
}

std::string object_line(const ObjectSeen& object, bool chinese) {
  std::string line = "  " + padded(kKinds[static_cast<std::size_t>(object.kind)], 12) +
                     padded(percent(object.score), 8);
  if (object.vehicle_class)
    line += std::string(chinese ? zh_of(object.vehicle_class->value)
                                : name_of(object.vehicle_class->value)) +
            " " + percent(object.vehicle_class->p);
  if (object.color)
    line += "  " +
            std::string(chinese ? zh_of(object.color->value) : name_of(object.color->value)) + " " +
            percent(object.color->p);
  if (object.lamp)
    line += std::string(chinese ? zh_of(object.lamp->value) : name_of(object.lamp->value)) + " " +
            percent(object.lamp->p);
  if (object.special && object.special->value != Special::none)
    line += "  " + std::string(name_of(object.special->value)) + " " + percent(object.special->p);
  return line + "\n";
}

std::string plate_line(const PlateSeen& plate, bool chinese) {
  std::string line =
      "  " + padded(chinese ? "号牌" : "plate", 12) + padded(percent(plate.score), 8);
  line += padded(plate.text.empty() ? "-" : plate.text, 11) + (chinese ? "可辨认 " : "readable ") +
          percent(plate.readable) + "  " + std::string(name_of(plate.look.value)) + "  ";
  for (const CharacterSeen& c : plate.characters) line += c.text + ":" + percent(c.p) + " ";
  return line + "\n";
}

}  // namespace

Value inspected(const PanelFacts& facts) {
  Value boxes{Value::Array{}}, plates{Value::Array{}}, notes{Value::Array{}};
  for (const ObjectSeen& object : facts.objects) boxes.push(box_object(object));
  for (const PlateSeen& plate : facts.plates) plates.push(plate_object(plate));
  for (const std::string& note : facts.notes) notes.push(note);
  Value value;
  value.set("file", facts.file).set("role", name_of(facts.role)).set("sha256", facts.sha256);
  value.set("width", facts.width).set("height", facts.height);
  if (facts.layout) value.set("layout", facts.layout->value).set("crop", to_value(facts.crop));
  if (const auto& part = facts.enlarges)
    value.set("enlarges", Value()
                              .set("sha256", part->sha256)
                              .set("box", to_value(part->box))
                              .set("p", rounded(part->p)));
  if (facts.failure)
    value.set("failure",
              Value().set("reason", facts.failure->reason).set("detail", facts.failure->detail));
  value.set("notes", std::move(notes));
  value.set("brightness", facts.brightness ? rounded(*facts.brightness, 2) : Value());
  value.set("chroma", facts.chroma ? rounded(*facts.chroma, 2) : Value());
  if (facts.unfamiliar)
    value.set("unfamiliar", Value()
                                .set("distance", rounded(facts.unfamiliar->distance))
                                .set("in", name_of(facts.unfamiliar->in)));
  value.set("marks", list_of(facts.marks, mark_object));
  value.set("overlay", list_of(facts.overlay, text_object));
  return value.set("boxes", std::move(boxes)).set("plates", std::move(plates));
}

std::string panel_table(const PanelFacts& facts, bool chinese) {
  std::string text = facts.file + "  " + std::string(name_of(facts.role));
  if (facts.failure)
    return text + "  " + facts.failure->reason + ": " + facts.failure->detail + "\n";
  text += "  " + std::to_string(facts.width) + "x" + std::to_string(facts.height);
  if (facts.layout)
    text += (chinese ? "  版式 " : "  of ") + facts.layout->value + (chinese ? "  位置 " : " at ") +
            write_json(to_value(facts.crop));
  text += "\n";
  for (const std::string& note : facts.notes) text += "  " + note + "\n";
  if (facts.enlarges)
    text += (chinese ? "  放大自 " : "  enlarges ") + write_json(to_value(facts.enlarges->box)) +
            (chinese ? " (另一分图)\n" : " of a panel\n");
  for (const ObjectSeen& object : facts.objects) text += object_line(object, chinese);
  for (const PlateSeen& plate : facts.plates) text += plate_line(plate, chinese);
  if (facts.objects.empty() && facts.plates.empty())
    text += chinese ? "  未见目标\n" : "  nothing seen\n";
  return text;
}

std::string verdict_table(const Verdict& verdict, bool chinese) {
  std::string text;
  for (const Finding& finding : verdict.findings) {
    const char* mark = finding.status == Status::holds   ? "+"
                       : finding.status == Status::fails ? "x"
                                                         : "?";
    text += std::string("  ") + mark + " " + padded(finding.check, 30) +
            padded(percent(finding.probability), 8);
    if (!finding.reason.empty()) text += finding.reason + "  ";
    text += (chinese ? finding.zh : finding.en) + "\n";
  }
  text += (chinese ? "结论 " + std::string(zh_of(verdict.decision))
                   : "verdict " + std::string(name_of(verdict.decision)));
  text += "  accept " + percent(verdict.accept_score) + "  reject " + percent(verdict.reject_score);
  if (!verdict.suggested_plate.empty()) text += "  suggested_plate " + verdict.suggested_plate;
  if (!verdict.suggested_code.empty()) text += "  suggested_code " + verdict.suggested_code;
  return text + "\n";
}

std::string padded(const std::string& text, int columns) {
  int width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      width += 1;
    else if (byte >= 0xE0)
      width += 2;  // a lead byte of a Chinese character; two-byte letters are narrow
    else if (byte >= 0xC0)
      width += 1;
  }
  return text + std::string(static_cast<std::size_t>(std::max(1, columns - width)), ' ');
}

}  // namespace vioreview
