// SPDX-License-Identifier: Apache-2.0
// Ids of a batch's cases: made where missing, unique in the end.
#pragma once
#include <string>
#include <vector>

#include "core/case.h"

namespace vioreview {

// Fills Case::content and ids, and sorts by id. A missing id is made from device, time, code and
// sorted picture names (without device or time, from where the case lies too, since such cases are
// told apart by nothing else). In the order of sources, an id seen again with the same content is
// the same case and left out with a note; with other content it becomes id~2, id~3 ... with
// id_repeated.
std::vector<Case> with_ids(std::vector<Case> cases);

// The id of a case without one; `names` in any order. `source` counts only where device or time is
// unknown.
std::string made_id(const Record& record, std::vector<std::string> names,
                    const std::string& source);

}  // namespace vioreview
