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
extern const Check kClockSane, kTimeOrder, kInterval;
// target
extern const Check kTargetInPanels, kSameTarget, kNotCarried;
// plate
extern const Check kPlateReadable, kPlateCovered, kPlateGrammar, kPlateMatchesRecord,
    kPlatesAgreeBetweenPanels, kPlateColorFits;
// vehicle
extern const Check kVehicleClassFits, kBodyColorFits, kNotExempt;
// burned-in text
extern const Check kOverlayAgrees;
// the offence itself
extern const Check kSpeedOverLimit;
// signals, lines and lanes
extern const Check kSignalRedInAllPanels, kSignalsAgree, kStopLineVisible, kFirstPanelBeforeLine,
    kLastPanelOverLine, kMovedOnThrough, kRightTurnNotAllowed, kNotStoppedOverLine,
    kArrowAllowsMovement;
// the scene
extern const Check kTargetNotHidden, kSameScene, kNoPoliceDirecting, kNoObstacleAhead;
// lines and arrows
extern const Check kLineVisible, kLineIsSolid, kWheelsOnLine, kLaneArrowVisible,
    kMovementAgainstArrow, kChangesLane, kCutsIn;
// standing and lane use
extern const Check kMoved, kNotMoved, kDrivesOn, kStandsPastLine, kNoQueueAhead, kQueueAhead,
    kHeadsAgainstLane, kInBusLane, kIsNoBus, kParkingBannedHere;
// what a site profile or the record says of the place
extern const Check kWithinHours, kClassBannedHere, kInNonmotorLane, kInWrongLane, kInEmergencyLane;
// crosswalks, grids and turning round
extern const Check kPedestrianOnCrosswalk, kPedestrianInPath, kStandsOnGridOrCrosswalk, kTurnsRound,
    kTurnBannedHere;
// other cases
extern const Check kNotDuplicate;

std::span<const Check* const> all_checks();

// The built check of this id, or nullptr.
const Check* find_check(std::string_view id);

}  // namespace vioreview
