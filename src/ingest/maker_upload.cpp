// SPDX-License-Identifier: Apache-2.0
// Upload JSON of the 六合一 platform: xp1.. name the pictures, zpstr1.. carry them as base64, zpsl
// counts them (domain reference 7.2).
#include "ingest/fields.h"
#include "ingest/makers.h"
#include "ingest/read_picture.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

constexpr int kMostPictures = 9;

std::string numbered(const char* name, int number) {
  return name + std::to_string(number);
}

// Names and texts of the pictures, and what says how many there are.
bool is_of_pictures(const std::string& name) {
  const std::string key = lower_case(trimmed(name));
  const int number = number_of(key);
  return key == "zpsl" || ((key.starts_with("zpstr") || key.starts_with("xp")) && number > 0 &&
                           number <= kMostPictures);
}

}  // namespace

bool claims_upload(const Value& fields) {
  return has_any(fields, {"zpstr1", "zpstr2", "zpstr3", "zpsl", "tpzl"});
}

Adapted adapt_upload(const Value& fields) {
  Adapted result{Value(Value::Object{}), {}, {}};
  for (const auto& [name, value] : *fields.as_object())
    if (!is_of_pictures(name)) result.fields.set(name, value);
  Value pictures{Value::Array{}};
  int carried = 0;
  for (int number = 1; number <= kMostPictures; ++number) {
    const std::string field = numbered("zpstr", number);
    const Value* text = member_named(fields, field);
    std::string file = text_named(fields, numbered("xp", number));
    const bool carries = text && text->as_string() && !trimmed(*text->as_string()).empty();
    if (text && !text->is_null() && !text->as_string())
      result.notes.push_back(field + " is no text");
    if (file.empty() && !carries) continue;
    ++carried;
    Value picture;
    picture.set("file", file.empty() ? field : file);
    if (carries) {
      for (const auto& [name, value] : *fields.as_object())
        if (&value == text) picture.set("field", name);  // as the record spells it
      picture.set("size", base64_size(*text->as_string()));
    }
    pictures.push(std::move(picture));
  }
  const Value* count = member_named(fields, "zpsl");
  const auto said = count ? number_of_value(*count) : std::nullopt;
  if (said && *said > carried)
    result.problems.push_back({"picture_missing", "",
                               "the upload counts " + text_of(*count).value_or("more") +
                                   " pictures and carries " + std::to_string(carried)});
  if (said && *said < carried)
    result.notes.push_back("the upload carries more pictures than it counts");
  if (carried > 0) result.fields.set("pictures", std::move(pictures));
  return result;
}

}  // namespace vioreview
