// SPDX-License-Identifier: Apache-2.0
#include "judge/checks/checks.h"

#include <algorithm>

namespace vioreview {

std::span<const Check* const> all_checks() {
  static const Check* const table[] = {
      &kRecordComplete,
      &kPanelsDecodable,
      &kPanelsEnough,
      &kPanelsDistinct,
      &kPanelsLargeEnough,
      &kPanelsInColour,
      &kPictureFamiliar,
      &kClockSane,
      &kTimeOrder,
      &kInterval,
      &kTargetInPanels,
      &kSameTarget,
      &kNotCarried,
      &kPlateReadable,
      &kPlateCovered,
      &kPlateGrammar,
      &kPlateMatchesRecord,
      &kPlatesAgreeBetweenPanels,
      &kPlateColorFits,
      &kVehicleClassFits,
      &kBodyColorFits,
      &kNotExempt,
      &kSpeedOverLimit,
      &kNotDuplicate,
      &kOverlayAgrees,
      &kSignalRedInAllPanels,
      &kSignalsAgree,
      &kStopLineVisible,
      &kFirstPanelBeforeLine,
      &kLastPanelOverLine,
      &kMovedOnThrough,
      &kRightTurnNotAllowed,
      &kNotStoppedOverLine,
      &kArrowAllowsMovement,
      &kTargetNotHidden,
      &kSameScene,
      &kNoPoliceDirecting,
      &kNoObstacleAhead,
      &kLineVisible,
      &kLineIsSolid,
      &kWheelsOnLine,
      &kLaneArrowVisible,
      &kMovementAgainstArrow,
      &kChangesLane,
      &kCutsIn,
      &kMoved,
      &kNotMoved,
      &kDrivesOn,
      &kStandsPastLine,
      &kNoQueueAhead,
      &kQueueAhead,
      &kHeadsAgainstLane,
      &kInBusLane,
      &kIsNoBus,
      &kParkingBannedHere,
      &kWithinHours,
      &kClassBannedHere,
      &kInNonmotorLane,
      &kInWrongLane,
      &kInEmergencyLane,
      &kPedestrianOnCrosswalk,
      &kPedestrianInPath,
      &kStandsOnGridOrCrosswalk,
      &kTurnsRound,
      &kTurnBannedHere,
  };
  return table;
}

const Check* find_check(std::string_view id) {
  const auto checks = all_checks();
  const auto found =
      std::find_if(checks.begin(), checks.end(), [&](const Check* c) { return c->id == id; });
  return found == checks.end() ? nullptr : *found;
}

}  // namespace vioreview
