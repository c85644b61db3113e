// SPDX-License-Identifier: Apache-2.0
// What convolutions cost, for the benchmark: the yardstick is what this machine reaches at best.
#pragma once
#include "core/model_card.h"

namespace vioreview {

// Floating point operations of a model's convolutions for one picture (a multiplication and an
// addition are two), counted in a run.
double convolution_flops(const ModelCard& card);

// Operations per second of the fastest of a few large 3x3 convolutions, one thread, fp32: the
// median of `rounds` rounds.
double convolution_peak(int rounds);

}  // namespace vioreview
