// SPDX-License-Identifier: Apache-2.0
// A look at the pictures of a case: read, hash, decode, divide, perceive, and find where close-ups
// come from. Joins the stages that do not know each other.
#pragma once
#include <vector>

#include "core/case.h"
#include "core/facts.h"
#include "core/image.h"
#include "decode/closeup.h"
#include "perceive/perceiver.h"

namespace vioreview {

struct Looked {
  PanelFacts facts;  // failure set when the picture could not be read, decoded or perceived
  Image image;       // empty after a failure to decode
  std::vector<Sketch> sketches;  // of its parts, or of itself, after sketch()
};

// A picture of role composite, or one that may hold several panels by `needs`, is divided: when
// that is sure, each panel is looked at by itself (facts.parts); else the picture as a whole is,
// and has the failure layout_unsure.
Looked look_at(const PictureRef& picture, const Needs& needs, Perceiver& perceiver);

// Small copies of a picture's panels, in which close-ups are looked for; they outlast its pixels.
void sketch(Looked& looked);

// Fills in, for each close-up among the sketched pictures of one case, the part of a panel that it
// enlarges.
void trace_closeups(std::vector<Looked>& pictures);

// All pictures of a case.
Facts look_at_case(const std::vector<PictureRef>& pictures, const Needs& needs,
                   Perceiver& perceiver);

// The panels of a picture that was divided, each with its own pixels; else the picture.
std::vector<Looked> panels_of(Looked looked);

}  // namespace vioreview
