// SPDX-License-Identifier: Apache-2.0
// Record and Case: what the manifest echoes and workers receive.
#include <charconv>

#include "format/codecs.h"
#include "format/problem_codec.h"
#include "format/read.h"

namespace vioreview {
namespace {

void set_text(Value& value, const char* key, const std::string& text) {
  if (!text.empty()) value.set(key, text);
}

// A path is any bytes and JSON is UTF-8: '%' and what is not ASCII is written as %XX, so that a
// file with a name in GBK is found again behind the pipe.
std::string escaped(const std::string& path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && c != '%')
      text += c;
    else
      text.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return text;
}

std::string unescaped(const std::string& text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      path += static_cast<char>(byte);
      i += 2;
    } else {
      path += text[i];
    }
  }
  return path;
}

Value to_value(const Within& within) {
  Value value;
  value.set("member", within.member).set("entry", within.entry);
  value.set("offset", within.offset).set("length", within.length).set("field", within.field);
  return value.set("size", within.size).set("stamp", within.stamp);
}

Within within_from(const Value& value) {
  Within within;
  within.member = read::text(value, "member");
  within.entry = read::large(value, "entry");
  within.offset = read::large(value, "offset");
  within.length = read::large(value, "length");
  within.field = read::text(value, "field");
  within.size = read::large(value, "size");
  within.stamp = read::text(value, "stamp");
  return within;
}

Value to_value(const PictureRef& picture) {
  Value value;
  value.set("file", picture.file).set("role", name_of(picture.role));
  if (!picture.path.empty()) value.set("path", escaped(picture.path.string()));
  if (picture.time) value.set("time", format_time(*picture.time));
  if (picture.within) value.set("within", to_value(*picture.within));
  return value;
}

PictureRef picture_from(const Value& value) {
  PictureRef picture;
  picture.file = read::text(value, "file");
  picture.path = unescaped(read::text(value, "path"));
  picture.role = read::word(value, "role", role_named);
  if (value.find("time")) picture.time = read::word(value, "time", parse_time);
  if (const Value* within = value.find("within")) picture.within = within_from(*within);
  return picture;
}

Record record_from(const Value& value) {
  Record record;
  record.violation = read::text(value, "violation");
  record.plate = read::text(value, "plate");
  record.plate_kind = read::text(value, "plate_kind");
  record.plate_color = parse_plate_color(read::text(value, "plate_color"));
  record.vehicle_class = parse_vehicle_class(read::text(value, "vehicle_class"));
  record.body_color = parse_body_color(read::text(value, "body_color"));
  for (const std::string& time : read::texts(value, "times")) {
    const auto parsed = parse_time(time);
    if (!parsed) read::foreign("times");
    record.times.push_back(*parsed);
  }
  record.place = read::text(value, "place");
  record.place_code = read::text(value, "place_code");
  record.device_id = read::text(value, "device_id");
  record.direction = read::text(value, "direction");
  if (value.find("lane")) record.lane = read::whole(value, "lane");
  if (value.find("speed_kmh")) record.speed_kmh = read::number(value, "speed_kmh");
  if (value.find("limit_kmh")) record.limit_kmh = read::number(value, "limit_kmh");
  record.layout = read::text(value, "layout");
  record.collection = read::text(value, "collection");
  if (const Value* facts = value.find("site_facts")) record.site_facts_json = write_json(*facts);
  return record;
}

}  // namespace

Value to_value(const Record& record) {
  Value value{Value::Object{}};
  set_text(value, "violation", record.violation);
  set_text(value, "plate", record.plate);
  set_text(value, "plate_kind", record.plate_kind);
  if (record.plate_color) value.set("plate_color", name_of(*record.plate_color));
  if (record.vehicle_class) value.set("vehicle_class", record.vehicle_class->code);
  std::string colors;
  for (const BodyColor color : record.body_color) colors += code_of(color);
  set_text(value, "body_color", colors);
  Value times{Value::Array{}};
  for (const Time time : record.times) times.push(format_time(time));
  if (!record.times.empty()) value.set("times", std::move(times));
  set_text(value, "place", record.place);
  set_text(value, "place_code", record.place_code);
  set_text(value, "device_id", record.device_id);
  set_text(value, "direction", record.direction);
  if (record.lane) value.set("lane", *record.lane);
  if (record.speed_kmh) value.set("speed_kmh", *record.speed_kmh);
  if (record.limit_kmh) value.set("limit_kmh", *record.limit_kmh);
  set_text(value, "layout", record.layout);
  set_text(value, "collection", record.collection);
  if (!record.site_facts_json.empty()) {
    const Result<Value> facts = parse_json(record.site_facts_json);
    if (facts) value.set("site_facts", facts.value());
  }
  return value;
}

Value to_value(const Case& c) {
  Value pictures{Value::Array{}}, problems{Value::Array{}};
  for (const PictureRef& picture : c.pictures) pictures.push(to_value(picture));
  for (const Problem& problem : c.problems) problems.push(to_value(problem));
  Value value;
  value.set("case_id", c.id).set("source", c.source).set("record", to_value(c.record));
  value.set("pictures", std::move(pictures)).set("problems", std::move(problems));
  return value.set("notes", to_value(c.notes)).set("content", c.content);
}

Case case_from(const Value& value) {
  Case c;
  c.id = read::text(value, "case_id");
  c.source = read::text(value, "source");
  c.record = record_from(read::member(value, "record"));
  for (const Value& picture : read::list(value, "pictures"))
    c.pictures.push_back(picture_from(picture));
  for (const Value& problem : read::list(value, "problems"))
    c.problems.push_back(problem_from(problem));
  c.notes = read::texts(value, "notes");
  c.content = read::text(value, "content");
  return c;
}

}  // namespace vioreview
