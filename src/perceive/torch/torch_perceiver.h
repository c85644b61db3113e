// SPDX-License-Identifier: Apache-2.0
// The perceiver that runs the project's CNNs through LibTorch. No torch type shows.
#pragma once
#include <memory>
#include <vector>

#include "perceive/perceiver.h"

namespace vioreview {

// Loads every card's file: checks SHA-256, then inputs and outputs by a run on a blank picture,
// then optimises for inference and warms up, with one intra-op thread. Throws SetupError naming the
// model, what is wrong and what to do.
std::unique_ptr<Perceiver> make_torch_perceiver(const std::vector<ModelCard>& cards);

// Checks one model as above and returns an empty string, or what is wrong with it.
std::string verify_model(const ModelCard& card);

// False in a build without LibTorch: then make_torch_perceiver throws SetupError.
bool have_torch();
std::string torch_version();

}  // namespace vioreview
