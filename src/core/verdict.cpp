// SPDX-License-Identifier: Apache-2.0
#include "core/verdict.h"

namespace vioreview {

std::string_view name_of(Status status) {
  switch (status) {
    case Status::holds:
      return "holds";
    case Status::fails:
      return "fails";
    case Status::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Decision decision) {
  switch (decision) {
    case Decision::accept:
      return "accept";
    case Decision::reject:
      return "reject";
    case Decision::manual:
      break;
  }
  return "manual";
}

std::optional<Decision> decision_named(std::string_view name) {
  for (const Decision decision : {Decision::accept, Decision::reject, Decision::manual})
    if (name_of(decision) == name) return decision;
  return std::nullopt;
}

std::string_view zh_of(Decision decision) {
  switch (decision) {
    case Decision::accept:
      return "通过";
    case Decision::reject:
      return "不通过";
    case Decision::manual:
      break;
  }
  return "人工复核";
}

}  // namespace vioreview
