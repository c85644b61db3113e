// SPDX-License-Identifier: Apache-2.0
// Profiles from what a device's cases agree on. Agreement of the same mistake is no evidence: a
// learned profile decides nothing before a person confirms it.
#pragma once
#include <string>
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/site.h"

namespace vioreview {

struct Learning {
  std::size_t least_cases = 8;  // of one view; fewer teach nothing
  double share = 0.6;           // of the view's cases in which a marking or head must be seen
  double kind_share = 0.8;      // of those that must agree on its kind
};

// What one case shows: its evidence panel with the most markings, and the markings of all together.
struct CaseView {
  PanelFacts panel;
};
// Empty when no panel has a print and markings that were looked for.
std::vector<CaseView> views_of_cases(const std::vector<std::pair<Case, Facts>>& cases);

// One profile for each view that enough cases show, the most frequent first, named learned-1,
// learned-2, ... Geometry only: rules of a place are in no picture.
std::vector<Site> learned_sites(const std::string& device_id, const std::vector<CaseView>& views,
                                const Learning& learning = {});

}  // namespace vioreview
