// SPDX-License-Identifier: Apache-2.0
// Pictures whose names say what is recorded and which belong together.
#pragma once
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/case.h"
#include "ingest/inbox.h"
#include "ingest/paths.h"

namespace vioreview {

// A case has no more numbered pictures than this.
inline constexpr int kHighestNumber = 16;
// Of the picture in its case; nothing for a word or a number that no case has.
std::optional<int> picture_number(const std::string& text);

struct NamedPicture {
  std::filesystem::path path;
  std::string file;                  // relative to the batch, UTF-8
  const NameTemplate* by = nullptr;  // the template that reads it; nullptr: none fits
  std::filesystem::path base;        // the folder above what the template reads
  ParsedName parsed;
  std::string why;  // none fits: what is wrong, template by template
};

// The device that a name or its template says, "" when neither does.
std::string device_of(const NamedPicture& picture);

// Names that agree in all but the picture number.
struct NamedCase {
  struct Picture {
    const NamedPicture* found = nullptr;  // nullptr: missing
    std::string file;  // relative to the base; as on the disk, UTF-8 when missing
    int number = 0;    // -1 for a word in place of a number
  };
  const NameTemplate* by = nullptr;
  std::filesystem::path base;
  std::string shared;             // the name with '*' for the number
  std::vector<Picture> pictures;  // by number; numbers that lack are there as missing
  std::vector<int> repeated;      // numbers that stand more than once, each once
  std::size_t found() const;
  const NamedPicture& first() const;  // that was found
};

class NamedPictures {
 public:
  // `given`, `pictures`: what --template and --pictures say; where a template is given, no
  // inbox.toml counts. Throws as templates_given does, UsageError for `pictures` without a
  // template.
  explicit NamedPictures(const std::string& given = "", int pictures = 0);
  NamedPictures(const NamedPictures&) = delete;
  NamedPictures& operator=(const NamedPictures&) = delete;

  bool given() const { return given_; }
  std::size_t templates() const { return templates_; }

  // Reads the inbox.toml of a folder if it has one. A mistake in that of the batch's own folder is
  // a ConfigError; one further down, where devices write, makes the names below it unreadable.
  void look_for_inbox(const std::filesystem::path& folder, const Listing& listing,
                      const Root& root);
  // Whether names count in this folder (relative to the batch, "." for the batch itself).
  bool meant_for(const std::string& folder) const;
  // A picture of the batch, in a folder that was looked into before.
  void add(const std::filesystem::path& picture, const Root& root);
  // A name of a listing: UTF-8, relative to where the listing lies.
  void add(const std::string& name);

  const std::deque<NamedPicture>& pictures() const { return pictures_; }
  // Numbers count from 0 where a template has a 0 anywhere, else from 1; a number that lacks below
  // the highest one, or below what the template says a case has, is a missing picture.
  std::vector<NamedCase> grouped() const;

 private:
  // What one inbox.toml says of the folder that it lies in.
  struct Scope {
    std::vector<NameTemplate> templates;
    std::string broken;  // why it says nothing
  };
  // Templates for a folder, those of the nearest file first; `broken` when that one says nothing.
  std::vector<const NameTemplate*> meant(const std::string& folder, std::string& broken) const;
  void add_scope(const std::string& folder, std::vector<NameTemplate> templates);
  void add(NamedPicture picture, const std::filesystem::path& relative, bool utf8);

  bool given_ = false;
  std::size_t templates_ = 0;
  std::map<std::string, Scope> scopes_;  // by folder
  std::deque<NamedPicture> pictures_;
};

// The cases of the names, as if a record.json said the same; a picture whose name no template fits
// is a case with name_unparsable.
std::vector<Case> cases_of_names(const NamedPictures& named, const Root& root);

}  // namespace vioreview
