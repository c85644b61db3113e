// SPDX-License-Identifier: Apache-2.0
// Whether two views show one plate, where it is not surely read in both: told from the characters
// that are plain, and from the pixels.
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

// The same, of a plate that one view reads, by how many of its characters the other view surely
// shows to be others; empty when no view is likely read right or they read numbers of characters
// that differ.
std::optional<double> odds_by_characters(const PlateSeen& a, const PlateSeen& b);

}  // namespace vioreview
