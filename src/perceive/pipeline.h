// SPDX-License-Identifier: Apache-2.0
// The perceiver over any nets: objects, their plates, what the plates say, what the vehicles are.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "perceive/net.h"
#include "perceive/perceiver.h"

namespace vioreview {

// Nets by task: detector, plate, reader, vehicle. One that is missing leaves its facts unobserved.
std::unique_ptr<Perceiver> make_pipeline(std::map<std::string, std::unique_ptr<Net>> nets);

}  // namespace vioreview
