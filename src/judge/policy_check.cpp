// SPDX-License-Identifier: Apache-2.0
// A policy against the checks and the catalogue it is meant for.
#include <algorithm>

#include "judge/checks/checks.h"
#include "judge/judge.h"

namespace vioreview {
namespace {

const Knob* find_knob(std::string_view name) {
  const std::size_t dot = name.find('.');
  const Check* check = find_check(name.substr(0, dot));
  if (!check || dot == std::string_view::npos) return nullptr;
  for (const Knob& knob : check->knobs)
    if (knob.name == name.substr(dot + 1)) return &knob;
  return nullptr;
}

std::string wrong_knob(const std::string& name, double value) {
  const Knob* knob = find_knob(name);
  if (!knob) return "[knobs] " + name + ": no check has it; `vioreview catalogue` names them";
  if (value >= knob->low && value <= knob->high) return "";
  return "[knobs] " + name + " must lie between " + shown(knob->low) + " and " + shown(knob->high);
}

bool has_group(const Catalogue& catalogue, const std::string& group) {
  return std::any_of(catalogue.violations.begin(), catalogue.violations.end(),
                     [&](const Violation& v) { return v.group == group; });
}

}  // namespace

std::string wrong_in(const Policy& policy, const Catalogue& catalogue) {
  const std::string unknown = ": the catalogue has no such violation group";
  for (const auto& [name, value] : policy.knobs)
    if (std::string wrong = wrong_knob(name, value); !wrong.empty()) return wrong;
  for (const auto& [group, limits] : policy.groups)
    if (!has_group(catalogue, group)) return "[limits." + group + "]" + unknown;
  for (const auto& [device, groups] : policy.proven)
    for (const std::string& group : groups)
      if (!has_group(catalogue, group)) return "[proven] " + device + ", " + group + unknown;
  return "";
}

}  // namespace vioreview
