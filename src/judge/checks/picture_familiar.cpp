// SPDX-License-Identifier: Apache-2.0
// The panels are not blank, black or blown out. A proposal and coarse: how far a panel lies from
// what the models learned is not measured yet.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"darkest", 4, 0, 255, "mean brightness below which nothing can be seen"},
    {"brightest", 250, 0, 255, "mean brightness above which nothing can be seen"}};

Finding check(const Evidence& e) {
  for (const int i : evidence_panels(e.c, e.facts)) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    if (panel.failure || !panel.brightness) continue;
    const double brightness = *panel.brightness;
    if (brightness >= knob(e, kPictureFamiliar, "darkest") &&
        brightness <= knob(e, kPictureFamiliar, "brightest"))
      continue;
    Finding finding = unknown(
        kPictureFamiliar, "unfamiliar_picture",
        panel.file + " is nearly black or white (mean brightness " + shown(brightness) + ")",
        panel.file + " 几乎全黑或全白 (平均亮度 " + shown(brightness) + ")");
    finding.panel = i;
    finding.value = brightness;
    return finding;
  }
  return holds(kPictureFamiliar, 1, "the panels are neither black nor white", "画面亮度正常");
}

}  // namespace

const Check kPictureFamiliar{"picture_familiar", "The panels show something (coarse: brightness)",
                             kKnobs, check};

}  // namespace vioreview
