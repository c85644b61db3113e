// SPDX-License-Identifier: Apache-2.0
// One record, from a tree of fields: what is known is kept, what is not is said.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/case.h"
#include "format/value.h"
#include "ingest/text.h"

namespace vioreview {

// A record before its pictures are looked up.
struct ReadRecord {
  std::string id;  // as given, "" when there is none that can be used
  Record record;
  bool times_whole = true;  // no listed time was left out, so that times can go with pictures
  struct Picture {
    std::string file;
    std::optional<Role> role;
    std::optional<Time> time;
    std::string field = {};  // of the record, which holds the picture as base64 text
    std::int64_t size = 0;   // of that picture; -1: the text is no base64
    bool absent = false;     // known not to be there: not looked for
  };
  std::optional<std::vector<Picture>> pictures;  // empty optional: the record lists none
  std::vector<std::string> notes;
  std::vector<Problem> problems;  // that the record itself shows, beside its pictures
};

// `fields` must be an object, in plain names or of a form that an adapter knows. Unknown names,
// wrong kinds and impossible values become notes; fields that contradict each other are unknown.
// Owners' data are dropped, and no value of theirs is noted.
ReadRecord read_record(const Value& fields);

// The same from JSON or XML; record_invalid when it is none, or no object. The detail says where,
// and holds nothing of the text.
Result<ReadRecord> read_record(const Text& json);

// What is noted when bytes of a record belonged to no encoding.
inline constexpr const char* kDamagedNote =
    "some bytes of the record are neither UTF-8 nor GBK and were replaced";

}  // namespace vioreview
