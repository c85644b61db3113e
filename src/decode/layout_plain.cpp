// SPDX-License-Identifier: Apache-2.0
#include "decode/layout_plain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace vioreview {
namespace {

using Colour = std::array<float, 3>;

// Pixels: JPEG spreads what lies beside so narrow a strip into all of it, or its colour (whose
// blocks may be twice as large) and much of its light.
constexpr int kThin = 8, kNarrow = 16;
// Levels that a plain colour may be off: beside a picture or letters, and elsewhere.
constexpr float kThinLevels = 36, kLevels = 14;
constexpr float kFillShare = 0.96F, kThinShare = 0.85F, kTextShare = 0.42F;
// Levels that the colour may differ between places.
constexpr float kFillDrift = 4, kNarrowDrift = 6, kTextDrift = 9;
constexpr float kInkLevels = 70;       // levels by which ink differs from its paper
constexpr float kMostBetween = 0.25F;  // share of pixels that are neither paper nor ink
constexpr int kLowestText = 10;        // pixels: no letters are smaller

// Of a pixel that is `red`, `green` and `blue` more than another.
float luma(float red, float green, float blue) {
  return 0.299F * red + 0.587F * green + 0.114F * blue;
}

// JPEG keeps colour in coarser pixels than light: by so much a strong colour pales, or runs, beside
// another.
float smear_of(const Colour& colour) {
  constexpr float kMost = 45;
  const float light = luma(colour[0], colour[1], colour[2]);
  const float red = 0.713F * std::abs(colour[0] - light);
  return std::min(kMost, std::max(red, 0.564F * std::abs(colour[2] - light)));
}

// Pixels of a part, channel by channel, so that many are weighed at once.
struct Samples {
  std::vector<float> red, green, blue;
  std::size_t size() const { return red.size(); }
};

// Tells which samples are within so many levels of a colour in every channel, or as light and about
// the same colour: 1 or 0 each.
void tell_near(const Samples& samples, const Colour& colour, float levels, std::vector<int>& near) {
  constexpr float kLightShare = 0.6F;
  const float smear = smear_of(colour), most_light = kLightShare * levels;
  near.resize(samples.size());
  const float *r = samples.red.data(), *g = samples.green.data(), *b = samples.blue.data();
  int* told = near.data();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float red = r[i] - colour[0], green = g[i] - colour[1], blue = b[i] - colour[2];
    const float light = luma(red, green, blue);
    const int alike =
        (std::abs(red) <= levels) & (std::abs(green) <= levels) & (std::abs(blue) <= levels);
    const int as_light = (std::abs(light) <= most_light) &
                         (0.713F * std::abs(red - light) <= smear) &
                         (0.564F * std::abs(blue - light) <= smear);
    told[i] = alike | as_light;
  }
}

// The standard deviation of the luma of `count` pixels, `step` bytes apart. JPEG spreads colour
// over 16 pixels: in light alone the rows between letters stay even.
float spread_of(const std::uint8_t* first, int count, std::ptrdiff_t step) {
  constexpr int kRed = 77, kGreen = 150, kBlue = 29, kScale = 256;  // BT.601
  std::int64_t sum = 0, squares = 0;
  for (int i = 0; i < count; ++i, first += step) {
    const int level = kRed * first[0] + kGreen * first[1] + kBlue * first[2];
    sum += level;
    squares += static_cast<std::int64_t>(level) * level;
  }
  const double n = std::max(1, count), mean = static_cast<double>(sum) / n;
  return static_cast<float>(
      std::sqrt(std::max(0.0, static_cast<double>(squares) / n - mean * mean)) / kScale);
}

// Walks over at most some 100 x 200 pixels of a part.
template <class Visit>
void walk(const Image& picture, const Tile& part, Visit visit) {
  const int dx = std::max(1, part.x.length() / 200), dy = std::max(1, part.y.length() / 100);
  for (int y = part.y.from; y < part.y.to; y += dy)
    for (int x = part.x.from; x < part.x.to; x += dx)
      visit(picture.row(y) + static_cast<std::ptrdiff_t>(x) * 3);
}

Samples samples_of(const Image& picture, const Tile& part) {
  constexpr std::size_t kUsual = 256;
  Samples samples;
  for (std::vector<float>* channel : {&samples.red, &samples.green, &samples.blue})
    channel->reserve(kUsual);
  walk(picture, part, [&](const std::uint8_t* p) {
    samples.red.push_back(p[0]);
    samples.green.push_back(p[1]);
    samples.blue.push_back(p[2]);
  });
  return samples;
}

// The colour that most pixels are near to, and how many are.
struct Paper {
  Colour colour{};
  float share = 0, ink = 0;  // of the pixels: near to it, far from it
};

Colour most_frequent(const Samples& samples) {
  std::array<int, 4096> counts{};
  const auto level = [](float v) { return static_cast<std::size_t>(v) >> 4; };
  for (std::size_t i = 0; i < samples.size(); ++i)
    ++counts[level(samples.red[i]) << 8 | level(samples.green[i]) << 4 | level(samples.blue[i])];
  const auto most =
      static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  return {static_cast<float>(most >> 8) * 16 + 8, static_cast<float>(most >> 4 & 15) * 16 + 8,
          static_cast<float>(most & 15) * 16 + 8};
}

Paper paper_of(const Samples& samples, Colour start, float levels) {
  Paper paper{start, 0, 0};
  std::vector<int> near;
  const auto all = static_cast<float>(std::max<std::size_t>(1, samples.size()));
  constexpr int kRounds = 3;
  for (int round = 0; round < kRounds; ++round) {
    const Colour before = paper.colour;
    tell_near(samples, before, levels, near);
    int in = 0;
    for (const int one : near) in += one;
    const auto channel = [&](const std::vector<float>& of) {
      int total = 0;
      for (std::size_t i = 0; i < near.size(); ++i) total += near[i] * static_cast<int>(of[i]);
      return static_cast<float>(static_cast<double>(total) / in);
    };
    paper.share = static_cast<float>(in) / all;
    if (in > 0)
      paper.colour = {channel(samples.red), channel(samples.green), channel(samples.blue)};
    if (in > 0 && round + 1 < kRounds) continue;
    tell_near(samples, before, kInkLevels, near);
    int inkless = 0;
    for (const int one : near) inkless += one;
    paper.ink = (all - static_cast<float>(inkless)) / all;
    break;
  }
  return paper;
}
Paper paper_of(const Image& picture, const Tile& part, Colour start, float levels) {
  return paper_of(samples_of(picture, part), start, levels);
}

// The paper has one colour wherever one looks: light falls off over a road or a sky.
bool steady(const Image& picture, const Tile& part, const Paper& paper, float drift,
            bool down = false) {
  constexpr int kParts = 4;
  const Span along = down ? part.y : part.x;
  for (int i = 0; i < kParts; ++i) {
    const Span piece{along.from + along.length() * i / kParts,
                     along.from + along.length() * (i + 1) / kParts};
    if (piece.length() < 8) continue;
    const Tile there = down ? Tile{part.x, piece} : Tile{piece, part.y};
    const Paper here = paper_of(picture, there, paper.colour, kLevels);
    if (here.share < kTextShare / 2) return false;
    Colour off{};
    for (std::size_t c = 0; c < 3; ++c) off[c] = here.colour[c] - paper.colour[c];
    const float colour_drift = drift + smear_of(paper.colour) / 3;
    if (std::abs(luma(off[0], off[1], off[2])) > drift) return false;
    for (const float level : off)
      if (std::abs(level) > colour_drift) return false;
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

}  // namespace

Span without_ends(Span side) {
  constexpr int kEnd = 16;  // pixels: what JPEG mixes with the colour beside it
  return side.length() > 4 * kEnd ? Span{side.from + kEnd, side.to - kEnd} : side;
}

namespace {

// Between the lines of a text, or above them, a row shows nothing of it but what JPEG spreads; of
// the many rows of a tall band one shows hardly that, and of a smooth road's none. At its ends a
// row may show the border beside it.
bool has_blank_row(const Image& picture, const Tile& part) {
  constexpr int kTall = 100;
  constexpr float kBlankSpread = 3, kTallSpread = 2.2F;
  const float most = part.y.length() < kTall ? kBlankSpread : kTallSpread;
  const Span x = without_ends(part.x);
  for (int y = part.y.from; y < part.y.to; ++y)
    if (row_spread(picture, y, x) <= most) return true;
  return false;
}

// Letters are of one colour on paper of another: little lies between.
bool bimodal(const Samples& samples, const Paper& paper) {
  std::vector<int> on_paper, no_ink;
  tell_near(samples, paper.colour, kThinLevels, on_paper);
  tell_near(samples, paper.colour, kInkLevels, no_ink);
  int between = 0;
  for (std::size_t i = 0; i < on_paper.size(); ++i) between += no_ink[i] & ~on_paper[i];
  return static_cast<float>(between) <= kMostBetween * static_cast<float>(samples.size());
}

// Away from what JPEG spreads into it.
Tile within(const Tile& part) {
  const auto inner = [](Span side) {
    const int end = std::min(kThin, side.length() / 3);
    return Span{side.from + end, side.to - end};
  };
  return {inner(part.x), inner(part.y)};
}

}  // namespace

Plain plainness(const Image& picture, const Tile& part) {
  if (part.empty()) return Plain::no;
  const int narrower = std::min(part.x.length(), part.y.length());
  const Samples samples = samples_of(picture, part);
  const Colour start = most_frequent(samples);
  const auto fills = [&](float levels, float share) {
    return paper_of(samples, start, levels).share >= share;
  };
  if (narrower <= kThin && fills(kThinLevels, kThinShare)) return Plain::fill;
  const Paper paper = paper_of(samples, start, kLevels);
  if (paper.share >= kFillShare && steady(picture, part, paper, kFillDrift) &&
      (narrower <= kNarrow || is_one_colour(picture, within(part))))
    return Plain::fill;
  if (part.y.length() >= kLowestText && paper.share >= kTextShare && paper.ink >= 0.01F &&
      rimmed(picture, part, paper) && bimodal(samples, paper) &&
      steady(picture, part, paper, kTextDrift) && has_blank_row(picture, part))
    return Plain::text;
  const bool narrow = narrower <= kNarrow && fills(kThinLevels, kThinShare) &&
                      steady(picture, part, paper, kNarrowDrift, part.y.length() > part.x.length());
  return narrow ? Plain::fill : Plain::no;
}

float row_spread(const Image& picture, int y, Span x) {
  return spread_of(picture.row(y) + static_cast<std::ptrdiff_t>(x.from) * 3, x.length(), 3);
}

float column_spread(const Image& picture, int x, Span y) {
  return spread_of(picture.row(y.from) + static_cast<std::ptrdiff_t>(x) * 3, y.length(),
                   static_cast<std::ptrdiff_t>(picture.width) * 3);
}

namespace {
// Between `count` pixels and others `across` bytes before them, `step` bytes apart.
float step_of(const std::uint8_t* first, int count, std::ptrdiff_t step, std::ptrdiff_t across) {
  int sum = 0;
  for (int i = 0; i < count; ++i, first += step) {
    const std::uint8_t* before = first - across;
    sum += std::max({std::abs(first[0] - before[0]), std::abs(first[1] - before[1]),
                     std::abs(first[2] - before[2])});
  }
  return static_cast<float>(sum) / static_cast<float>(std::max(1, count));
}
}  // namespace

float row_step(const Image& picture, int y, Span x) {
  if (y < 1 || y >= picture.height) return 0;
  return step_of(picture.row(y) + static_cast<std::ptrdiff_t>(x.from) * 3, x.length(), 3,
                 static_cast<std::ptrdiff_t>(picture.width) * 3);
}

float column_step(const Image& picture, int x, Span y) {
  if (x < 1 || x >= picture.width) return 0;
  return step_of(picture.row(y.from) + static_cast<std::ptrdiff_t>(x) * 3, y.length(),
                 static_cast<std::ptrdiff_t>(picture.width) * 3, 3);
}

namespace {

// The mean over pieces of two strips of how much their mean colours differ.
float mean_step(const Image& picture, const Tile& one, const Tile& other,
                float (*step)(const Colour&, const Colour&)) {
  constexpr int kPiece = 16;
  const bool down = one.y == other.y;  // they run from top to bottom
  const Span along = down ? one.y : one.x;
  const auto mean = [&](const Tile& strip, Span piece) {
    Colour sum{};
    float n = 0;
    walk(picture, down ? Tile{strip.x, piece} : Tile{piece, strip.y}, [&](const std::uint8_t* p) {
      ++n;
      for (std::size_t c = 0; c < 3; ++c) sum[c] += static_cast<float>(p[c]);
    });
    for (float& level : sum) level /= std::max(1.0F, n);
    return sum;
  };
  float steps = 0;
  int pieces = 0;
  for (int at = along.from; at < along.to; at += kPiece, ++pieces) {
    const Span piece{at, std::min(at + kPiece, along.to)};
    steps += step(mean(one, piece), mean(other, piece));
  }
  return steps / static_cast<float>(std::max(1, pieces));
}

}  // namespace

float colour_step(const Image& picture, const Tile& one, const Tile& other) {
  return mean_step(picture, one, other, [](const Colour& a, const Colour& b) {
    return std::max({std::abs(a[0] - b[0]), std::abs(a[1] - b[1]), std::abs(a[2] - b[2])});
  });
}

float light_step(const Image& picture, const Tile& one, const Tile& other) {
  return mean_step(picture, one, other, [](const Colour& a, const Colour& b) {
    return std::abs(0.299F * (a[0] - b[0]) + 0.587F * (a[1] - b[1]) + 0.114F * (a[2] - b[2]));
  });
}

bool same_fill(const Image& picture, const Tile& a, const Tile& b) {
  const auto colour = [&](const Tile& part) {
    const Samples samples = samples_of(picture, part);
    return paper_of(samples, most_frequent(samples), kThinLevels).colour;
  };
  const Colour one = colour(a), other = colour(b);
  for (std::size_t c = 0; c < 3; ++c)
    if (std::abs(one[c] - other[c]) > kThinLevels) return false;
  return true;
}

bool is_one_colour(const Image& picture, const Tile& part) {
  constexpr float kEvenLevels = 4, kEvenShare = 0.95F;
  if (part.empty()) return false;
  const Samples samples = samples_of(picture, part);
  const Colour usual = paper_of(samples, most_frequent(samples), kLevels).colour;
  return paper_of(samples, usual, kEvenLevels).share >= kEvenShare;
}

bool is_on_paper(const Image& picture, const Tile& part, int row) {
  const Samples of_row = samples_of(picture, {part.x, {row, row + 1}});
  const Paper paper = paper_of(of_row, most_frequent(of_row), kLevels);
  std::vector<int> near;
  tell_near(samples_of(picture, part), paper.colour, kLevels, near);
  const auto on = std::count(near.begin(), near.end(), 1);
  return static_cast<float>(on) >= kTextShare * static_cast<float>(near.size());
}

bool has_letters(const Image& picture, const Tile& part) {
  constexpr int kStrokes = 6, kRows = 4;
  if (part.empty()) return false;
  const Samples samples = samples_of(picture, part);
  const Paper paper = paper_of(samples, most_frequent(samples), kLevels);
  std::vector<int> no_ink;
  int rows = 0;
  for (int y = part.y.from; y < part.y.to; ++y) {
    tell_near(samples_of(picture, {part.x, {y, y + 1}}), paper.colour, kInkLevels, no_ink);
    int strokes = 0;
    for (std::size_t i = 1; i < no_ink.size(); ++i)
      strokes += no_ink[i - 1] != 0 && no_ink[i] == 0 ? 1 : 0;
    rows += strokes >= kStrokes ? 1 : 0;
  }
  return rows >= kRows;
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

}  // namespace vioreview
