// SPDX-License-Identifier: Apache-2.0
#include "perceive/net.h"

namespace vioreview {

double Net::threshold(const std::string& name, double fallback) const {
  const auto found = card_.thresholds.find(name);
  return found == card_.thresholds.end() ? fallback : found->second;
}

double Net::calibration(const std::string& name, double fallback) const {
  const auto found = card_.calibration.find(name);
  return found == card_.calibration.end() || found->second.empty() ? fallback
                                                                   : found->second.front();
}

}  // namespace vioreview
