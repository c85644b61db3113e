// SPDX-License-Identifier: Apache-2.0
// Which tile of a composite shows another one a second time.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "decode/layout_trim.h"

namespace vioreview {

struct Repeat {
  std::optional<std::size_t> tile;  // the one that is most likely a repeat
  bool sure = true;                 // that it is one, or that there is none
};

// `small`: the tiles that may show the tile `large` again, at most one of them does.
Repeat find_repeat(const Image& picture, const std::vector<Trimmed>& tiles, std::size_t large,
                   const std::vector<std::size_t>& small);

}  // namespace vioreview
