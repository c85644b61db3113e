// SPDX-License-Identifier: Apache-2.0
// What the checks found and what is suggested.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts.h"

namespace vioreview {

enum class Status { holds, fails, unknown };
enum class Decision { accept, reject, manual };
std::string_view name_of(Status);
std::string_view name_of(Decision);
std::optional<Decision> decision_named(std::string_view);
std::string_view zh_of(Decision);  // 通过, 不通过 (废片), 人工复核

// What one check says about one case.
struct Finding {
  std::string check;  // id of the check, as in the catalogue
  Status status = Status::unknown;
  float probability = 0;               // holds / fails: that this is so; unknown: 0
  std::string reason;                  // id of reasons.csv; empty when the check holds
  std::optional<double> value, limit;  // what was measured and against what, in the check's unit
  int panel = -1;                      // index into Facts::panels, -1: the case as a whole
  bool this_panel =
      false;  // it rests on this panel alone, which names the target itself or needs none
  std::optional<Box> box;  // the pixels that show it
  std::string zh, en;  // what was seen, in words, with the values; no personal data but the plate
  std::string suggested_code, suggested_plate;
  bool operator==(const Finding&) const = default;
};

// Which of the seen vehicles is the target, per panel: what the manifest says of plate and vehicle.
struct TargetSeen {
  int panel = -1;            // where the plate was best read
  int plate = -1;            // index into that panel's plates
  std::vector<int> objects;  // per panel: index into objects, -1 when not found
  bool operator==(const TargetSeen&) const = default;
};

struct Verdict {
  Decision decision = Decision::manual;
  bool proven = false;  // the device is proven for the group under the policy in use
  float accept_score = 0, reject_score = 0;
  std::string violation;          // canonical code of the catalogue, "" when unknown
  std::string group;              // violation group whose limits were used
  std::vector<Finding> findings;  // every needed check, in catalogue order
  TargetSeen target;
  std::string suggested_code, suggested_plate;
  bool operator==(const Verdict&) const = default;
  float confidence() const {
    return decision == Decision::accept   ? accept_score
           : decision == Decision::reject ? reject_score
                                          : 0;
  }
};

}  // namespace vioreview
