// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_lines.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace vioreview {
namespace {

constexpr int kEdge = 4;  // pixels of a panel beside its sides

// One line through a panel: before the row, or the column, of its number.
struct Line {
  bool rows;
  int at;
};

class PanelLines {
 public:
  PanelLines(const Image& picture, const EdgeMap& edges, const Tile& panel)
      : picture_(picture), edges_(edges), panel_(panel) {}

  Span side(bool rows) const { return rows ? panel_.y : panel_.x; }
  float strength(const Line& line) const {
    return line.rows ? edges_.row(line.at, panel_.x) : edges_.column(line.at, panel_.y);
  }
  std::vector<Line> through(float across, float down) const {
    std::vector<Line> lines;
    for (const bool rows : {true, false})
      for (int at = side(rows).from + kEdge; at <= side(rows).to - kEdge; ++at)
        if (strength({rows, at}) >= (rows ? across : down)) lines.push_back({rows, at});
    return lines;
  }

  // So near to an end of the panel a line ends a border, or nothing.
  bool near_end(const Line& line) const {
    constexpr int kMostBorder = 24;
    return nearest(line) <= kMostBorder;
  }
  // Whether what lies between the line and the nearer end was drawn. What was drawn differs from
  // what lies beside it, not by its tint alone: the blocks of JPEG part what is alike, and the
  // colour of a band runs into the blocks of the panel beside it.
  bool ends_drawn(const Line& line) const {
    constexpr float kLightStep = 2;  // levels
    return differ(line, 0, kEdge) &&
           light_step(picture_, part(line, {line.at - kEdge, line.at}),
                      part(line, {line.at, line.at + kEdge})) >= kLightStep &&
           (plainness(picture_, part(line, beyond(line))) != Plain::no || has_blank_line(line));
  }
  bool may_end_band(const Line& line) const {
    return line.rows && nearest(line) * 5 <= side(true).length() * 2 && has_blank_line(line);
  }
  bool may_part_evenly(const Line& line) const {
    constexpr int kEven = 3;
    const int length = side(line.rows).length();
    const auto ends = [&](int parts) { return std::abs(nearest(line) - length / parts) <= kEven; };
    return (ends(2) || ends(3) || ends(4)) && sides_differ(line);
  }

  // How much of it another panel shows, at the same place of its width, or height.
  float strength_in(const PanelLines& other, const Line& line) const {
    constexpr int kOff = 2;
    const Span mine = side(line.rows), its = other.side(line.rows);
    const auto scale = static_cast<float>(its.length()) / static_cast<float>(mine.length());
    const auto from =
        static_cast<int>(std::lround(static_cast<float>(line.at - mine.from) * scale));
    float most = 0;
    for (int off = -kOff; off <= kOff; ++off)
      most = std::max(most, other.strength({line.rows, its.from + from + off}));
    return most;
  }

 private:
  Tile part(const Line& line, Span across) const {
    return line.rows ? Tile{panel_.x, across} : Tile{across, panel_.y};
  }
  // Whether the strips so deep, so far from the line, differ.
  bool differ(const Line& line, int far, int deep) const {
    constexpr float kStep = 8;  // levels
    return colour_step(picture_, part(line, {line.at - far - deep, line.at - far}),
                       part(line, {line.at + far, line.at + far + deep})) >= kStep;
  }
  // Beside what is painted on a road lies the same road.
  bool sides_differ(const Line& line) const {
    constexpr int kLeast = 12, kShare = 32, kDeep = 8;  // pixels, 1 / part of the panel, pixels
    return differ(line, std::max(kLeast, side(line.rows).length() / kShare), kDeep);
  }
  int nearest(const Line& line) const {
    return std::min(line.at - side(line.rows).from, side(line.rows).to - line.at);
  }
  // From the line to the nearer end.
  Span beyond(const Line& line) const {
    const Span whole = side(line.rows);
    return line.at - whole.from == nearest(line) ? Span{whole.from, line.at}
                                                 : Span{line.at, whole.to};
  }
  // What is drawn leaves blank lines, a camera hardly any.
  bool has_blank_line(const Line& line) const {
    constexpr float kBlankSpread = 3;
    const Span strip = beyond(line);
    for (int at = strip.from; at < strip.to; ++at) {
      const float spread = line.rows ? row_spread(picture_, at, without_ends(panel_.x))
                                     : column_spread(picture_, at, without_ends(panel_.y));
      if (spread <= kBlankSpread) return true;
    }
    return false;
  }

  const Image& picture_;
  const EdgeMap& edges_;
  const Tile& panel_;
};

}  // namespace

bool has_parting_line(const Image& picture, const EdgeMap& edges, const std::vector<Tile>& panels,
                      std::size_t which,
                      const std::function<bool(std::size_t, std::size_t)>& one_scene) {
  const bool single = panels.size() == 1;
  const float across = single ? 0.75F : 0.85F, down = single ? 0.6F : 0.85F;
  const PanelLines panel(picture, edges, panels[which]);
  const std::vector<Line> lines = panel.through(across, down);
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    if (panel.near_end(line)) return panel.ends_drawn(line);
    if (panel.may_end_band(line)) return true;
    constexpr float kShown = 0.5F;
    bool shown = false, in_all = true;  // of those that show one scene
    for (std::size_t k = 0; k < panels.size(); ++k) {
      if (k == which || !one_scene(which, k)) continue;
      const float there = panel.strength_in(PanelLines(picture, edges, panels[k]), line);
      shown = shown || there >= kShown;
      in_all = in_all && there >= (line.rows ? across : down);
    }
    // Tiles are divided alike: a line that parts one of them runs through all.
    return !shown || (in_all && panel.may_part_evenly(line));
  });
}

}  // namespace vioreview
