// SPDX-License-Identifier: Apache-2.0
// Every picture of the case was decoded whole and looked at.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  for (std::size_t i = 0; i < e.facts.panels.size(); ++i) {
    const PanelFacts& panel = e.facts.panels[i];
    if (!panel.failure) continue;
    const std::string what = panel.file + ": " + panel.failure->detail;
    Finding finding = fails(kPanelsDecodable, panel.failure->reason, 1, what, what);
    finding.panel = static_cast<int>(i);
    return finding;
  }
  if (e.facts.panels.size() < e.c.pictures.size())
    return unknown(kPanelsDecodable, "check_missing", "not every picture was looked at",
                   "有图片未经识别");
  return holds(kPanelsDecodable, 1, "all pictures are decoded whole", "全部图片完整解码");
}

}  // namespace

const Check kPanelsDecodable{"panels_decodable", "Every picture is decoded whole", {}, check};

}  // namespace vioreview
