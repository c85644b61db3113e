// SPDX-License-Identifier: Apache-2.0
#include "ingest/signs.h"

#include <algorithm>
#include <set>

#include "ingest/fields.h"
#include "ingest/makers.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

// Names of fields that list or carry pictures, and of those that say who or what it was.
constexpr std::string_view kPictureSigns[] = {"\"picture", "zpstr", "xp1",  "zpmc",
                                              "tp1",       "图片",  "照片", "strPicLocalPath"};
constexpr std::string_view kCaptureSigns[] = {"\"violation\"", "\"plate\"", "\"event",
                                              "hphm",          "wfxw",      "strViolationType"};
constexpr std::string_view kEventSigns[] = {"licensePlate", "plateCharBelieve"};

template <std::size_t N>
bool holds_any(std::string_view text, const std::string_view (&signs)[N]) {
  return std::any_of(std::begin(signs), std::end(signs), [&](std::string_view sign) {
    return text.find(sign) != std::string_view::npos;
  });
}

// Columns of a manifest, of expected verdicts and of what people decided: about cases, not cases.
bool is_about_cases(const Value& fields) {
  return has_any(fields, {"verdict", "decision"});
}

}  // namespace

bool says_a_case(const Value& fields, Among among) {
  if (!fields.as_object() || is_about_cases(fields)) return false;
  if (claims_isapi(fields)) return true;
  std::set<Field> known;
  for (const auto& [name, value] : *fields.as_object())
    if (!value.is_null()) known.insert(field_named(name));
  const auto any = [&](std::initializer_list<Field> wanted) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](Field field) { return known.contains(field); });
  };
  // Pictures that the record carries are seen by nobody when it is passed over; files are.
  const bool carries = has_any(fields, {"zpstr1", "zpstr2", "zpstr3"});
  const bool pictures = carries || has_any(fields, {"strPicLocalPath1"}) ||
                        any({Field::pictures, Field::picture, Field::closeup_picture});
  return pictures &&
         (any({Field::violation, Field::plate}) || claims_events(fields) ||
          has_any(fields, {"strViolationType"})) &&
         (carries || among == Among::pictures || any({Field::time, Field::times}));
}

bool may_be_record(std::string_view text) {
  return holds_any(text, kEventSigns) ||
         (holds_any(text, kPictureSigns) && holds_any(text, kCaptureSigns));
}

bool is_meant_as_index(const std::filesystem::path& file) {
  const std::string stem = lower_case(file.stem().string());
  return stem == "index" || stem == "records" || stem == "uploads";
}

}  // namespace vioreview
