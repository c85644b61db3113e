// SPDX-License-Identifier: Apache-2.0
#include "run/memory.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <sys/stat.h>

#include "core/errors.h"
#include "format/codecs.h"

namespace vioreview {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether another look at the same file could not see anything else. What says nothing about the
// file (a crash, no right to read) is tried again by the next run.
bool lasting(const PanelFacts& facts) {
  const std::string reason = facts.failure ? facts.failure->reason : "";
  return facts.sha256.empty() ? one_of(reason, {"picture_empty", "picture_too_large"})
                              : !one_of(reason, {"case_crashed", "case_timeout", "check_missing"});
}

// By its bytes; a file that was not worth reading, by its path.
std::string identity_of(const PanelFacts& facts, const FileStamp& stamp) {
  return facts.sha256.empty() ? "unread " + stamp.path : facts.sha256;
}

PanelFacts named(PanelFacts facts, const PictureRef& picture) {
  facts.file = picture.file;
  facts.role = picture.role;
  if (facts.failure) facts.failure->file = picture.file;
  for (PanelFacts& part : facts.parts) part.file = picture.file;
  return facts;
}

// Whether a picture is a composite does not matter once its case has others.
PanelFacts without_needless_doubt(PanelFacts facts, const PictureRef& picture, const Needs& needs) {
  const bool doubted = facts.failure && facts.failure->reason == "layout_unsure";
  if (doubted && picture.role == Role::panel && !needs.panels) facts.failure.reset();
  return facts;
}

// Tells the pictures within one file apart. "": a missing picture lies nowhere.
std::string place_of(const PictureRef& picture) {
  if (picture.path.empty()) return "";
  std::string place = std::filesystem::absolute(picture.path).lexically_normal().string();
  if (const auto& within = picture.within)
    place += "\n" + within->member + "\n" + std::to_string(within->entry) + "+" +
             std::to_string(within->offset) + "\n" + within->field;
  return place;
}

PanelFacts missing(const PictureRef& picture) {
  PanelFacts facts;
  facts.failure = Problem{"picture_missing", picture.file,
                          stamp_of(picture) ? "the picture changed during the run; review again"
                                            : "the picture is not there"};
  return named(std::move(facts), picture);
}

}  // namespace

std::optional<FileStamp> stamp_of(const PictureRef& picture) {
  struct stat about {};
  if (picture.path.empty() || stat(picture.path.c_str(), &about) != 0) return std::nullopt;
  return FileStamp{place_of(picture), about.st_size,
                   about.st_mtim.tv_sec * 1'000'000'000LL + about.st_mtim.tv_nsec,
                   static_cast<std::int64_t>(about.st_ino)};
}

std::string FactsMemory::key_of(const std::string& thing, Role role, const Needs& needs) const {
  std::string key = thing + "|" + std::string(name_of(role)) + "|";
  for (const bool need :
       {needs.vehicles, needs.plates, needs.signals, needs.markings, needs.overlay})
    key += need ? '1' : '0';
  if (needs.panels || role == Role::composite) key += "/" + needs.layout;
  return key + "|" + models_;
}

std::string FactsMemory::key_known(const std::string& thing, Role role, const Needs& needs) const {
  std::string key = key_of(thing, role, needs);
  if (needs.panels || role != Role::panel || state_.has_facts(key)) return key;
  Needs more = needs;
  more.panels = true;
  const std::string other = key_of(thing, role, more);
  return state_.has_facts(other) ? other : key;
}

std::optional<std::string> FactsMemory::key_of(const PictureRef& picture, const Needs& needs) {
  if (const auto known = stands_for_.find(picture.path.string()); known != stands_for_.end())
    return key_known(known->second, picture.role, needs);
  const auto stamp = stamp_of(picture);
  const auto identity = stamp ? state_.identity_of(*stamp) : std::nullopt;
  return identity ? std::optional(key_known(*identity, picture.role, needs)) : std::nullopt;
}

bool FactsMemory::knows(const PictureRef& picture, const Needs& needs) {
  const auto key = key_of(picture, needs);
  return key && state_.has_facts(*key);
}

bool FactsMemory::knows(const std::string& sha256, Role role, const Needs& needs) {
  return state_.has_facts(key_known(sha256, role, needs));
}

void FactsMemory::stand_for(const std::filesystem::path& path, const std::string& sha256) {
  stands_for_[path.string()] = sha256;
}

void FactsMemory::remember(const PictureRef& picture, const std::optional<FileStamp>& stamp,
                           const Needs& needs, const PanelFacts& facts) {
  if (!stamp || !lasting(facts)) {
    passing_[key_of(place_of(picture), picture.role, needs)] = facts;
    return;
  }
  const std::string identity = identity_of(facts, *stamp);
  state_.remember_file(*stamp, identity);
  state_.remember_facts(key_of(identity, picture.role, needs), write_json(to_value(facts)));
}

PanelFacts FactsMemory::recall(const PictureRef& picture, const Needs& needs) {
  // What is remembered comes first: another case may have had the same picture and no bad luck.
  const auto key = key_of(picture, needs);
  if (const auto json = key ? state_.facts(*key) : std::nullopt) {
    const auto parsed = parse_json(*json);
    if (!parsed)
      throw IoError("the state holds facts that are no JSON; move it away and review again");
    return named(without_needless_doubt(panel_facts_from(parsed.value()), picture, needs), picture);
  }
  const auto kept = passing_.find(key_of(place_of(picture), picture.role, needs));
  return kept == passing_.end() ? missing(picture) : named(kept->second, picture);
}

}  // namespace vioreview
