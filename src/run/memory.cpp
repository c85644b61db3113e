// SPDX-License-Identifier: Apache-2.0
#include "run/memory.h"

#include <sys/stat.h>

#include "core/errors.h"
#include "format/codecs.h"

namespace vioreview {
namespace {

std::optional<FileStamp> stamp_of(const PictureRef& picture) {
  struct stat about {};
  if (picture.path.empty() || stat(picture.path.c_str(), &about) != 0) return std::nullopt;
  return FileStamp{std::filesystem::absolute(picture.path).string(), about.st_size,
                   about.st_mtim.tv_sec * 1'000'000'000LL + about.st_mtim.tv_nsec};
}

// Reasons that say nothing about the picture's bytes: another run may do better.
bool passing(const PanelFacts& facts) {
  if (facts.sha256.empty()) return true;
  return facts.failure &&
         (facts.failure->reason == "case_crashed" || facts.failure->reason == "case_timeout" ||
          facts.failure->reason == "check_missing");
}

PanelFacts named(PanelFacts facts, const PictureRef& picture) {
  facts.file = picture.file;
  facts.role = picture.role;
  if (facts.failure) facts.failure->file = picture.file;
  return facts;
}

}  // namespace

std::string FactsMemory::key_of(const std::string& sha256, Role role, const Needs& needs) const {
  std::string key = sha256 + "|" + std::string(name_of(role)) + "|";
  for (const bool need :
       {needs.vehicles, needs.plates, needs.signals, needs.markings, needs.overlay})
    key += need ? '1' : '0';
  return key + "|" + models_;
}

std::optional<std::string> FactsMemory::stored(const PictureRef& picture, const Needs& needs) {
  const auto stamp = stamp_of(picture);
  const auto sha256 = stamp ? state_.sha256_of(*stamp) : std::nullopt;
  return sha256 ? state_.facts(key_of(*sha256, picture.role, needs)) : std::nullopt;
}

bool FactsMemory::knows(const PictureRef& picture, const Needs& needs) {
  return stored(picture, needs).has_value();
}

void FactsMemory::remember(const PictureRef& picture, const Needs& needs, const PanelFacts& facts) {
  const auto stamp = stamp_of(picture);
  if (!stamp || passing(facts)) {
    passing_[picture.path.string()] = facts;
    return;
  }
  state_.remember_file(*stamp, facts.sha256);
  state_.remember_facts(key_of(facts.sha256, picture.role, needs), write_json(to_value(facts)));
}

PanelFacts FactsMemory::recall(const PictureRef& picture, const Needs& needs) {
  const auto kept = passing_.find(picture.path.string());
  if (!picture.path.empty() && kept != passing_.end()) return named(kept->second, picture);
  if (const auto json = stored(picture, needs)) {
    const auto parsed = parse_json(*json);
    if (!parsed)
      throw IoError("the state holds facts that are no JSON; move it away and review again");
    return named(panel_facts_from(parsed.value()), picture);
  }
  PanelFacts missing;
  missing.failure = Problem{"picture_missing", picture.file, "the picture is not there"};
  return named(std::move(missing), picture);
}

}  // namespace vioreview
