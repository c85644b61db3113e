// SPDX-License-Identifier: Apache-2.0
// Small values that several codecs share.
#pragma once
#include <string>
#include <vector>

#include "core/result.h"
#include "format/read.h"
#include "format/value.h"

namespace vioreview {

inline Value to_value(const Problem& problem) {
  return Value()
      .set("reason", problem.reason)
      .set("file", problem.file)
      .set("detail", problem.detail);
}

inline Problem problem_from(const Value& value) {
  return {read::text(value, "reason"), read::text(value, "file"), read::text(value, "detail")};
}

inline Value to_value(const std::vector<std::string>& texts) {
  Value value{Value::Array{}};
  for (const std::string& text : texts) value.push(text);
  return value;
}

}  // namespace vioreview
