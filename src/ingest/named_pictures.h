// SPDX-License-Identifier: Apache-2.0
// Pictures whose names say what is recorded and which belong together.
#pragma once
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "core/case.h"
#include "ingest/inbox.h"
#include "ingest/paths.h"

namespace vioreview {

struct NamedPicture {
  std::filesystem::path path;
  std::string file;                  // relative to the batch, UTF-8
  const NameTemplate* by = nullptr;  // the template that reads it; nullptr: none fits
  std::filesystem::path base;        // the folder above what the template reads
  ParsedName parsed;
  std::string why;  // none fits: what is wrong, template by template
};

// Names that agree in all but the picture number.
struct NamedCase {
  struct Picture {
    const NamedPicture* found = nullptr;  // nullptr: missing
    std::string file;  // relative to the base; raw when found, UTF-8 when missing
    int number = 0;
  };
  const NameTemplate* by = nullptr;
  std::filesystem::path base;
  std::string shared;             // the name with '*' for the number
  std::vector<Picture> pictures;  // by number; numbers that lack are there as missing
  std::vector<int> repeated;      // numbers that stand more than once
  std::size_t missing() const;
  const NamedPicture& first() const;  // that was found
};

class NamedPictures {
 public:
  explicit NamedPictures(std::vector<NameTemplate> templates) : templates_(std::move(templates)) {}
  NamedPictures(const NamedPictures&) = delete;
  NamedPictures& operator=(const NamedPictures&) = delete;

  const std::vector<NameTemplate>& templates() const { return templates_; }
  // Whether names count in this folder (relative to the batch, "." for the batch itself).
  bool meant_for(const std::string& folder) const;
  // `relative`: the same, relative to the batch.
  void add(const std::filesystem::path& path, const std::filesystem::path& relative);

  const std::deque<NamedPicture>& pictures() const { return pictures_; }
  // Numbers count from 0 where a template has a 0 anywhere, else from 1; a number that lacks below
  // the highest one, or below what the template says a case has, is a missing picture.
  std::vector<NamedCase> grouped() const;

 private:
  std::string read(NamedPicture& picture, const std::filesystem::path& relative,
                   const NameTemplate& by) const;

  std::vector<NameTemplate> templates_;
  std::deque<NamedPicture> pictures_;
};

// The device that the name says, "" when it says none.
std::string device_in(const ParsedName& parsed);

// The cases of the names, as if a record.json said the same; a picture whose name no template fits
// is a case with name_unparsable.
std::vector<Case> cases_of_names(const NamedPictures& named, const Root& root);

}  // namespace vioreview
