// SPDX-License-Identifier: Apache-2.0
// One tree for what JSON and TOML files hold, so that the libraries stay inside format/.
// Objects keep the order of the file. Numbers: whole ones stay whole.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"

namespace vioreview {

class Value {
 public:
  using Array = std::vector<Value>;
  using Object = std::vector<std::pair<std::string, Value>>;

  Value() = default;  // null
  Value(std::nullptr_t) {}
  Value(bool b) : held_(b) {}
  Value(int n) : held_(static_cast<std::int64_t>(n)) {}
  Value(std::int64_t n) : held_(n) {}
  Value(double d) : held_(d) {}
  Value(const char* s) : held_(std::string(s)) {}
  Value(std::string_view s) : held_(std::string(s)) {}
  Value(std::string s) : held_(std::move(s)) {}
  Value(Array a) : held_(std::move(a)) {}
  Value(Object o) : held_(std::move(o)) {}

  bool is_null() const { return held_.index() == 0; }
  const bool* as_bool() const { return std::get_if<bool>(&held_); }
  const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&held_); }
  const std::string* as_string() const { return std::get_if<std::string>(&held_); }
  const Array* as_array() const { return std::get_if<Array>(&held_); }
  const Object* as_object() const { return std::get_if<Object>(&held_); }
  bool is_number() const { return held_.index() == 2 || held_.index() == 3; }
  double number(double otherwise = 0) const;  // whole or not
  std::string_view kind()
      const;  // "null", "bool", "number", "string", "array", "object": for messages

  // The member of an object with this key, or nullptr (also when this is no object).
  const Value* find(std::string_view key) const;
  // Appends a member; turns null into an object.
  Value& set(std::string key, Value value);
  // Appends an element; turns null into an array.
  Value& push(Value value);

  int line = 0;  // in a TOML file, for messages; 0 when not known
  bool operator==(const Value& other) const { return held_ == other.held_; }

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> held_;
};

// Strict UTF-8 JSON, at most 64 levels deep; the problem (record_invalid) says where. A repeated
// key keeps its last value.
Result<Value> parse_json(std::string_view text);
// UTF-8 XML: an object with the root's name; an element is its text, or an object of its children,
// where a name that comes again makes an array. Names lose their prefix, attributes are dropped. A
// document type, more than 64 levels or 1000 names in one element are a problem (record_invalid).
Result<Value> parse_xml(std::string_view text);
// Compact, one line, UTF-8 as is, invalid bytes replaced by U+FFFD, doubles in the shortest form
// that reads back equal.
std::string write_json(const Value& value);
// Two spaces a level, for files that people read.
std::string write_json_pretty(const Value& value);
// Throws ConfigError naming `file` and the line.
Value parse_toml(std::string_view text, std::string_view file);

// A number rounded to `digits` decimals: what manifests and facts carry.
Value rounded(double number, int digits = 5);

}  // namespace vioreview
