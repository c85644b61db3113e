// SPDX-License-Identifier: Apache-2.0
#include "cli/configuration.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/version.h"
#include "core/errors.h"
#include "core/sha256.h"
#include "format/codecs.h"
#include "format/site_codec.h"
#include "judge/judge.h"

namespace vioreview {

std::string read_text_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in && text.empty()) throw IoError(file + ": cannot be read; check the path and its rights");
  return text;
}

Catalogue load_catalogue(const std::string& file) {
  if (file.empty()) return catalogue_from_toml(builtin_catalogue_text(), "catalogue.toml");
  return catalogue_from_toml(read_text_file(file), file);
}

Policy load_policy(const std::string& file, const Catalogue& catalogue) {
  const std::string name = file.empty() ? "policy.toml" : file;
  Policy policy = policy_from_toml(
      file.empty() ? std::string(builtin_policy_text()) : read_text_file(file), name);
  if (const std::string wrong = wrong_in(policy, catalogue); !wrong.empty())
    throw ConfigError(name + ": " + wrong);
  return policy;
}

SiteIndex load_sites(const std::string& folder) {
  std::vector<Site> sites;
  if (folder.empty()) return SiteIndex(sites);
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml")
      sites.push_back(site_from_toml(read_text_file(entry.path().string()), entry.path().string()));
  if (error) throw IoError(folder + ": cannot be listed; name a folder of site profiles");
  return SiteIndex(std::move(sites));
}

std::string fitted_on(const Catalogue& catalogue, const std::string& models) {
  return sha256(std::string(kVersion) + "\n" + catalogue.sha256 + "\n" + models);
}

bool speaks_chinese(const std::string& lang) {
  if (!lang.empty()) return lang == "zh";
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value)
      return std::string_view(value).starts_with("zh");
  return false;
}

}  // namespace vioreview
