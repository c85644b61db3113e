// SPDX-License-Identifier: Apache-2.0
// The table of checks. A new check is NAME.cpp with its kNAME, a line here and one in checks.cpp,
// and examples in tests/judge/checks/NAME/.
#pragma once
#include <span>
#include <string_view>

#include "judge/evidence.h"

namespace vioreview {

// record and pictures
extern const Check kRecordComplete, kPanelsDecodable, kPanelsEnough, kPanelsDistinct,
    kPanelsLargeEnough, kPanelsInColour, kPictureFamiliar;
// time
extern const Check kTimeOrder, kInterval;
// target
extern const Check kTargetInPanels, kSameTarget;
// plate
extern const Check kPlateReadable, kPlateCovered, kPlateGrammar, kPlateMatchesRecord,
    kPlatesAgreeBetweenPanels, kPlateColorFits;
// vehicle
extern const Check kVehicleClassFits, kBodyColorFits, kNotExempt;
// the offence itself
extern const Check kSpeedOverLimit;
// other cases
extern const Check kNotDuplicate;

std::span<const Check* const> all_checks();

// The built check of this id, or nullptr.
const Check* find_check(std::string_view id);

}  // namespace vioreview
