// SPDX-License-Identifier: Apache-2.0
// A plate as a small grey picture. Whether two panels show one plate can often be told from two of
// them where neither can be read.
#pragma once
#include <cstdint>
#include <vector>

namespace vioreview {

struct PlatePrint {
  static constexpr int kColumns = 64, kRows = 24, kLevels = 16;
  static constexpr float kMargin = 0.12F;  // share of the print on each side beyond the plate
  std::vector<std::uint8_t> cells;  // kColumns * kRows levels, row by row; empty: none was taken
  bool empty() const { return cells.empty(); }
  bool operator==(const PlatePrint&) const = default;
};

}  // namespace vioreview
