// SPDX-License-Identifier: Apache-2.0
// Hikvision ISAPI ANPR events, XML or JSON (domain reference 7.4): a head about the device and an
// ANPR part about the vehicle.
#include <algorithm>

#include "ingest/makers.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

constexpr std::string_view kMaker = "hikvision";
constexpr double kSureOfCharacter = 80;  // percent: below, people should look (a proposal)

// The event below its root, and its ANPR part (the head where the form is flat).
const Value* head_of(const Value& fields) {
  for (const char* root : {"EventNotificationAlert", "FTP"})
    if (const Value* head = member_named(fields, root); head && head->as_object()) return head;
  return &fields;
}
const Value* anpr_of(const Value& head) {
  const Value* anpr = member_named(head, "ANPR");
  return anpr && anpr->as_object() ? anpr : &head;
}

// A word of the maker's table; what the table does not know goes on as it is.
void set_word(Value& plain, const char* field, std::string_view table, const std::string& text) {
  const std::string word = makers_word(kMaker, table, text).value_or(text);
  if (!word.empty()) plain.set(field, word);
}
void set_text(Value& plain, const char* field, const std::string& text) {
  if (!text.empty()) plain.set(field, text);
}

// National codes have four or five characters and a class of 1 to 8 in front.
bool may_be_national(const std::string& code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return (code.size() == 4 || code.size() == 5) && code[0] >= '1' && code[0] <= '8' &&
         std::all_of(code.begin(), code.begin() + 4, digit);
}

void take_violation(const Value& anpr, Adapted& result) {
  const Value* info = member_named(anpr, "illegalInfo");
  const std::string code = info ? text_named(*info, "illegalCode") : "";
  if (code.find_first_not_of('0') == std::string::npos) return;  // "0": none
  if (may_be_national(code))
    result.fields.set("violation", code);
  else
    result.notes.push_back("the device's own violation code is no national one: " +
                           std::string(cut(code, 30)));
}

// An average hides one bad character, so the worst one is told.
void take_confidence(const Value& anpr, Adapted& result) {
  std::string list = text_named(anpr, "plateCharBelieve");
  std::replace(list.begin(), list.end(), ',', ';');
  double worst = 100;
  int at = 0, place = 0;
  for (const std::string& part : parts_of(list)) {
    const auto percent = number_of_value(Value(part));
    ++at;
    if (!percent || *percent >= worst) continue;
    worst = *percent;
    place = at;
  }
  if (at > 1 && worst < kSureOfCharacter)
    result.notes.push_back("the device was not sure of character " + std::to_string(place) +
                           " of the plate: " + write_json(Value(worst)) + " of 100");
}

const char* role_of_type(const std::string& type) {
  const std::string word = lower_case(type);
  if (word.find("plate") != std::string::npos) return "closeup";
  if (word.find("pilot") != std::string::npos || word.find("face") != std::string::npos)
    return "driver";
  return word.find("composite") != std::string::npos ? "composite" : nullptr;
}

void take_picture(const Value& info, Value& pictures) {
  const std::string file = text_named(info, "fileName");
  if (file.empty()) return;
  Value picture;
  picture.set("file", file);
  if (const char* role = role_of_type(text_named(info, "type"))) picture.set("role", role);
  if (const std::string time = text_named(info, "absTime"); !time.empty())
    picture.set("time", time);
  pictures.push(std::move(picture));
}

// pictureInfoList holds one pictureInfo or several.
void take_pictures(const Value& head, const Value& anpr, Adapted& result) {
  const Value* list = member_named(anpr, "pictureInfoList");
  if (!list) list = member_named(head, "pictureInfoList");
  const Value* infos = list ? member_named(*list, "pictureInfo") : nullptr;
  if (list && list->as_array()) infos = list;
  if (!infos) return;
  Value pictures{Value::Array{}};
  if (infos->as_array())
    for (const Value& info : *infos->as_array()) take_picture(info, pictures);
  else
    take_picture(*infos, pictures);
  // What is enlarged goes behind the views.
  Value::Array sorted = *pictures.as_array();
  std::stable_partition(sorted.begin(), sorted.end(),
                        [](const Value& picture) { return picture.find("role") == nullptr; });
  if (!sorted.empty()) result.fields.set("pictures", Value(std::move(sorted)));
}

}  // namespace

bool claims_isapi(const Value& fields) {
  const Value* head = head_of(fields);
  const Value* anpr = anpr_of(*head);
  return head != &fields ? has_any(*anpr, {"licensePlate", "plateCharBelieve", "illegalInfo"})
                         : anpr != head || has_any(fields, {"plateCharBelieve", "illegalInfo"});
}

Adapted adapt_isapi(const Value& fields) {
  const Value& head = *head_of(fields);
  const Value& anpr = *anpr_of(head);
  Adapted result{Value(Value::Object{}), {}, {}};
  Value& plain = result.fields;
  set_text(plain, "case_id", text_named(head, "UUID"));
  for (const char* device : {"deviceID", "monitoringSiteID", "macAddress"})
    if (const std::string id = text_named(head, device); !id.empty() && !plain.find("device_id"))
      plain.set("device_id", id);
  set_text(plain, "time", text_named(head, "dateTime"));
  set_text(plain, "place", text_named(head, "channelName"));
  set_text(plain, "plate", text_named(anpr, "licensePlate"));
  set_text(plain, "lane", text_named(anpr, "line"));
  set_text(plain, "limit", text_named(anpr, "speedLimit"));
  set_word(plain, "plate_color", "plate_color", text_named(anpr, "plateColor"));
  set_word(plain, "vehicle_class", "vehicle_class", text_named(anpr, "vehicleType"));
  set_word(plain, "direction", "direction", text_named(anpr, "detectDir"));
  if (const Value* vehicle = member_named(anpr, "vehicleInfo")) {
    set_word(plain, "body_color", "body_color", text_named(*vehicle, "color"));
    set_text(plain, "speed", text_named(*vehicle, "speed"));
  }
  take_violation(anpr, result);
  take_confidence(anpr, result);
  take_pictures(head, anpr, result);
  for (const char* name : {"postPicFileName", "featurePicFileName"})
    if (!text_named(anpr, name).empty() || !text_named(head, name).empty())
      result.notes.push_back(std::string(name) +
                             " is not used: what a picture shows is told by its type");
  if (text_named(anpr, "alarmDataType") == "1")
    result.notes.emplace_back("was sent late by the device");
  return result;
}

}  // namespace vioreview
