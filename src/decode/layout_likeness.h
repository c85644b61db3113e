// SPDX-License-Identifier: Apache-2.0
// What tiles of one composite have to do with each other.
#pragma once
#include "core/image.h"
#include "decode/layout_plain.h"

namespace vioreview {

// 0 to 1: the share of the parts of one tile that the other shows at the same place. Whether two
// tiles show the same scene through the same camera, whatever moves in it.
float same_scene(const Image& picture, const Tile& a, const Tile& b);
inline constexpr float kOneScene = 0.4F;  // tiles more alike show one scene

// Whether parts of a tile, as they lie in one layout or another, show one scene.
bool has_parts(const Image& picture, const Tile& t);

// 0 to 1: whether `closeup` is a part of `panel`, enlarged.
float enlarged_from(const Image& picture, const Tile& closeup, const Tile& panel);

// How far the most different part of two tiles is from showing one thing: below kOnePicture they
// are one picture drawn twice, of whatever size, from kTwoPictures on they are not.
inline constexpr float kOnePicture = 0.4F, kTwoPictures = 1.2F;
struct Unlike {
  float most = 0;
  bool explained = true;  // what was left out of the comparison looks like text
};
Unlike most_different(const Image& picture, const Tile& a, const Tile& b);
// The same without their upper or their lower part, whichever makes them more alike: text may be
// drawn there, over the picture.
Unlike most_different_beside_text(const Image& picture, const Tile& a, const Tile& b);

}  // namespace vioreview
