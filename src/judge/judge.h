// SPDX-License-Identifier: Apache-2.0
// From record and facts to a verdict: pure, quick, and the same whatever the order of the cases.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"
#include "core/policy.h"
#include "core/verdict.h"
#include "judge/clocks.h"
#include "judge/sites.h"

namespace vioreview {

// What makes two cases the same event: plate, canonical code and place. The time is the first
// capture.
struct Event {
  std::string case_id, plate, code, place;
  Time time;
  bool operator==(const Event&) const = default;
};

// The event of a case, or nothing when plate, code, place or time is not known (or the code has no
// duplicate window).
std::optional<Event> event_of(const Case& c, const Catalogue& catalogue);

// All events known: of this batch and of earlier nights.
class EventIndex {
 public:
  EventIndex() = default;
  explicit EventIndex(std::vector<Event> events);
  // The event that stands in place of `event`: the earliest other one (time, then case_id) of the
  // same plate, code and place that lies before it within the window. nullptr when `event` itself
  // stands.
  const Event* standing_before(const Event& event, double window_s) const;

 private:
  std::vector<Event> events_;  // by plate, code, place, time, case_id
};

// The entry for a recorded code: exact, by alias, or for classes 1 to 6 by the first four
// characters. nullptr when unknown.
const Violation* find_violation(const Catalogue& catalogue, std::string_view recorded_code);

// What perception has to see for this case.
Needs needs_of(const Case& c, const Catalogue& catalogue);

// `site`: what site_for gave for the case.
Verdict judge(const Case& c, const Facts& facts, const EventIndex& events,
              const Catalogue& catalogue, const Policy& policy, const Clocks& clocks = {},
              const SiteInUse& site = {});

// Texts compiled in: judge/catalogue.toml and judge/policy.toml.
std::string_view builtin_catalogue_text();
std::string_view builtin_policy_text();

// A number of a check that a policy may set, as "check.knob" = value.
struct Knob {
  std::string_view name;
  double fallback, low, high;
  std::string_view help;
};

// Every check that is built: id, one line of what it asks, its knobs. For `vioreview catalogue`.
struct CheckInfo {
  std::string_view id, summary;
  std::span<const Knob> knobs;
};
std::vector<CheckInfo> built_checks();

// What is wrong with a policy beside its form: a knob that no check has or that lies outside its
// bounds, a violation group that the catalogue does not have. Empty when nothing is.
std::string wrong_in(const Policy& policy, const Catalogue& catalogue);

}  // namespace vioreview
