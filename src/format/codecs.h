// SPDX-License-Identifier: Apache-2.0
// Core values to trees and back. What is written reads back equal, but for floats rounded to 5
// decimals (so that remembered and fresh facts judge alike, facts always pass through their JSON
// form).
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/case.h"
#include "core/catalogue.h"
#include "core/facts.h"
#include "core/model_card.h"
#include "core/policy.h"
#include "core/verdict.h"
#include "format/value.h"

namespace vioreview {

Value to_value(const Box&);  // [x0, y0, x1, y1]
Value to_value(const Record&);
Value to_value(const Case&);
Value to_value(const PanelFacts&);
Value to_value(const Facts&);
Value to_value(const Finding&);
Value to_value(const Verdict&);

// These read what to_value wrote; anything else throws IoError("... is not what this version
// wrote").
Case case_from(const Value&);
PanelFacts panel_facts_from(const Value&);
Facts facts_from(const Value&);
Verdict verdict_from(const Value&);

// Configuration. Throw ConfigError with file, line, what is wrong and the nearest known name.
Catalogue catalogue_from_toml(std::string_view text, std::string_view file);
Policy policy_from_toml(std::string_view text, std::string_view file);
// A policy that reads back equal, but for its hash. `notes`: lines above the limits of a group, for
// people; `provenance`: lines "key = value" of TOML, for audits.
std::string policy_to_toml(const Policy& policy,
                           const std::map<std::string, std::vector<std::string>>& notes = {},
                           const std::vector<std::pair<std::string, Value>>& provenance = {});
ModelCard model_card_from_toml(std::string_view text, const std::filesystem::path& file);
ModelCard read_model_card(const std::filesystem::path& card_toml);

}  // namespace vioreview
