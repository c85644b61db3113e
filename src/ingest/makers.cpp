// SPDX-License-Identifier: Apache-2.0
#include "ingest/makers.h"

#include <algorithm>

#include "ingest/fields.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

// In the order in which they are asked: the plainest sign first.
constexpr Adapter kAdapters[] = {
    {claims_isapi, adapt_isapi},           {claims_upload, adapt_upload},
    {claims_events, adapt_events},         {claims_surveil, adapt_surveil},
    {claims_checkpoint, adapt_checkpoint},
};

const Adapter* adapter_of(const Value& fields) {
  const auto* adapter = std::find_if(std::begin(kAdapters), std::end(kAdapters),
                                     [&](const Adapter& a) { return a.claims(fields); });
  return adapter == std::end(kAdapters) ? nullptr : adapter;
}

const Value& makers() {
  static const Value tree = parse_toml(makers_toml(), "makers.toml");
  return *tree.find("maker");
}

const Value* find_maker(std::string_view id) {
  for (const Value& maker : *makers().as_array())
    if (*maker.find("id")->as_string() == id) return &maker;
  return nullptr;
}

// The fields that makers number in their own way.
struct Numbered {
  Field field;
  std::string_view table;
};
constexpr Numbered kNumbered[] = {{Field::plate_color, "plate_color"},
                                  {Field::body_color, "body_color"},
                                  {Field::vehicle_class, "vehicle_class"},
                                  {Field::direction, "direction"},
                                  {Field::violation, "violation"}};

// A record says with "maker" whose numbers it uses.
Value in_plain_words(const Value& fields, const std::string& maker) {
  Value plain{Value::Object{}};
  for (const auto& [name, value] : *fields.as_object()) {
    const Field field = field_named(name);
    const auto* row = std::find_if(std::begin(kNumbered), std::end(kNumbered),
                                   [&](const Numbered& n) { return n.field == field; });
    const auto text = row == std::end(kNumbered) ? std::nullopt : text_of(value);
    const auto word = text ? makers_word(maker, row->table, *text) : std::nullopt;
    if (!word)
      plain.set(name, value);
    else if (!word->empty())
      plain.set(name, *word);
  }
  return plain;
}

}  // namespace

Adapted adapted(const Value& fields) {
  const Adapter* adapter = adapter_of(fields);
  Adapted result = adapter ? adapter->adapt(fields) : Adapted{fields, {}, {}};
  std::string name;
  for (const char* field : {"maker", "cjbh", "cjmc"})
    if (name.empty()) name = text_named(fields, field);
  const std::string maker = maker_named(name);
  if (!maker.empty()) result.fields = in_plain_words(result.fields, maker);
  return result;
}

bool is_makers_record(const Value& fields) {
  return fields.as_object() && adapter_of(fields) != nullptr;
}

const Value* member_named(const Value& fields, std::string_view name) {
  if (!fields.as_object()) return nullptr;
  for (const auto& [key, value] : *fields.as_object())
    if (key.size() == name.size() && lower_case(key) == lower_case(name)) return &value;
  return nullptr;
}

std::string text_named(const Value& fields, std::string_view name) {
  const Value* value = member_named(fields, name);
  return value ? text_of(*value).value_or("") : "";
}

bool has_any(const Value& fields, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return member_named(fields, name) != nullptr; });
}

Value without(const Value& fields, std::initializer_list<std::string_view> names) {
  Value kept{Value::Object{}};
  for (const auto& [key, value] : *fields.as_object())
    if (std::none_of(names.begin(), names.end(), [&, &held = key](std::string_view name) {
          return lower_case(held) == lower_case(name);
        }))
      kept.set(key, value);
  return kept;
}

std::optional<std::string> makers_word(std::string_view maker, std::string_view table,
                                       std::string_view key) {
  const Value* found = find_maker(maker);
  const Value* words = found ? found->find(table) : nullptr;
  const Value* word = words ? member_named(*words, key) : nullptr;
  return word && word->as_string() ? std::optional(*word->as_string()) : std::nullopt;
}

std::string maker_named(std::string_view name) {
  const std::string wanted = lower_case(trimmed(name));
  for (const Value& maker : *makers().as_array()) {
    const std::string& id = *maker.find("id")->as_string();
    if (id == wanted) return id;
    for (const Value& other : *maker.find("names")->as_array())
      if (*other.as_string() == wanted) return id;
  }
  return "";
}

}  // namespace vioreview
