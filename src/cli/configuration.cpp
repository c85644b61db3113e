// SPDX-License-Identifier: Apache-2.0
#include "cli/configuration.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/errors.h"
#include "format/codecs.h"
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

Policy load_policy(const std::string& file) {
  if (file.empty()) return policy_from_toml(builtin_policy_text(), "policy.toml");
  return policy_from_toml(read_text_file(file), file);
}

bool speaks_chinese(const std::string& lang) {
  if (!lang.empty()) return lang == "zh";
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value)
      return std::string_view(value).starts_with("zh");
  return false;
}

}  // namespace vioreview
