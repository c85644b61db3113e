// SPDX-License-Identifier: Apache-2.0
// What is judged of a case whose pictures hold several panels: each panel by itself.
#pragma once
#include <map>
#include <string>

#include "core/case.h"
#include "core/facts.h"

namespace vioreview {

struct Divided {
  Case c;  // a picture for each panel, in the panels' order
  Facts facts;
};

// A picture that is surely divided is replaced by its panels. Nothing is judged by what was seen
// in a picture as a whole while it is not sure how it is divided.
Divided divided(const Case& c, const Facts& facts);

// A hint for cases whose division is unsure: how the device's other composites of the batch are
// divided that surely are. "" when there are fewer than three, or they differ. Never decides.
class DeviceLayouts {
 public:
  // Whether how the case's pictures are divided is unsure.
  bool add(const Case& c, const Facts& facts);
  std::string hint(const std::string& device) const;

 private:
  std::map<std::string, std::map<std::string, int>> counts_;  // device -> layout -> composites
};

}  // namespace vioreview
