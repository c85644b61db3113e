// SPDX-License-Identifier: Apache-2.0
// JSON by nlohmann::json, with its tree turned into ours at this edge.
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "format/value.h"

namespace vioreview {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kMaxDepth = 64;

// Builds a Value from parse events, so that depth is bounded while reading and not after.
class Builder : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return add(Value()); }
  bool boolean(bool b) override { return add(Value(b)); }
  bool number_integer(number_integer_t n) override {
    return add(Value(static_cast<std::int64_t>(n)));
  }
  bool number_unsigned(number_unsigned_t n) override {
    return n > static_cast<number_unsigned_t>(INT64_MAX) ? add(Value(static_cast<double>(n)))
                                                         : add(Value(static_cast<std::int64_t>(n)));
  }
  bool number_float(number_float_t d, const string_t&) override { return add(Value(d)); }
  bool string(string_t& s) override { return add(Value(std::move(s))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Value(Value::Object{})); }
  bool start_array(std::size_t) override { return open(Value(Value::Array{})); }
  bool key(string_t& name) override {
    keys_.back() = std::move(name);
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t at, const std::string&,
                   const nlohmann::detail::exception& error) override {
    problem = "at byte " + std::to_string(at) + ": " + without_prefix(error.what());
    return false;
  }

  Value root;
  std::string problem;

 private:
  static std::string without_prefix(std::string_view what) {
    const std::size_t end = what.find("] ");
    return std::string(end == std::string_view::npos ? what : what.substr(end + 2));
  }
  bool add(Value value) {
    if (open_.empty()) {
      root = std::move(value);
      return true;
    }
    Value& parent = open_.back();
    if (parent.as_array()) {
      parent.push(std::move(value));
      return true;
    }
    // The last of a repeated key counts. Looking through a long object for each key would take
    // hours for a hostile one.
    std::unordered_map<std::string, std::size_t>& places = places_.back();
    const std::size_t size = parent.as_object()->size();
    if (const auto [place, fresh] = places.emplace(keys_.back(), size); !fresh)
      const_cast<Value&>((*parent.as_object())[place->second].second) = std::move(value);
    else
      parent.set(keys_.back(), std::move(value));
    return true;
  }
  bool open(Value container) {
    if (open_.size() >= kMaxDepth) {
      problem = "nested more than " + std::to_string(kMaxDepth) + " levels deep";
      return false;
    }
    open_.push_back(std::move(container));
    keys_.emplace_back();
    places_.emplace_back();
    return true;
  }
  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    places_.pop_back();
    return add(std::move(done));
  }

  std::vector<Value> open_;
  std::vector<std::string> keys_;  // the pending key of each open container
  std::vector<std::unordered_map<std::string, std::size_t>> places_;  // of each one's keys
};

Json to_json(const Value& value) {
  if (const auto* b = value.as_bool()) return *b;
  if (const auto* n = value.as_int()) return *n;
  if (const auto* s = value.as_string()) return *s;
  if (value.is_number()) return value.number();
  if (const auto* array = value.as_array()) {
    Json json = Json::array();
    for (const Value& element : *array) json.push_back(to_json(element));
    return json;
  }
  if (const auto* object = value.as_object()) {
    Json json = Json::object();
    for (const auto& [key, member] : *object) json.emplace(key, to_json(member));
    return json;
  }
  return nullptr;
}

std::string write(const Value& value, int indent) {
  return to_json(value).dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<Value> parse_json(std::string_view text) {
  Builder builder;
  if (!Json::sax_parse(text.begin(), text.end(), &builder))
    return Problem{"record_invalid", "", "no valid JSON " + builder.problem};
  return std::move(builder.root);
}

std::string write_json(const Value& value) {
  return write(value, -1);
}

std::string write_json_pretty(const Value& value) {
  return write(value, 2);
}

}  // namespace vioreview
