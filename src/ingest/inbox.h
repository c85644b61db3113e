// SPDX-License-Identifier: Apache-2.0
// inbox.toml in the root of a batch: how the pictures there are named.
//
//   [[template]]                  # one or more; the first that a name fits reads it
//   pattern = "{device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}"      # NamePattern
//   name = "north gate"           # for messages; the pattern where it is missing
//   folder = "*/5305*"            # only in folders like this below the batch, and in those inside
//                                 # ('*' any characters, '?' one)
//   device = "5305*"              # only names of a device like this
//   encoding = "gbk"              # or "utf8"; found out name by name where it is missing
//   unread = ["XXXXXXX"]          # what the device writes for an unread plate, beside 未识别 and
//   its like pictures = 3                  # of a case: numbers that lack are missing pictures role
//   = "composite"            # of the pictures; composite where the pattern has no {number} roles =
//   { 4 = "closeup" }     # by picture number; such a number need not be digits record = {
//   limit_kmh = 60 }   # what all its cases have in common, in the words of a record values = {
//   plate_color = { 1 = "blue" } }   # what a device's own words and numbers mean
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
};

// `given`: what --template says, a pattern or a file like inbox.toml; "" for inbox.toml in `root`,
// if there is one. None: the batch has no templates. Throws ConfigError with file and line,
// IoError.
std::vector<NameTemplate> name_templates(const std::filesystem::path& root,
                                         const std::string& given);

// The name of the file in a batch's root.
inline constexpr const char* kInboxFile = "inbox.toml";

// '*' is any characters, '?' one.
bool like(std::string_view glob, std::string_view text);
// Whether a folder (relative, '/' between parts) or one above it is like the glob, part by part.
bool folder_like(std::string_view glob, std::string_view folder);

}  // namespace vioreview
