// SPDX-License-Identifier: Apache-2.0
#include "format/value.h"

#include <array>
#include <cmath>

namespace vioreview {

double Value::number(double otherwise) const {
  if (const auto* n = std::get_if<std::int64_t>(&held_)) return static_cast<double>(*n);
  if (const auto* d = std::get_if<double>(&held_)) return *d;
  return otherwise;
}

std::string_view Value::kind() const {
  static constexpr std::array<std::string_view, 7> names = {"null",   "bool",  "number", "number",
                                                            "string", "array", "object"};
  return names[held_.index()];
}

const Value* Value::find(std::string_view key) const {
  const Object* object = as_object();
  if (!object) return nullptr;
  for (const auto& [name, value] : *object)
    if (name == key) return &value;
  return nullptr;
}

Value& Value::set(std::string key, Value value) {
  if (is_null()) held_ = Object{};
  std::get<Object>(held_).emplace_back(std::move(key), std::move(value));
  return *this;
}

Value& Value::push(Value value) {
  if (is_null()) held_ = Array{};
  std::get<Array>(held_).push_back(std::move(value));
  return *this;
}

Value rounded(double number, int digits) {
  const double scale = std::pow(10.0, digits);
  const double result = std::round(number * scale) / scale;
  return std::isfinite(result) ? Value(result == 0 ? 0.0 : result) : Value();
}

}  // namespace vioreview
