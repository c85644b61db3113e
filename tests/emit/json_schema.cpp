// SPDX-License-Identifier: Apache-2.0
#include "emit/json_schema.h"

#include <algorithm>
#include <regex.h>
#include <set>
#include <stdexcept>

namespace vioreview {
namespace {

bool is_of_type(const Value& value, std::string_view type) {
  if (type == "integer") return value.as_int() != nullptr;
  if (type == "boolean") return value.as_bool() != nullptr;
  return value.kind() == type;
}

// An extended regular expression; <regex> does not compile without warnings under the sanitizers.
bool fits_pattern(const std::string& text, const std::string& pattern) {
  regex_t compiled;
  if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0)
    throw std::invalid_argument("bad pattern " + pattern);
  const bool fits = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return fits;
}

class Validator {
 public:
  explicit Validator(const Value& root) : root_(root) {}

  std::string complaint(const Value& schema, const Value& value, const std::string& at) const {
    if (const bool* any = schema.as_bool()) return *any ? "" : at + ": is not allowed";
    for (const auto& [keyword, rule] : *schema.as_object()) {
      const std::string found = broken(keyword, rule, schema, value, at);
      if (!found.empty()) return found;
    }
    return "";
  }

 private:
  std::string broken(const std::string& keyword, const Value& rule, const Value& schema,
                     const Value& value, const std::string& at) const {
    static const std::set<std::string> remarks = {"$schema", "$id", "$defs", "title",
                                                  "description"};
    if (remarks.contains(keyword)) return "";
    if (keyword == "$ref") return complaint(definition(*rule.as_string()), value, at);
    if (keyword == "const") return value == rule ? "" : at + ": is not the constant";
    if (keyword == "enum") return in_list(rule, value) ? "" : at + ": is none of the words";
    if (keyword == "type") return fits_type(rule, value) ? "" : at + ": is of kind " + kind(value);
    if (keyword == "minimum" || keyword == "maximum") {
      const double over = value.number() - rule.number();
      const bool wrong = value.is_number() && (keyword == "minimum" ? over < 0 : over > 0);
      return wrong ? at + ": breaks the " + keyword : "";
    }
    if (keyword == "pattern")
      return !value.as_string() || fits_pattern(*value.as_string(), *rule.as_string())
                 ? ""
                 : at + ": does not fit the pattern";
    if (keyword == "minItems" || keyword == "maxItems" || keyword == "items")
      return broken_list(keyword, rule, value, at);
    if (keyword == "required" || keyword == "properties" || keyword == "additionalProperties")
      return broken_object(keyword, rule, schema, value, at);
    throw std::invalid_argument("unknown schema keyword " + keyword);
  }

  std::string broken_list(const std::string& keyword, const Value& rule, const Value& value,
                          const std::string& at) const {
    const Value::Array* list = value.as_array();
    if (!list) return "";
    const auto size = static_cast<double>(list->size());
    if (keyword == "minItems") return size < rule.number() ? at + ": has too few items" : "";
    if (keyword == "maxItems") return size > rule.number() ? at + ": has too many items" : "";
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string found = complaint(rule, (*list)[i], at + "/" + std::to_string(i));
      if (!found.empty()) return found;
    }
    return "";
  }

  std::string broken_object(const std::string& keyword, const Value& rule, const Value& schema,
                            const Value& value, const std::string& at) const {
    if (!value.as_object()) return "";
    if (keyword == "required") {
      for (const Value& name : *rule.as_array())
        if (!value.find(*name.as_string()))
          return at + ": \"" + *name.as_string() + "\" is missing";
      return "";
    }
    const Value* named = schema.find("properties");
    for (const auto& [name, member] : *value.as_object()) {
      const Value* own = named ? named->find(name) : nullptr;
      const Value* rules = keyword == "properties" ? own : own ? nullptr : &rule;
      const std::string found = rules ? complaint(*rules, member, at + "/" + name) : "";
      if (!found.empty()) return found;
    }
    return "";
  }

  static std::string kind(const Value& value) { return std::string(value.kind()); }

  static bool in_list(const Value& list, const Value& value) {
    return std::find(list.as_array()->begin(), list.as_array()->end(), value) !=
           list.as_array()->end();
  }

  static bool fits_type(const Value& types, const Value& value) {
    if (types.as_string()) return is_of_type(value, *types.as_string());
    return std::any_of(types.as_array()->begin(), types.as_array()->end(),
                       [&](const Value& type) { return is_of_type(value, *type.as_string()); });
  }

  const Value& definition(const std::string& reference) const {
    static const std::string prefix = "#/$defs/";
    const Value* found = reference.starts_with(prefix)
                             ? root_.find("$defs")->find(reference.substr(prefix.size()))
                             : nullptr;
    if (!found) throw std::invalid_argument("unknown reference " + reference);
    return *found;
  }

  const Value& root_;
};

}  // namespace

std::string schema_complaint(const Value& schema, const Value& value) {
  return Validator(schema).complaint(schema, value, "");
}

}  // namespace vioreview
