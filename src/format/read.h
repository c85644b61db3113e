// SPDX-License-Identifier: Apache-2.0
// Reading members of our own JSON forms; shared by the codecs only. A member of the wrong kind
// throws IoError, since only this program writes these forms.
#pragma once
#include <string>
#include <vector>

#include "core/errors.h"
#include "format/value.h"

namespace vioreview::read {

[[noreturn]] inline void foreign(std::string_view key) {
  throw IoError("\"" + std::string(key) +
                "\" is not what this version wrote; review again with a fresh --state");
}

inline const Value& member(const Value& object, std::string_view key) {
  static const Value absent;
  const Value* found = object.find(key);
  return found ? *found : absent;
}

inline std::string text(const Value& object, std::string_view key) {
  const Value& value = member(object, key);
  if (value.is_null()) return "";
  if (!value.as_string()) foreign(key);
  return *value.as_string();
}

inline double number(const Value& object, std::string_view key, double otherwise = 0) {
  return member(object, key).number(otherwise);
}

inline float real(const Value& object, std::string_view key) {
  return static_cast<float>(number(object, key));
}

inline int whole(const Value& object, std::string_view key, int otherwise = 0) {
  return static_cast<int>(number(object, key, otherwise));
}

// Sizes and places in files: beyond int.
inline std::int64_t large(const Value& object, std::string_view key) {
  const Value& value = member(object, key);
  if (!value.as_int()) foreign(key);
  return *value.as_int();
}

inline bool flag(const Value& object, std::string_view key) {
  const Value& value = member(object, key);
  return value.as_bool() && *value.as_bool();
}

inline const Value::Array& list(const Value& object, std::string_view key) {
  static const Value::Array none;
  const Value& value = member(object, key);
  if (value.is_null()) return none;
  if (!value.as_array()) foreign(key);
  return *value.as_array();
}

inline std::vector<std::string> texts(const Value& object, std::string_view key) {
  std::vector<std::string> all;
  for (const Value& element : list(object, key)) {
    if (!element.as_string()) foreign(key);
    all.push_back(*element.as_string());
  }
  return all;
}

// A word of a closed list: `named` is the inverse of name_of.
template <class Named>
auto word(const Value& object, std::string_view key, Named named) {
  const auto value = named(text(object, key));
  if (!value) foreign(key);
  return *value;
}

}  // namespace vioreview::read
