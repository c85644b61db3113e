// SPDX-License-Identifier: Apache-2.0
// The panels are such as the models learned from: neither black nor blown out, and not beyond the
// limits that the detector's card states for its training data.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

constexpr Knob kKnobs[] = {
    {"darkest", 4, 0, 255, "mean brightness below which nothing can be seen"},
    {"brightest", 250, 0, 255, "mean brightness above which nothing can be seen"},
    {"farthest", 1, 0, 1000, "distance from the detector's training data, in limits of its card"}};

Finding unfamiliar(int panel, double value, double limit, std::string en, std::string zh) {
  Finding finding = unknown(kPictureFamiliar, "unfamiliar_picture", std::move(en), std::move(zh));
  finding.panel = panel;
  return measured(std::move(finding), value, limit);
}

Finding check(const Evidence& e) {
  const double darkest = knob(e, kPictureFamiliar, "darkest"),
               brightest = knob(e, kPictureFamiliar, "brightest"),
               farthest = knob(e, kPictureFamiliar, "farthest");
  for (const int i : evidence_panels(e.c, e.facts)) {
    const PanelFacts& panel = e.facts.panels[static_cast<std::size_t>(i)];
    if (panel.failure) continue;
    const double light = panel.brightness.value_or(static_cast<float>(darkest));
    if (light < darkest || light > brightest)
      return unfamiliar(
          i, light, light < darkest ? darkest : brightest,
          panel.file + " is nearly black or white (mean brightness " + shown(light) + ")",
          panel.file + " 几乎全黑或全白 (平均亮度 " + shown(light) + ")");
    const UnfamiliarSeen far = panel.unfamiliar.value_or(UnfamiliarSeen{});
    const double distance = static_cast<double>(far.distance);
    if (distance > farthest)
      return unfamiliar(i, distance, farthest,
                        panel.file + " is unlike what the detector learned from: " +
                            std::string(name_of(far.in)) + " (" + shown(distance) +
                            " times the limit of its card)",
                        panel.file + " 超出检测模型的训练范围: " + std::string(zh_of(far.in)) +
                            " (为模型卡限值的 " + shown(distance) + " 倍)");
  }
  return holds(kPictureFamiliar, 1, "the panels are such as the models learned from",
               "画面在模型适用范围内");
}

}  // namespace

const Check kPictureFamiliar{"picture_familiar", "The panels are such as the models learned from",
                             kKnobs, check};

}  // namespace vioreview
