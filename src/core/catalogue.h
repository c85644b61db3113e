// SPDX-License-Identifier: Apache-2.0
// Violations as data: the values of judge/catalogue.toml.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/facts.h"

namespace vioreview {

// A check that a violation needs. `when_fails` is the reason used when it fails where the check
// allows a choice ("" = the check's own).
struct NeededCheck {
  std::string check;
  std::string when_fails;
  bool operator==(const NeededCheck&) const = default;
};

struct Violation {
  std::string code;                  // four digits; classes 7 and 8 whole
  std::vector<std::string> aliases;  // other generations and local codes
  std::string zh, en;
  std::string group;         // limits in the policy: speed, red_light, ...
  std::string source;        // mark and source of the domain reference
  bool only_manual = false;  // ships with its checks but only suggests manual
  int min_panels = 1;
  std::vector<std::string> panel_roles;  // in order, for people: before_line, over_line, through
  double min_interval_s = 0;             // between panels; 10 for parking (GA/T 832-2014 3.5 b)
  double max_interval_s = 0;             // 0: none
  double duplicate_window_s =
      0;  // same plate, code and place within it is one event; 0: not looked for
  bool needs_displacement = false;           // the target must move between the panels
  std::optional<double> over_from, over_to;  // speed: share over the limit, from (incl.) to (excl.)
  bool not_for_medium_or_larger = false;  // speed code for other vehicles than 中型以上客货
  std::vector<NeededCheck> checks;        // in order; every one the violation needs, built or not
  Needs needs;
  bool operator==(const Violation&) const = default;
};

struct Catalogue {
  std::string version;
  std::vector<Violation> violations;
  std::string sha256;  // of the text it was read from
};

}  // namespace vioreview
