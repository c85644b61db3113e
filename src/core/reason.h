// SPDX-License-Identifier: Apache-2.0
// The closed list of reasons (core/reasons.csv, compiled in): why a case is not accepted.
#pragma once
#include <span>
#include <string_view>

namespace vioreview {

// What a failed check with this reason may do: `manual` never rejects.
enum class Effect { manual, reject };

struct Reason {
  std::string_view id;     // spelled alike in manifest, store, page and README
  std::string_view stage;  // where it arises: decode, ingest, plate, signal, ...
  Effect effect = Effect::manual;
  std::string_view domain_id;  // R001 ... of the domain's list, may be empty
  std::string_view vendor_no;  // number in a maker's pre-review SDK, may be empty
  std::string_view zh, en;     // one phrase each
};

// All reasons in the order of reasons.csv.
std::span<const Reason> all_reasons();

// The reason with this id, or nullptr.
const Reason* find_reason(std::string_view id);

}  // namespace vioreview
