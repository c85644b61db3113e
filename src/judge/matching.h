// SPDX-License-Identifier: Apache-2.0
// Which vehicle of a panel is the target that other panels show.
#pragma once
#include <optional>
#include <vector>

#include "core/facts.h"
#include "judge/likeness.h"

namespace vioreview {

// The vehicle of a panel that is the target, and how surely: of all ways in which the vehicles of
// the known panels, neighbours of the target there, may be those of this panel or have left it, the
// share in which this one is the target, by `odds_of_one`. A neighbour whose own place is plain
// leaves the others to the target. Neighbours mostly follow their lanes; the target may have been
// recorded for its turn. `rivals`: two are too near to each other.
struct Likest {
  int object = -1;  // index into objects, -1: none
  float p = 0;
  bool rivals = false;
};
Likest likest(const PanelFacts& panel, std::optional<Time> time,
              const std::vector<Sighting>& known);

// The vehicle of a later panel that drives where the target would be and surely is another: no
// vehicle of the panel may be the target, no known panel shows this one, it shows the same end
// about where the target was or farther on its way, its colour or class is surely another, and
// nothing stands before where the target was. `p`: that it is another and the target is not there.
struct InItsPlace {
  int object = -1;  // index into objects, -1: none
  float p = 0;
};
InItsPlace in_its_place(const PanelFacts& panel, std::optional<Time> time,
                        const std::vector<Sighting>& known);

// How often a device photographs what it reports (a proposal).
inline constexpr double kShown = 0.95;

}  // namespace vioreview
