// SPDX-License-Identifier: Apache-2.0
// 卡口 passing records: Trans.WriteVehicleInfo of 集成指挥平台, a second writer with str... names,
// and a platform's JSON (domain reference 7.3).
#include "ingest/makers.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

constexpr double kSureOfPlate = 80;  // percent: below, people should look (a proposal)

// The second writer has two limits: for large and for small vehicles.
void take_limit(const Value& fields, Adapted& result) {
  const std::string large = text_named(fields, "lLargeLimitSpeed");
  const std::string small = text_named(fields, "lMiniLimitSpeed");
  if (large.empty() && small.empty()) return;
  const std::string kind = text_named(fields, "hpzl");
  const bool is_large = kind == "01" || kind == "51", is_small = kind == "02" || kind == "52";
  if (large == small || (is_large && !large.empty()))
    result.fields.set("limit", large);
  else if (is_small && !small.empty())
    result.fields.set("limit", small);
  else
    result.notes.emplace_back("has two limits, and which one holds is not known");
}

void take_confidence(const Value& fields, Adapted& result) {
  const Value* given = member_named(fields, "hpzxd");
  const auto confidence = given ? number_of_value(*given) : std::nullopt;
  if (!confidence) return;
  const double percent = *confidence <= 1 ? *confidence * 100 : *confidence;
  if (percent < kSureOfPlate)
    result.notes.push_back("the device was not sure of the plate: " + shown(*given));
}

}  // namespace

bool claims_checkpoint(const Value& fields) {
  return has_any(fields, {"kkbh", "kkmc", "gcsj", "strPicLocalPath1", "strViolationType"});
}

Adapted adapt_checkpoint(const Value& fields) {
  Adapted result{without(fields, {"strViolationType", "strViolationType2", "strViolate",
                                  "strSendType", "lLargeLimitSpeed", "lMiniLimitSpeed",
                                  "strRedLightBeginTime", "strRedLightLast", "wfdm"}),
                 {},
                 {}};
  Value plain{Value::Object{}};
  for (const auto& [name, value] : *result.fields.as_object()) {
    constexpr std::string_view kPath = "strpiclocalpath";
    const std::string key = lower_case(name);
    if (key.starts_with(kPath) && key.size() == kPath.size() + 1)
      plain.set("picture" + key.substr(kPath.size()), value);
    else
      plain.set(name, value);
  }
  result.fields = std::move(plain);
  for (const char* field : {"wfdm", "strViolationType"}) {
    const std::string code = text_named(fields, field);
    if (code.find_first_not_of('0') == std::string::npos) continue;  // "0": no violation
    result.fields.set("violation", code);
    break;
  }
  take_limit(fields, result);
  take_confidence(fields, result);
  const std::string other = plate_of(text_named(fields, "fzhphm"));
  if (!other.empty() && other != plate_of(text_named(fields, "hphm")))
    result.notes.emplace_back("the record's second plate (fzhphm) is another one");
  if (text_named(fields, "strSendType") == "1")
    result.notes.emplace_back("was sent late by the device");
  return result;
}

}  // namespace vioreview
