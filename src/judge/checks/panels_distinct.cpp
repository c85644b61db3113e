// SPDX-License-Identifier: Apache-2.0
// No panel is the same file as another. Likeness of pictures alone never decides.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  const std::vector<int> panels = evidence_panels(e.c, e.facts);
  for (std::size_t i = 0; i < panels.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const PanelFacts& a = e.facts.panels[static_cast<std::size_t>(panels[i])];
      const PanelFacts& b = e.facts.panels[static_cast<std::size_t>(panels[k])];
      if (a.sha256.empty() || a.sha256 != b.sha256 || !(a.crop == b.crop)) continue;
      Finding finding = fails(kPanelsDistinct, "panels_duplicate", 1,
                              a.file + " is the same picture as " + b.file,
                              a.file + " 与 " + b.file + " 为同一图片");
      finding.panel = panels[i];
      return finding;
    }
  return holds(kPanelsDistinct, 1, "all panels are different pictures", "各分图互不相同");
}

}  // namespace

const Check kPanelsDistinct{"panels_distinct", "No two panels are the same picture", {}, check};

}  // namespace vioreview
