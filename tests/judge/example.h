// SPDX-License-Identifier: Apache-2.0
// Examples: a base (a case in which everything fits) and what differs from it, as JSON.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"
#include "core/policy.h"
#include "core/verdict.h"
#include "format/value.h"
#include "judge/judge.h"

namespace vioreview {

// The shipped catalogue and policy.
const Catalogue& shipped_catalogue();
const Policy& shipped_policy();

Value read_json_file(const std::filesystem::path& file);

// The tree with the value at `path` replaced: keys and indices between '/', "+" appends, null
// removes. Throws std::runtime_error for a path that leads nowhere.
Value with(const Value& root, std::string_view path, const Value& value);

struct Example {
  Case c;
  Facts facts;
  Policy policy = shipped_policy();
  std::vector<Event> earlier;
  std::vector<Capture> captures;  // of the other cases of the batch
  std::vector<DeviceSpan> spans;  // of earlier nights
  std::optional<Time> received;
  std::optional<Site> site;  // whose view is taken to fit
  Value expect;
  Verdict judged() const;
};

// tests/judge/bases/NAME.json.
Example base(const std::string& name);
// The base with changes, as "path" -> value pairs in JSON: {"case/record/speed_kmh": 60}.
Example base(const std::string& name, const std::string& changes);

// A file {"about", "base", "set": {path: value}, "knobs"?, "policy"?, "earlier"?, "night"?,
// "site"?, "expect"}. A night: {"captures"?: [[device, time]], "spans"?: [[device, first, last]],
// "received"?: time}. A site: the lines of a profile below its size (1920 x 1080); it is confirmed
// unless the example says "confirmed": false.
Example read_example(const std::filesystem::path& file);

// tests/judge/checks/NAME.json, where a name is "check/example".
Example check_example(const std::string& name);

// Whether some check does not hold for this reason.
bool states(const Verdict& verdict, std::string_view reason);

// The first finding of a check; fails the test when there is none.
const Finding& finding_of(const Verdict& verdict, std::string_view check);

}  // namespace vioreview
