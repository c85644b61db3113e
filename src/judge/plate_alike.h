// SPDX-License-Identifier: Apache-2.0
// Whether two views show one plate, told from their pixels: for plates too small to be read.
#pragma once
#include <optional>

#include "core/facts.h"

namespace vioreview {

// Correlation of two prints, the sharper one blurred to the other's resolution, at the shift and
// scale where they agree best; -1 to 1. Widths: pixels of the panels. Both prints must be there.
double prints_correlate(const PlatePrint& a, double width_a, const PlatePrint& b, double width_b);

// How much likelier the two are views of one plate than of two of one colour; empty when one has no
// print or is a new-energy plate, or they differ in rows.
std::optional<double> odds_of_one_plate(const PlateSeen& a, const PlateSeen& b);

}  // namespace vioreview
