// SPDX-License-Identifier: Apache-2.0
// What a check looks at, and how it answers. Checks are pure functions from Evidence to a Finding.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"
#include "core/policy.h"
#include "core/road.h"
#include "core/site.h"
#include "core/verdict.h"
#include "judge/clocks.h"
#include "judge/judge.h"
#include "judge/target.h"

namespace vioreview {

struct Evidence {
  const Case& c;
  const Facts& facts;
  const Violation& violation;
  const Target& target;
  const EventIndex& events;
  const Catalogue& catalogue;
  const Policy& policy;
  const Clocks& clocks;
  const Road* site_road = nullptr;  // the site's geometry, where its view still fits the panels
  bool site_confirmed = false;      // only a confirmed site decides
  SiteFacts site_facts{};           // of the confirmed site, else of the record
};

struct Check {
  std::string_view id;       // file, catalogue entry, test folder: the same word
  std::string_view summary;  // what it asks, one line
  std::span<const Knob> knobs;
  Finding (*judge)(const Evidence&);
  bool needs_clock =
      false;  // rests on hours, intervals or times: unknown while the clock is suspect
};

// The policy's value of a check's knob, else its fallback.
double knob(const Policy& policy, const Check& check, std::string_view name);
double knob(const Evidence& e, const Check& check, std::string_view name);

// The three answers. `p` is clamped to 0..1; a NaN becomes 0, so that it never decides.
Finding holds(const Check& check, double p, std::string en, std::string zh);
Finding fails(const Check& check, std::string_view reason, double p, std::string en,
              std::string zh);
Finding unknown(const Check& check, std::string_view reason, std::string en, std::string zh);

// Probability of a thing that a model saw with probability `p` and that is known to hold in the
// share `before` of all cases (Bayes, the model taken as trained on even classes). The shares are
// proposals until reviewed cases calibrate them.
double agreed(double p, double before);

// At most two decimals, without trailing zeros: for sentences.
std::string shown(double number);

// The finding, shown in a panel at a box.
Finding at(Finding finding, int panel, const Box& box);
// The finding with what was measured and against what.
Finding measured(Finding finding, double value, double limit);

// The panels that count as evidence: indices into facts.panels of roles panel and composite, in
// order of time when all their times are known, else as listed.
std::vector<int> evidence_panels(const Case& c, const Facts& facts);

// The time of a panel: its own, else the record's time at the same place when the counts agree,
// else the one that is surely read in it.
std::optional<Time> time_of_panel(const Case& c, const Facts& facts, int panel);

// Why the times of this case are not to be trusted: by its capture among the others, or by the time
// burned into its pictures. Nothing when they can be.
std::optional<ClockDoubt> clock_doubt(const Case& c, const Facts& facts, const Clocks& clocks,
                                      const Policy& policy);

// Whether the violation rests on what changes, or does not change, between its panels.
bool time_matters(const Violation& violation);

}  // namespace vioreview
