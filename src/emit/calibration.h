// SPDX-License-Identifier: Apache-2.0
// What calibration found, in words and as a table.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/calibration.h"

namespace vioreview {

// What was asked for.
struct Promises {
  Promise accept, reject;
};

// "0.48 %"
std::string percentage(double share);

// A line for each limit: what it is and what it rests on, or how many draws it lacks.
std::vector<std::string> limit_lines(const GroupFit& fit, const Promises& promises);

// For people: a paragraph a group, with the rates at the site's own share of good cases.
std::string calibration_text(std::span<const GroupFit> fits, const Promises& promises);

// The risk-coverage curves as CSV: a row for each group, side and limit.
std::string curve_table(std::span<const GroupFit> fits);

}  // namespace vioreview
