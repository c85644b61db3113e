// SPDX-License-Identifier: Apache-2.0
// The divisions of a picture into tiles that its straight lines speak for, the best first.
#pragma once
#include <string>
#include <vector>

#include "decode/layout_plain.h"

namespace vioreview {

// Tiles in reading order, without borders and without the bands that lie between them.
struct Division {
  std::string name = "single";  // rows x columns: "1x1" is "single"; "1+3": one above three
  std::vector<Tile> tiles;
  float score = 0;     // the more, the longer and the clearer the lines that it explains
  float faintest = 1;  // strength of its weakest border, band or bare line
  float weakest = 1;   // strength of its weakest line, of those along borders and bands the weaker
  bool framed = true;  // a border or a band, and no bare line, parts all of its tiles
};

// Never empty: the undivided picture, without what was drawn around it, is one of them.
std::vector<Division> find_divisions(const Image& picture, const EdgeMap& edges);

}  // namespace vioreview
