// SPDX-License-Identifier: Apache-2.0
// Site profiles as TOML that people read and edit, and the site facts that a record may carry.
#pragma once
#include <string>
#include <string_view>

#include "core/site.h"

namespace vioreview {

// Throws ConfigError with file, line, what is wrong and the nearest known name.
Site site_from_toml(std::string_view text, std::string_view file);

// Reads back equal but for coordinates, which are rounded to tenths of a pixel, and `file` and
// `sha256`.
std::string site_to_toml(const Site& site);

// Record::site_facts_json: a platform's export. What is not understood counts as not known.
SiteFacts site_facts_from_json(std::string_view json);

}  // namespace vioreview
