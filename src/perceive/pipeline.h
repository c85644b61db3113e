// SPDX-License-Identifier: Apache-2.0
// The perceiver over any nets: objects, their plates, what the plates say, what the vehicles are.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "perceive/net.h"
#include "perceive/overlay.h"
#include "perceive/perceiver.h"

namespace vioreview {

// Nets by task: detector, plate, reader, vehicle, signal, arrow, word. One that is missing leaves
// its facts unobserved. Burned-in text stays unobserved without an overlay reader.
std::unique_ptr<Perceiver> make_pipeline(std::map<std::string, std::unique_ptr<Net>> nets,
                                         std::unique_ptr<OverlayReader> overlay = nullptr);

}  // namespace vioreview
