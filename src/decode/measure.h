// SPDX-License-Identifier: Apache-2.0
// Coarse figures of a decoded picture.
#pragma once
#include "decode/decode.h"

namespace vioreview {

// Brightness, chroma, perceptual hash, print and whether there is colour, from decoded.image.
void measure(Decoded& decoded);

}  // namespace vioreview
