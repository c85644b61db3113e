// SPDX-License-Identifier: Apache-2.0
// What stands below the picture: plates and findings.
#include <algorithm>
#include <tuple>

#include "emit/draw_parts.h"

namespace vioreview {
namespace {

constexpr int kPlateHeight = 64, kRowHeight = kPlateHeight + 12;
constexpr int kCharacter = 28, kSmall = 12;

// One character: itself, the runner-up where it is not sure, and a bar as long as it is sure.
int draw_character(Image& strip, int x, int y, const CharacterSeen& c, const TextPainter& text) {
  constexpr int kBarTop = 42, kBarHeight = 6;
  const int w = std::max(kCharacter, text.draw(strip, x, y, c.text, kCharacter, kInk));
  if (c.p < 0.9F && !c.others.empty())
    text.draw(strip, x + w, y - 4, c.others.front().value, kSmall + 2, kDoubt);
  const auto bar = [&](float share, Colour colour) {
    fill(strip,
         {static_cast<float>(x), static_cast<float>(y + kBarTop),
          static_cast<float>(x) + static_cast<float>(w) * share,
          static_cast<float>(y + kBarTop + kBarHeight)},
         colour);
  };
  bar(1, {225, 225, 220});
  bar(std::clamp(c.p, 0.0F, 1.0F), colour_of_probability(c.p));
  text.draw(strip, x + 2, y + kBarTop + kBarHeight + 1, percent(c.p), kSmall, kPale);
  return w + 12;
}

std::string look_of(const PlateSeen& plate, bool chinese) {
  std::string words(chinese ? zh_of(color_of(plate.look.value)) : name_of(plate.look.value));
  if (chinese) words += plate.rows == 2 ? "牌 双行" : "牌";
  return words + " " + percent(plate.look.p);
}

std::string readability_of(const PlateSeen& plate, bool chinese) {
  std::string words = (chinese ? "可读 " : "readable ") + percent(plate.readable);
  if (plate.covered) words += (chinese ? "  遮挡 " : "  covered ") + percent(*plate.covered);
  return words;
}

Image plate_row(const PlateSeen& plate, const Image& flat, const std::string& name,
                const TextPainter& text, bool chinese) {
  constexpr int kWidest = 2000;
  Image row = blank(kWidest, kRowHeight);
  const int y = 6;
  int x = kMargin + text.draw(row, kMargin, y + 20, name, kTextSize, kBad) + 8;
  if (!flat.empty()) {
    const Image large = scaled(flat, static_cast<double>(kPlateHeight) / flat.height);
    place(row, large, x, y);
    x += large.width + 16;
  }
  if (plate.characters.empty())
    x += 16 + text.draw(row, x, y + 4, chinese ? "未读出" : "not read", kCharacter, kBad);
  for (const CharacterSeen& c : plate.characters) x += draw_character(row, x, y, c, text);
  const int first = text.draw(row, x + 12, y + 2, look_of(plate, chinese), kTextSize, kInk);
  const int second = text.draw(row, x + 12, y + 2 + kLineHeight, readability_of(plate, chinese),
                               kTextSize, colour_of_probability(plate.readable));
  Image cut = blank(x + 12 + std::max(first, second) + kMargin, kRowHeight);
  place(cut, row, 0, 0);
  return cut;
}

// What was seen and, in brackets, the reason.
std::string words_of(const Finding& finding, bool chinese) {
  std::string words = chinese ? finding.zh : finding.en;
  if (!finding.reason.empty()) words += " [" + finding.reason + "]";
  return words;
}

}  // namespace

Image plate_strip(const PanelFacts& facts, const std::vector<Image>& plates, int width,
                  const TextPainter& text, bool chinese) {
  Image strip = blank(width, 1);
  for (std::size_t i = 0; i < facts.plates.size(); ++i)
    strip = below(strip, plate_row(facts.plates[i], i < plates.size() ? plates[i] : Image(),
                                   "P" + std::to_string(i + 1), text, chinese));
  return strip;
}

Image finding_list(const Verdict& verdict, int index, int width, const TextPainter& text,
                   bool chinese) {
  constexpr int kCheck = 34, kProbability = 300, kWords = 355;  // where the columns begin
  Image list = blank(width, 1);
  for (const Finding& finding : verdict.findings) {
    if (finding.panel != index) continue;
    const std::vector<std::string> lines =
        text.wrap(words_of(finding, chinese), kTextSize, std::max(100, width - kWords - kMargin));
    Image row = blank(width, static_cast<int>(lines.size()) * kLineHeight + 2);
    const Colour colour = colour_of(finding.status);
    mark(row, kMargin, 4, finding.status, text);
    text.draw(row, kCheck, 2, finding.check, kTextSize, colour);
    if (finding.status != Status::unknown)
      text.draw(row, kProbability, 2, percent(finding.probability), kTextSize, kInk);
    for (std::size_t i = 0; i < lines.size(); ++i)
      text.draw(row, kWords, 2 + static_cast<int>(i) * kLineHeight, lines[i], kTextSize, kInk);
    list = below(list, row);
  }
  return list;
}

}  // namespace vioreview
