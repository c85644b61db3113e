// SPDX-License-Identifier: Apache-2.0
// Pictures that come late: a case that is delivered again with what was missing, or with nothing
// but that, is judged with all that ever arrived for it.
#pragma once
#include <string>
#include <vector>

#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"
#include "run/memory.h"
#include "store/state.h"

namespace vioreview {

// A picture as the ledger remembers it.
struct ArrivedPicture {
  PictureRef picture;  // path: where it lay
  std::string sha256, perceptual_hash;
};

// What the ledger keeps of a case's pictures, as JSON: those that were read.
std::string arrived_json(const Case& c, const Facts& facts);
// Throws IoError when the state holds something else.
std::vector<ArrivedPicture> arrived_pictures(const LedgerEntry& entry);

// Gives each case the pictures that earlier runs have for the same id and the same first capture
// and that do not lie in this batch: those its record lists in their places, others as one delivery
// of all would order them. A file that is gone or changed is given when its facts are remembered.
void add_late_pictures(Batch& batch, const Catalogue& catalogue, State& state, FactsMemory& memory);

}  // namespace vioreview
