// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_plain.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>

namespace vioreview {
namespace {

using Colour = std::array<float, 3>;

constexpr int kThin = 8;  // pixels: JPEG spreads what lies beside so narrow a strip into it
// Levels that a plain colour may be off: beside a picture or letters, and elsewhere.
constexpr float kThinLevels = 36, kLevels = 14;
constexpr float kFillShare = 0.96F, kThinShare = 0.85F, kTextShare = 0.42F;
constexpr float kFillDrift = 4, kTextDrift = 9;  // levels that the colour may differ between places
constexpr float kInkLevels = 70;                 // levels by which ink differs from its paper
constexpr float kMostBetween = 0.25F;            // share of pixels that are neither paper nor ink
constexpr int kLowestText = 10;                  // pixels: no letters are smaller

bool near(const std::uint8_t* p, const Colour& colour, float levels) {
  for (std::size_t c = 0; c < 3; ++c)
    if (std::abs(static_cast<float>(p[c]) - colour[c]) > levels) return false;
  return true;
}

// Walks over at most some 100 x 200 pixels of a part.
template <class Visit>
void walk(const Image& picture, const Tile& part, Visit visit) {
  const int dx = std::max(1, part.x.length() / 200), dy = std::max(1, part.y.length() / 100);
  for (int y = part.y.from; y < part.y.to; y += dy)
    for (int x = part.x.from; x < part.x.to; x += dx)
      visit(picture.row(y) + static_cast<std::ptrdiff_t>(x) * 3);
}

// The colour that most pixels are near to, and how many are.
struct Paper {
  Colour colour{};
  float share = 0, ink = 0;  // of the pixels: near to it, far from it
};

Colour most_frequent(const Image& picture, const Tile& part) {
  std::array<int, 4096> counts{};
  const auto bin = [](const std::uint8_t* p) {
    return static_cast<std::size_t>((p[0] >> 4) << 8 | (p[1] >> 4) << 4 | p[2] >> 4);
  };
  walk(picture, part, [&](const std::uint8_t* p) { ++counts[bin(p)]; });
  const auto most =
      static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  return {static_cast<float>(most >> 8) * 16 + 8, static_cast<float>(most >> 4 & 15) * 16 + 8,
          static_cast<float>(most & 15) * 16 + 8};
}

Paper paper_of(const Image& picture, const Tile& part, Colour start, float levels) {
  Paper paper{start, 0, 0};
  for (int round = 0; round < 3; ++round) {
    std::array<double, 3> sum{};
    int in = 0, ink = 0, all = 0;
    walk(picture, part, [&](const std::uint8_t* p) {
      ++all;
      if (!near(p, paper.colour, kInkLevels)) ++ink;
      if (!near(p, paper.colour, levels)) return;
      ++in;
      for (std::size_t c = 0; c < 3; ++c) sum[c] += p[c];
    });
    paper.share = static_cast<float>(in) / static_cast<float>(std::max(1, all));
    paper.ink = static_cast<float>(ink) / static_cast<float>(std::max(1, all));
    if (in == 0) break;
    for (std::size_t c = 0; c < 3; ++c) paper.colour[c] = static_cast<float>(sum[c] / in);
  }
  return paper;
}

// The paper has one colour wherever one looks: light falls off over a road or a sky.
bool steady(const Image& picture, const Tile& part, const Paper& paper, float drift) {
  constexpr int kParts = 4;
  for (int i = 0; i < kParts; ++i) {
    const Span x{part.x.from + part.x.length() * i / kParts,
                 part.x.from + part.x.length() * (i + 1) / kParts};
    if (x.length() < 8) continue;
    const Paper here = paper_of(picture, {x, part.y}, paper.colour, kLevels);
    if (here.share < kTextShare / 2) return false;
    for (std::size_t c = 0; c < 3; ++c)
      if (std::abs(here.colour[c] - paper.colour[c]) > drift) return false;
  }
  return true;
}

// Text keeps off the edges of its band; the last row may be blurred by what follows.
bool rimmed(const Image& picture, const Tile& part, const Paper& paper) {
  const auto clear = [&](int y) {
    return paper_of(picture, {part.x, {y, y + 1}}, paper.colour, kThinLevels).share > 0.9F;
  };
  return clear(part.y.from + 1) && clear(part.y.to - 2);
}

// Letters are of one colour on paper of another: little lies between.
bool bimodal(const Image& picture, const Tile& part, const Paper& paper) {
  int all = 0, between = 0;
  walk(picture, part, [&](const std::uint8_t* p) {
    ++all;
    between += !near(p, paper.colour, kThinLevels) && near(p, paper.colour, kInkLevels) ? 1 : 0;
  });
  return static_cast<float>(between) <= kMostBetween * static_cast<float>(all);
}

}  // namespace

Plain plainness(const Image& picture, const Tile& part) {
  if (part.empty()) return Plain::no;
  const bool thin = std::min(part.x.length(), part.y.length()) <= kThin;
  const Paper paper =
      paper_of(picture, part, most_frequent(picture, part), thin ? kThinLevels : kLevels);
  if (paper.share >= (thin ? kThinShare : kFillShare) &&
      (thin || steady(picture, part, paper, kFillDrift)))
    return Plain::fill;
  if (part.y.length() < kLowestText || paper.share < kTextShare || paper.ink < 0.01F)
    return Plain::no;
  const bool text = rimmed(picture, part, paper) && bimodal(picture, part, paper) &&
                    steady(picture, part, paper, kTextDrift);
  return text ? Plain::text : Plain::no;
}

Pile plain_pile(const Image& picture, const EdgeMap& edges, const Tile& part) {
  constexpr float kEdge = 0.8F;
  if (part.empty()) return {};
  // The strips end where a line runs through; neighbouring rows may both show it.
  std::vector<int> ends{part.y.from};
  for (int y = part.y.from + 1; y < part.y.to; ++y)
    if (edges.row(y, part.x) >= kEdge) ends.push_back(y);
  ends.push_back(part.y.to);
  // Few strips, each as tall as it can be.
  Pile pile;
  std::size_t at = 0;
  for (int strips = 0; at + 1 < ends.size() && strips < 6; ++strips) {
    std::size_t next = ends.size() - 1;
    Plain plain = Plain::no;
    for (; next > at; --next) {
      plain = plainness(picture, {part.x, {ends[at], ends[next]}});
      if (plain != Plain::no) break;
    }
    if (plain == Plain::no) return {};
    pile.text = pile.text || plain == Plain::text;
    at = next;
  }
  pile.plain = at + 1 == ends.size();
  return pile;
}

int longest_blank(const Image& picture, const Tile& band) {
  constexpr float kInk = 0.005F;  // share of a row
  const Colour paper = paper_of(picture, band, most_frequent(picture, band), kLevels).colour;
  int blank = 0, longest = 0;
  for (int y = band.y.from; y < band.y.to; ++y) {
    int ink = 0, all = 0;
    walk(picture, {band.x, {y, y + 1}}, [&](const std::uint8_t* p) {
      ++all;
      ink += near(p, paper, kInkLevels) ? 0 : 1;
    });
    blank = static_cast<float>(ink) >= kInk * static_cast<float>(all) ? 0 : blank + 1;
    longest = std::max(longest, blank);
  }
  return longest;
}

}  // namespace vioreview
