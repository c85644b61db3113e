// SPDX-License-Identifier: Apache-2.0
// A look at one picture: read, hash, decode, perceive. Joins the stages that do not know each
// other.
#pragma once
#include "core/case.h"
#include "core/facts.h"
#include "core/image.h"
#include "perceive/perceiver.h"

namespace vioreview {

struct Looked {
  PanelFacts facts;  // failure set when the picture could not be read, decoded or perceived
  Image image;       // empty after a failure to decode
};

Looked look_at(const PictureRef& picture, const Needs& needs, Perceiver& perceiver);

}  // namespace vioreview
