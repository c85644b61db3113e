// SPDX-License-Identifier: Apache-2.0
// Records that name an event where others have a violation code (domain reference 7.4c).
#include <charconv>

#include "ingest/makers.h"
#include "ingest/text.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

constexpr int kOverSpeed = 0x106;

// "0x106", or 262 as JSON writes it.
std::optional<int> event_number(const std::string& text) {
  const bool hex = lower_case(text).starts_with("0x");
  int number = 0;
  const char* const first = text.data() + (hex ? 2 : 0);
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(first, end, number, hex ? 16 : 10);
  if (error != std::errc() || stop != end || first == end) return std::nullopt;
  return number;
}

std::string hexadecimal(int number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
  return "0x" + upper_case(std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

std::optional<double> number_in(const Value& fields, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const Value* value = member_named(fields, name))
      if (const auto number = number_of_value(*value); number && *number > 0) return number;
  return std::nullopt;
}

// The code of small vehicles by the share over the limit; the checks compare the class.
std::string speeding_code(const Value& fields) {
  const auto speed = number_in(fields, {"speed_kmh", "speed", "clsd", "scz"});
  const auto limit = number_in(fields, {"limit_kmh", "limit", "speed_limit", "clxs", "bzz"});
  if (!speed || !limit) return "";
  const double over = *speed / *limit - 1;
  return over >= 0.5 ? "1721" : over >= 0.2 ? "1636" : over >= 0.1 ? "1352" : "";
}

constexpr const char* kEventFields[] = {"event", "event_id", "eventid", "event_type",
                                        "dwalarmtype"};

std::string event_text(const Value& fields) {
  for (const char* name : kEventFields)
    if (std::string text = text_named(fields, name); !text.empty()) return text;
  for (const char* name : {"violation", "wfxw"})
    if (std::string text = text_named(fields, name); lower_case(text).starts_with("0x"))
      return text;
  return "";
}

}  // namespace

bool claims_events(const Value& fields) {
  return !event_text(fields).empty();
}

Adapted adapt_events(const Value& fields) {
  Adapted result{
      without(fields, {"event", "event_id", "eventid", "event_type", "dwalarmtype"}), {}, {}};
  const std::string text = event_text(fields);
  const std::string stated = maker_named(text_named(fields, "maker"));
  const std::string maker = stated.empty() ? "dahua" : stated;  // the only ids with a source
  const auto number = event_number(text);
  const std::string id = number ? hexadecimal(*number) : text;
  const bool has_code =
      has_any(result.fields, {"violation", "wfxw"}) && event_text(result.fields).empty();
  if (has_code) {
    result.notes.push_back("also names the event " + std::string(cut(id, 30)) +
                           ": its violation code is kept");
    return result;
  }
  result.fields = without(result.fields, {"violation", "wfxw"});
  const auto word = number && *number == kOverSpeed && maker == "dahua"
                        ? std::optional(speeding_code(fields))
                        : makers_word(maker, "violation", id);
  if (word && !word->empty()) {
    result.fields.set("violation", *word);
    result.notes.push_back("the device named the event " + id + ", taken as " + *word);
  } else {
    result.notes.push_back("the device named the event " + std::string(cut(id, 30)) +
                           (word ? ", which fits no single code" : ", which is not known"));
  }
  return result;
}

}  // namespace vioreview
