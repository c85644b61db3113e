// SPDX-License-Identifier: Apache-2.0
// A policy as TOML, in the order in which a person reads it.
#include "format/codecs.h"
#include "format/toml_text.h"

namespace vioreview {
namespace {

// The shortest form that reads back equal.
std::string number(double value) {
  return write_json(Value(value));
}

std::string texts(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : ", ") + toml_quoted(one);
  return "[" + text + "]";
}

std::string text_of(const Value& value) {
  if (value.as_string()) return toml_quoted(*value.as_string());
  if (!value.as_array()) return write_json(value);
  std::string all;
  for (const Value& one : *value.as_array()) all += "\n  " + text_of(one) + ",";
  return "[" + all + (all.empty() ? "]" : "\n]");
}

std::string limits_text(const std::string& name, const Limits& limits) {
  return "[" + name + "]\naccept = " + number(limits.accept) +
         "\nreject = " + number(limits.reject) + "\n";
}

}  // namespace

std::string policy_to_toml(const Policy& policy,
                           const std::map<std::string, std::vector<std::string>>& notes,
                           const std::vector<std::pair<std::string, Value>>& provenance) {
  std::string text;
  if (!policy.fitted_on.empty())
    text += "# Of tool, catalogue and models: on others it proves no device.\nfitted_on = " +
            toml_quoted(policy.fitted_on) + "\n";
  if (policy.min_panel) text += "min_panel = true\n";
  if (policy.want_colour) text += "want_colour = true\n";
  text += (text.empty() ? "" : "\n") + limits_text("limits", policy.base);
  for (const auto& [group, limits] : policy.groups) {
    text += "\n";
    if (const auto found = notes.find(group); found != notes.end())
      for (const std::string& note : found->second) text += "# " + note + "\n";
    text += limits_text("limits." + toml_key(group), limits);
  }
  text += "\n[knobs]\n";
  for (const auto& [name, value] : policy.knobs)
    text += toml_quoted(name) + " = " + number(value) + "\n";
  text += "\n[proven]\n";
  for (const auto& [device, groups] : policy.proven)
    text += toml_quoted(device) + " = " + texts(groups) + "\n";
  if (!provenance.empty()) text += "\n[provenance]\n";
  for (const auto& [key, value] : provenance) text += key + " = " + text_of(value) + "\n";
  return text;
}

}  // namespace vioreview
