// SPDX-License-Identifier: Apache-2.0
// Every picture of the case was decoded whole and looked at.
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  for (std::size_t i = 0; i < e.facts.panels.size(); ++i) {
    const auto& failure = e.facts.panels[i].failure;
    if (!failure) continue;
    Finding finding =
        fails(kPanelsDecodable, failure->reason, 1, e.facts.panels[i].file + ": " + failure->detail,
              e.facts.panels[i].file + ": " + failure->detail);
    finding.panel = static_cast<int>(i);
    return finding;
  }
  return holds(kPanelsDecodable, 1, "all pictures are decoded whole", "全部图片完整解码");
}

}  // namespace

const Check kPanelsDecodable{"panels_decodable", "Every picture is decoded whole", {}, check};

}  // namespace vioreview
