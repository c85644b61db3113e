// SPDX-License-Identifier: Apache-2.0
// What each task's card must say, so that an adapter never reads beyond a tensor.
#pragma once
#include "core/model_card.h"

namespace vioreview {

// Throws SetupError when labels, charset or output shapes do not keep the task's contract
// (models/README.md).
void check_contract(const ModelCard& card);

}  // namespace vioreview
