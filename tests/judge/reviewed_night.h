// SPDX-License-Identifier: Apache-2.0
// Reviewed cases for tests of calibration.
#pragma once
#include <string>

#include "core/calibration.h"

namespace vioreview {

// A case of its own device night, with the verdict's score and what a person says.
inline ReviewedCase reviewed(int number, Decision side, double score, bool right) {
  ReviewedCase c;
  c.id = "case-" + std::to_string(number);
  c.group = "speed";
  c.device = "device-" + std::to_string(number % 40);
  c.night = "night-" + std::to_string(number / 40);
  (side == Decision::accept ? c.accept_score : c.reject_score) = score;
  const Decision other = side == Decision::accept ? Decision::reject : Decision::accept;
  c.truth = right ? side : other;
  return c;
}

}  // namespace vioreview
