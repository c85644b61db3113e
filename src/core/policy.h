// SPDX-License-Identifier: Apache-2.0
// The values of policy.toml: two limits per violation group, and the knobs of checks.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace vioreview {

struct Limits {
  double accept = 0.95, reject = 0.95;  // a score must reach its limit
};

struct Policy {
  Limits base;                           // of groups not named
  std::map<std::string, Limits> groups;  // by violation group
  std::map<std::string, double>
      knobs;  // "check.knob" -> value, only those the file sets; the check's table has the defaults
  std::map<std::string, std::vector<std::string>> proven;  // device id -> groups it is proven for
  std::string
      fitted_on;  // hash of models, catalogue and tool it was fitted on; "" for the default policy
  bool min_panel = false;    // GA/T 832-2014 3.4: panels of 1280x720 or 768x576 at least
  bool want_colour = false;  // GA/T 832-2014 3.4 a
  std::string sha256;        // of the text it was read from
};

}  // namespace vioreview
