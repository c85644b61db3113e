// SPDX-License-Identifier: Apache-2.0
// The validator of the tests must itself see what breaks a schema.
#include "emit/json_schema.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace vioreview {
namespace {

std::string complaint(const char* schema, const char* value) {
  return schema_complaint(parse_json(schema).value(), parse_json(value).value());
}

TEST(JsonSchema, SeesWhatBreaksEachKeyword) {
  struct Row {
    const char *schema, *fits, *breaks, *complaint;
  };
  const Row rows[] = {
      {R"({"type":"integer"})", "1", "1.5", ": is of kind number"},
      {R"({"type":["string","null"]})", "null", "true", ": is of kind bool"},
      {R"({"type":"boolean"})", "false", "0", ": is of kind number"},
      {R"({"const":"a"})", R"("a")", R"("b")", ": is not the constant"},
      {R"({"enum":["a","b"]})", R"("b")", R"("c")", ": is none of the words"},
      {R"({"minimum":0})", "0", "-0.1", ": breaks the minimum"},
      {R"({"maximum":1})", "1", "1.1", ": breaks the maximum"},
      {R"({"pattern":"^[0-9]{2}$"})", R"("12")", R"("123")", ": does not fit the pattern"},
      {R"({"minItems":1})", "[1]", "[]", ": has too few items"},
      {R"({"maxItems":1})", "[1]", "[1,2]", ": has too many items"},
      {R"({"items":{"type":"string"}})", R"(["a"])", R"(["a",1])", "/1: is of kind number"},
      {R"({"required":["a"]})", R"({"a":1})", R"({"b":1})", ": \"a\" is missing"},
      {R"({"properties":{"a":{"type":"string"}}})", R"({"a":"","b":1})", R"({"a":1})",
       "/a: is of kind number"},
      {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1})", R"({"a":1,"b":2})",
       "/b: is not allowed"},
      {R"({"additionalProperties":{"type":"string"}})", R"({"a":""})", R"({"a":1})",
       "/a: is of kind number"},
      {R"({"items":{"$ref":"#/$defs/x"},"$defs":{"x":{"type":"null"}}})", "[null]", "[0]",
       "/0: is of kind number"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(complaint(row.schema, row.fits), "") << row.schema;
    EXPECT_EQ(complaint(row.schema, row.breaks), row.complaint) << row.schema;
  }
  EXPECT_THROW(complaint(R"({"anyOf":[]})", "1"), std::invalid_argument);
  EXPECT_THROW(complaint(R"({"$ref":"#/$defs/x","$defs":{}})", "1"), std::invalid_argument);
}

}  // namespace
}  // namespace vioreview
