// SPDX-License-Identifier: Apache-2.0
// Makers' records to plain ones. A new form of record is an adapter file and a line of the table in
// makers.cpp; a new maker's numbers are a block of makers.toml.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/value.h"

namespace vioreview {

// A record in the field names of the field table, with what was noticed on the way.
struct Adapted {
  Value fields;
  std::vector<std::string> notes;
  std::vector<Problem> problems;
};

struct Adapter {
  bool (*claims)(const Value& fields);  // whether the record is of this form
  Adapted (*adapt)(const Value& fields);
};

// By the first adapter that claims the record, and by the maker's tables when it names its maker;
// what no adapter claims stays as it is. `fields` must be an object.
Adapted adapted(const Value& fields);

// Whether an adapter claims it.
bool is_makers_record(const Value& fields);

// The adapters.
bool claims_isapi(const Value& fields);  // Hikvision ISAPI ANPR events (domain reference 7.4)
Adapted adapt_isapi(const Value& fields);
bool claims_upload(const Value& fields);  // upload JSON with base64 pictures (7.2)
Adapted adapt_upload(const Value& fields);
bool claims_surveil(const Value& fields);  // rows of 六合一 VIO_SURVEIL (7.1)
Adapted adapt_surveil(const Value& fields);
bool claims_checkpoint(const Value& fields);  // 卡口 passing records (7.3)
Adapted adapt_checkpoint(const Value& fields);
bool claims_events(const Value& fields);  // event ids in place of codes (7.4c)
Adapted adapt_events(const Value& fields);

// The member with this name in upper or lower case, or nullptr.
const Value* member_named(const Value& fields, std::string_view name);
// Its text without blanks; "" when there is none.
std::string text_named(const Value& fields, std::string_view name);
bool has_any(const Value& fields, std::initializer_list<std::string_view> names);
// All but the members with these names.
Value without(const Value& fields, std::initializer_list<std::string_view> names);

// What a maker's `table` says to `key`: a plain word, "" when it says nothing, no value when it is
// not in the table or the maker has none.
std::optional<std::string> makers_word(std::string_view maker, std::string_view table,
                                       std::string_view key);
// The id of the maker that goes by this name, "" for an unknown one.
std::string maker_named(std::string_view name);

// The embedded makers.toml.
std::string_view makers_toml();

}  // namespace vioreview
