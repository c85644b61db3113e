// SPDX-License-Identifier: Apache-2.0
// Burned-in text against the record, a field at a time.
#pragma once
#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"

namespace vioreview {

enum class Agreement {
  nothing,     // the record says nothing of it, or the field is none of the record's
  unreadable,  // no text, or one that misreading or another spelling may explain
  equal,
  different,
};

// `panel` is the index of the panel that shows the field. Times agree within a second (GA/T
// 832-2014 3.2), measured speeds within one km/h, a device by the end of its number, codes when
// they name the same violation. Places are written in many ways: only one that shares less than
// half of its characters is different; a plate has to differ by more than one character.
Agreement agreement(const OverlaySeen& seen, const Case& c, int panel, const Catalogue& catalogue);

}  // namespace vioreview
