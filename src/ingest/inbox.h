// SPDX-License-Identifier: Apache-2.0
// How the pictures of a batch are named: inbox.toml in its folder or in a folder below (a device's,
// a day's), or --template.
//
//   [[template]]          # one or more; the first that a name fits reads it
//   pattern = "{device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}"       # see NamePattern
//   name = "north gate"   # for messages; the pattern where it is missing
//   folder = "*/5305*"    # only in folders like this below the file's own, and in those inside
//                         # ('*' any characters, '?' one)
//   device = "5305*"      # only names of a device like this
//   encoding = "gbk"      # or "utf8"; found out name by name where it is missing
//   unread = ["XXXXXXX"]  # what the device writes for an unread plate, beside 未识别 and its like
//   pictures = 3          # of a case: numbers that lack are missing pictures
//   role = "composite"    # of the pictures; composite where the pattern has no {number}
//   roles = { 4 = "closeup" }          # by picture number; such a number need not be digits
//   record = { limit_kmh = 60, layout = "2x2c" }   # what all its cases have in common, in a
//                                      # record's words
//   values = { color = { 1 = "blue" } }      # what a device's own words and numbers mean
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/vocabulary.h"
#include "format/value.h"
#include "ingest/name_pattern.h"
#include "ingest/text.h"

namespace vioreview {

struct NameTemplate {
  std::string name;
  NamePattern pattern;
  std::string folder, device;        // globs, "" for any
  std::optional<Encoding> encoding;  // of names
  std::vector<std::string> unread;   // as in plate_of
  int pictures = 0;                  // of a case; 0: not known
  std::optional<Role> role;
  std::map<std::string, Role> roles;
  Value record;                                                      // an object
  std::map<std::string, std::map<std::string, std::string>> values;  // by word of the pattern
  std::size_t place = 0;                                             // among those of the batch
};

// The name of such a file in a folder.
inline constexpr const char* kInboxFile = "inbox.toml";
// More pictures than this no template may say of a case.
inline constexpr int kMostPicturesOfName = 16;

// What an inbox.toml says; `file` names it in messages. Throws ConfigError with file and line.
std::vector<NameTemplate> templates_of_text(const std::string& toml, const std::string& file);

// What --template says: a pattern, or a file like inbox.toml. `pictures` (0: not said) is how many
// pictures a case has, for a pattern: a file says that itself. Throws UsageError, ConfigError,
// IoError.
std::vector<NameTemplate> templates_given(const std::string& given, int pictures = 0);

// '*' is any characters, '?' one.
bool like(std::string_view glob, std::string_view text);
// Whether a folder (relative, '/' between parts) or one above it is like the glob, part by part.
bool folder_like(std::string_view glob, std::string_view folder);

}  // namespace vioreview
