// SPDX-License-Identifier: Apache-2.0
// No panel is the same file as another. Likeness of pictures is a hint in words and never decides:
// a parked vehicle at night looks the same ten seconds later.
#include "judge/alike.h"
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"alike_bits", 3, 0, 64, "bits of 64 by which perceptual hashes of alike pictures differ"}};

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  std::string hint_en, hint_zh;
  for (std::size_t i = 0; i < panels.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const PanelFacts& a = e.facts.panels[static_cast<std::size_t>(panels[i])];
      const PanelFacts& b = e.facts.panels[static_cast<std::size_t>(panels[k])];
      if (!a.sha256.empty() && a.sha256 == b.sha256 && a.crop == b.crop) {
        Finding finding = fails(kPanelsDistinct, "panels_duplicate", 1,
                                a.file + " is the same picture as " + b.file,
                                a.file + " 与 " + b.file + " 为同一图片");
        finding.panel = panels[i];
        return finding;
      }
      const auto bits = bits_apart(a.perceptual_hash, b.perceptual_hash);
      if (!bits || *bits > knob(e, kPanelsDistinct, "alike_bits")) continue;
      hint_en = "; " + a.file + " and " + b.file + " look alike";
      hint_zh = "; " + a.file + " 与 " + b.file + " 相似";
    }
  return holds(kPanelsDistinct, 1, "no file is listed twice" + hint_en,
               "各分图文件互不相同" + hint_zh);
}

}  // namespace

const Check kPanelsDistinct{"panels_distinct", "No two panels are the same picture", kKnobs, check};

}  // namespace vioreview
