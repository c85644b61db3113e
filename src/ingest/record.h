// SPDX-License-Identifier: Apache-2.0
// One record, from a tree of fields to a Case: what is known is kept, what is not is said.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/case.h"
#include "format/value.h"

namespace vioreview {

// A record before its pictures are looked up.
struct ReadRecord {
  std::string id;  // as given, "" when there is none that can be used
  Record record;
  struct Picture {
    std::string file;
    std::optional<Role> role;
    std::optional<Time> time;
  };
  std::optional<std::vector<Picture>> pictures;  // empty optional: the record lists none
  std::vector<std::string> notes;
};

// `fields` must be an object; unknown names, wrong kinds and impossible values become notes.
ReadRecord read_record(const Value& fields);

}  // namespace vioreview
