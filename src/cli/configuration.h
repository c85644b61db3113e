// SPDX-License-Identifier: Apache-2.0
// What several commands load alike: catalogue, policy, model cards.
#pragma once
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "core/model_card.h"
#include "core/policy.h"
#include "judge/sites.h"

namespace vioreview {

// The file when given, else the one compiled in. Throw ConfigError, IoError.
Catalogue load_catalogue(const std::string& file);
Policy load_policy(const std::string& file, const Catalogue& catalogue);

// All *.toml files of a folder; none for "". Throws ConfigError, IoError.
SiteIndex load_sites(const std::string& folder);

// What a policy is fitted on: tool, catalogue and models (models_key). A policy fitted on something
// else proves no device.
std::string fitted_on(const Catalogue& catalogue, const std::string& models);

// Reads a whole configuration file; IoError when it cannot be read.
std::string read_text_file(const std::string& file);

// "zh" or "en" from --lang; the default follows LC_ALL / LANG.
bool speaks_chinese(const std::string& lang);

}  // namespace vioreview
