// SPDX-License-Identifier: Apache-2.0
// TOML by toml++, with its tree turned into ours at this edge.
#include <algorithm>
#include <sstream>

#include <toml++/toml.h>

#include "core/errors.h"
#include "format/value.h"

namespace vioreview {
namespace {

Value to_value(const toml::node& node);

Value scalar(const toml::node& node) {
  if (const auto* s = node.as_string()) return Value(s->get());
  if (const auto* n = node.as_integer()) return Value(static_cast<std::int64_t>(n->get()));
  if (const auto* d = node.as_floating_point()) return Value(d->get());
  if (const auto* b = node.as_boolean()) return Value(b->get());
  std::ostringstream text;  // dates and times stay text
  if (const auto* date = node.as_date()) text << date->get();
  if (const auto* time = node.as_time()) text << time->get();
  if (const auto* both = node.as_date_time()) text << both->get();
  return Value(text.str());
}

// toml++ sorts a table by key; the order of the file carries meaning (a model's outputs), so it is
// restored.
Value members_of(const toml::table& table) {
  std::vector<std::pair<const toml::key*, const toml::node*>> members;
  for (const auto& [key, member] : table) members.emplace_back(&key, &member);
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    const auto at = [](const auto& m) { return m.first->source().begin; };
    return at(a) < at(b);
  });
  Value value{Value::Object{}};
  for (const auto& [key, member] : members) value.set(std::string(key->str()), to_value(*member));
  return value;
}

Value to_value(const toml::node& node) {
  Value value;
  if (const auto* table = node.as_table()) {
    value = members_of(*table);
  } else if (const auto* array = node.as_array()) {
    value = Value(Value::Array{});
    for (const toml::node& element : *array) value.push(to_value(element));
  } else {
    value = scalar(node);
  }
  value.line = static_cast<int>(node.source().begin.line);
  return value;
}

}  // namespace

Value parse_toml(std::string_view text, std::string_view file) {
  try {
    return to_value(toml::parse(text, file));
  } catch (const toml::parse_error& error) {
    throw ConfigError(std::string(file) + ":" + std::to_string(error.source().begin.line) +
                      ": no valid TOML: " + std::string(error.description()));
  }
}

}  // namespace vioreview
