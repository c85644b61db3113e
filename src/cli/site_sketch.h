// SPDX-License-Identifier: Apache-2.0
// A site's geometry from the command line: coordinates as they are read off a picture.
#pragma once
#include <string>
#include <vector>

namespace vioreview {

// Each entry is "WHAT x,y x,y ..." with WHAT as the help of `sites draw` says.
struct SiteSketch {
  std::vector<std::string> stop_lines;         // points only
  std::vector<std::string> lines;              // KIND
  std::vector<std::string> lanes;              // NUMBER[:USE[:MOVES]]
  std::vector<std::string> crosswalks, grids;  // points only
  std::vector<std::string> heads;  // ID[:SHAPE[:MOVES]], two points: top left, bottom right
};

// The blocks of a profile that say the same. Throws UsageError naming the entry that is no list of
// points; what is wrong with words is found when the profile is read.
std::string blocks_of(const SiteSketch& sketch);

}  // namespace vioreview
