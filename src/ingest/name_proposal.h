// SPDX-License-Identifier: Apache-2.0
// A guess at a name template from many names, for a person to check.
#pragma once
#include <string>
#include <vector>

namespace vioreview {

struct NameProposal {
  std::string pattern;
  std::size_t fits = 0;  // of the names
  std::string example;   // a name that fits
};

// `names`: relative to the batch, UTF-8, with ending. Names of one build are taken together, those
// of the commonest first; each proposal is for names that no earlier one fits. What cannot be told
// is {ignored}. A build of fewer than three names gives none.
std::vector<NameProposal> propose_templates(const std::vector<std::string>& names);

}  // namespace vioreview
