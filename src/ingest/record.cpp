// SPDX-License-Identifier: Apache-2.0
#include "ingest/record.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "ingest/fields.h"
#include "ingest/makers.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

constexpr std::size_t kLongestText = 512, kLongestName = 60, kMostNames = 20;
constexpr double kFastestKmh = 500;
constexpr int kMostLanes = 99;

// "a, b, c and 7 more".
class Names {
 public:
  void add(const std::string& name) {
    if (++count_ > kMostNames) return;
    text_ += (text_.empty() ? "" : ", ") + std::string(cut(name, kLongestName));
  }
  bool empty() const { return count_ == 0; }
  std::string text() const {
    return count_ > kMostNames ? text_ + " and " + std::to_string(count_ - kMostNames) + " more"
                               : text_;
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

// Platforms write a site's rules into records; people have no place in them.
Value without_owners(const Value& value) {
  if (const auto* array = value.as_array()) {
    Value kept{Value::Array{}};
    for (const Value& element : *array) kept.push(without_owners(element));
    return kept;
  }
  if (!value.as_object()) return value;
  Value kept{Value::Object{}};
  for (const auto& [name, member] : *value.as_object())
    if (field_named(name) != Field::owner) kept.set(name, without_owners(member));
  return kept;
}

class RecordReader {
 public:
  ReadRecord read(const Value& fields) {
    for (const auto& [name, value] : *fields.as_object())
      if (!value.is_null()) take(name, value);
    finish_times();
    finish_places();
    finish_pictures();
    if (!unknown_.empty()) note("unknown fields: " + unknown_.text());
    if (second_point_) note("the second point of an interval speed is not used");
    if (dropped_owner_) note("data of owners and officers were dropped");
    return std::move(result_);
  }

 private:
  void note(std::string text) { result_.notes.push_back(std::move(text)); }
  void unusable(const std::string& name, const Value& value) {
    note(name + " is not understood: " + shown(value));
  }

  // A field that is given twice with different values is known by neither.
  template <class T>
  void set(T& field, const std::string& name, T value) {
    if (contradicted_.contains(&field)) return;
    if (field == T{} || field == value) {
      field = std::move(value);
      return;
    }
    field = T{};
    contradicted_.insert(&field);
    note(name + " contradicts another field of the same meaning: taken as unknown");
  }

  void take(const std::string& name, const Value& value) {
    const Field field = field_named(name);
    switch (field) {
      case Field::unknown:
        return unknown_.add(name);
      case Field::owner:
        dropped_owner_ = true;
        return;
      case Field::ignored:
        return;
      case Field::second_point:
        second_point_ = true;
        return;
      case Field::time:
        return take_time(name, value);
      case Field::times:
        return take_times(name, value);
      case Field::site_facts:
        return take_site_facts(name, value);
      case Field::pictures:
        return take_pictures(name, value);
      case Field::picture:
      case Field::closeup_picture:
        return take_numbered(field, name, value);
      case Field::speed:
        return take_speed(result_.record.speed_kmh, name, value);
      case Field::limit:
        return take_speed(result_.record.limit_kmh, name, value);
      case Field::lane:
        return take_lane(name, value);
      default:
        return take_text(field, name, value);
    }
  }

  // Fields that are a text or a word of a table. An empty text is no value.
  void take_text(Field field, const std::string& name, const Value& value) {
    std::optional<std::string> text = text_of(value);
    if (!text && field == Field::plate) return note(name + " is no text");  // plates in no note
    if (!text) return unusable(name, value);
    if (text->size() > kLongestText) {
      text = cut(*text, kLongestText);
      note(name + " is longer than " + std::to_string(kLongestText) + " bytes and was cut");
    }
    if (field == Field::plate) return take_plate(name, *text);
    if (text->empty()) return;
    Record& r = result_.record;
    const std::string plain = trimmed(half_width(*text));
    switch (field) {
      case Field::case_id:
        return take_id(name, *text);
      case Field::violation:
        return set(r.violation, name, upper_case(plain));
      case Field::plate_kind:
        return take_plate_kind(name, plain);
      case Field::plate_color:
        return take_word(r.plate_color, name, plain, parse_plate_color(plain));
      case Field::vehicle_class:
        return take_word(r.vehicle_class, name, plain, parse_vehicle_class(plain));
      case Field::body_color:
        return take_word(r.body_color, name, plain, parse_body_color(plain));
      case Field::direction:
        return take_direction(name, plain);
      case Field::place:
        return set(r.place, name, *text);
      case Field::checkpoint_name:
        return set(checkpoint_name_, name, *text);
      case Field::place_code:
        return set(r.place_code, name, plain);
      case Field::road_section:
        return set(road_section_, name, plain);
      case Field::road_metres:
        return set(road_metres_, name, plain);
      case Field::device_id:
        return set(r.device_id, name, plain);
      case Field::checkpoint_id:
        return set(checkpoint_id_, name, plain);
      case Field::layout:
        return take_layout(name, plain);
      case Field::collection:
        return set(r.collection, name, plain);
      case Field::picture_folder:
        return set(picture_folder_, name, *text);
      default:
        return;
    }
  }

  void take_id(const std::string& name, const std::string& text) {
    if (!usable_id(text))
      return note(name + " holds control characters or more than 128 characters: an id was made");
    if (!result_.id.empty() && result_.id != text)
      return note(name + " is another id of the case: the first is kept");
    result_.id = text;
  }
  void take_plate(const std::string& name, const std::string& text) {
    const std::string plate = plate_of(text);
    if (plate.empty()) return note("the device read no plate");
    set(result_.record.plate, name, plate);
  }
  void take_plate_kind(const std::string& name, const std::string& text) {
    const PlateKind* kind = find_plate_kind(text);
    if (!kind) return unusable(name, text);
    set(result_.record.plate_kind, name, std::string(kind->code));
  }
  // `parsed` is empty where the table does not know the text.
  template <class T>
  void take_word(T& field, const std::string& name, const std::string& text, T parsed) {
    if (parsed == T{}) return unusable(name, text);
    set(field, name, std::move(parsed));
  }
  void take_layout(const std::string& name, const std::string& text) {
    const auto layout = parse_layout(text);
    if (!layout)
      return note(name + " is not understood: " + shown(text) + "; give " + kLayoutForms);
    set(result_.record.layout, name, *layout);
  }
  void take_direction(const std::string& name, const std::string& text) {
    const auto direction = parse_direction(text);
    if (!direction) note(name + " is no known direction: " + shown(text));
    set(result_.record.direction, name, direction.value_or(text));
  }

  static bool blank(const Value& value) {
    return value.as_string() && trimmed(*value.as_string()).empty();
  }
  void take_lane(const std::string& name, const Value& value) {
    if (blank(value)) return;
    const auto number = number_of_value(value);
    if (!number || *number != std::floor(*number) || *number > kMostLanes)
      return unusable(name, value);
    if (*number < 1) return note(name + " says that the lane is unknown: " + shown(value));
    set(result_.record.lane, name, std::optional(static_cast<int>(*number)));
  }
  // Nobody is recorded at 0 km/h, and no limit is 0: platforms write it for "not measured".
  void take_speed(std::optional<double>& field, const std::string& name, const Value& value) {
    if (blank(value)) return;
    const auto number = number_of_value(value);
    if (!number || *number < 0 || *number > kFastestKmh) return unusable(name, value);
    if (*number == 0) return note(name + " is 0: taken as unknown");
    set(field, name, std::optional(*number));
  }
  void take_site_facts(const std::string& name, const Value& value) {
    if (blank(value)) return;
    Value facts = value;
    if (const auto* text = value.as_string()) {  // a cell of a table
      const auto parsed = parse_json(*text);
      if (parsed) facts = parsed.value();
    }
    if (!facts.as_object()) return unusable(name, value);
    set(result_.record.site_facts_json, name, write_json(without_owners(facts)));
  }

  void take_time(const std::string& name, const Value& value) {
    if (blank(value)) return;
    const auto text = text_of(value);
    const auto time = text ? parse_time(half_width(*text)) : std::nullopt;
    if (!time) {
      result_.times_whole = false;
      return unusable(name, value);
    }
    set(times_[number_of(name)], name, time);
  }
  void take_times(const std::string& name, const Value& value) {
    if (const auto* text = value.as_string()) {
      Value::Array parts;
      for (const std::string& part : parts_of(*text)) parts.emplace_back(part);
      return take_times(name, Value(parts));
    }
    if (!value.as_array()) return unusable(name, value);
    for (const Value& element : *value.as_array()) {
      const auto text = text_of(element);
      const auto time = text ? parse_time(half_width(*text)) : std::nullopt;
      if (time) {
        result_.record.times.push_back(*time);
      } else {
        result_.times_whole = false;
        unusable(name, element);
      }
    }
  }
  void finish_times() {
    std::vector<Time>& times = result_.record.times;
    const bool listed = !times.empty();
    for (const auto& [number, time] : times_) {
      if (!time) continue;
      if (!listed)
        times.push_back(*time);
      else if (std::find(times.begin(), times.end(), *time) == times.end())
        note("a single time contradicts the list of times: the list is kept");
    }
  }

  // 违法地点 of the standard: road (wfdd), section (lddm, 4 digits), metres (ddms, 3 digits).
  void finish_places() {
    Record& r = result_.record;
    const auto padded = [](const std::string& digits, std::size_t width) {
      return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    if (!r.place_code.empty() && !road_section_.empty())
      r.place_code += padded(road_section_, 4) + padded(road_metres_, 3);
    if (r.place.empty()) r.place = checkpoint_name_;
    if (r.device_id.empty()) r.device_id = checkpoint_id_;
  }

  void take_numbered(Field field, const std::string& name, const Value& value) {
    if (blank(value)) return;
    if (!value.as_string()) return unusable(name, value);
    const bool closeup = field == Field::closeup_picture;
    numbered_.push_back({closeup, number_of(name), trimmed(*value.as_string())});
  }
  void take_pictures(const std::string& name, const Value& value) {
    if (!result_.pictures) result_.pictures.emplace();
    if (const auto* text = value.as_string()) {
      for (std::string& file : parts_of(*text))
        result_.pictures->push_back({std::move(file), {}, {}});
      return;
    }
    if (!value.as_array()) return unusable(name, value);
    for (const Value& element : *value.as_array()) take_picture(name, element);
  }
  void take_picture(const std::string& name, const Value& value) {
    const Value* file = value.as_object() ? value.find("file") : &value;
    if (!file || !file->as_string() || blank(*file)) return unusable(name, value);
    ReadRecord::Picture picture{*file->as_string(), {}, {}};
    if (const Value* role = value.find("role"); role && !role->is_null()) {
      picture.role = role->as_string() ? parse_role(*role->as_string()) : std::nullopt;
      if (!picture.role)
        note("unknown role of " + picture.file + ": " + shown(*role) + "; taken as a panel");
    }
    if (const Value* time = value.find("time"); time && !time->is_null()) {
      const auto text = text_of(*time);
      picture.time = text ? parse_time(half_width(*text)) : std::nullopt;
      if (!picture.time)
        note("the time of " + picture.file + " is not understood: " + shown(*time));
    }
    if (const Value* field = value.find("field"); field && field->as_string())
      picture.field = *field->as_string();
    if (const Value* size = value.find("size"); size && size->as_int())
      picture.size = *size->as_int();
    result_.pictures->push_back(std::move(picture));
  }
  // xp1, xp2 ... in the order of their numbers, what is enlarged behind them.
  void finish_pictures() {
    if (numbered_.empty()) return;
    std::stable_sort(numbered_.begin(), numbered_.end(), [](const Numbered& a, const Numbered& b) {
      return std::pair(a.closeup, a.number) < std::pair(b.closeup, b.number);
    });
    if (!result_.pictures) result_.pictures.emplace();
    for (const Numbered& numbered : numbered_) {
      const std::string file =
          picture_folder_.empty() ? numbered.file : picture_folder_ + "/" + numbered.file;
      const bool listed =
          std::any_of(result_.pictures->begin(), result_.pictures->end(),
                      [&](const ReadRecord::Picture& picture) { return picture.file == file; });
      if (listed) continue;
      result_.pictures->push_back(
          {file, numbered.closeup ? std::optional(Role::closeup) : std::nullopt, {}});
    }
  }

  struct Numbered {
    bool closeup;
    int number;
    std::string file;
  };

  ReadRecord result_;
  std::set<const void*> contradicted_;
  std::map<int, std::optional<Time>> times_;
  std::vector<Numbered> numbered_;
  std::string checkpoint_name_, checkpoint_id_, road_section_, road_metres_, picture_folder_;
  Names unknown_;
  bool dropped_owner_ = false, second_point_ = false;
};

}  // namespace

ReadRecord read_record(const Value& fields) {
  Adapted plain = adapted(fields);
  ReadRecord record = RecordReader().read(plain.fields);
  for (std::string& note : plain.notes) record.notes.push_back(std::move(note));
  record.problems = std::move(plain.problems);
  return record;
}

Result<ReadRecord> read_record(const Text& json) {
  const bool xml = trimmed(std::string_view(json.utf8).substr(0, 256)).starts_with('<');
  const Result<Value> value = xml ? parse_xml(json.utf8) : parse_json(json.utf8);
  if (!value) {
    const std::string& detail = value.problem().detail;
    return Problem{"record_invalid", "", detail.substr(0, detail.find("; last read"))};
  }
  if (xml && !is_makers_record(value.value()))
    return Problem{"record_invalid", "", "holds XML of no known form"};
  if (!value.value().as_object())
    return Problem{"record_invalid", "",
                   value.value().as_array()
                       ? "holds no JSON object but an array: give one record a "
                         "file, or one a line of a .jsonl"
                       : "holds no JSON object"};
  ReadRecord record = read_record(value.value());
  if (json.damaged) record.notes.emplace_back(kDamagedNote);
  return record;
}

}  // namespace vioreview
