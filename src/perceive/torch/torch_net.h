// SPDX-License-Identifier: Apache-2.0
// A net that LibTorch runs. No torch type shows.
#pragma once
#include <memory>
#include <string>

#include "perceive/net.h"

namespace vioreview {

// Checks the file's SHA-256, loads it, runs a blank picture and compares outputs with the card,
// optimises for inference and warms up. Throws SetupError naming the model, what is wrong and what
// to do.
std::unique_ptr<Net> make_torch_net(const ModelCard& card);

}  // namespace vioreview
