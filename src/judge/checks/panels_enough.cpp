// SPDX-License-Identifier: Apache-2.0
// As many panels as the violation needs (GA/T 832-2014 3.3.1 and the catalogue's source per code).
#include "judge/checks/checks.h"

namespace vioreview {
namespace {

Finding check(const Evidence& e) {
  // Counted as listed: a panel that cannot be decoded is not a panel that was never taken.
  const auto count = static_cast<int>(evidence_panels(e.c, e.facts).size());
  const int needed = e.violation.min_panels;
  Finding finding =
      count >= needed
          ? holds(kPanelsEnough, 1, std::to_string(count) + " panels",
                  std::to_string(count) + " 张全景图")
          : fails(
                kPanelsEnough, "panels_too_few", 1,
                std::to_string(count) + " panels, " + std::to_string(needed) + " are needed",
                "全景图 " + std::to_string(count) + " 张, 需要 " + std::to_string(needed) + " 张");
  finding.value = count;
  finding.limit = needed;
  return finding;
}

}  // namespace

const Check kPanelsEnough{
    "panels_enough", "There are as many panels as the violation needs", {}, check};

}  // namespace vioreview
