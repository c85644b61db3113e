// SPDX-License-Identifier: Apache-2.0
#include "ingest/record.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "ingest/fields.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

constexpr std::size_t kLongestText = 512;
constexpr std::string_view kUnread[] = {"未识别", "无车牌",  "无牌", "000000",
                                        "车牌",   "UNKNOWN", "NONE", "-"};

class RecordReader {
 public:
  ReadRecord read(const Value& fields) {
    for (const auto& [name, value] : *fields.as_object())
      if (!value.is_null()) take(name, value);
    if (!numbered_.empty()) add_numbered_pictures();
    if (dropped_owner_) note("owner's data were dropped");
    return std::move(result_);
  }

 private:
  void note(std::string text) { result_.notes.push_back(std::move(text)); }
  void unusable(const std::string& name, const Value& value) {
    note(name + " is not understood: " + (value.is_null() ? "nothing" : shown(value)));
  }
  static std::string shown(const Value& value) {
    std::string text = value.as_string() ? *value.as_string() : write_json(value);
    if (text.size() > 60) text = text.substr(0, text.find_last_not_of('\x80', 57) + 1) + "...";
    return text;
  }

  // Text of a string or a number: indexes give numbers as text, JSON may give codes as numbers.
  static std::optional<std::string> text_of(const Value& value) {
    if (const auto* s = value.as_string()) return trimmed(half_width(*s)).substr(0, kLongestText);
    if (value.as_int()) return std::to_string(*value.as_int());
    if (value.is_number()) return write_json(value);
    return std::nullopt;
  }
  static std::optional<double> number_in(const Value& value) {
    if (value.is_number()) return value.number();
    const auto text = text_of(value);
    double number = 0;
    if (!text || !value.as_string() || text->empty()) return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
    return number;
  }

  void set_text(std::string& field, const std::string& name, const Value& value) {
    const auto text = text_of(value);
    if (!text) return unusable(name, value);
    if (text->empty()) return;
    if (!field.empty() && field != *text)
      return note(name + " contradicts another field of the same meaning; the first is kept");
    field = *text;
  }
  template <class T>
  void set_once(std::optional<T>& field, const std::string& name, T value) {
    if (field && !(*field == value))
      return note(name + " contradicts another field of the same meaning; the first is kept");
    field = std::move(value);
  }

  void take(const std::string& name, const Value& value) {
    Record& r = result_.record;
    switch (field_named(name)) {
      case Field::unknown:
        return note("unknown field: " + name.substr(0, 60));
      case Field::owner:
        dropped_owner_ = true;
        return;
      case Field::ignored:
        return;
      case Field::case_id:
        return take_id(name, value);
      case Field::violation:
        return take_violation(name, value);
      case Field::plate:
        return take_plate(name, value);
      case Field::plate_kind:
        return take_plate_kind(name, value);
      case Field::plate_color:
        return take_word(r.plate_color, name, value, parse_plate_color);
      case Field::vehicle_class:
        return take_word(r.vehicle_class, name, value, parse_vehicle_class);
      case Field::body_color:
        return take_body_color(name, value);
      case Field::time:
      case Field::times:
        return take_times(name, value);
      case Field::place:
        return set_text(r.place, name, value);
      case Field::place_code:
        return set_text(r.place_code, name, value);
      case Field::device_id:
        return set_text(r.device_id, name, value);
      case Field::direction:
        return take_direction(name, value);
      case Field::lane:
        return take_lane(name, value);
      case Field::speed:
        return take_speed(r.speed_kmh, name, value);
      case Field::limit:
        return take_speed(r.limit_kmh, name, value);
      case Field::collection:
        return set_text(r.collection, name, value);
      case Field::site_facts:
        return take_site_facts(name, value);
      case Field::picture:
        return take_numbered(name, value);
      case Field::pictures:
        return take_pictures(name, value);
    }
  }

  void take_id(const std::string& name, const Value& value) {
    const auto id = text_of(value);
    if (!id || id->empty()) return unusable(name, value);
    const bool control = std::any_of(id->begin(), id->end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (control || id->size() > 128)
      return note("the id holds control characters or is longer than 128 bytes; one was made");
    result_.id = *id;
  }
  void take_violation(const std::string& name, const Value& value) {
    const auto text = text_of(value);
    if (!text) return unusable(name, value);
    const std::string code = upper_case(*text);
    set_text(result_.record.violation, name, Value(code));
  }
  void take_plate(const std::string& name, const Value& value) {
    const auto text = text_of(value);
    if (!text) return unusable(name, value);
    std::string plate;
    for (const char c : upper_case(*text))
      if (c != ' ' && c != '-' && c != '.') plate += c;
    for (const std::string_view dot : {"·", "•", "．", "。"})
      for (std::size_t at = plate.find(dot); at != std::string::npos; at = plate.find(dot))
        plate.erase(at, dot.size());
    const bool unread =
        plate.empty() ||
        std::find(std::begin(kUnread), std::end(kUnread), *text) != std::end(kUnread) ||
        std::find(std::begin(kUnread), std::end(kUnread), plate) != std::end(kUnread);
    if (unread) return note("the device did not read the plate");
    set_text(result_.record.plate, name, Value(plate));
  }
  void take_plate_kind(const std::string& name, const Value& value) {
    const auto text = text_of(value);
    const PlateKind* kind = text ? find_plate_kind(*text) : nullptr;
    if (!kind) return unusable(name, value);
    set_text(result_.record.plate_kind, name, Value(kind->code));
  }
  template <class T, class Parse>
  void take_word(std::optional<T>& field, const std::string& name, const Value& value,
                 Parse parse) {
    const auto text = text_of(value);
    if (text && text->empty()) return;
    auto parsed = text ? parse(*text) : std::optional<T>();
    if (!parsed) return unusable(name, value);
    set_once(field, name, std::move(*parsed));
  }
  void take_body_color(const std::string& name, const Value& value) {
    const auto text = text_of(value);
    if (text && text->empty()) return;
    const auto colors = text ? parse_body_color(*text) : std::vector<BodyColor>();
    if (colors.empty()) return unusable(name, value);
    result_.record.body_color = colors;
  }
  void take_times(const std::string& name, const Value& value) {
    const Value::Array one = {value};
    for (const Value& element : value.as_array() ? *value.as_array() : one) {
      const auto text = text_of(element);
      const auto time = text ? parse_time(*text) : std::nullopt;
      if (time)
        result_.record.times.push_back(*time);
      else
        unusable(name, element);
    }
  }
  void take_direction(const std::string& name, const Value& value) {
    const auto text = text_of(value);
    if (!text) return unusable(name, value);
    const auto direction = parse_direction(*text);
    if (!direction && !text->empty()) note(name + " is not a known direction: " + shown(value));
    set_text(result_.record.direction, name, Value(direction.value_or(*text)));
  }
  void take_lane(const std::string& name, const Value& value) {
    const auto number = number_in(value);
    if (!number || *number != std::floor(*number) || *number > 99) return unusable(name, value);
    if (*number >= 1) set_once(result_.record.lane, name, static_cast<int>(*number));
  }
  void take_speed(std::optional<double>& field, const std::string& name, const Value& value) {
    if (value.as_string() && trimmed(*value.as_string()).empty()) return;
    const auto number = number_in(value);
    if (!number || !(*number >= 0) || *number > 500) return unusable(name, value);
    set_once(field, name, *number);
  }
  void take_site_facts(const std::string& name, const Value& value) {
    if (!value.as_object()) return unusable(name, value);
    result_.record.site_facts_json = write_json(value);
  }

  void take_numbered(const std::string& name, const Value& value) {
    const auto text = text_of(value);
    if (text && !text->empty()) numbered_.emplace_back(number_of(name), *text);
  }
  void add_numbered_pictures() {
    std::stable_sort(numbered_.begin(), numbered_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (!result_.pictures) result_.pictures.emplace();
    for (const auto& [number, file] : numbered_)
      result_.pictures->push_back({file, std::nullopt, std::nullopt});
  }
  void take_pictures(const std::string& name, const Value& value) {
    if (!result_.pictures) result_.pictures.emplace();
    if (const auto* text = value.as_string()) return split_pictures(*text);
    if (!value.as_array()) return unusable(name, value);
    for (const Value& element : *value.as_array()) take_picture(name, element);
  }
  void split_pictures(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(";|"), text.size());
      std::string file = trimmed(text.substr(0, end));
      if (!file.empty()) result_.pictures->push_back({std::move(file), std::nullopt, std::nullopt});
      text.remove_prefix(std::min(text.size(), end + 1));
    }
  }
  void take_picture(const std::string& name, const Value& value) {
    const Value* file = value.as_object() ? value.find("file") : &value;
    if (!file || !file->as_string() || file->as_string()->empty()) return unusable(name, value);
    ReadRecord::Picture picture{*file->as_string(), std::nullopt, std::nullopt};
    if (const Value* role = value.find("role")) {
      picture.role = role->as_string() ? role_named(*role->as_string()) : std::nullopt;
      if (!picture.role)
        note("unknown role of " + picture.file + ": " + shown(*role) + "; taken as a panel");
    }
    if (const Value* time = value.find("time")) {
      picture.time = time->as_string() ? parse_time(*time->as_string()) : std::nullopt;
      if (!picture.time) note("the time of " + picture.file + " is not understood");
    }
    result_.pictures->push_back(std::move(picture));
  }

  ReadRecord result_;
  std::vector<std::pair<int, std::string>> numbered_;
  bool dropped_owner_ = false;
};

}  // namespace

ReadRecord read_record(const Value& fields) {
  return RecordReader().read(fields);
}

}  // namespace vioreview
