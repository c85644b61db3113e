// SPDX-License-Identifier: Apache-2.0
// Rules of a place that no picture shows: whom they are for, and when.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "judge/evidence.h"

namespace vioreview {

// The rule that the violation is about: the ban for prohibition signs (1344), else that of the bus
// lane. nullptr when nobody says that there is one.
const Restriction* rule_of(const Evidence& e);

// How surely the target is of one of these classes, and how surely of none: the record's class has
// to be listed (or a class that a listed one covers: heavy_truck covers H11), and the looks have to
// fit. A class that is not listed counts only where the target does not look like those listed:
// light and heavy trucks are not told apart in pictures.
struct OfClasses {
  double in = 0, not_in = 0;
};
OfClasses of_classes(const Evidence& e, const std::vector<std::string>& classes);

// Whether a listed class (as a person writes it) covers a recorded one.
bool covers_class(const std::string& listed, const RecordedClass& recorded);

// Whether the rule is in force at all of the case's times, `border_s` seconds earlier and later
// too; false when at none of them. Empty: at some, or no time is known.
std::optional<bool> in_force_throughout(const Evidence& e, const Restriction& rule,
                                        double border_s);

}  // namespace vioreview
